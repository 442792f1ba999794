//! Something is on its way by mail.

use leptos::prelude::*;

use crate::{i18n::t, page::Page, visit::Visit};

/// For what: each has a text `check-mail-…`.
const REASONS: [&str; 4] = ["sign-up", "verify", "reset", "email"];

pub(super) async fn show(visit: Visit) -> Page {
    let wanted = visit.query("for").unwrap_or_default();
    let reason = REASONS
        .into_iter()
        .find(|reason| *reason == wanted)
        .unwrap_or("sign-up");
    visit.page(visit.t("check-mail-title"), move || {
        view! {
            <div class="page-head">
                <h1>{t!("check-mail-title")}</h1>
                <p class="lead">{t!(&format!("check-mail-{reason}"))}</p>
            </div>
            <p>{t!("check-mail-nothing")}</p>
        }
    })
}
