//! A framework: its competencies as a tree.

use axum::{extract::Path, response::Response};
use domain::course::Way;
use leptos::prelude::*;
use service::{
    Error,
    competency::{self, Competency, FrameworkTree},
};

use super::{competency_id, framework_id};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_other},
    pages::{
        assessment::rule::rule_in_words,
        teach::{Desk, TeachFrame},
    },
    ui::{Empty, Layout, Place, Table},
    visit::Author,
};

pub(super) async fn show(
    Author(place): Author,
    Path((_, id)): Path<(String, String)>,
) -> Result<Page, Failure> {
    let tree = competency::framework(&place.ctx, framework_id(&id)?).await?;
    let desk = Desk::new(&place);
    let above = vec![Place::new(
        desk.path("/competencies"),
        place.t("teach-competencies"),
    )];
    let page = place.page(tree.details.title.clone(), move || {
        let base = desk.path("/competencies");
        let here = format!("{base}/frameworks/{}", tree.id);
        let FrameworkTree { details, members, .. } = tree;
        view! {
            <TeachFrame desk above>
                <div class="page-head">
                    <h1>{details.title}</h1>
                    <p class="lead">{details.description}</p>
                </div>
                <div class="row">
                    <a class="button" href=format!("{here}/new")>{t!("teach-new-competency")}</a>
                    <a class="button quiet" href=format!("{here}/edit")>{t!("teach-framework-edit")}</a>
                </div>
                <Members members base />
            </TeachFrame>
        }
    });
    Ok(page.layout(Layout::Wide))
}

pub(super) async fn order(
    Author(place): Author,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Failure> {
    let id = competency_id(&id)?;
    let way = match form.text("way") {
        "up" => Way::Up,
        "down" => Way::Down,
        _ => return Err(Error::NotFound.into()),
    };
    competency::shift(&place.ctx, id, way).await?;
    let framework = competency::load(&place.ctx, id).await?.framework;
    let there = format!("/competencies/frameworks/{framework}");
    Ok(see_other(&Desk::new(&place).path(&there)))
}

#[component]
fn Members(members: Vec<(usize, Competency)>, base: String) -> AnyView {
    if members.is_empty() {
        return view! {
            <Empty title=t!("teach-no-competencies")><p>{t!("teach-no-competencies-text")}</p></Empty>
        }
        .into_any();
    }
    let rows = members
        .into_iter()
        .map(|(depth, one)| {
            let edit = format!("{base}/{}", one.id);
            let order = format!("{edit}/order");
            let step = |way: &'static str, label: String, sign: &'static str| {
                view! {
                    <form class="inline" method="post" action=order.clone()>
                        <button class="step" name="way" value=way aria-label=label>{sign}</button>
                    </form>
                }
            };
            // Its depth in marks and in words: columns alone say nothing to a screen reader.
            let marks = "– ".repeat(depth);
            view! {
                <tr>
                    <th scope="row">
                        <span aria-hidden="true">{marks}</span>
                        <a href=edit>{one.code.clone()}</a>
                        {(depth > 0).then(|| view! {
                            <span class="sr">" "{t!("teach-depth", depth = depth + 1)}</span>
                        })}
                    </th>
                    <td>{one.statement}</td>
                    <td>{one.level}</td>
                    <td>{rule_in_words(&one.rule)}</td>
                    <td>
                        <span class="row">
                            {step("up", t!("ui-move-up", text = one.code.clone()), "↑")}
                            {step("down", t!("ui-move-down", text = one.code), "↓")}
                        </span>
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <Table id="members" caption=t!("teach-members-caption")>
            <thead>
                <tr>
                    <th scope="col">{t!("teach-code-field")}</th>
                    <th scope="col">{t!("teach-statement")}</th>
                    <th scope="col">{t!("teach-level-field")}</th>
                    <th scope="col">{t!("teach-rule")}</th>
                    <th scope="col">{t!("teach-order")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}
