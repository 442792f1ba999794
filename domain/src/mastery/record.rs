use serde::{Deserialize, Serialize};

use super::{Decision, Evidence, Rule, decide};

/// A decision with all that it took, so that it can be made again: the rule in
/// its version, the evidence with item versions and scores, the trace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Record {
    /// How the record is to be read and decided; [`Record::FORMAT`] today.
    format: u8,
    /// The rule.
    rule: Rule,
    /// Which version of the competency's rule that was.
    rule_version: u32,
    /// The evidence, by time, then by id.
    evidence: Vec<Evidence>,
    /// What was decided.
    decision: Decision,
}

/// A record that does not bear its decision out.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// Not a record, or damaged.
    #[error("the record cannot be read")]
    Unreadable(#[from] serde_json::Error),
    /// Written by a later version of Cairn.
    #[error("the record has format {0}, which this version does not know")]
    UnknownFormat(u8),
    /// The evidence leads to another decision than the one recorded.
    #[error("the evidence leads to another decision than the recorded one")]
    Differs(Box<Decision>),
}

impl Record {
    /// The format that [`Record::new`] writes. It changes whenever the same
    /// evidence could be decided otherwise; older formats stay readable.
    pub const FORMAT: u8 = 1;

    /// Decides, and keeps what it took.
    #[must_use]
    pub fn new(rule: Rule, rule_version: u32, mut evidence: Vec<Evidence>) -> Self {
        evidence.sort_by_key(|evidence| (evidence.at, evidence.id));
        let decision = decide(&rule, &evidence);
        Self {
            format: Self::FORMAT,
            rule,
            rule_version,
            evidence,
            decision,
        }
    }

    /// The rule that decided.
    #[must_use]
    pub fn rule(&self) -> &Rule {
        &self.rule
    }

    /// Which version of the competency's rule that was.
    #[must_use]
    pub fn rule_version(&self) -> u32 {
        self.rule_version
    }

    /// The evidence, by time.
    #[must_use]
    pub fn evidence(&self) -> &[Evidence] {
        &self.evidence
    }

    /// What was decided.
    #[must_use]
    pub fn decision(&self) -> &Decision {
        &self.decision
    }

    /// The one text of this record: JSON without white space, members in the
    /// order of their declaration, no floating-point numbers. A database may
    /// keep it in any JSON column; reading and writing it again restores it.
    pub fn canonical(&self) -> Result<String, RecordError> {
        Ok(serde_json::to_string(self)?)
    }

    /// Reads a record, in whatever order its members stand.
    pub fn parse(text: &str) -> Result<Self, RecordError> {
        let record: Self = serde_json::from_str(text)?;
        if record.format == Self::FORMAT {
            Ok(record)
        } else {
            Err(RecordError::UnknownFormat(record.format))
        }
    }

    /// Decides again from the recorded rule and evidence.
    #[must_use]
    pub fn replay(&self) -> Decision {
        decide(&self.rule, &self.evidence)
    }

