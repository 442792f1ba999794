use super::{
    simulate::{FEWEST_LEARNERS, LEARNERS},
    *,
};
use crate::mastery::samples::rule;

fn of(json: &str) -> Strength {
    strength(&rule(json), ACCURACIES).unwrap()
}

fn at(strength: &Strength, accuracy: f64) -> f64 {
    strength.passes(accuracy).unwrap()
}

fn is(actual: f64, expected: f64, within: f64) {
    assert!((actual - expected).abs() < within, "{actual} is not {expected}");
}

const GATE: &str = r#"{"kind":"sequential-gate","tables":"gate-1","tries":4,"cooldown-hours":24}"#;
const CUT: &str = r#"{"kind":"cut-score","items":10,"cut":80,"tries":3,"cooldown-hours":0}"#;

fn named(leaf: &str, n: u8) -> String {
    leaf.replacen(
        ',',
        &format!(r#","assessment":"00000000-0000-0000-0000-00000000000{n}","#),
        1,
    )
}

#[test]
fn what_the_design_says_of_its_rules_holds() {
    let gate = of(GATE);
    assert_eq!(gate.method, Method::Exact);
    assert!(at(&gate, 0.6) < 0.05);
    assert!(at(&gate, 0.9) > 0.999);
    is(at(&of(CUT), 0.6), 0.42, 0.005);
    let streak = rule(r#"{"kind":"n-of-m","n":3,"m":3,"answers":40}"#);
    is(strength(&streak, &[0.3]).unwrap().passing[0].passes, 0.54, 0.005);
}

#[test]
fn parts_on_assessments_of_their_own_are_joined_exactly() {
    let (one, two) = (named(CUT, 1), named(CUT, 2));
    let (all, any) = (
        of(&format!(r#"{{"kind":"all","of":[{one},{two}]}}"#)),
        of(&format!(r#"{{"kind":"any","of":[{one},{two}]}}"#)),
    );
    let single = at(&of(CUT), 0.6);
    assert_eq!((all.method, any.method), (Method::Exact, Method::Exact));
    is(at(&all, 0.6), single * single, 1e-9);
    is(at(&any, 0.6), 1.0 - (1.0 - single) * (1.0 - single), 1e-9);
}

#[test]
fn parts_on_the_same_answers_are_simulated() {
    // Twice the same condition is one condition, which no product of two would say.
    let twice = of(&format!(r#"{{"kind":"all","of":[{CUT},{CUT}]}}"#));
    assert_eq!(twice.method, Method::Simulated { learners: LEARNERS });
    is(at(&twice, 0.6), at(&of(CUT), 0.6), 0.02);
    assert_eq!(twice, of(&format!(r#"{{"kind":"all","of":[{CUT},{CUT}]}}"#)));
}

#[test]
fn a_simulation_agrees_with_the_formula() {
    for leaf in [
        GATE,
        CUT,
        r#"{"kind":"n-of-m","n":5,"m":7,"answers":12}"#,
        r#"{"kind":"combined-score","combine":"highest","items":10,"cut":80,"tries":3}"#,
        r#"{"kind":"combined-score","combine":"latest","items":10,"cut":80,"tries":3}"#,
    ] {
        let leaf = on_answers(&rule(leaf)).unwrap();
        let (_, simulated) = simulate(&leaf, &[0.6]).unwrap();
        is(simulated[0], exact(&leaf, 0.6).unwrap(), 0.02);
    }
}

#[test]
fn a_decaying_average_is_easier_than_one_form_and_harder_than_the_best_of_all() {
    let decaying =
        of(r#"{"kind":"combined-score","combine":"decaying-average","items":10,"cut":80,"tries":3}"#);
    assert!(matches!(decaying.method, Method::Simulated { .. }));
    let once = of(r#"{"kind":"cut-score","items":10,"cut":80,"tries":1,"cooldown-hours":0}"#);
    let (weak, best) = (at(&decaying, 0.6), at(&of(CUT), 0.6));
    assert!(at(&once, 0.6) < weak && weak < best, "{weak}");
}

#[test]
fn assessors_are_taken_to_say_yes() {
    let judged = r#"{"kind":"marked-by-assessor","assessors":1}"#;
    let both = of(&format!(r#"{{"kind":"all","of":[{GATE},{judged}]}}"#));
    assert_eq!((both.method, both.judged), (Method::Exact, true));
    is(at(&both, 0.6), at(&of(GATE), 0.6), 1e-9);
    let either = of(&format!(r#"{{"kind":"any","of":[{GATE},{judged}]}}"#));
    assert_eq!((either.method, either.passing.len()), (Method::Judgement, 0));
    let two_of_three = of(&format!(
        r#"{{"kind":"at-least","n":2,"of":[{},{},{judged}]}}"#,
        named(CUT, 1),
        named(CUT, 2)
    ));
    is(
        at(&two_of_three, 0.6),
        at(
            &of(&format!(
                r#"{{"kind":"any","of":[{},{}]}}"#,
                named(CUT, 1),
                named(CUT, 2)
            )),
            0.6,
        ),
        1e-9,
    );
}

#[test]
fn a_rule_is_graded_by_who_passes_it_without_the_competence() {
    let passed = |passes| Strength {
        method: Method::Exact,
        judged: false,
        passing: vec![Passing {
            accuracy: LACKING,
            passes,
        }],
    };
    for (passes, grade) in [
        (0.049, Grade::Strong),
        (0.05, Grade::Fair),
        (0.199, Grade::Fair),
        (0.2, Grade::Weak),
    ] {
        assert_eq!(passed(passes).grade(), Some(grade), "{passes}");
    }
    assert_eq!(
        (of(GATE).grade(), of(CUT).grade()),
        (Some(Grade::Strong), Some(Grade::Weak))
    );
    let judged = of(r#"{"kind":"marked-by-assessor","assessors":1}"#);
    assert_eq!(judged.grade(), None);
}

#[test]
fn a_rule_that_takes_too_many_answers_is_not_judged_by_a_few_learners() {
    let of_size = |tries: u8, items: u16| {
        of(&format!(
            r#"{{"kind":"combined-score","combine":"decaying-average","items":{items},"cut":80,"tries":{tries}}}"#
        ))
    };
    let few = of_size(2, 10).method;
    assert!(matches!(few, Method::Simulated { learners } if learners >= FEWEST_LEARNERS));
    let large = of_size(20, 200);
    assert_eq!((large.method, large.grade()), (Method::TooLarge, None));
    assert_eq!(serde_json::to_value(&large).unwrap()["method"], "too-large");
}

#[test]
fn a_rule_with_a_problem_has_no_strength() {
    assert_eq!(
        strength(&Rule::All { of: vec![] }, ACCURACIES).unwrap_err()[0].code,
        "rule-empty"
    );
}
