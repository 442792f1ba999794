//! The frame of every page on which instructors work.

use domain::tenancy::Permission;
use leptos::prelude::*;

use crate::{
    i18n::t,
    ui::{Crumbs, Place, Side},
    visit::{InTenant, Member},
};

/// Where an instructor works: the tenant's part of the address, and the page's own.
#[derive(Debug, Clone)]
pub(crate) struct Desk {
    base: String,
    path: String,
    authors: bool,
}

impl Desk {
    /// The desk of this visit.
    pub(crate) fn new(place: &Member) -> Self {
        let place: &InTenant = place;
        Self {
            base: place.path("/teach"),
            path: place.uri.path().to_owned(),
            authors: place.ctx.may(Permission::Author),
        }
    }

    /// The address of `path` on the desk: `/t/harbour/teach/files`.
    pub(crate) fn path(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    fn places(&self) -> Vec<Place> {
        let all = [
            ("", "teach-overview", true),
            ("/competencies", "teach-competencies", true),
            ("/items", "teach-items", true),
            ("/assessments", "teach-assessments", true),
            ("/marking", "teach-marking", false),
            ("/files", "teach-files", true),
        ];
        all.into_iter()
            .filter(|(_, _, for_authors)| self.authors || !for_authors)
            .map(|(path, key, _)| {
                let href = self.path(path);
                let here = if path.is_empty() {
                    self.path == href || self.path.starts_with(&self.path("/courses"))
                } else {
                    self.path.starts_with(&href)
                };
                Place {
                    here,
                    ..Place::new(href, t!(key))
                }
            })
            .collect()
    }
}

/// A page of the desk: the ways about beside it, and the way down to it
/// (without the page itself) above.
#[component]
pub(crate) fn TeachFrame(desk: Desk, #[prop(optional)] above: Vec<Place>, children: Children) -> AnyView {
    let crumbs = (!above.is_empty()).then(|| {
        let mut places = vec![Place::new(desk.path(""), t!("teach-title"))];
        places.extend(above);
        view! { <Crumbs places /> }
    });
    view! {
        <div class="with-side">
            <Side label=t!("teach-title") groups=vec![(t!("teach-title"), desk.places())] />
            <div class="flow">{crumbs}{children()}</div>
        </div>
    }
    .into_any()
}
