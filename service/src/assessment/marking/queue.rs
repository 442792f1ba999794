//! What waits for a mark, assessment by assessment and question by question.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Timestamp,
    assessment::MarkingStage,
    id::{AssessmentId, ItemVersionId, MarkingId, PersonId},
    tenancy::{Permission, Role},
};
use entity::{
    TenantTx,
    assessment::{assessment, item, item_version, marking, marking_draft},
    tenancy::membership,
};
use sea_orm::{ColumnTrait, Condition, ExprTrait, FromQueryResult, sea_query::Expr};

use super::{
    Done,
    claim::{is_free, marker, own_attempts, turn_of},
};
use crate::{Ctx, Result, assessment::waiting::titles};

/// So many begun pieces are shown; more than anybody has at once.
const MOST_BEGUN: u64 = 50;

/// What waits for a mark at one assessment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// Which assessment.
    pub assessment: AssessmentId,
    /// What it is called.
    pub title: String,
    /// Its questions, the one with the piece that has waited longest first.
    pub questions: Vec<Question>,
}

/// What waits for a mark at one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Which.
    pub version: Option<ItemVersionId>,
    /// What it asks, as its list has it.
    pub asked: String,
    /// How many pieces wait for their first mark, or their only one.
    pub first: u64,
    /// How many for a second one.
    pub second: u64,
    /// On how many two do not agree.
    pub in_dispute: u64,
    /// How many of those that wait for a first or second mark the actor could take now.
    pub free: u64,
    /// How many of those in dispute the actor could take now.
    pub free_in_dispute: u64,
    /// How many that wait are the actor's own work, which somebody else marks.
    pub own_work: u64,
    /// How many wait for a second mark from somebody else: the actor gave the first.
    pub for_another: u64,
    /// On how many two do not agree while nobody but them could settle it.
    pub stuck: u64,
    /// Since when the one waits that has waited longest; none if nothing waits.
    pub since: Option<Timestamp>,
    /// How far the marking has come.
    pub done: Done,
}

/// A piece that the actor has, or that they began to mark and have no longer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// Which piece; nothing else names it, least of all whose it is.
    pub id: MarkingId,
    /// At what it was handed in.
    pub assessment: String,
    /// When it was handed in.
    pub queued_at: Timestamp,
    /// Until when they have it; none if they have it no longer.
    pub until: Option<Timestamp>,
}

/// The work that waits for a mark, and what the actor has begun of it.
pub async fn queue(ctx: &Ctx) -> Result<(Vec<Queue>, Vec<Begun>)> {
    let marker = marker(ctx)?;
    let tx = ctx.read().await?;
    let mut questions = BTreeMap::<Place, Question>::new();
    add_all(&mut questions, counts(&tx, open()).await?);
    // Only where something waits: what is settled grows from year to year.
    let of = questions.keys().map(|(assessment, _)| *assessment);
    let settled = Condition::all()
        .add(marking::Column::MarkedAt.is_not_null())
        .add(marking::Column::AssessmentId.is_in(of.collect::<BTreeSet<_>>()));
    add_all(&mut questions, counts(&tx, settled).await?);
    what_waits_for_others(&tx, marker, &mut questions).await?;
    what_is_for(ctx, &tx, marker, &mut questions).await?;
    Ok((
        by_assessment(&tx, questions).await?,
        begun(ctx, &tx, marker).await?,
    ))
}

fn add_all(questions: &mut BTreeMap<Place, Question>, counts: Vec<Count>) {
    for row in counts {
        let question = questions.entry(row.place()).or_insert_with(|| row.question());
        row.add_to(question);
    }
}

/// The pieces of which no mark stands: told by what keeps them apart in the index.
fn open() -> Condition {
    Condition::all().add(marking::Column::MarkedAt.is_null())
}

type Place = (AssessmentId, Option<ItemVersionId>);

#[derive(Debug, FromQueryResult)]
struct Count {
    assessment_id: AssessmentId,
    item_version_id: Option<ItemVersionId>,
    stage: MarkingStage,
    pieces: i64,
    since: Timestamp,
}

impl Count {
    fn place(&self) -> Place {
        (self.assessment_id, self.item_version_id)
    }

