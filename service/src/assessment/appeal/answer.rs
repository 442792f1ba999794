//! Answering.

use std::collections::BTreeMap;

use domain::{
    assessment::{Identifier, Item, Mark, Points, max_score},
    id::{AppealId, AttemptId, ItemVersionId, PersonId},
};
use entity::{
    TenantTx,
    assessment::{adjustment, appeal},
};
use sea_orm::ColumnTrait;
use serde_json::json;

use super::open::{assessor, row};
use crate::{
    Ctx, Error, FieldErrors, Result,
    assessment::{
        attempt::{Sitting, given_marks, score_of},
        marking::{StoredMark, rubrics, stored},
        regrade::{Cause, Renewal},
        tell::tell,
    },
    audit,
    mail::Message,
    tenancy,
};

/// An answer has at most so many characters.
const LONGEST: usize = 4_000;

/// What an assessor answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// What the learner is told. The field `answer`.
    pub text: String,
    /// The points that are given from now on, as they were typed, by position; what is
    /// empty stays as it is. The fields `points-{position}`.
    pub points: BTreeMap<usize, String>,
    /// The levels that are given from now on to what a person marks, by position and
    /// response; a criterion without one stays as it is. The fields
    /// `mark-{position}.{response}.{criterion}`.
    pub marks: BTreeMap<usize, BTreeMap<Identifier, Mark>>,
}

/// What is made of one answer.
enum Set {
    Points(Points),
    Mark(StoredMark),
}

/// Answers a request. Where points are set, all that follows from the attempt is
/// decided anew, as at its first conclusion; points that are set stay so, whatever is
/// regraded. The learner gets a mail.
///
/// Fields: see [`Answer`]. The same answer sent twice is one. Refused: `appeal-own`,
/// `appeal-answered`.
pub async fn answer(ctx: &Ctx, id: AppealId, answer: Answer) -> Result<()> {
    let assessor = assessor(ctx)?;
    let tx = ctx.write().await?;
    let asked = row(&tx, id).await?;
    let learner = Sitting::any(&tx, asked.attempt_id).await?.row.person_id;
    if learner == assessor {
        return Err(Error::Refused("appeal-own"));
    }
    // The learner first, then what is theirs: the order in which all take turns.
    tenancy::hold_member(&tx, learner).await?;
    let mut renewal =
        Renewal::begin(ctx, &tx, asked.assessment_id, Cause::Appeal(id, asked.attempt_id)).await?;
    let sitting = Sitting::locked(&tx, asked.attempt_id).await?;
    let open = held(&tx, id).await?;
    let text = answer.text.trim();
    if open.answered_at.is_some() {
        let again = open.answered_by == Some(assessor) && open.answer.as_deref() == Some(text);
        return if again {
            Ok(())
        } else {
            Err(Error::Refused("appeal-answered"))
        };
    }
    let mut errors = FieldErrors::default();
    if text.is_empty() {
        errors.add("answer", "appeal-answer-missing");
    } else if text.chars().count() > LONGEST {
        errors.add("answer", "appeal-answer-too-long");
    }
    let set = set(&tx, &sitting, &answer, &mut errors).await?;
    errors.check()?;

    let mut adjusted = Vec::new();
    for (position, set) in &set {
        let (points, mark) = match set {
            Set::Points(points) => (Some(points.hundredths()), None),
            Set::Mark(mark) => (None, Some(serde_json::to_string(mark)?)),
        };
        adjusted.push(adjustment::Model {
            tenant_id: ctx.tenant(),
            attempt_id: asked.attempt_id,
            position: *position,
            points,
            mark,
            appeal_id: id,
            set_by: assessor,
            set_at: ctx.now(),
        });
    }
    tx.insert_many::<adjustment::Entity>(adjusted).await?;
    if !set.is_empty() {
        renewal.of(learner).await?;
    }
    renewal.end().await?;
    tx.change::<appeal::Entity>()
        .filter(appeal::Column::Id.eq(id))
        .set(appeal::Column::Changed, !set.is_empty())
        .set(appeal::Column::Answer, text)
        .set(appeal::Column::AnsweredBy, assessor)
        .set(appeal::Column::AnsweredAt, ctx.now())
        .apply()
        .await?;
    let points = set.iter().filter_map(|(position, set)| match set {
        Set::Points(points) => Some((position, points)),
        Set::Mark(_) => None,
    });
    let levels = set.iter().filter_map(|(position, set)| match set {
        Set::Points(_) => None,
        Set::Mark(mark) => Some((position, mark.level)),
    });
    let detail = json!({
        "points": points.collect::<BTreeMap<_, _>>(),
        "levels": levels.collect::<BTreeMap<_, _>>(),
    });
    audit::note(&tx, ctx, "appeal-answered", format!("appeal:{id}"), detail).await?;
    notify(ctx, &tx, learner, asked.attempt_id, sitting.assessment.title).await?;
    Ok(tx.commit().await?)
}

