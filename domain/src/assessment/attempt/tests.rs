use serde_json::json;

use super::*;

fn at(second: i64) -> Timestamp {
    Timestamp::from_unix_millis(second * 1_000)
}

fn assessment(more: &serde_json::Value) -> Assessment {
    let mut document = json!({
        "title": "Final", "sections": [], "mode": "fixedForm", "feedback": { "when": "atEnd" },
    });
    document
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    serde_json::from_value(document).unwrap()
}

fn begun(assessment: &Assessment, now: Timestamp) -> Attempt {
    Attempt::start(assessment, &Window::default(), Accommodation::default(), now)
}

fn limited() -> Attempt {
    begun(&assessment(&json!({ "timeLimit": 60 })), at(1_000))
}

#[test]
fn an_older_save_never_overwrites_a_newer_one() {
    let attempt = limited();
    for (stored, sequence, expected) in [
        (None, 1, Save::Store),
        (Some(1), 2, Save::Store),
        (Some(2), 2, Save::Repeated),
        (Some(3), 2, Save::Stale),
    ] {
        assert_eq!(attempt.save(at(1_001), stored, sequence), Ok(expected));
    }
}

#[test]
fn a_save_that_left_in_time_may_arrive_late_but_not_too_late() {
    let attempt = limited();
    assert_eq!(attempt.save(at(1_070), None, 1), Ok(Save::Store));
    assert_eq!(attempt.save(at(1_071), None, 1), Err(AttemptRefusal::TimeUp));
    assert!(attempt.is_overdue(at(1_071)) && !attempt.is_overdue(at(1_070)));
}

#[test]
fn submitting_twice_changes_nothing() {
    let once = limited().submit(at(1_030));
    assert_eq!(
        (once.state, once.ended),
        (AttemptState::Submitted, Some(at(1_030)))
    );
    assert_eq!(once.submit(at(1_031)), once);
    assert_eq!(once.save(at(1_031), None, 1), Err(AttemptRefusal::Submitted));
}

#[test]
fn an_attempt_submitted_after_its_deadline_ended_then() {
    assert_eq!(limited().submit(at(5_000)).ended, Some(at(1_060)));
}

#[test]
fn only_these_events_can_follow_these_states() {
    use AttemptEvent::{NeedMarking, Score, Submit};
    use AttemptState::{InProgress, Marking, Scored, Submitted};
    for (state, after) in [
        (InProgress, [Some(Submitted), None, None]),
        (Submitted, [Some(Submitted), Some(Marking), Some(Scored)]),
        (Marking, [Some(Marking), Some(Marking), Some(Scored)]),
        (Scored, [Some(Scored), Some(Marking), Some(Scored)]),
    ] {
        assert_eq!(
            [Submit, NeedMarking, Score].map(|event| state.after(event)),
            after,
            "{state:?}"
        );
    }
}

#[test]
fn a_new_attempt_waits_for_the_last_to_end_and_cool_down() {
    let twice = assessment(&json!({ "attempts": 2, "cooldown": 600 }));
    let open = begun(&twice, at(0));
    let ended = open.submit(at(100));
    assert_eq!(twice.may_start(&Window::default(), &[], at(0)), Ok(()));
    assert_eq!(
        twice.may_start(&Window::default(), &[open], at(9_999)),
        Err(StartRefusal::InProgress)
    );
    assert_eq!(
        twice.may_start(&Window::default(), &[ended], at(699)),
        Err(StartRefusal::Cooldown { until: at(700) })
    );
    assert_eq!(twice.may_start(&Window::default(), &[ended], at(700)), Ok(()));
    assert_eq!(
        twice.may_start(&Window::default(), &[ended, ended], at(9_999)),
        Err(StartRefusal::AttemptsUsed { allowed: 2 })
    );
}

#[test]
fn an_attempt_that_the_pass_rule_would_not_count_is_not_begun() {
    let gate = json!({"kind": "sequential-gate", "tables": "gate-1", "tries": 2, "cooldown-hours": 0});
    let gate = assessment(&json!({ "mode": "sequentialGate", "passRule": gate }));
    let ended = begun(&gate, at(0)).submit(at(1));
    assert_eq!(gate.may_start(&Window::default(), &[ended], at(9)), Ok(()));
    assert_eq!(
        gate.may_start(&Window::default(), &[ended, ended], at(9)),
        Err(StartRefusal::AttemptsUsed { allowed: 2 })
    );
}

