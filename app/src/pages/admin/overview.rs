//! The administration's front page: who there is, and what was done last.

use domain::tenancy::Permission;
use leptos::prelude::*;
use service::{
    audit,
    tenancy::{self, PeopleFilter},
};

use super::{
    audit::trail,
    frame::{self, AUDIT, OVERVIEW, PEOPLE},
};
use crate::{failure::Failure, i18n::t, page::Page, ui::Stats, visit::Member};

/// So many of the latest entries are shown.
const LATEST: usize = 8;

pub(super) async fn show(Member(visit): Member) -> Result<Page, Failure> {
    visit.ctx.require(Permission::ManagePeople)?;
    let people = tenancy::people(&visit.ctx, PeopleFilter::default(), 1)
        .await?
        .total;
    let mut latest = audit::list(&visit.ctx, 1).await?.rows;
    latest.truncate(LATEST);
    let (people_page, audit_page) = (visit.path(PEOPLE.0), visit.path(AUDIT.0));
    let title = visit.t(OVERVIEW.1);
    Ok(frame::page(&visit, OVERVIEW, title, move || {
        view! {
            <h1>{t!("admin-overview-title")}</h1>
            <Stats figures=vec![(t!("admin-people-title"), people.to_string())] />
            <p><a href=people_page>{t!("admin-overview-people")}</a></p>
            <section class="section">
                <h2>{t!("admin-overview-latest")}</h2>
                {trail(latest)}
                <p><a href=audit_page>{t!("admin-overview-all")}</a></p>
            </section>
        }
    }))
}
