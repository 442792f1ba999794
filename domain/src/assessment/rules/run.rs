//! Following rules.

use super::{Branch, Condition, Rule};
use crate::assessment::expression::{Fault, MAX_RULE_DEPTH, Machine};

/// Whether there is more to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::assessment) enum Flow {
    On,
    Exit,
    /// From the start: a constraint is not met.
    Again,
}

/// Somebody who does what rules say.
pub(in crate::assessment) trait Perform<'d, A> {
    /// What conditions are worked out on.
    fn machine(&mut self) -> &mut Machine<'d>;

    /// Does one thing. `place` is the number of its rule, and of the rules in it.
    fn perform(&mut self, place: &[usize], action: &A) -> Result<Flow, Fault>;
}

/// Follows rules to their end, or to what ends them before.
pub(in crate::assessment) fn run<'d, A>(
    rules: &[Rule<A>],
    place: &mut Vec<usize>,
    by: &mut impl Perform<'d, A>,
) -> Result<Flow, Fault> {
    // A fragment or branch within one: the depth of documents is bounded as well.
    if place.len() > MAX_RULE_DEPTH {
        return Err(Fault::TooDeep);
    }
    for (number, rule) in (1..).zip(rules) {
        by.machine().step(1)?;
        place.push(number);
        let flow = match rule {
            Rule::Do(action) => by.perform(place, action)?,
            Rule::Fragment(rules) => run(rules, place, by)?,
            Rule::Condition(condition) => match taken(condition, by)? {
                Some(rules) => run(rules, place, by)?,
                None => Flow::On,
            },
            Rule::Exit => Flow::Exit,
        };
        place.pop();
        if flow != Flow::On {
            return Ok(flow);
        }
    }
    Ok(Flow::On)
}

/// The rules of the branch that is taken.
fn taken<'r, 'd, A>(
    condition: &'r Condition<A>,
    by: &mut impl Perform<'d, A>,
) -> Result<Option<&'r [Rule<A>]>, Fault> {
    for Branch { when, then } in &condition.branches {
        if by.machine().holds(when)? {
            return Ok(Some(then));
        }
    }
    let otherwise = condition.otherwise.as_slice();
    Ok((!otherwise.is_empty()).then_some(otherwise))
}
