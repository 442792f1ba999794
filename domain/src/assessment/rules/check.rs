//! Whether rules are rules.

use super::{Branch, Rule};
use crate::assessment::{
    ProblemCode,
    check::Checker,
    code::args,
    expression::{MAX_RULE_DEPTH, Types},
};

/// Somebody who looks at what rules do.
pub(in crate::assessment) trait Visit<A> {
    /// One thing that is done.
    fn visit(&mut self, types: &mut Types, checker: &mut Checker, path: &str, action: &A);
}

/// Looks at each rule and each condition.
pub(in crate::assessment) fn each<A>(
    rules: &[Rule<A>],
    path: &str,
    depth: usize,
    types: &mut Types,
    checker: &mut Checker,
    by: &mut impl Visit<A>,
) {
    if depth > MAX_RULE_DEPTH {
        checker.add_with(path, ProblemCode::TooDeep, args([("max", &MAX_RULE_DEPTH)]));
        return;
    }
    for (index, rule) in rules.iter().enumerate() {
        let path = format!("{path}[{index}]");
        if !types.count(checker, &path) {
            return;
        }
        match rule {
            Rule::Do(action) => by.visit(types, checker, &format!("{path}.do"), action),
            Rule::Fragment(rules) => {
                each(rules, &format!("{path}.fragment"), depth + 1, types, checker, by);
            }
            Rule::Condition(condition) => {
                let path = format!("{path}.condition");
                checker.count(
                    &format!("{path}.branches"),
                    condition.branches.len(),
                    1,
                    usize::MAX,
                );
                for (index, Branch { when, then }) in condition.branches.iter().enumerate() {
                    let path = format!("{path}.branches[{index}]");
                    types.wants_truth(checker, &format!("{path}.when"), when);
                    each(then, &format!("{path}.then"), depth + 1, types, checker, by);
                }
                let path = format!("{path}.otherwise");
                each(&condition.otherwise, &path, depth + 1, types, checker, by);
            }
            Rule::Exit => {}
        }
    }
}
