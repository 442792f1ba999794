//! What the pages of one's account have around them.

use leptos::prelude::*;

use crate::{
    i18n::t,
    page::Page,
    ui::{Place, PostButton, Side},
    visit::SignedIn,
};

/// A page of the account: its address, and the key of its name.
pub(super) type Room = (&'static str, &'static str);

pub(super) const PROFILE: Room = ("/account", "account-profile-title");
pub(super) const EMAIL: Room = ("/account/email", "account-email-title");
pub(super) const PASSWORD: Room = ("/account/password", "account-password-title");
pub(super) const SESSIONS: Room = ("/account/sessions", "account-sessions-title");

/// A page of the account: beside the list of all, what `view` draws.
pub(super) fn page<V: IntoView + 'static>(
    visit: &SignedIn,
    here: Room,
    view: impl FnOnce() -> V + Send + 'static,
) -> Page {
    visit.page(visit.t(here.1), move || {
        let main = view().into_any();
        let rooms = [PROFILE, EMAIL, PASSWORD, SESSIONS]
            .into_iter()
            .map(|(address, name)| Place::new(address, t!(name)).at(here.0))
            .collect();
        view! {
            <div class="with-side">
                <div>
                    <Side label=t!("account-title") groups=vec![(t!("account-title"), rooms)] />
                    <PostButton action="/sign-out" text=t!("sign-out") class="button quiet" />
                </div>
                <div>{main}</div>
            </div>
        }
    })
}
