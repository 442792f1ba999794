//! How the page looks: its questions, the ways out of it, the list of all.

use domain::{
    Timestamp,
    assessment::{Layout as Arrangement, Mode},
    course::markdown::FileLinks,
};
use leptos::prelude::*;
use service::assessment::attempt::{Question as Drawn, Sheet};

use super::fields::prefix;
use crate::{
    i18n::t,
    page::Page,
    pages::{
        assessment::{
            question::{Asked, Question, with_sent},
            saving::{Saves, StillHere, TimeLeft},
            seen::Seen,
        },
        course::text,
    },
    ui::{ErrorSummary, Layout, Moment, Numbered, Palette, Progress},
    visit::Member,
};

pub(super) fn page(place: &Member, sheet: Sheet, seen: Seen) -> Page {
    let address = place.path(&format!("/attempts/{}", sheet.attempt));
    let tenant = place.tenant.slug.clone();
    let title = sheet.title.clone();
    let files = with_sent(
        text::links(place, sheet.files.clone()),
        sheet.sent.clone(),
        &address,
    );
    let page = place.page(title, move || {
        if sheet.time_up {
            return view! { <TimeUp sheet address tenant /> }.into_any();
        }
        if let Some(until) = sheet.resting {
            return view! { <Resting sheet address until /> }.into_any();
        }
        let action = address.clone();
        view! {
            <ErrorSummary />
            <h1 class="sr">{sheet.title.clone()}</h1>
            <Bar sheet=sheet.clone() tenant />
            <form method="post" action=action id="attempt" autocomplete="off">
                {default_button(&sheet)}
                <div class="with-side end">
                    <div>{questions(&sheet, &seen, &files)}<Ways sheet=sheet.clone() address /></div>
                    <Places sheet />
                </div>
            </form>
        }
        .into_any()
    });
    page.layout(Layout::Page)
}

/// How far one is, whether it is saved, how much time is left.
#[component]
fn Bar(sheet: Sheet, tenant: String) -> AnyView {
    let answered = sheet.places.iter().filter(|at| at.answered).count();
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let text = match sheet.mode {
        Mode::FixedForm => t!("attempt-answered", count = answered, of = sheet.length),
        Mode::SequentialGate => t!("attempt-answered-at-most", count = answered, of = sheet.length),
    };
    view! {
        <div class="attempt-bar">
            <Progress done=count(answered) of=count(sheet.length) label=sheet.title.clone() text />
            {sheet.deadline.map(|deadline| view! { <TimeLeft deadline now=sheet.now sends=!sheet.at_once /> })}
            {(!sheet.at_once).then(|| view! { <Saves tenant attempt=sheet.attempt /> })}
        </div>
    }
    .into_any()
}

fn questions(sheet: &Sheet, seen: &Seen, files: &FileLinks) -> AnyView {
    let questions = sheet.questions.iter().map(|question| {
        let number = question.position + 1;
        let place = match sheet.mode {
            Mode::FixedForm => t!("attempt-place", number = number, of = sheet.length),
            Mode::SequentialGate => t!("attempt-place-gate", number = number, of = sheet.length),
        };
        let seen = seen.at(question.position);
        view! { <One question=question.clone() seen place files=files.clone() can_flag=!sheet.at_once && !sheet.linear /> }
    });
    questions.collect_view().into_any()
}

#[component]
fn One(question: Drawn, seen: String, place: String, files: FileLinks, can_flag: bool) -> AnyView {
    let prefix = prefix(question.position);
    let flag = format!("{prefix}flag");
    let asked = Asked {
        view: question.view,
        fields: question.fields,
        prefix: prefix.clone(),
        place,
        files,
        fixed: question.stands,
        takes_files: true,
        feedback: question.feedback,
    };
    view! {
        <input type="hidden" name=format!("{prefix}sequence") value=(question.sequence + 1).to_string() />
        <input type="hidden" name=format!("{prefix}seen") value=seen />
        <Question asked />
        {can_flag.then(|| view! {
            {question.flagged.then(|| view! { <input type="hidden" name=format!("{prefix}flagged") value="yes" /> })}
            <div class="choice">
                <input type="checkbox" id=flag.clone() name=flag.clone() value="yes" checked=question.flagged />
                <label for=flag.clone()>{t!("attempt-flag")}</label>
            </div>
        })}
    }
    .into_any()
}

