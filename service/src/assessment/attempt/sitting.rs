//! An attempt as it lies in the database, with what its rules read.

use std::{collections::BTreeMap, time::Duration};

use domain::{
    Seed, Timestamp,
    assessment::{
        Assessment, Attempt, AttemptState, FeedbackTime, FormItem, Hindsight, Item, LatePolicy, Mode,
        Response, Score,
    },
    id::{AttemptId, ItemVersionId, PersonId},
};
use entity::{
    Rows, TenantTx,
    assessment::{assessment, assessment_version, attempt, item_version, response},
};
use sea_orm::{ColumnTrait, Condition, ExprTrait, sea_query::Expr};

use super::time::duration;
use crate::{
    Error, Result,
    assessment::{definition::window_of, drawn},
};

/// An attempt with its assessment and the answers so far.
#[derive(Debug)]
pub(crate) struct Sitting {
    pub(crate) row: attempt::Model,
    pub(crate) attempt: Attempt,
    pub(crate) assessment: Assessment,
    pub(crate) version: u32,
    /// By position.
    pub(crate) responses: Vec<response::Model>,
}

impl Sitting {
    /// Any person's attempt. The caller makes sure that the actor may see it.
    pub(crate) async fn any(tx: &TenantTx, id: AttemptId) -> Result<Self> {
        Self::load(tx, rows(tx, id)).await
    }

    /// Any person's attempt, held until the transaction ends.
    pub(crate) async fn locked(tx: &TenantTx, id: AttemptId) -> Result<Self> {
        Self::load(tx, rows(tx, id).locked()).await
    }

    /// The person's own attempt, as it stands now.
    pub(crate) async fn own(tx: &TenantTx, id: AttemptId, person: PersonId) -> Result<Self> {
        Self::load(tx, rows(tx, id).filter(attempt::Column::PersonId.eq(person))).await
    }

    /// The person's own attempt, held until the transaction ends.
    pub(crate) async fn own_locked(tx: &TenantTx, id: AttemptId, person: PersonId) -> Result<Self> {
        let own = rows(tx, id).filter(attempt::Column::PersonId.eq(person));
        Self::load(tx, own.locked()).await
    }

    async fn load(tx: &TenantTx, found: Rows<'_, attempt::Entity>) -> Result<Self> {
        let row = found.one().await?.ok_or(Error::NotFound)?;
        let version = tx
            .rows::<assessment_version::Entity>()
            .filter(assessment_version::Column::Id.eq(row.assessment_version_id))
            .one()
            .await?
            .ok_or(Error::NotFound)?;
        let responses = tx
            .rows::<response::Entity>()
            .filter(response::Column::AttemptId.eq(row.id))
            .asc(response::Column::Position)
            .all()
            .await?;
        Ok(Self {
            attempt: rules_of(&row)?,
            assessment: serde_json::from_str(&version.content)?,
            version: u32::try_from(version.number).unwrap_or(u32::MAX),
            row,
            responses,
        })
    }

    /// The answer at a position.
    pub(crate) fn response(&self, position: usize) -> Result<&response::Model> {
        self.responses.get(position).ok_or(Error::NotFound)
    }

    /// The item asked at a position, as this attempt asks it.
    pub(crate) async fn item(&self, tx: &TenantTx, position: usize) -> Result<Item> {
        let asked = self.response(position)?;
        let row = tx
            .rows::<item_version::Entity>()
            .filter(item_version::Column::Id.eq(asked.item_version_id))
            .one();
        let row = row.await?.ok_or(Error::NotFound)?;
        drawn(&row.content, self.variant(asked))
    }

    /// All items of the form, as this attempt asks them.
    pub(crate) async fn items(&self, tx: &TenantTx) -> Result<BTreeMap<ItemVersionId, Item>> {
        // No version is asked twice.
        let asked = self.responses.iter();
        let variants: BTreeMap<_, _> = asked
            .map(|row| (row.item_version_id, self.variant(row)))
            .collect();
        let rows = tx
            .rows::<item_version::Entity>()
            .filter(item_version::Column::Id.is_in(variants.keys().copied()))
            .all()
            .await?;
        rows.into_iter()
            .map(|row| {
                let variant = variants.get(&row.id).ok_or(Error::NotFound)?;
                Ok((row.id, drawn(&row.content, *variant)?))
            })
            .collect()
    }

    /// What the variant at a position was made with, if its item is a template.
    fn variant(&self, row: &response::Model) -> Seed {
        row.variant.unwrap_or_else(|| self.seed(row))
    }

    /// What the view of the item at a position is made with.
    pub(crate) fn seed(&self, row: &response::Model) -> Seed {
        FormItem::seed_of(self.row.seed, row.item_version_id)
    }

