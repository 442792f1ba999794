//! The instructor's first page: the courses, and what else there is to do.

use axum::response::{IntoResponse, Response};
use domain::tenancy::Permission;
use leptos::prelude::*;
use service::course::{self, Listed};

use super::{Desk, TeachFrame};
use crate::{
    failure::Failure,
    i18n::t,
    page::see_other,
    pages::authoring::draft::Noun,
    ui::{Day, Empty, Layout, Table},
    visit::Member,
};

pub(super) async fn show(place: Member) -> Result<Response, Failure> {
    let courses = course::list(&place.ctx).await?;
    if !place.ctx.may(Permission::Author) {
        // Whoever only marks has one place here.
        return Ok(see_other(&place.path("/teach/marking")));
    }
    let desk = Desk::new(&place);
    let page = place.page(place.t("teach-title"), move || {
        let new = desk.path("/courses/new");
        let base = desk.path("/courses");
        view! {
            <TeachFrame desk>
                <div class="row apart">
                    <h1>{t!("teach-courses")}</h1>
                    <a class="button" href=new>{t!("teach-new-course")}</a>
                </div>
                <Courses courses base />
            </TeachFrame>
        }
    });
    Ok(page.layout(Layout::Wide).into_response())
}

#[component]
fn Courses(courses: Vec<Listed>, base: String) -> AnyView {
    if courses.is_empty() {
        return view! {
            <Empty title=t!("teach-no-courses")><p>{t!("teach-no-courses-text")}</p></Empty>
        }
        .into_any();
    }
    let rows = courses
        .into_iter()
        .map(|one| {
            view! {
                <tr>
                    <th scope="row"><a href=format!("{base}/{}", one.id)>{one.title}</a></th>
                    <td>{Noun::Course.tag(one.stage)}</td>
                    <td class="num">{one.learners}</td>
                    <td><Day at=one.updated_at /></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Table id="courses" caption=t!("teach-courses-caption")>
            <thead>
                <tr>
                    <th scope="col">{t!("teach-course")}</th>
                    <th scope="col">{t!("stage")}</th>
                    <th scope="col" class="num">{t!("teach-learners")}</th>
                    <th scope="col">{t!("teach-changed")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}
