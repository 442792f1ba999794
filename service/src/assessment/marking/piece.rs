//! A piece of work, to be looked at by who marks it.

use std::collections::BTreeMap;

use domain::{
    Timestamp,
    assessment::{BaseType, Identifier, Item, ItemView, Mark, MarkingStage, Rubric, Scoring, Value},
    id::{AnswerFileId, AssessmentId, FileId, ItemVersionId, MarkingId, PersonId},
    tenancy::Permission,
};
use entity::{TenantTx, assessment::marking};
use sea_orm::{ColumnTrait, Condition};

use super::{
    StoredMark,
    claim::{found, has_marked, marker},
    draft::draft_of,
    stored::text_of,
};
use crate::{
    Ctx, Error, Result,
    assessment::{
        attempt::{SentFile, Sitting, answer_of, any_file, unnamed_files},
        files_of,
    },
    files::Download,
};

/// A piece of work, as its marker sees it.
#[derive(Debug, Clone)]
pub struct Piece {
    /// Its id.
    pub id: MarkingId,
    /// At which assessment.
    pub assessment: AssessmentId,
    /// What that is called.
    pub title: String,
    /// Which question it answers.
    pub question: Option<ItemVersionId>,
    /// Whose turn it is.
    pub stage: MarkingStage,
    /// What was asked.
    pub view: ItemView,
    /// What is to be marked.
    pub works: Vec<Work>,
    /// Until when the marker has it.
    pub claimed_until: Option<Timestamp>,
    /// The files that the question names.
    pub files: BTreeMap<String, FileId>,
    /// The files that were sent as answers.
    pub sent: Vec<SentFile>,
    /// The actor's mark, once they have given it.
    pub mark: Option<StoredMark>,
    /// What the actor has begun to say.
    pub draft: BTreeMap<Identifier, Mark>,
    /// The two marks that do not agree, the first first, for whoever settles it.
    /// Nobody else sees what another has said.
    pub in_dispute: Option<[StoredMark; 2]>,
    /// How far the marking of this question has come.
    pub done: Done,
    /// The piece of this question that the actor has marked last before.
    pub previous: Option<MarkingId>,
}

/// How far the marking of a question has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Done {
    /// Of so many pieces the mark stands.
    pub settled: u64,
    /// So many there are.
    pub all: u64,
}

/// A text, and what it is marked by.
#[derive(Debug, Clone)]
pub struct Work {
    /// Its response's name: the first part of the fields `{response}.{criterion}`.
    pub response: Identifier,
    /// What the learner wrote.
    pub text: String,
    /// Whether a file was asked for instead of a text.
    pub is_file: bool,
    /// That file, if the learner sent one.
    pub file: Option<AnswerFileId>,
    /// What it is marked by.
    pub rubric: Rubric,
}

/// A piece that the actor has taken, or has marked. Of others' there is
/// nothing to see.
pub async fn open(ctx: &Ctx, id: MarkingId) -> Result<Piece> {
    let marker = marker(ctx)?;
    let tx = ctx.read().await?;
    let (row, is_theirs) = seen(&tx, id, marker).await?;
    let settles = match row.stage {
        MarkingStage::Moderation => is_theirs,
        // They may look at what they have settled.
        MarkingStage::Settled => ![row.first_by, row.second_by].contains(&Some(marker)),
        MarkingStage::First | MarkingStage::Second => false,
    };
    let in_dispute = match (row.first_mark.as_deref(), row.second_mark.as_deref()) {
        (Some(first), Some(second)) if settles => {
            ctx.require(Permission::Moderate)?;
            Some([serde_json::from_str(first)?, serde_json::from_str(second)?])
        }
        _ => None,
    };
    let sitting = Sitting::any(&tx, row.attempt_id).await?;
    let position = usize::try_from(row.position).map_err(|_| Error::NotFound)?;
    let response = sitting.response(position)?;
    let item = sitting.item(&tx, position).await?;
    let answer = answer_of(response)?;
    let works = rubrics(&item).map(|(response, rubric)| Work {
        response: response.clone(),
        text: text_of(&answer, response),
        is_file: item
            .declaration(response)
            .is_some_and(|declared| declared.base_type == BaseType::File),
        file: match answer.get(response) {
            Some(Value::File(file)) => Some(*file),
            _ => None,
        },
        rubric: rubric.clone(),
    });
    let view = ItemView::new(&item, sitting.seed(response));
    Ok(Piece {
        id,
        files: files_of(&tx, [&view]).await?,
        sent: unnamed_files(&tx, row.attempt_id, [&view]).await?,
        assessment: row.assessment_id,
        title: sitting.assessment.title.clone(),
        question: row.item_version_id,
        stage: row.stage,
        works: works.collect(),
        view,
        claimed_until: row.claimed_until,
        mark: own_mark(&row, marker)?,
        draft: draft_of(&tx, id, marker).await?,
        in_dispute,
        done: done(&tx, &row).await?,
        previous: previous(&tx, &row, marker).await?,
    })
}

