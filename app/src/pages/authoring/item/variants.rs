//! What an item's variables make of it: twenty variants, each with its right
//! answer and what is wrong with it.

use axum::extract::Path;
use domain::assessment::{Item, Variant, VariantProblem, variants};
use leptos::prelude::*;
use service::assessment::item;

use super::{ItemPath, item_id};
use crate::{
    failure::Failure,
    i18n::{Args, current, t},
    page::Page,
    pages::{
        course::text,
        teach::{Desk, TeachFrame},
    },
    ui::{Layout, Place, Table},
    visit::Author,
};

pub(super) async fn show(Author(place): Author, Path((_, id)): ItemPath) -> Result<Page, Failure> {
    let id = item_id(&id)?;
    let draft = item::load(&place.ctx, id).await?;
    let desk = Desk::new(&place);
    let title = match draft.content.item.title.as_str() {
        "" => place.t("item-untitled"),
        title => title.to_owned(),
    };
    let above = vec![
        Place::new(desk.path("/items"), place.t("item-list-title")),
        Place::new(desk.path(&format!("/items/{id}")), title),
    ];
    let made = variants(&draft.content.item);
    let page = place.page(place.t("item-variants-title"), move || {
        view! {
            <TeachFrame desk above>
                <h1>{t!("item-variants-title")}</h1>
                {if made.is_empty() {
                    view! { <p class="lead">{t!("item-variants-none")}</p> }.into_any()
                } else {
                    view! {
                        <p class="lead">{t!("item-variants-lead")}</p>
                        <Variants made />
                    }
                    .into_any()
                }}
            </TeachFrame>
        }
    });
    Ok(page.layout(Layout::Wide))
}

#[component]
fn Variants(made: Vec<Variant>) -> AnyView {
    let rows = (1_u32..).zip(made).map(|(number, variant)| {
        let values = variant
            .values
            .iter()
            .map(|(name, value)| format!("{name} = {value}"));
        let values = values.collect::<Vec<_>>().join("; ");
        let asked = variant.item.as_ref().map(asked).unwrap_or_default();
        let problems = variant
            .problems
            .iter()
            .map(sentence)
            .collect::<Vec<_>>()
            .join(" ");
        view! {
            <tr>
                <th scope="row">{number}</th>
                <td>{values}</td>
                <td>{asked}</td>
                <td>{variant.answers.join("; ")}</td>
                <td>{problems}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <Table id="variants" caption=t!("item-variants-caption")>
            <thead>
                <tr>
                    <th scope="col">{t!("item-variants-number")}</th>
                    <th scope="col">{t!("item-variants-values")}</th>
                    <th scope="col">{t!("item-variants-asked")}</th>
                    <th scope="col">{t!("item-variants-answer")}</th>
                    <th scope="col">{t!("item-variants-problems")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </Table>
    }
    .into_any()
}

/// What is asked, in a line.
fn asked(item: &Item) -> String {
    let asked = item.interactions().map(|it| text::plain(it.prompt(), 200));
    asked.collect::<Vec<_>>().join(" ")
}

fn sentence(problem: &VariantProblem) -> String {
    let Some(code) = problem.code else {
        return t!("item-variants-repeated");
    };
    let named = problem.args.iter();
    let args: Args = named
        .map(|(name, value)| (name.clone().into(), value.clone().into()))
        .collect();
    current().text(&format!("error-document-{code}"), &args)
}
