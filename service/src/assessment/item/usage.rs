use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use domain::{
    assessment::{
        Assessment, ItemKind, Mode, Purpose, Selection,
        analysis::{Exposure, Facility, ItemTally},
    },
    course::{Content, Work},
    id::{AssessmentId, CompetencyId, CourseId, ItemId, ItemVersionId},
    tenancy::Permission,
};
use entity::{
    TenantTx,
    assessment::{assessment, assessment_version, item, item_tally, item_version, response},
    course::{course, course_version},
};
use sea_orm::{ColumnTrait, FromQueryResult};

use crate::{
    Ctx, Result,
    assessment::analysis::{facilities, whole},
    draft,
};

/// Where an item is used, and how many have met it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usage {
    /// What answers to the version in force earned.
    pub facility: Facility,
    /// How often it was drawn for an attempt.
    pub drawn: u64,
    /// How often in the last [`Usage::LATELY`].
    pub drawn_lately: u64,
    /// The assessments that ask it or have asked it, by their titles.
    pub assessments: Vec<Use>,
    /// The courses in which it is practised, by their titles.
    pub practised: Vec<CourseWith>,
}

impl Usage {
    /// What counts as of late.
    pub const LATELY: Duration = Duration::from_hours(30 * 24);
}

/// An assessment's use of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// Which assessment.
    pub id: AssessmentId,
    /// What it is called.
    pub title: String,
    /// How it comes to ask the item.
    pub way: Way,
    /// To how many of its attempts it was shown, of those that are scored.
    pub exposure: Exposure,
    /// The courses that the assessment stands in, by their titles.
    pub courses: Vec<CourseWith>,
}

/// How an assessment comes to ask an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It asks just this item, in each attempt.
    Fixed,
    /// It draws from a pool that the item is in.
    Drawn,
    /// It does not any more.
    Before,
}

/// A course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseWith {
    /// Its id.
    pub id: CourseId,
    /// What it is called.
    pub title: String,
}

/// So many assessments, and so many courses, are looked through at most.
const MOST: u64 = 200;

/// Where an item is used, for those who write or see drafts. What it says of attempts
/// comes from tallies and from an index: it costs the same after a million of them.
pub async fn usage(ctx: &Ctx, id: ItemId) -> Result<Usage> {
    ctx.require(Permission::ViewDrafts)?;
    let tx = ctx.read().await?;
    let row = draft::row::<item::Entity>(&tx, id).await?;
    let versions = versions(&tx, id).await?;
    let drawn = || {
        tx.rows::<response::Entity>()
            .filter(response::Column::ItemId.eq(id))
    };
    let lately = response::Column::DrawnAt.gte(ctx.now().before(Usage::LATELY));
    let in_force = row.published_version_id;
    let facility = facilities(&tx, in_force).await?.into_values().next();
    Ok(Usage {
        facility: facility.unwrap_or_default(),
        drawn: drawn().count().await?,
        drawn_lately: drawn().filter(lately).count().await?,
        assessments: assessments(&tx, &row, &versions).await?,
        practised: practised(&tx, &row).await?,
    })
}

#[derive(Debug, FromQueryResult)]
struct Version {
    id: ItemVersionId,
}

