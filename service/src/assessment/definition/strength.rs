use domain::mastery::{self, ACCURACIES, Rule, Strength};

use crate::{Error, Result};

/// How often learners of each true accuracy pass by this rule, all permitted
/// tries counted. None while the rule has problems.
pub async fn strength(rule: Rule) -> Result<Option<Strength>> {
    // It may have to be simulated, which takes a thread for itself.
    tokio::task::spawn_blocking(move || mastery::strength(&rule, ACCURACIES).ok())
        .await
        .map_err(|cause| Error::Outside(format!("the strength of a rule: {cause}")))
}
