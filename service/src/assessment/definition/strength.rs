use domain::mastery::{self, ACCURACIES, Rule, Strength};
use tokio::sync::Semaphore;

use crate::{Result, aside::aside};

/// So many rules are simulated at once.
static SIMULATING: Semaphore = Semaphore::const_new(2);

/// How often learners of each true accuracy pass by this rule, all permitted
/// tries counted. None while the rule has problems.
pub async fn strength(rule: Rule) -> Result<Option<Strength>> {
    // It may have to be simulated, which takes a thread for itself.
    aside(&SIMULATING, "the strength of a rule", move || {
        mastery::strength(&rule, ACCURACIES).ok()
    })
    .await
}
