//! What became of each item.

use domain::assessment::qti::{Place, RefusalCode};
use leptos::prelude::*;
use service::assessment::item::{Outcome, Report};

use crate::{
    i18n::t,
    ui::{Notice, Table, Tag, Tone},
};

/// What became of the items of a file; nothing before one was brought.
#[component]
pub(super) fn Reports(reports: Vec<Report>, items: String) -> AnyView {
    if reports.is_empty() {
        return ().into_any();
    }
    let is_refused = |report: &&Report| matches!(report.outcome, Outcome::Refused { .. });
    let is_new = |report: &&Report| matches!(report.outcome, Outcome::Imported { .. });
    let (refused, new) = (
        reports.iter().filter(is_refused).count(),
        reports.iter().filter(is_new).count(),
    );
    let tone = if refused > 0 { Tone::Warn } else { Tone::Good };
    let total = reports.len();
    let rows = reports
        .into_iter()
        .map(|report| row(report, &items))
        .collect_view();
    view! {
        <Notice tone announced=true title=t!("import-done", new = new, total = total)>
            <p>{t!("import-done-refused", refused = refused)}</p>
        </Notice>
        <Table id="report" caption=t!("import-report")>
            <thead>
                <tr>
                    <th scope="col">{t!("item-item")}</th>
                    <th scope="col">{t!("import-outcome")}</th>
                    <th scope="col">{t!("import-detail")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}

fn row(report: Report, items: &str) -> AnyView {
    let name = [report.identifier, report.path, t!("item-untitled")];
    let name = name.into_iter().find(|name| !name.is_empty());
    let (tone, outcome) = match &report.outcome {
        Outcome::Imported { changes, .. } if changes.is_empty() => (Tone::Good, t!("import-imported")),
        Outcome::Imported { .. } => (Tone::Info, t!("import-with-changes")),
        Outcome::AlreadyThere { .. } => (Tone::Plain, t!("import-already-there")),
        Outcome::Duplicate { .. } => (Tone::Plain, t!("import-duplicate")),
        Outcome::Refused { .. } => (Tone::Bad, t!("import-refused")),
    };
    let link = |id: String| format!("{items}/{id}");
    let (href, said) = match report.outcome {
        Outcome::Imported { item, changes } => {
            let said = changes.into_iter().map(|change| {
                let what = t!(&format!("import-change-{}", change.code));
                in_place(what, &change.place)
            });
            (Some(link(item.to_string())), said.collect())
        }
        Outcome::AlreadyThere { item } | Outcome::Duplicate { item } => {
            (Some(link(item.to_string())), Vec::new())
        }
        Outcome::Refused { code, place, kept } => {
            let mut said = vec![in_place(why(&code), &place)];
            if kept.is_none() {
                said.push(t!("import-not-kept"));
            }
            (None, said)
        }
    };
    let said = said.into_iter().map(|text: String| view! { <li>{text}</li> });
    let name = match href {
        Some(href) => view! { <a href=href>{name}</a> }.into_any(),
        None => view! { {name} }.into_any(),
    };
    view! {
        <tr>
            <th scope="row">{name}<small>{report.category}</small></th>
            <td><Tag tone text=outcome /></td>
            <td><ul>{said.collect_view()}</ul></td>
        </tr>
    }
    .into_any()
}

/// Why something was not taken.
pub(super) fn why(code: &str) -> String {
    let is_known = RefusalCode::ALL.iter().any(|known| known.as_str() == code) || code == "package";
    if is_known {
        t!(&format!("import-why-{code}"))
    } else {
        t!("import-why-other", code = code.to_owned())
    }
}

/// What is so, and where in the file.
pub(super) fn in_place(what: String, place: &Place) -> String {
    if place.line > 0 {
        t!(
            "import-in-line",
            what = what,
            line = place.line,
            element = place.element.clone()
        )
    } else if place.element.is_empty() {
        what
    } else {
        t!("import-in-element", what = what, element = place.element.clone())
    }
}