async fn held(tx: &TenantTx, id: AppealId) -> Result<appeal::Model> {
    tx.rows::<appeal::Entity>()
        .filter(appeal::Column::Id.eq(id))
        .locked()
        .one()
        .await?
        .ok_or(Error::NotFound)
}

/// What is another one than before.
async fn set(
    tx: &TenantTx,
    sitting: &Sitting,
    answer: &Answer,
    errors: &mut FieldErrors,
) -> Result<BTreeMap<i64, Set>> {
    let items = sitting.items(tx).await?;
    let mut set = marked_again(tx, sitting, &items, answer, errors).await?;
    for (position, typed) in &answer.points {
        let typed = typed.trim();
        if typed.is_empty() {
            continue;
        }
        let row = sitting.response(*position)?;
        let (Some(item), Some(score)) = (items.get(&row.item_version_id), score_of(row)?) else {
            return Err(Error::NotFound);
        };
        // Points say nothing to a rule that goes by what assessors say.
        if rubrics(item).next().is_some() {
            continue;
        }
        let most = max_score(item);
        // As people type it: a comma is as good as a point.
        let points: Option<Points> = serde_json::from_str(&typed.replace(',', ".")).ok();
        match points.filter(|points| (Points::ZERO..=most).contains(points)) {
            Some(points) if (points, most) != (score.points, score.max) => {
                set.insert(row.position, Set::Points(points));
            }
            Some(_) => {}
            None => {
                let field = format!("points-{position}");
                errors.add_with(field, "appeal-points", [("most", most.to_string())]);
            }
        }
    }
    Ok(set)
}

/// What a person marks, where it is given another level than before.
async fn marked_again(
    tx: &TenantTx,
    sitting: &Sitting,
    items: &BTreeMap<ItemVersionId, Item>,
    answer: &Answer,
    errors: &mut FieldErrors,
) -> Result<BTreeMap<i64, Set>> {
    let given = given_marks(tx, sitting).await?;
    let mut set = BTreeMap::new();
    for (position, wanted) in &answer.marks {
        if wanted.values().all(|mark| mark.levels.is_empty()) {
            continue;
        }
        let row = sitting.response(*position)?;
        let (Some(item), Some(score)) = (items.get(&row.item_version_id), score_of(row)?) else {
            return Err(Error::NotFound);
        };
        let before = given.get(&row.position).map(|given| given.mark.marks.clone());
        let before = before.unwrap_or_default();
        let mut after = before.clone();
        for (response, mark) in wanted {
            let levels = mark.levels.clone();
            after.entry(response.clone()).or_default().levels.extend(levels);
        }
        if after == before && score.amended.is_none() {
            continue;
        }
        let mark = stored(item, after, &format!("mark-{position}."), errors);
        set.insert(row.position, Set::Mark(mark));
    }
    Ok(set)
}

async fn notify(
    ctx: &Ctx,
    tx: &TenantTx,
    learner: PersonId,
    attempt: AttemptId,
    assessment: String,
) -> Result<()> {
    let say = |name, link| Message::AppealAnswered {
        name,
        assessment,
        link,
    };
    tell(ctx, tx, learner, attempt, say).await
}
