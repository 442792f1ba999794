//! What holds of every bank, whoever made it.

use proptest::prelude::*;

use super::{FIELD, bank, choices, is, message, not, rule, set, shows, split, try_read};
use crate::assessment::{
    imported::{changed, chosen, earned},
    qti,
};

/// What a rule says of an answer: choices that must and must not be there, what is
/// set, and whether the rules after it count.
type Made = (Vec<(usize, bool)>, i64, bool);

fn by_the_standard(rules: &[Made], of: &[usize]) -> i64 {
    let mut score = 0;
    for (when, sets, goes_on) in rules {
        if when
            .iter()
            .all(|(choice, is_there)| of.contains(choice) == *is_there)
        {
            score = *sets;
            if !goes_on {
                break;
            }
        }
    }
    score
}

proptest! {
    #[test]
    fn what_is_taken_gives_what_its_rules_give(
        made in proptest::collection::vec(
            (proptest::collection::vec((1usize..4, any::<bool>()), 1..4),
             proptest::sample::select(vec![0i64, 25, 50, 100]), any::<bool>()), 1..5),
        picks in proptest::collection::vec(any::<bool>(), 3),
        is_single: bool,
    ) {
        let rules: String = made
            .iter()
            .map(|(when, sets, goes_on)| {
                let when: String = when
                    .iter()
                    .map(|(choice, is_there)| {
                        let name = format!("n{choice}");
                        if *is_there { is(&name) } else { not(&name) }
                    })
                    .collect();
                rule(*goes_on, &when, &set(&sets.to_string()))
            })
            .collect();
        let cardinality = if is_single { "Single" } else { "Multiple" };
        let xml = bank("", &choices(cardinality, &["n1", "n2", "n3"]), &rules, "");
        let mut of: Vec<usize> = (1..4).filter(|choice| picks[choice - 1]).collect();
        if is_single {
            of.truncate(1);
        }
        if let Ok(import) = try_read(&xml) {
            prop_assert_eq!(earned(&import.item, &chosen(&of)), 2 * by_the_standard(&made, &of), "{}", xml);
        }
    }

    #[test]
    fn no_change_to_a_bank_makes_it_fall_over(at in 0.0f64..1.0, cut in 0usize..40, put in ".{0,8}") {
        let rules = rule(true, &format!("<or>{}{}</or>", is("a"), not("b")), &set("100")) + &rule(false, "<other/>", &shows("m"));
        for presentation in [choices("Single", &["a", "b"]), choices("Multiple", &["a", "b"]), FIELD.to_owned()] {
            let xml = bank("cc.fib.v0p1", &presentation, &rules, &message("m", "It is"));
            let changed = changed(&xml, at, cut, &put);
            let _ = split(changed.as_bytes());
            if let Ok(import) = try_read(&changed) {
                let _ = import.item.check();
                let _ = qti::write(&import.item, "again");
            }
        }
    }
}