    fn pieces(&self) -> u64 {
        self.pieces.unsigned_abs()
    }

    /// The question, of which nothing was counted yet.
    fn question(&self) -> Question {
        Question {
            version: self.item_version_id,
            asked: String::new(),
            first: 0,
            second: 0,
            in_dispute: 0,
            free: 0,
            free_in_dispute: 0,
            own_work: 0,
            for_another: 0,
            stuck: 0,
            since: None,
            done: Done { settled: 0, all: 0 },
        }
    }

    fn add_to(&self, question: &mut Question) {
        let pieces = self.pieces();
        question.done.all += pieces;
        match self.stage {
            MarkingStage::First => question.first += pieces,
            MarkingStage::Second => question.second += pieces,
            MarkingStage::Moderation => question.in_dispute += pieces,
            MarkingStage::Settled => question.done.settled += pieces,
        }
        if self.stage != MarkingStage::Settled {
            question.since = Some(
                question
                    .since
                    .map_or(self.since, |since| Ord::min(since, self.since)),
            );
        }
    }
}

/// How many pieces there are for which `condition` holds.
async fn counts(tx: &TenantTx, condition: Condition) -> Result<Vec<Count>> {
    use marking::Column::{AssessmentId, Id, ItemVersionId, QueuedAt, Stage};

    let of_each = [
        (Expr::col(Id).count(), "pieces"),
        (Expr::col(QueuedAt).min(), "since"),
    ];
    Ok(tx
        .rows::<marking::Entity>()
        .filter(condition)
        .grouped([AssessmentId, ItemVersionId, Stage], of_each)
        .await?)
}

/// What of it this person could take now.
async fn what_is_for(
    ctx: &Ctx,
    tx: &TenantTx,
    marker: PersonId,
    questions: &mut BTreeMap<Place, Question>,
) -> Result<()> {
    let own = own_attempts(tx, marker).await?;
    let others = marking::Column::AttemptId.is_not_in(own.iter().copied());
    let free = |in_dispute: bool| {
        Condition::all()
            .add(turn_of(marker, in_dispute))
            .add(is_free(ctx, marker))
            .add(others.clone())
    };
    for row in counts(tx, free(false)).await? {
        if let Some(question) = questions.get_mut(&row.place()) {
            question.free += row.pieces();
        }
    }
    if ctx.may(Permission::Moderate) {
        for row in counts(tx, free(true)).await? {
            if let Some(question) = questions.get_mut(&row.place()) {
                question.free_in_dispute += row.pieces();
            }
        }
    }
    if own.is_empty() {
        return Ok(());
    }
    let own = open().add(marking::Column::AttemptId.is_in(own));
    for row in counts(tx, own).await? {
        if let Some(question) = questions.get_mut(&row.place()) {
            question.own_work += row.pieces();
        }
    }
    Ok(())
}

/// What waits for a mark that this person cannot give, and what for one that nobody
/// can.
async fn what_waits_for_others(
    tx: &TenantTx,
    marker: PersonId,
    questions: &mut BTreeMap<Place, Question>,
) -> Result<()> {
    use marking::Column::{FirstBy, SecondBy, Stage};

    let for_another = open().add(Stage.eq(MarkingStage::Second)).add(FirstBy.eq(marker));
    for row in counts(tx, for_another).await? {
        if let Some(question) = questions.get_mut(&row.place()) {
            question.for_another += row.pieces();
        }
    }
    let moderators = moderators(tx).await?;
    // Of three, one has given neither mark.
    if moderators.len() > 2 {
        return Ok(());
    }
    let stuck = moderators
        .into_iter()
        .map(|person| Condition::any().add(FirstBy.eq(person)).add(SecondBy.eq(person)))
        .fold(open().add(Stage.eq(MarkingStage::Moderation)), Condition::add);
    for row in counts(tx, stuck).await? {
        if let Some(question) = questions.get_mut(&row.place()) {
            question.stuck += row.pieces();
        }
    }
    Ok(())
}

