//! What stacks into what, as learners see it: where it leads, and how far they
//! have come.

use domain::program::Requirement;
use leptos::prelude::*;
use service::program::{Offered, Step};

use crate::{
    i18n::t,
    pages::course::text::plain,
    ui::{Progress, Tag, Tone},
};

/// More steps than that are counted, not named: the program's own page has them all.
const MOST_STEPS: usize = 8;

/// The programs that can be earned here; nothing where there are none. `base` is
/// the tenant's address.
#[component]
pub(super) fn Programs(programs: Vec<Offered>, base: String) -> AnyView {
    if programs.is_empty() {
        return ().into_any();
    }
    let programs = programs
        .into_iter()
        .map(|program| one(program, &base))
        .collect_view();
    view! {
        <section class="section" aria-labelledby="programs">
            <h2 id="programs">{t!("catalogue-programs")}</h2>
            <p class="lead">{t!("catalogue-programs-lead")}</p>
            <ul class="cards" role="list">{programs}</ul>
        </section>
    }
    .into_any()
}

fn one(program: Offered, base: &str) -> AnyView {
    let standing = match program.progress {
        _ if program.is_held => {
            Some(view! { <p><Tag tone=Tone::Good text=t!("catalogue-program-held") /></p> }.into_any())
        }
        Some((done, of)) => Some(
            view! {
                <Progress
                    done=u32::try_from(done).unwrap_or(u32::MAX)
                    of=u32::try_from(of).unwrap_or(u32::MAX)
                    label=program.name.clone()
                    text=t!("catalogue-program-done", done = done, of = of)
                />
            }
            .into_any(),
        ),
        None => None,
    };
    let count = program.steps.len();
    let joined = if program.least < count {
        t!("catalogue-program-some", least = program.least, count = count)
    } else {
        t!("catalogue-program-all", count = count)
    };
    let more = count.saturating_sub(MOST_STEPS);
    let steps = program
        .steps
        .into_iter()
        .take(MOST_STEPS)
        .map(|it| step(it, base));
    view! {
        <li class="panel">
            <h3><a href=format!("{base}/achievements/{}", program.id)>{program.name}</a></h3>
            <p>{plain(&program.description, 160)}</p>
            {standing}
            <p class="meta">{joined}</p>
            <ul class="steps" role="list">{steps.collect_view()}</ul>
            {(more > 0).then(|| view! { <p class="meta">{t!("catalogue-program-more", count = more)}</p> })}
        </li>
    }
    .into_any()
}

fn step(step: Step, base: &str) -> AnyView {
    let name = step.name.unwrap_or_else(|| t!("achievement-part-gone"));
    let path = match step.requirement {
        Requirement::Badge(id) => format!("achievements/{id}"),
        Requirement::Competency(id) => format!("competencies/{id}"),
        Requirement::Assessment(id) => format!("assessments/{id}"),
    };
    let title = if step.has_page {
        view! { <a href=format!("{base}/{path}")>{name}</a> }.into_any()
    } else {
        name.into_any()
    };
    let state = step.is_held.then_some("done");
    let said = step
        .is_held
        .then(|| view! { <span class="sr">" "{t!("ui-standing-done")}</span> });
    view! { <li data-state=state>{title}{said}</li> }.into_any()
}
