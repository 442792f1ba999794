//! What stands between a draft and its being published, each with the way to
//! where it is put right.

use domain::{
    Problem,
    course::{Content, Module},
};
use leptos::prelude::*;

use crate::{
    i18n::{Args, current, t},
    ui::{Notice, Tone},
};

/// The list of problems.
#[component]
pub(super) fn Problems(problems: Vec<Problem>, content: Content, here: String) -> AnyView {
    let lines = problems
        .into_iter()
        .map(|problem| {
            let spot = Spot::of(&problem, &content, &here);
            view! {
                <li>
                    <a href=spot.href>{spot.title}</a>
                    ": "
                    {sentence(&problem)}
                </li>
            }
        })
        .collect_view();
    view! {
        <Notice tone=Tone::Warn title=t!("teach-problems")>
            <ul>{lines}</ul>
        </Notice>
    }
    .into_any()
}

fn sentence(problem: &Problem) -> String {
    let args: Args = problem
        .args
        .iter()
        .map(|(name, value)| ((*name).into(), value.clone().into()))
        .collect();
    current().text(&format!("error-{}", problem.code), &args)
}

/// Where a problem is.
struct Spot {
    title: String,
    href: String,
}

impl Spot {
    fn of(problem: &Problem, content: &Content, here: &str) -> Self {
        let mut parts = problem.path.split('.');
        let mut next = |name: &str| {
            (parts.next() == Some(name))
                .then(|| parts.next()?.parse::<usize>().ok())
                .flatten()
        };
        let module: Option<&Module> = next("modules").and_then(|at| content.modules.get(at));
        let activity = module.and_then(|module| module.activities.get(next("activities")?));
        match (activity, module) {
            (Some(activity), _) => Self {
                title: activity.title.clone(),
                href: format!("{here}/activities/{}", activity.id),
            },
            (None, Some(module)) => Self {
                title: module.title.clone(),
                href: format!("{here}/modules/{}", module.id),
            },
            (None, None) if problem.path.starts_with("modules") => Self {
                title: content.title.clone(),
                href: format!("{here}#outline"),
            },
            (None, None) => Self {
                title: content.title.clone(),
                href: format!("{here}/about"),
            },
        }
    }
}
