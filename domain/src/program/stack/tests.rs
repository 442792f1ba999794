use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn id(n: u128) -> AchievementId {
    AchievementId(Uuid::from_u128(n))
}

fn badge(n: u128) -> Criteria {
    Criteria::BadgeHeld { achievement: id(n) }
}

fn competency(n: u128) -> Criteria {
    Criteria::CompetencyMastered {
        competency: CompetencyId(Uuid::from_u128(n)),
    }
}

fn assessment(n: u128) -> Criteria {
    Criteria::AssessmentPassed {
        assessment: AssessmentId(Uuid::from_u128(n)),
    }
}

fn all(of: Vec<Criteria>) -> Criteria {
    Criteria::All { of }
}

/// Badges with their stages and rules; competency 1 is sound, 2 unassessed, 3 without
/// a rule; assessment 1 is sound, 2 withdrawn, 3 practice.
fn stock(badges: &[(u128, Stage, Criteria)]) -> Stock<'_> {
    let competencies = [(1, true, true), (2, true, false), (3, false, true)];
    let assessments = [
        (1, Stage::Published, true),
        (2, Stage::Withdrawn, true),
        (3, Stage::Published, false),
    ];
    Stock {
        badges: badges
            .iter()
            .map(|(n, stage, criteria)| (id(*n), (*stage, criteria)))
            .collect(),
        competencies: competencies
            .map(|(n, has_rule, is_assessed)| {
                let state = Masterable {
                    has_rule,
                    is_assessed,
                };
                (CompetencyId(Uuid::from_u128(n)), state)
            })
            .into(),
        assessments: assessments
            .map(|(n, stage, has_rule)| (AssessmentId(Uuid::from_u128(n)), Passable { stage, has_rule }))
            .into(),
    }
}

fn published(badges: Vec<(u128, Criteria)>) -> Vec<(u128, Stage, Criteria)> {
    badges
        .into_iter()
        .map(|(n, criteria)| (n, Stage::Published, criteria))
        .collect()
}

fn ids(programs: &[Program]) -> Vec<u128> {
    programs.iter().map(|program| program.id.0.as_u128()).collect()
}

/// A part as text: its number, its fault, its parts in brackets.
fn drawn(part: &Part) -> String {
    let name = match part.requirement {
        Requirement::Badge(id) => format!("b{}", id.0.as_u128()),
        Requirement::Competency(id) => format!("c{}", id.0.as_u128()),
        Requirement::Assessment(id) => format!("a{}", id.0.as_u128()),
    };
    let fault = part.fault.map(|fault| format!("!{fault}")).unwrap_or_default();
    let takes = part
        .takes
        .as_ref()
        .map(|branch| format!("({})", drawn_branch(branch)));
    format!("{name}{fault}{}", takes.unwrap_or_default())
}

fn drawn_branch(branch: &Branch) -> String {
    match branch {
        Branch::Part(part) => drawn(part),
        Branch::Join { needed, of } => {
            let of: Vec<_> = of.iter().map(drawn_branch).collect();
            format!("{needed} of {}", of.join(" "))
        }
    }
}

fn drawn_all(badges: &[(u128, Stage, Criteria)]) -> Vec<String> {
    let programs = Program::all(&stock(badges));
    programs.iter().map(|program| drawn(&program.whole)).collect()
}

#[test]
fn a_program_is_what_stacks_and_is_asked_for_by_nothing_larger() {
    let badges = published(vec![
        (1, competency(1)),
        (2, assessment(1)),
        (3, all(vec![badge(1), badge(2)])),
        (
            4,
            Criteria::Any {
                of: vec![badge(3), competency(1)],
            },
        ),
        (5, competency(1)),
    ]);
    assert_eq!(drawn_all(&badges), ["b4(1 of b3(2 of b1(c1) b2(a1)) c1)"]);
}

#[test]
fn each_part_says_why_nobody_can_get_it() {
    let badges = vec![
        (1, Stage::Draft, competency(1)),
        (2, Stage::Withdrawn, competency(1)),
        (3, Stage::Published, all(vec![])),
        (
            9,
            Stage::Published,
            all(vec![
                badge(1),
                badge(2),
                badge(3),
                badge(4),
                competency(2),
                competency(3),
                competency(4),
                assessment(2),
                assessment(3),
                assessment(4),
            ]),
        ),
    ];
    assert_eq!(
        drawn_all(&badges),
        ["b9(10 of b1!draft(c1) b2!withdrawn(c1) b3!unsound b4!gone \
          c2!unassessed c3!undecided c4!gone a2!withdrawn a3!undecided a4!gone)"]
    );
}

#[test]
fn what_was_withdrawn_makes_no_program_and_frees_its_parts() {
    let badges = vec![
        (1, Stage::Published, competency(1)),
        (2, Stage::Published, all(vec![badge(1), competency(1)])),
        (3, Stage::Withdrawn, all(vec![badge(2), competency(1)])),
    ];
    assert_eq!(ids(&Program::all(&stock(&badges))), [2]);
}

#[test]
fn a_badge_that_comes_twice_is_opened_once() {
    let badges = published(vec![
        (1, competency(1)),
        (2, badge(1)),
        (3, all(vec![badge(1), badge(2)])),
    ]);
    assert_eq!(drawn_all(&badges), ["b3(2 of b1(c1) b2(b1))"]);
}

#[test]
fn drafts_that_ask_for_each_other_are_shown_and_said_to_go_round() {
    let badges = vec![
        (1, Stage::Draft, badge(2)),
        (2, Stage::Draft, all(vec![badge(1), competency(1)])),
    ];
    assert_eq!(drawn_all(&badges), ["b1(b2!draft(2 of b1!goes-round c1))"]);
}

#[test]
fn a_very_high_stack_ends_with_a_word() {
    let badges = published(
        (0..5_000)
            .map(|n| (n, if n == 0 { competency(1) } else { badge(n - 1) }))
            .collect(),
    );
    let stock = stock(&badges);
    let programs = Program::all(&stock);
    assert_eq!(ids(&programs), [4_999]);
    let parts = programs[0].parts();
    assert_eq!(parts.len(), Program::MAX_DEPTH);
    assert_eq!(parts.last().unwrap().fault, Some(Fault::TooDeep));
}

proptest! {
    #[test]
    fn every_badge_that_stacks_is_in_a_program(
        asks in prop::collection::vec(prop::collection::btree_set(0..12_u128, 0..4), 1..12)
    ) {
        let badges = published(asks.iter().zip(0..).map(|(asks, n)| {
            let of: Vec<_> = asks.iter().map(|n| badge(*n)).chain([competency(1)]).collect();
            (n, all(of))
        }).collect());
        let programs = Program::all(&stock(&badges));
        let shown: BTreeSet<_> = programs
            .iter()
            .flat_map(|program| program.parts().into_iter().map(|part| part.requirement).chain([Requirement::Badge(program.id)]))
            .collect();
        for (n, _, criteria) in &badges {
            let stacks = criteria.requirements().iter().any(|it| matches!(it, Requirement::Badge(_)));
            prop_assert!(!stacks || shown.contains(&Requirement::Badge(id(*n))));
        }
    }
}
