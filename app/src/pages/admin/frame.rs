//! What the pages of a tenant's administration have around them.

use leptos::prelude::*;

use crate::{
    i18n::t,
    page::Page,
    ui::{Layout, Place, Side},
    visit::InTenant,
};

/// A page of the administration: its path in the tenant, and the key of its name.
pub(in crate::pages) type Room = (&'static str, &'static str);

pub(super) const OVERVIEW: Room = ("/admin", "admin-overview-title");
pub(in crate::pages) const SETTINGS: Room = ("/admin/settings", "admin-settings-title");
pub(super) const PEOPLE: Room = ("/admin/people", "admin-people-title");
pub(super) const INVITATIONS: Room = ("/admin/invitations", "admin-invitations-title");
pub(in crate::pages) const ACHIEVEMENTS: Room = ("/admin/achievements", "admin-achievements-title");
pub(in crate::pages) const PROGRAMS: Room = ("/admin/programs", "programs-title");
pub(in crate::pages) const CREDENTIALS: Room = ("/admin/credentials", "issued-title");
pub(super) const AUDIT: Room = ("/admin/audit", "admin-audit-title");

/// A page of the administration: beside the list of all, what `view` draws.
pub(in crate::pages) fn page<V: IntoView + 'static>(
    visit: &InTenant,
    here: Room,
    title: String,
    view: impl FnOnce() -> V + Send + 'static,
) -> Page {
    let place = visit.clone();
    let page = visit.page(title, move || {
        let main = view().into_any();
        view! {
            <div class="with-side">
                <Side label=t!("admin-title") groups=vec![(t!("admin-title"), rooms(&place, here))] />
                <div>{main}</div>
            </div>
        }
    });
    page.layout(Layout::Wide)
}

fn rooms(visit: &InTenant, here: Room) -> Vec<Place> {
    [
        OVERVIEW,
        SETTINGS,
        PEOPLE,
        INVITATIONS,
        ACHIEVEMENTS,
        PROGRAMS,
        CREDENTIALS,
        AUDIT,
    ]
    .into_iter()
    .map(|(path, name)| Place::new(visit.path(path), t!(name)).at(&visit.path(here.0)))
    .collect()
}