/// A file that was sent as an answer to what the actor marks, or has marked.
pub async fn file(ctx: &Ctx, id: MarkingId, file: AnswerFileId) -> Result<Download> {
    let marker = marker(ctx)?;
    let tx = ctx.read().await?;
    let (row, _) = seen(&tx, id, marker).await?;
    any_file(&tx, row.attempt_id, Some(row.position), file).await
}

/// A piece that this person may see, and whether it is theirs to mark.
async fn seen(tx: &TenantTx, id: MarkingId, marker: PersonId) -> Result<(marking::Model, bool)> {
    let row = found(tx, id).await?;
    let is_theirs = row.claimed_by == Some(marker) && row.stage != MarkingStage::Settled;
    if !is_theirs && !has_marked(&row, marker) {
        return Err(Error::NotFound);
    }
    Ok((row, is_theirs))
}

/// The responses of an item that a person marks, each with its rubric.
pub(crate) fn rubrics(item: &Item) -> impl Iterator<Item = (&Identifier, &Rubric)> {
    item.responses
        .iter()
        .filter_map(|declaration| match &declaration.scoring {
            Scoring::Rubric(rubric) => Some((&declaration.identifier, rubric)),
            _ => None,
        })
}

/// The mark that this person gave, whatever came of it.
pub(super) fn own_mark(row: &marking::Model, marker: PersonId) -> Result<Option<StoredMark>> {
    let given = [
        (row.first_by, &row.first_mark),
        (row.second_by, &row.second_mark),
        (row.marked_by, &row.mark),
    ];
    let own = given.into_iter().find(|(by, _)| *by == Some(marker));
    StoredMark::read(own.and_then(|(_, mark)| mark.as_deref()))
}

async fn done(tx: &TenantTx, row: &marking::Model) -> Result<Done> {
    let all = tx
        .rows::<marking::Entity>()
        .filter(marking::Column::AssessmentId.eq(row.assessment_id))
        .filter(marking::Column::ItemVersionId.eq(row.item_version_id));
    let settled = all
        .clone()
        .filter(marking::Column::Stage.eq(MarkingStage::Settled));
    Ok(Done {
        settled: settled.count().await?,
        all: all.count().await?,
    })
}

/// The one before it in the queue that this person has marked.
async fn previous(tx: &TenantTx, row: &marking::Model, marker: PersonId) -> Result<Option<MarkingId>> {
    let by_them = Condition::any()
        .add(marking::Column::FirstBy.eq(marker))
        .add(marking::Column::SecondBy.eq(marker))
        .add(marking::Column::MarkedBy.eq(marker));
    let earlier = Condition::any()
        .add(marking::Column::QueuedAt.lt(row.queued_at))
        .add(
            Condition::all()
                .add(marking::Column::QueuedAt.eq(row.queued_at))
                .add(marking::Column::Id.lt(row.id)),
        );
    let found = tx
        .rows::<marking::Entity>()
        .filter(marking::Column::AssessmentId.eq(row.assessment_id))
        .filter(marking::Column::ItemVersionId.eq(row.item_version_id))
        .filter(by_them)
        .filter(earlier)
        .desc(marking::Column::QueuedAt)
        .desc(marking::Column::Id)
        .limit(1)
        .one()
        .await?;
    Ok(found.map(|row| row.id))
}
