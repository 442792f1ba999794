//! What a check found, in words.

use domain::credential::{CheckName, Finding, Outcome, ProofResult, Report, Standing};
use leptos::prelude::*;

use crate::{
    i18n::t,
    ui::{self, Check, Tag, Tone, Verdict, day},
};

/// The verdict on a badge: valid, not valid or not checked, then each check.
#[component]
pub(super) fn Judgement(report: Report) -> impl IntoView {
    let word = word(report.outcome);
    let halt = report.standing.as_ref().and_then(Standing::halt).map(|halt| {
        let since = day(halt.since);
        t!(
            "finding-status-since",
            since = since,
            reason = halt.reason.clone()
        )
    });
    // One signature is what the checks speak of.
    let several = (report.proofs.len() > 1).then_some(report.proofs);
    let checks = report
        .checks
        .into_iter()
        .map(|check| Check {
            finding: finding(check.outcome),
            text: t!(&format!("finding-{}-{}", key(&check.name), key(&check.finding))),
            detail: match &halt {
                Some(halt) if check.name == CheckName::Status => halt.clone(),
                _ if says_enough(check.finding) => String::new(),
                _ => check.detail,
            },
        })
        .collect();
    view! {
        <Verdict
            finding=finding(report.outcome)
            title=t!(&format!("verdict-{word}-title"))
            text=t!(&format!("verdict-{word}-text"))
            checks
        />
        {several.map(|proofs| view! { <Signatures proofs /> })}
    }
    .into_any()
}

/// The verdict in a word, with the first finding that stands against the badge.
pub(super) fn in_brief(report: &Report) -> AnyView {
    let (tone, outcome) = match report.outcome {
        Outcome::Valid => (Tone::Good, t!("verify-result-valid")),
        Outcome::Unchecked => (Tone::Warn, t!("verify-result-unchecked")),
        Outcome::Invalid => (Tone::Bad, t!("verify-result-invalid")),
    };
    let against = report
        .checks
        .iter()
        .find(|check| check.outcome == report.outcome && report.outcome != Outcome::Valid)
        .map(|check| t!(&format!("finding-{}-{}", key(&check.name), key(&check.finding))));
    view! {
        <Tag tone text=outcome />
        {against.map(|text| view! { <br />{text} })}
    }
    .into_any()
}

/// What became of each of several signatures.
#[component]
fn Signatures(proofs: Vec<ProofResult>) -> AnyView {
    let each = proofs
        .into_iter()
        .map(|proof| {
            let who = if proof.by_issuer { "issuer" } else { "other" };
            let found = t!(&format!("finding-proof-{}", key(&proof.finding)));
            view! {
                <dt>{t!(&format!("signature-by-{who}"))}" "<small>{proof.kind}</small></dt>
                <dd>{found}</dd>
            }
        })
        .collect_view();
    view! {
        <section class="section" aria-labelledby="signatures">
            <h2 id="signatures">{t!("signatures-title")}</h2>
            <dl>{each}</dl>
        </section>
    }
    .into_any()
}

/// Whether the finding's own sentence leaves nothing to add. The others name
/// what it was: a term, a date, an address.
fn says_enough(finding: Finding) -> bool {
    matches!(
        finding,
        Finding::Fine
            | Finding::NotReached
            | Finding::NoProof
            | Finding::BadSignature
            | Finding::NotIssuersKey
            | Finding::NoStatus
            | Finding::StatusUnknown
            | Finding::Revoked
            | Finding::Suspended
    )
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Valid => "valid",
        Outcome::Unchecked => "unchecked",
        Outcome::Invalid => "invalid",
    }
}

fn finding(outcome: Outcome) -> ui::Finding {
    match outcome {
        Outcome::Valid => ui::Finding::Passed,
        Outcome::Unchecked => ui::Finding::Unknown,
        Outcome::Invalid => ui::Finding::Failed,
    }
}

/// The word by which the domain writes a name.
fn key<T: serde::Serialize>(name: &T) -> String {
    serde_json::to_value(name)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::{Args, Locale};

    #[test]
    fn every_check_has_words_for_being_fine_and_not_reached() {
        let locale = Locale::choose(None, None);
        for name in CheckName::ALL {
            for finding in [Finding::Fine, Finding::NotReached] {
                let text = format!("finding-{}-{}", key(&name), key(&finding));
                assert_ne!(locale.text(&text, &Args::new()), text);
            }
        }
    }
}
