use domain::mastery::{self, ACCURACIES, Rule, Strength};

/// How often learners of each true accuracy pass by this rule, all permitted
/// tries counted. None while the rule has problems.
#[must_use]
pub fn strength(rule: &Rule) -> Option<Strength> {
    mastery::strength(rule, ACCURACIES).ok()
}