/// Who may settle what two mark differently; no more than three of them.
async fn moderators(tx: &TenantTx) -> Result<Vec<PersonId>> {
    let roles = Role::ALL.iter().filter(|role| role.may(Permission::Moderate));
    let rows = tx
        .rows::<membership::Entity>()
        .filter(membership::Column::EndedAt.is_null())
        .filter(membership::Column::Role.is_in(roles.map(|role| role.as_str())))
        .limit(3)
        .all()
        .await?;
    Ok(rows.into_iter().map(|row| row.person_id).collect())
}

async fn by_assessment(tx: &TenantTx, questions: BTreeMap<Place, Question>) -> Result<Vec<Queue>> {
    let titles: BTreeMap<AssessmentId, String> = tx
        .rows::<assessment::Entity>()
        .filter(assessment::Column::Id.is_in(questions.keys().map(|(assessment, _)| *assessment)))
        .all()
        .await?
        .into_iter()
        .map(|row| (row.id, row.title))
        .collect();
    let asked = asked(tx, questions.keys().filter_map(|(_, version)| *version).collect()).await?;
    let mut queues = BTreeMap::<AssessmentId, Queue>::new();
    for ((assessment, version), question) in questions {
        let queue = queues.entry(assessment).or_insert_with(|| Queue {
            assessment,
            title: titles.get(&assessment).cloned().unwrap_or_default(),
            questions: Vec::new(),
        });
        let asked = version.and_then(|version| asked.get(&version).cloned());
        queue.questions.push(Question {
            asked: asked.unwrap_or_default(),
            ..question
        });
    }
    let mut queues: Vec<_> = queues.into_values().collect();
    for queue in &mut queues {
        // What has nothing waiting stands last.
        queue.questions.sort_by_key(|it| (it.since.is_none(), it.since));
    }
    queues.sort_by_key(|queue| queue.questions.first().and_then(|first| first.since));
    Ok(queues)
}

/// What these versions of items ask. In several assessments, they ask the same.
async fn asked(tx: &TenantTx, versions: Vec<ItemVersionId>) -> Result<BTreeMap<ItemVersionId, String>> {
    let versions = tx
        .rows::<item_version::Entity>()
        .filter(item_version::Column::Id.is_in(versions))
        .all()
        .await?;
    let items = tx
        .rows::<item::Entity>()
        .filter(item::Column::Id.is_in(versions.iter().map(|row| row.item_id)))
        .all()
        .await?;
    let asked = |version: &item_version::Model| {
        let item = items.iter().find(|item| item.id == version.item_id)?;
        let said = if item.asked.is_empty() {
            &item.title
        } else {
            &item.asked
        };
        Some((version.id, said.clone()))
    };
    Ok(versions.iter().filter_map(asked).collect())
}

/// What this person has, or has begun to mark, oldest first.
async fn begun(ctx: &Ctx, tx: &TenantTx, marker: PersonId) -> Result<Vec<Begun>> {
    let drafts = tx
        .rows::<marking_draft::Entity>()
        .filter(marking_draft::Column::PersonId.eq(marker))
        .desc(marking_draft::Column::SavedAt)
        .limit(MOST_BEGUN)
        .all()
        .await?;
    let theirs = Condition::all()
        .add(marking::Column::ClaimedBy.eq(marker))
        .add(marking::Column::ClaimedUntil.gt(ctx.now()));
    let mut wanted = open();
    if !ctx.may(Permission::Moderate) {
        // It is in dispute by now: for them there is no such piece.
        wanted = wanted.add(marking::Column::Stage.ne(MarkingStage::Moderation));
    }
    let rows = tx
        .rows::<marking::Entity>()
        .filter(wanted)
        .filter(
            Condition::any()
                .add(theirs)
                .add(marking::Column::Id.is_in(drafts.iter().map(|draft| draft.marking_id))),
        )
        .asc(marking::Column::QueuedAt)
        .asc(marking::Column::Id)
        .limit(MOST_BEGUN)
        .all()
        .await?;
    let titles = titles(tx, rows.iter().map(|row| row.assessment_id)).await?;
    Ok(rows
        .into_iter()
        .map(|row| Begun {
            id: row.id,
            assessment: titles.get(&row.assessment_id).cloned().unwrap_or_default(),
            queued_at: row.queued_at,
            until: row
                .claimed_until
                .filter(|until| row.claimed_by == Some(marker) && *until > ctx.now()),
        })
        .collect())
}
