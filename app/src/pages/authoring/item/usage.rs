//! How hard an item proved to be, where it is used, and how many have met it.

use domain::assessment::analysis::{Exposure, Facility};
use leptos::prelude::*;
use service::assessment::item::{CourseWith, Usage, Use, Way};

use crate::{
    i18n::t,
    pages::authoring::part,
    ui::{Notice, Table, Tone},
};

/// How hard it proved to be, in words, with what that rests on.
pub(super) fn difficulty(facility: Facility) -> String {
    let Some(band) = facility.band() else {
        return t!("item-facility-unknown", answers = facility.answers);
    };
    t!(&format!("item-facility-{band}"), answers = facility.answers)
}

/// The part of an item's page that says it all; `desk` is the address of the desk.
#[component]
pub(super) fn UsedBy(usage: Usage, desk: String) -> AnyView {
    let crowded = usage.assessments.iter().find(|used| used.exposure.is_high());
    let warning = crowded.map(|used| {
        let key = match used.way {
            Way::Fixed => "item-exposure-fixed",
            Way::Drawn | Way::Before => "item-exposure-drawn",
        };
        let Exposure { shown, attempts } = used.exposure;
        let text = t!(
            key,
            shown = shown,
            attempts = attempts,
            title = used.title.clone()
        );
        view! { <Notice tone=Tone::Warn title=t!("item-exposure-high")><p>{text}</p></Notice> }
    });
    let drawn = match (usage.drawn, usage.drawn_lately) {
        (0, _) => t!("item-drawn-never"),
        (drawn, lately) => t!("item-drawn", drawn = drawn, lately = lately),
    };
    view! {
        <section class="section">
            <h2>{t!("item-usage")}</h2>
            <p>{t!("item-facility")} " " {difficulty(usage.facility)}</p>
            <p>{drawn}</p>
            {warning}
            <Assessments uses=usage.assessments desk=desk.clone() />
            <Practised courses=usage.practised desk />
        </section>
    }
    .into_any()
}

#[component]
fn Assessments(uses: Vec<Use>, desk: String) -> AnyView {
    if uses.is_empty() {
        return view! { <p class="muted">{t!("item-used-nowhere")}</p> }.into_any();
    }
    let rows = uses
        .into_iter()
        .map(|used| {
            let way = match used.way {
                Way::Fixed => t!("item-used-fixed"),
                Way::Drawn => t!("item-used-drawn"),
                Way::Before => t!("item-used-before"),
            };
            let Exposure { shown, attempts } = used.exposure;
            let of = match attempts {
                0 => t!("item-shown-never"),
                _ => t!(
                    "item-shown",
                    shown = shown,
                    attempts = attempts,
                    part = part(shown, attempts)
                ),
            };
            view! {
                <tr>
                    <th scope="row"><a href=format!("{desk}/assessments/{}", used.id)>{used.title}</a></th>
                    <td>{way}</td>
                    <td>{courses(used.courses, &desk)}</td>
                    <td>{of}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Table id="uses" caption=t!("item-uses")>
            <thead>
                <tr>
                    <th scope="col">{t!("item-used-by")}</th>
                    <th scope="col">{t!("item-used-how")}</th>
                    <th scope="col">{t!("item-used-in")}</th>
                    <th scope="col">{t!("item-shown-to")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}

#[component]
fn Practised(courses: Vec<CourseWith>, desk: String) -> AnyView {
    (!courses.is_empty())
        .then(|| view! { <p>{t!("item-practised-in")} " " {self::courses(courses, &desk)}</p> })
        .into_any()
}

/// Links to courses, with commas between them.
fn courses(courses: Vec<CourseWith>, desk: &str) -> AnyView {
    courses
        .into_iter()
        .enumerate()
        .map(|(place, course)| {
            let href = format!("{desk}/courses/{}", course.id);
            view! { {(place > 0).then_some(", ")} <a href=href>{course.title}</a> }
        })
        .collect_view()
        .into_any()
}
