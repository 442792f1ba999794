//! The rules on evidence, one by one.

mod assessors;
mod case;
mod combined;
mod run;
mod tries;

use combined::Combined;
use tries::Tries;

pub(in crate::mastery) use case::Case;

use super::{Finding, Outcome, Rule, Step};
use crate::{Timestamp, id::EvidenceId};

/// What a rule on evidence says; a rule that joins others says nothing here.
pub(in crate::mastery) fn weigh(rule: &Rule, case: &Case<'_>) -> Verdict {
    match rule {
        Rule::SequentialGate {
            assessment,
            tables,
            tries,
            cooldown_hours,
        } => Tries::new(case, *assessment, *tries, *cooldown_hours).at_gate(*tables),
        Rule::CutScore {
            assessment,
            items,
            cut,
            tries,
            cooldown_hours,
        } => Tries::new(case, *assessment, *tries, *cooldown_hours).at_form(*items, *cut),
        Rule::CombinedScore {
            assessment,
            combine,
            items,
            cut,
            tries,
        } => Combined {
            combine: *combine,
            items: *items,
            cut: *cut,
            tries: *tries,
        }
        .weigh(case, *assessment),
        Rule::NOfM {
            assessment,
            n,
            m,
            answers,
        } => run::weigh(case, *assessment, (*n, *m), *answers),
        Rule::RubricLevel { level, assessors } => assessors::weigh_marks(case, *level, *assessors),
        Rule::MarkedByAssessor { assessors } => assessors::weigh_judgements(case, *assessors),
        Rule::All { .. } | Rule::Any { .. } | Rule::AtLeast { .. } => Verdict::not_yet(Vec::new()),
    }
}

/// What one rule, or one part of one, says.
pub(in crate::mastery) struct Verdict {
    pub(in crate::mastery) outcome: Outcome,
    pub(in crate::mastery) because: Vec<EvidenceId>,
    pub(in crate::mastery) retry_from: Option<Timestamp>,
    pub(in crate::mastery) findings: Vec<Finding>,
}

impl Verdict {
    pub(in crate::mastery) fn not_yet(findings: Vec<Finding>) -> Self {
        Self {
            outcome: Outcome::NotYet,
            because: Vec::new(),
            retry_from: None,
            findings,
        }
    }

    /// Moves the findings into the trace, under the path of the rule that found them.
    pub(in crate::mastery) fn told(mut self, path: &str, trace: &mut Vec<Step>) -> Self {
        let findings = std::mem::take(&mut self.findings).into_iter();
        trace.extend(findings.map(|finding| Step {
            path: path.to_owned(),
            finding,
        }));
        self
    }
}