    /// From where its learner looks at it: to know whether all have ended, others'
    /// attempts are asked about only where feedback waits for them.
    pub(crate) async fn hindsight(&self, tx: &TenantTx, now: Timestamp) -> Result<Hindsight> {
        // As long as an answer may still come late, none is told.
        if !self.attempt.state.is_over() || self.late_until(now).is_some() {
            return Ok(Hindsight::UnderWay);
        }
        if self.assessment.feedback.when != FeedbackTime::AfterWindow {
            return Ok(Hindsight::Over);
        }
        let defined = tx
            .rows::<assessment::Entity>()
            .filter(assessment::Column::Id.eq(self.row.assessment_id))
            .one()
            .await?
            .ok_or(Error::NotFound)?;
        if !window_of(&defined).is_over(now) {
            return Ok(Hindsight::Over);
        }
        // Nor while an answer of somebody else's may still come late.
        let takes_late = self.assessment.late_policy() != LatePolicy::Refuse;
        let longest = Duration::from_mins(LatePolicy::LONGEST.into());
        let may_come_late = Condition::all()
            .add(attempt::Column::HandedIn.eq(false))
            .add(attempt::Column::ShownAt.is_null())
            .add(attempt::Column::SubmittedAt.gte(now.before(longest)))
            .add(Expr::col(attempt::Column::SubmittedAt).eq(Expr::col(attempt::Column::Deadline)));
        let sitting = tx
            .rows::<attempt::Entity>()
            .filter(attempt::Column::AssessmentId.eq(self.row.assessment_id))
            .filter(
                Condition::any()
                    .add(attempt::Column::State.eq(AttemptState::InProgress.as_str()))
                    .add_option(takes_late.then_some(may_come_late)),
            );
        Ok(match sitting.count().await? {
            0 => Hindsight::Closed,
            _ => Hindsight::Over,
        })
    }

    /// Until when an answer may still come late; none if none may any more.
    pub(crate) fn late_until(&self, now: Timestamp) -> Option<Timestamp> {
        let until = self.attempt.late_until(self.assessment.late_policy())?;
        (now <= until && self.row.shown_at.is_none()).then_some(until)
    }

    /// The position in hand: the one reached where there is no way back, else the
    /// first without an answer that stands.
    pub(crate) fn next(&self) -> Option<usize> {
        if self.assessment.is_linear() {
            let reached = usize::try_from(self.row.reached).ok();
            return reached.filter(|reached| *reached < self.responses.len());
        }
        self.responses.iter().position(|row| row.score.is_none())
    }

    /// How many positions count when it ends: at a gate, those that were seen.
    pub(crate) fn counted(&self) -> usize {
        match self.assessment.mode {
            Mode::FixedForm => self.responses.len(),
            Mode::SequentialGate => self.shown(),
        }
    }

    /// How many positions the learner has seen so far: at a gate, and where there is
    /// no way back, those that are done with and the one after them.
    pub(crate) fn shown(&self) -> usize {
        let all = self.responses.len();
        match self.assessment.mode {
            Mode::FixedForm if !self.assessment.is_linear() => all,
            _ => self.next().map_or(all, |next| next + 1),
        }
    }
}

fn rows(tx: &TenantTx, id: AttemptId) -> Rows<'_, attempt::Entity> {
    tx.rows::<attempt::Entity>().filter(attempt::Column::Id.eq(id))
}

/// What the domain's rules read of an attempt.
pub(crate) fn rules_of(row: &attempt::Model) -> Result<Attempt> {
    Ok(Attempt {
        state: state_of(row)?,
        started: row.started_at,
        deadline: row.deadline,
        ended: row.submitted_at,
        handed_in: row.handed_in,
        breaks_taken: duration(row.breaks_taken),
        breaks_left: duration(row.breaks_left),
        break_since: row.break_since,
    })
}

/// Where an attempt stands.
pub(crate) fn state_of(row: &attempt::Model) -> Result<AttemptState> {
    row.state
        .parse()
        .map_err(|_| Error::Outside(format!("attempt {} is in no known state", row.id)))
}

/// The stored answer that counts; an empty one where there is none.
pub(crate) fn answer_of(row: &response::Model) -> Result<Response> {
    Ok(match row.late.as_ref().or(row.answer.as_ref()) {
        Some(json) => serde_json::from_str(json)?,
        None => Response::default(),
    })
}

/// The stored score, if the answer stands.
pub(crate) fn score_of(row: &response::Model) -> Result<Option<Score>> {
    Ok(row.score.as_deref().map(serde_json::from_str).transpose()?)
}