#[test]
fn the_clock_stands_still_for_as_long_as_a_person_may_stop_it() {
    let form = assessment(&json!({ "timeLimit": 600 }));
    let given = Accommodation {
        extra_time: 0,
        breaks: 5,
    };
    let attempt = Attempt::start(&form, &Window::default(), given, at(0));
    assert_eq!(limited().take_break(at(1_001)), Err(AttemptRefusal::NoBreak));

    let resting = attempt.take_break(at(100)).unwrap();
    assert_eq!(resting.save(at(120), None, 1), Err(AttemptRefusal::OnBreak));
    assert_eq!(resting.take_break(at(120)), Err(AttemptRefusal::OnBreak));
    let back = resting.go_on(at(220));
    assert_eq!(back.deadline, Some(at(720)));
    assert_eq!(back.breaks_left, Duration::from_mins(3));
    assert_eq!(back.save(at(221), None, 1), Ok(Save::Store));
    assert_eq!(back.go_on(at(300)), back);

    // Who does not come back has the whole break, and no more.
    assert_eq!(resting.break_ends(at(399)), Some(at(400)));
    assert_eq!(resting.break_ends(at(400)), None);
    assert_eq!(resting.save(at(400), None, 1), Ok(Save::Store));
    assert_eq!(resting.go_on(at(500)).deadline, Some(at(900)));
    assert_eq!(
        resting.go_on(at(500)).take_break(at(501)),
        Err(AttemptRefusal::NoBreak)
    );
    assert!(resting.is_overdue(at(911)) && !resting.is_overdue(at(910)));
}

#[test]
fn what_changes_after_the_start_takes_no_time_away() {
    let form = assessment(&json!({ "timeLimit": 600 }));
    let closing = |second| Window {
        closes: Some(at(second)),
        ..Window::default()
    };
    let given = Accommodation {
        extra_time: 100,
        breaks: 0,
    };
    let attempt = Attempt::start(&form, &closing(300), Accommodation::default(), at(0));
    assert_eq!(attempt.deadline, Some(at(300)));
    for (window, given, deadline) in [
        (closing(200), Accommodation::default(), Some(at(300))),
        (closing(500), Accommodation::default(), Some(at(500))),
        (Window::default(), Accommodation::default(), Some(at(600))),
        (closing(300), given, Some(at(900))),
    ] {
        assert_eq!(attempt.under(&form, &window, given).deadline, deadline);
    }

    let rests = Accommodation {
        extra_time: 0,
        breaks: 2,
    };
    let resting = Attempt::start(&form, &Window::default(), rests, at(0))
        .take_break(at(60))
        .unwrap();
    let more = Accommodation { breaks: 5, ..given };
    assert_eq!(
        resting.under(&form, &Window::default(), more).deadline,
        Some(at(1_500))
    );
    let untimed = assessment(&json!({}));
    let endless = Attempt::start(&untimed, &Window::default(), rests, at(0));
    assert_eq!(endless.deadline, None);
    let closing = endless.under(&untimed, &closing(300), rests);
    assert_eq!(closing.deadline, Some(at(300)));
    assert_eq!(closing.take_break(at(1)), Err(AttemptRefusal::NoBreak));
    let back = resting.go_on(at(120)).under(&form, &Window::default(), more);
    assert_eq!(back.deadline, Some(at(1_260)));
    assert_eq!(back.breaks_left, Duration::from_mins(4));
}

#[test]
fn a_gate_takes_the_next_item_only_and_an_answer_that_was_judged_stands() {
    let gate = assessment(&json!({ "mode": "sequentialGate" }));
    assert_eq!(gate.may_answer(1, false, Some(1)), Ok(()));
    assert_eq!(gate.may_answer(2, false, Some(1)), Err(AttemptRefusal::NotNext));
    assert_eq!(
        gate.may_answer(0, true, Some(1)),
        Err(AttemptRefusal::AnswerStands)
    );
    let practice = assessment(&json!({ "feedback": { "when": "atOnce" } }));
    assert_eq!(practice.may_answer(5, false, Some(1)), Ok(()));
    assert_eq!(
        practice.may_answer(0, true, Some(1)),
        Err(AttemptRefusal::AnswerStands)
    );
    assert_eq!(assessment(&json!({})).may_answer(0, true, Some(1)), Ok(()));
}

#[test]
fn where_there_is_no_way_back_only_the_item_in_hand_is_answered() {
    let linear = assessment(&json!({ "navigation": "linear", "layout": "onePage" }));
    assert_eq!(linear.arrangement(), Layout::OneItemPerPage);
    for (position, taken) in [
        (0, Err(AttemptRefusal::LeftBehind)),
        (1, Ok(())),
        (2, Err(AttemptRefusal::NotNext)),
    ] {
        assert_eq!(linear.may_answer(position, false, Some(1)), taken);
    }
    // Answers that stand are judged on the way, and there is nothing to go back for.
    let judged = assessment(&json!({ "navigation": "linear", "feedback": { "when": "atOnce" } }));
    assert!(!judged.is_linear());
}