    /// Whether the recorded decision is what the evidence leads to.
    pub fn verify(&self) -> Result<(), RecordError> {
        let again = self.replay();
        if again == self.decision {
            Ok(())
        } else {
            Err(RecordError::Differs(Box::new(again)))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::mastery::samples::{attempt, judgement, mark, rule};

    const RULE: &str = r#"{"kind":"any","of":[{"kind":"sequential-gate","tables":"gate-1","tries":3,"cooldown-hours":2},{"kind":"all","of":[{"kind":"rubric-level","level":2,"assessors":2},{"kind":"n-of-m","n":3,"m":5,"answers":30}]},{"kind":"at-least","n":2,"of":[{"kind":"marked-by-assessor","assessors":2},{"kind":"cut-score","items":8,"cut":80,"tries":2,"cooldown-hours":0}]}]}"#;

    fn any_evidence() -> impl Strategy<Value = Vec<Evidence>> {
        let one = (
            0..3_u8,
            1..4_u128,
            0..5_u8,
            prop::collection::vec(any::<bool>(), 0..20),
        );
        prop::collection::vec(one, 0..12).prop_map(|all| {
            let numbered = all.into_iter().zip(1..);
            numbered
                .map(|((kind, assessor, level, answers), at)| match kind {
                    0 => attempt(
                        at,
                        &answers
                            .iter()
                            .map(|right| if *right { '+' } else { '-' })
                            .collect::<String>(),
                    ),
                    1 => mark(at, assessor, level),
                    _ => judgement(at, assessor, level > 2),
                })
                .collect()
        })
    }

    #[test]
    fn a_record_has_one_text() {
        let gate = rule(r#"{"kind":"sequential-gate","tables":"gate-1","tries":1,"cooldown-hours":0}"#);
        assert_eq!(
            Record::new(gate, 3, vec![attempt(1, "-")]).canonical().unwrap(),
            concat!(
                r#"{"format":1,"#,
                r#""rule":{"kind":"sequential-gate","tables":"gate-1","tries":1,"cooldown-hours":0},"#,
                r#""rule-version":3,"#,
                r#""evidence":[{"id":"00000000-0000-0000-0000-000000000001","at":"2000-01-01T01:00:00Z","#,
                r#""observation":{"kind":"answers","assessment":"00000000-0000-0000-0000-000000000001","#,
                r#""attempt":"00000000-0000-0000-0000-000000000001","begun":"2000-01-01T00:30:00Z","#,
                r#""answers":[{"item":"00000000-0000-0000-0000-0000000003e8","#,
                r#""item-version":"00000000-0000-0000-0000-0000000003e8","earned":0,"possible":100}]}}],"#,
                r#""decision":{"outcome":"exhausted","because":[],"retry-from":null,"trace":[{"path":"","#,
                r#""finding":{"code":"gate-unfinished","evidence":"00000000-0000-0000-0000-000000000001","#,
                r#""number":1,"answered":1,"correct":0}}]}}"#,
            )
        );
    }

    #[test]
    fn a_record_that_was_tampered_with_does_not_verify() {
        let cut = rule(r#"{"kind":"cut-score","items":4,"cut":75,"tries":1,"cooldown-hours":0}"#);
        let text = Record::new(cut, 1, vec![attempt(1, "++--")]).canonical().unwrap();
        assert!(Record::parse(&text).unwrap().verify().is_ok());
        let forged = text.replacen(r#""earned":0"#, r#""earned":100"#, 1);
        assert!(matches!(
            Record::parse(&forged).unwrap().verify(),
            Err(RecordError::Differs(_))
        ));
        let later = text.replacen(r#""format":1"#, r#""format":2"#, 1);
        assert!(matches!(
            Record::parse(&later),
            Err(RecordError::UnknownFormat(2))
        ));
        assert!(matches!(Record::parse("{}"), Err(RecordError::Unreadable(_))));
    }

    #[test]
    fn a_record_names_what_was_put_right_and_replays_with_it() {
        let cut = rule(r#"{"kind":"cut-score","items":2,"cut":75,"tries":1,"cooldown-hours":0}"#);
        let answers = vec![
            crate::mastery::samples::answer(1, true),
            crate::mastery::samples::dropped(2),
        ];
        let record = Record::new(cut, 1, vec![crate::mastery::samples::attempt_of(1, answers)]);
        let text = record.canonical().unwrap();
        assert!(text.contains(r#""amended":{"regrade":"drop"}"#), "{text}");
        assert_eq!(
            text.matches("amended").count(),
            1,
            "what stands is written as before"
        );
        let read = Record::parse(&text).unwrap();
        assert_eq!(read.canonical().unwrap(), text);
        assert!(read.verify().is_ok());
    }

    proptest! {
        #[test]
        fn a_decision_is_replayed_from_its_text_byte_for_byte(evidence in any_evidence()) {
            let record = Record::new(rule(RULE), 7, evidence);
            let text = record.canonical().unwrap();
            let read = Record::parse(&text).unwrap();
            let again = serde_json::to_string(&read.replay()).unwrap();
            prop_assert_eq!(&again, &serde_json::to_string(record.decision()).unwrap());
            prop_assert_eq!(read.canonical().unwrap(), text);
        }

        #[test]
        fn the_order_in_which_evidence_is_loaded_is_no_matter(
            (ordered, shuffled) in any_evidence().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle()))
        ) {
            prop_assert_eq!(Record::new(rule(RULE), 7, ordered), Record::new(rule(RULE), 7, shuffled));
        }

        #[test]
        fn a_json_column_may_reorder_members(evidence in any_evidence()) {
            let text = Record::new(rule(RULE), 7, evidence).canonical().unwrap();
            let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
            value.sort_all_objects();
            prop_assert_eq!(Record::parse(&value.to_string()).unwrap().canonical().unwrap(), text);
        }
    }
}