async fn versions(tx: &TenantTx, id: ItemId) -> Result<BTreeSet<ItemVersionId>> {
    let rows: Vec<Version> = tx
        .rows::<item_version::Entity>()
        .filter(item_version::Column::ItemId.eq(id))
        .columns([item_version::Column::Id])
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// The assessments that ask the item now, and those that asked it.
async fn assessments(
    tx: &TenantTx,
    row: &item::Model,
    versions: &BTreeSet<ItemVersionId>,
) -> Result<Vec<Use>> {
    if versions.is_empty() {
        return Ok(Vec::new());
    }
    let ways = ways(tx, row, versions).await?;
    let shown = shown(tx, versions).await?;
    let ids: BTreeSet<AssessmentId> = ways.keys().chain(shown.keys()).copied().collect();
    let mut courses = courses_with(tx, &ids).await?;
    let titles: Vec<Titled> = tx
        .rows::<assessment::Entity>()
        .filter(assessment::Column::Id.is_in(ids))
        .columns([assessment::Column::Id, assessment::Column::Title])
        .await?;
    let mut uses = Vec::new();
    for Titled { id, title } in titles {
        let attempts = whole(tx, id).await?.attempts();
        uses.push(Use {
            way: ways.get(&id).copied().unwrap_or(Way::Before),
            exposure: Exposure {
                shown: shown.get(&id).copied().unwrap_or_default().min(attempts),
                attempts,
            },
            courses: courses.remove(&id).unwrap_or_default(),
            id,
            title,
        });
    }
    uses.sort_by(|one, other| one.title.cmp(&other.title).then(one.id.cmp(&other.id)));
    Ok(uses)
}

#[derive(Debug, FromQueryResult)]
struct Titled {
    id: AssessmentId,
    title: String,
}

#[derive(Debug, FromQueryResult)]
struct Asking {
    assessment_id: AssessmentId,
    content: String,
}

/// How the assessments in force come to ask the item, of those that do.
async fn ways(
    tx: &TenantTx,
    row: &item::Model,
    versions: &BTreeSet<ItemVersionId>,
) -> Result<BTreeMap<AssessmentId, Way>> {
    let pool = pool_of(row);
    let named = versions
        .iter()
        .map(ToString::to_string)
        .chain(pool.map(|competency| competency.to_string()));
    let naming: Vec<Asking> = draft::in_force_naming::<assessment::Entity>(tx, named)
        .limit(MOST)
        .columns([
            assessment_version::Column::AssessmentId,
            assessment_version::Column::Content,
        ])
        .await?;
    let kind = row.drawn_kind.as_deref().and_then(|kind| kind.parse().ok());
    let is_marked = kind == Some(ItemKind::ExtendedText);
    let mut ways = BTreeMap::new();
    for asking in naming {
        let content: Assessment = serde_json::from_str(&asking.content)?;
        let is_fixed = content.sections.iter().any(|section| match &section.selection {
            Selection::Items(items) => items.iter().any(|version| versions.contains(version)),
            Selection::Pool { .. } => false,
        });
        let is_drawn = content.sections.iter().any(|section| match &section.selection {
            Selection::Items(_) => false,
            Selection::Pool {
                competencies,
                narrowing,
                ..
            } => {
                pool.is_some_and(|competency| competencies.contains(&competency))
                    && narrowing.takes(kind, row.drawn_difficulty.unwrap_or_default())
            }
        });
        // What a person marks is not drawn at a gate.
        let is_left_out = is_marked && content.mode == Mode::SequentialGate;
        if is_fixed {
            ways.insert(asking.assessment_id, Way::Fixed);
        } else if is_drawn && !is_left_out {
            ways.insert(asking.assessment_id, Way::Drawn);
        }
    }
    Ok(ways)
}

/// The competency in whose pool assessments find the item.
fn pool_of(row: &item::Model) -> Option<CompetencyId> {
    let is_drawn =
        row.retired_at.is_none() && row.drawn_purpose.as_deref() == Some(Purpose::Assessment.as_str());
    row.drawn_competency_id.filter(|_| is_drawn)
}

/// To how many attempts at each assessment any version was shown, by the tallies.
async fn shown(tx: &TenantTx, versions: &BTreeSet<ItemVersionId>) -> Result<BTreeMap<AssessmentId, u64>> {
    let rows = tx
        .rows::<item_tally::Entity>()
        .filter(item_tally::Column::ItemVersionId.is_in(versions.iter().copied()))
        .all()
        .await?;
    let mut shown = BTreeMap::<AssessmentId, u64>::new();
    for row in rows {
        let tally: ItemTally = serde_json::from_str(&row.content)?;
        *shown.entry(row.assessment_id).or_default() += tally.answers();
    }
    Ok(shown)
}

#[derive(Debug, FromQueryResult)]
struct Taught {
    course_id: CourseId,
    content: String,
}

/// The courses in force that name any of these ids, with what they say.
async fn courses(tx: &TenantTx, ids: impl IntoIterator<Item = String>) -> Result<Vec<(CourseWith, Content)>> {
    let naming: Vec<Taught> = draft::in_force_naming::<course::Entity>(tx, ids)
        .limit(MOST)
        .columns([course_version::Column::CourseId, course_version::Column::Content])
        .await?;
    let mut courses = Vec::new();
    for taught in naming {
        let content: Content = serde_json::from_str(&taught.content)?;
        let course = CourseWith {
            id: taught.course_id,
            title: content.title.clone(),
        };
        courses.push((course, content));
    }
    courses.sort_by(|(one, _), (other, _)| one.title.cmp(&other.title).then(one.id.cmp(&other.id)));
    Ok(courses)
}

/// The courses that each of these assessments stands in.
async fn courses_with(
    tx: &TenantTx,
    ids: &BTreeSet<AssessmentId>,
) -> Result<BTreeMap<AssessmentId, Vec<CourseWith>>> {
    let mut with = BTreeMap::<AssessmentId, Vec<CourseWith>>::new();
    if ids.is_empty() {
        return Ok(with);
    }
    for (course, content) in courses(tx, ids.iter().map(ToString::to_string)).await? {
        let asked: BTreeSet<AssessmentId> = content.assessments().map(|(_, id)| id).collect();
        for id in asked.intersection(ids) {
            with.entry(*id).or_default().push(course.clone());
        }
    }
    Ok(with)
}

/// The courses in which the item is practised.
async fn practised(tx: &TenantTx, row: &item::Model) -> Result<Vec<CourseWith>> {
    let is_practised =
        row.retired_at.is_none() && row.drawn_purpose.as_deref() == Some(Purpose::Practice.as_str());
    let Some(competency) = row.drawn_competency_id.filter(|_| is_practised) else {
        return Ok(Vec::new());
    };
    let practises = |content: &Content| {
        content.activities().any(|(_, activity)| match &activity.work {
            Work::Practice { draws } => draws.iter().any(|draw| draw.competency == competency),
            Work::Lesson { .. } | Work::Assessment { .. } => false,
        })
    };
    let naming = courses(tx, [competency.to_string()]).await?;
    Ok(naming
        .into_iter()
        .filter(|(_, content)| practises(content))
        .map(|(course, _)| course)
        .collect())
}
