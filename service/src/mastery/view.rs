//! A decision as people read it.

use domain::{
    Timestamp,
    id::{AssessmentId, AttemptId, CompetencyId, DecisionId},
    mastery::{Outcome, Record, Rule, Step},
};
use entity::{TenantTx, assessment::assessment, competency::competency, mastery::decision};
use sea_orm::ColumnTrait;

use crate::Result;

/// A decision with its reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionView {
    /// Which.
    pub id: DecisionId,
    /// What it is about.
    pub about: About,
    /// What was decided.
    pub outcome: Outcome,
    /// By which rule.
    pub rule: Rule,
    /// How it came about, in order.
    pub trace: Vec<Step>,
    /// When the next try may begin, if there is a pause to wait for.
    pub retry_from: Option<Timestamp>,
    /// When it was made.
    pub at: Timestamp,
    /// On which attempt it was made.
    pub attempt: Option<AttemptId>,
}

/// What a decision is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// Whether a competency is mastered.
    Competency {
        /// Which.
        id: CompetencyId,
        /// Its code in its framework.
        code: String,
        /// What the person can do who has it.
        statement: String,
    },
    /// Whether an assessment is passed.
    Assessment {
        /// Which.
        id: AssessmentId,
        /// What it is called.
        title: String,
    },
}

impl DecisionView {
    /// The views of these decisions, in their order.
    pub(crate) async fn all(tx: &TenantTx, rows: Vec<decision::Model>) -> Result<Vec<Self>> {
        let competencies = tx
            .rows::<competency::Entity>()
            .filter(competency::Column::Id.is_in(rows.iter().filter_map(|row| row.competency_id)))
            .all()
            .await?;
        let assessments = tx
            .rows::<assessment::Entity>()
            .filter(assessment::Column::Id.is_in(rows.iter().filter_map(|row| row.assessment_id)))
            .all()
            .await?;
        let about = |row: &decision::Model| {
            let competency = competencies.iter().find(|it| Some(it.id) == row.competency_id);
            let assessment = assessments.iter().find(|it| Some(it.id) == row.assessment_id);
            match (competency, assessment) {
                (Some(it), _) => Some(About::Competency {
                    id: it.id,
                    code: it.code.clone(),
                    statement: it.statement.clone(),
                }),
                (None, Some(it)) => Some(About::Assessment {
                    id: it.id,
                    title: it.title.clone(),
                }),
                (None, None) => None,
            }
        };
        let mut views = Vec::new();
        for row in rows {
            if let Some(about) = about(&row) {
                views.push(Self::of(&row, about)?);
            }
        }
        Ok(views)
    }

    fn of(row: &decision::Model, about: About) -> Result<Self> {
        let record = Record::parse(&row.record)?;
        let decision = record.decision();
        Ok(Self {
            id: row.id,
            about,
            outcome: decision.outcome,
            rule: record.rule().clone(),
            trace: decision.trace.clone(),
            retry_from: decision.retry_from,
            at: row.at,
            attempt: row.attempt_id,
        })
    }
}
