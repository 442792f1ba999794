//! A tenant's members.

use domain::tenancy::Role;
use leptos::prelude::*;
use service::tenancy::{self, Member as Person, PeopleFilter};

use super::frame::{self, INVITATIONS, PEOPLE};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::Page,
    ui::{Day, Pages, PersonName, Select, Table, TextField},
    visit::{InTenant, Member},
};

pub(super) async fn show(Member(visit): Member) -> Result<Page, Failure> {
    let search = visit.query("search").unwrap_or_default();
    let role = visit.query("role").unwrap_or_default();
    let wanted = visit
        .query("page")
        .and_then(|page| page.parse().ok())
        .unwrap_or(1);
    let filter = PeopleFilter {
        search: &search,
        role: role.parse().ok(),
    };
    let list = tenancy::people(&visit.ctx, filter, wanted).await?;
    let typed = Form::filled([("search", search.as_str()), ("role", role.as_str())]);
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("search", &search)
        .append_pair("role", &role)
        .finish();
    let place = visit.clone();
    let page = frame::page(&visit, PEOPLE, visit.t(PEOPLE.1), move || {
        let path = place.path(PEOPLE.0);
        let address = move |page: u32| format!("{path}?{query}&page={page}");
        view! {
            <div class="row apart">
                <h1>{t!("admin-people-title")}</h1>
                <a class="button" href=place.path(INVITATIONS.0)>{t!("admin-people-invite")}</a>
            </div>
            <Filters />
            {if list.rows.is_empty() {
                view! { <p class="muted">{t!("admin-people-none")}</p> }.into_any()
            } else {
                view! { <PeopleTable visit=place people=list.rows total=list.total /> }.into_any()
            }}
            <Pages page=list.page of=list.pages address />
        }
    });
    Ok(page.filled(typed))
}

#[component]
fn Filters() -> AnyView {
    let all = (String::new(), t!("admin-people-all-roles"));
    let roles = Role::ALL
        .iter()
        .map(|role| (role.to_string(), t!(&format!("role-{role}"))));
    view! {
        <form class="filters" method="get">
            <TextField name="search" label=t!("admin-people-search") kind="search" required=false />
            <Select name="role" label=t!("field-role") options=std::iter::once(all).chain(roles).collect() />
            <button class="button secondary">{t!("form-show")}</button>
        </form>
    }
    .into_any()
}

#[component]
fn PeopleTable(visit: InTenant, people: Vec<Person>, total: u64) -> AnyView {
    let rows = people
        .into_iter()
        .map(|person| {
            let address = visit.path(&format!("{}/{}", PEOPLE.0, person.id));
            view! {
                <tr>
                    <th scope="row"><a href=address><PersonName name=person.name /></a></th>
                    <td>{person.email}</td>
                    <td>{t!(&format!("role-{}", person.role))}</td>
                    <td><Day at=person.joined_at /></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Table id="people" caption=t!("admin-people-count", total = total)>
            <thead>
                <tr>
                    <th scope="col">{t!("field-name")}</th>
                    <th scope="col">{t!("field-email")}</th>
                    <th scope="col">{t!("field-role")}</th>
                    <th scope="col">{t!("admin-people-since")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}
