use leptos::prelude::*;

use crate::ui::{
    Answer, Answers, Cairn, Card, Feedback, Mastery, Match, Module, Numbered, Order, Pair, Palette, Progress,
    Row, Standing, Stop, Tag, Tone, Trail,
};

/// What learners meet.
pub(super) fn all() -> AnyView {
    view! {
        <h2 class="section">"Courses"</h2>
        {cards()}
        <h2 class="section">"Progress"</h2>
        <div class="row">{(0..=5).map(|stones| view! { <Cairn stones large=true /> }).collect_view()}</div>
        <Progress done=5 of=8 label="Reading a river" text="5 of 8 activities done" />
        <Mastery title="Read surface flow" text="11 of 12 right so far." stones=4 tone=Tone::Warn state="Nearly" />
        <Mastery title="Estimate velocity" text="Shown on 2 March: 12 of 13." stones=5 tone=Tone::Good state="Mastered" />
        <Mastery title="Judge a bank" text="Two questions answered." stones=1 tone=Tone::Plain state="Not yet" />
        <h2 class="section">"Outline"</h2>
        <Module title="1. The river's shape" open=false stops=stops() />
        <Module title="2. Its three beats" open=true stops=stops() />
        <h2 class="section">"An attempt"</h2>
        {attempt()}
    }
    .into_any()
}

fn cards() -> AnyView {
    let card = |title: &'static str| {
        view! {
            <Card href="#main" title>
                <p>"Judge flow, bank and bed from what you can see."</p>
                <p class="meta"><span>"4 modules"</span><span>"About 6 hours"</span></p>
            </Card>
        }
    };
    view! {
        <ul class="cards" role="list">
            <Card href="#main" title="Reading a river">
                <p>"Say what the river will do next."</p>
                <Progress done=3 of=8 label="Reading a river" text="3 of 8 activities done" />
                <p class="meta"><span>"4 modules"</span><Tag tone=Tone::Good text="Enrolled" /></p>
            </Card>
            {["Dry-stone walling", "Paths that drain", "Working safely by water"].map(card).collect_view()}
        </ul>
    }
    .into_any()
}

fn stops() -> Vec<Stop> {
    [
        ("Why rivers bend", "Lesson", Standing::Done),
        ("Riffle, run and pool", "Lesson", Standing::Current),
        ("Name what you see", "Practice", Standing::Open),
        ("Show it", "Assessment, opens after practice", Standing::Locked),
    ]
    .map(|(title, note, standing)| Stop {
        title: title.to_owned(),
        href: "#main".to_owned(),
        note: note.to_owned(),
        standing,
    })
    .into()
}

fn attempt() -> AnyView {
    let questions = (1..=10).map(|number| Numbered {
        answered: number < 6,
        flagged: number == 3,
        here: number == 6,
    });
    view! {
        <div class="attempt-bar">
            <Progress done=5 of=10 label="Answered" text="5 of 10 answered, 1 flagged" />
            <p class="row"><span>"Time left"</span><span class="time">"18:42"</span></p>
            <Tag tone=Tone::Good text="Saved 10:42" />
        </div>
        <div class="with-side end">
            <div>{questions_of_each_kind()}{super::graphic::all()}</div>
            <form class="panel" action="/styleguide"><h2>"All questions"</h2><Palette questions=questions.collect() /></form>
        </div>
        <h3>"The course's way"</h3>
        <Trail stops=stops() />
    }
    .into_any()
}

fn questions_of_each_kind() -> AnyView {
    let answer = |value: &str, chosen, mark| Answer {
        value: value.to_owned(),
        html: value.to_owned(),
        chosen,
        mark,
    };
    let units = ["Riffle", "Run", "Pool"];
    view! {
        <fieldset class="question">
            <legend><span class="meta">"Question 6 of 10"</span>"Which is the deepest?"</legend>
            <Answers field="one" answers=units.map(|unit| answer(unit, unit == "Run", None)).into() />
        </fieldset>
        <fieldset class="question">
            <legend>"Which carry oxygen?"</legend>
            <Answers field="many" many=true answers=units.map(|unit| answer(unit, unit != "Pool", None)).into() />
        </fieldset>
        <fieldset class="question">
            <legend>"Marked: which is the deepest?"</legend>
            <Answers
                field="marked"
                fixed=true
                answers=vec![
                    answer("Riffle", true, Some((Tone::Bad, "Your answer, not right".to_owned()))),
                    answer("Run", false, None),
                    answer("Pool", false, Some((Tone::Good, "Right".to_owned()))),
                ]
            />
            <Feedback tone=Tone::Bad html="<p>A riffle is the <em>shallowest</em> of the three.</p>" />
        </fieldset>
        <fieldset class="question">
            <legend>"Put these in order, the steepest first."</legend>
            <Order rows=units.map(|unit| Row {
                place: String::new(),
                field: format!("order.{unit}"),
                html: unit.to_owned(),
                text: unit.to_owned(),
            }).into() />
        </fieldset>
        <fieldset class="question">
            <legend>"Match each bed to its unit."</legend>
            <Match
                pairs=["Cobble", "Gravel", "Silt"].map(|bed| Pair {
                    field: format!("match.{bed}"),
                    html: bed.to_owned(),
                    target: if bed == "Silt" { "Pool".to_owned() } else { String::new() },
                }).into()
                targets=units.map(|unit| (unit.to_owned(), unit.to_owned())).into()
            />
        </fieldset>
    }
    .into_any()
}
