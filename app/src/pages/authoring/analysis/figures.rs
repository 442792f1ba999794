//! Figures as they are written on these pages.

use domain::assessment::analysis::{BANDS, FEWEST, ItemAnalysis};
use leptos::prelude::*;

use super::super::strength::whole;
use crate::{
    i18n::t,
    ui::{Table, Tag, Tone},
};

/// A part of a whole in hundredths; a dash for what is not known.
pub(super) fn percent(share: Option<f64>) -> String {
    share.map_or_else(dash, whole)
}

/// So many of all, in hundredths.
pub(in crate::pages) fn part(some: u64, all: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a figure to be read")]
    percent((all > 0).then(|| some as f64 / all as f64))
}

/// A correlation or a coefficient.
pub(in crate::pages) fn coefficient(r: Option<f64>) -> String {
    r.map_or_else(dash, |r| format!("{r:.2}").replace('-', "\u{2212}"))
}

pub(super) fn dash() -> String {
    "\u{2013}".to_owned()
}

/// What an author should look at, or that it is too early to say.
pub(super) fn flags(analysis: &ItemAnalysis) -> AnyView {
    if analysis.answers < FEWEST {
        return view! { <span class="muted">{t!("analysis-too-few-short")}</span> }.into_any();
    }
    analysis
        .flags
        .iter()
        .map(|flag| view! { <Tag tone=Tone::Warn text=t!(&format!("analysis-{flag}")) /> " " })
        .collect_view()
        .into_any()
}

/// How the scores are spread: drawn for the eye, and the table behind it.
#[component]
pub(super) fn Spread(bands: [u64; BANDS]) -> AnyView {
    let most = bands.iter().copied().max().unwrap_or(0).max(1);
    let bars = bands
        .iter()
        .enumerate()
        .map(|(band, attempts)| {
            let height = attempts * 120 / most;
            view! { <rect x=(band * 16).to_string() y=(120 - height).to_string() width="13" height=height.to_string() rx="2" fill="currentColor" /> }
        })
        .collect_view();
    let width = 100 / BANDS;
    let rows = bands
        .iter()
        .enumerate()
        .filter(|(_, attempts)| **attempts > 0)
        .map(|(band, attempts)| {
            let range = t!("analysis-band", from = band * width, to = (band + 1) * width);
            view! { <tr><th scope="row" class="num">{range}</th><td class="num">{*attempts}</td></tr> }
        })
        .collect_view();
    view! {
        <svg class="curve" viewBox="-4 -4 328 146" width="328" height="146" aria-hidden="true" focusable="false">
            {bars}
            <line x1="0" x2="318" y1="121" y2="121" stroke="currentColor" />
            <text x="0" y="138" font-size="13" fill="currentColor">"0"</text>
            <text x="318" y="138" font-size="13" text-anchor="end" fill="currentColor">"100"</text>
        </svg>
        <details>
            <summary>{t!("analysis-spread-table")}</summary>
            <Table id="spread" caption=t!("analysis-spread")>
                <thead>
                    <tr>
                        <th scope="col" class="num">{t!("analysis-score")}</th>
                        <th scope="col" class="num">{t!("analysis-attempts")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Table>
        </details>
    }
    .into_any()
}