/// The first button of a form is the one that Enter presses: it does what the
/// page's main button does, whatever buttons a question has before that.
fn default_button(sheet: &Sheet) -> AnyView {
    let onward = (!sheet.at_once).then(|| onward(sheet).0);
    let name = onward.as_ref().map(|_| "go");
    view! { <button class="sr" name=name value=onward tabindex="-1" aria-hidden="true"></button> }.into_any()
}

/// Where the main button leads, and what it says.
fn onward(sheet: &Sheet) -> (String, String) {
    let here = sheet.questions.first().map_or(0, |question| question.position);
    if sheet.layout == Arrangement::OnePage || here + 1 >= sheet.length {
        ("check".to_owned(), t!("attempt-check"))
    } else {
        ((here + 2).to_string(), t!("attempt-save-next"))
    }
}

/// On, back, and to the end.
#[component]
fn Ways(sheet: Sheet, address: String) -> AnyView {
    let here = sheet.questions.first().map_or(0, |question| question.position);
    let stands = sheet.questions.first().is_some_and(|question| question.stands);
    if sheet.at_once && stands {
        return view! {
            <div class="buttons"><a class="button" href=address>{t!("attempt-next")}</a></div>
        }
        .into_any();
    }
    if sheet.at_once {
        return view! {
            <div class="buttons">
                <button class="button">{t!("attempt-answer")}</button>
                <a class="button quiet" href=format!("{address}/check")>{t!("attempt-stop")}</a>
                <Pause sheet />
            </div>
        }
        .into_any();
    }
    let alone = sheet.layout == Arrangement::OneItemPerPage;
    let (onward, onward_text) = onward(&sheet);
    view! {
        <div class="buttons">
            <button class="button" name="go" value=onward>{onward_text}</button>
            <button class="button secondary">{t!("attempt-save")}</button>
            {(alone && here > 0 && !sheet.linear).then(|| view! {
                <button class="button secondary" name="go" value=here.to_string()>{t!("attempt-previous")}</button>
            })}
            {sheet.linear.then(|| view! {
                <button class="button quiet" name="go" value="check">{t!("attempt-check")}</button>
            })}
            <Pause sheet=sheet.clone() />
        </div>
        {sheet.linear.then(|| view! { <p class="hint">{t!("attempt-no-way-back")}</p> })}
    }
    .into_any()
}

/// Every question, to go to; what is typed is saved on the way.
#[component]
fn Places(sheet: Sheet) -> AnyView {
    if sheet.at_once || sheet.linear || sheet.layout == Arrangement::OnePage {
        return ().into_any();
    }
    let here: Vec<usize> = sheet.questions.iter().map(|question| question.position).collect();
    let questions = sheet.places.iter().map(|at| Numbered {
        answered: at.answered,
        flagged: at.flagged,
        here: here.contains(&at.position),
    });
    let questions = questions.collect();
    view! {
        <section class="side panel" aria-labelledby="places">
            <h2 id="places">{t!("attempt-places")}</h2>
            <Palette questions />
            <button class="button secondary" name="go" value="check">{t!("attempt-check")}</button>
        </section>
    }
    .into_any()
}

/// Stopping the clock, for those who may.
#[component]
fn Pause(sheet: Sheet) -> AnyView {
    sheet
        .breaks_left
        .map(|left| {
            let minutes = left.as_secs().div_ceil(60);
            view! {
                <button class="button quiet" name="go" value="break">{t!("attempt-break", count = minutes)}</button>
            }
        })
        .into_any()
}

/// While the clock stands still, nothing of what is asked is to be seen.
#[component]
fn Resting(sheet: Sheet, address: String, until: Timestamp) -> AnyView {
    view! {
        <section class="confirm">
            <h1>{t!("attempt-resting")}</h1>
            <p>{t!("attempt-resting-text", title = sheet.title)}</p>
            <p>{t!("attempt-resting-until")}" "<Moment at=until /></p>
            <form method="post" action=format!("{address}/go-on")>
                <div class="buttons"><button class="button">{t!("attempt-resume")}</button></div>
            </form>
        </section>
    }
    .into_any()
}

#[component]
fn TimeUp(sheet: Sheet, address: String, tenant: String) -> AnyView {
    view! {
        <section class="confirm">
            <h1>{t!("attempt-time-up")}</h1>
            <p>{t!("attempt-time-up-text", title = sheet.title)}</p>
            <StillHere tenant attempt=sheet.attempt />
            <form method="post" action=format!("{address}/check")>
                <div class="buttons"><button class="button">{t!("attempt-see-result")}</button></div>
            </form>
        </section>
    }
    .into_any()
}
