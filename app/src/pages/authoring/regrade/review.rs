//! The badges whose ground is gone: each is withdrawn, or stands.

use axum::response::Response;
use domain::id::AwardId;
use leptos::prelude::*;
use service::{
    Error,
    assessment::regrade::{self, Groundless, Review},
};

use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done},
    pages::teach::{Desk, TeachFrame},
    ui::{Empty, Layout, Moment, PostButton, Table},
    visit::Author,
};

pub(super) async fn show(Author(place): Author) -> Result<Page, Failure> {
    let review = regrade::review(&place.ctx).await?;
    let desk = Desk::new(&place);
    let regrades = desk.path("/regrades");
    let path = desk.path("/groundless");
    let page = place.page(place.t("groundless-title"), move || {
        let body = if review.badges.is_empty() {
            view! { <Empty title=t!("groundless-empty")><p>{t!("groundless-empty-text")}</p></Empty> }
                .into_any()
        } else {
            view! { <Badges review regrades path /> }.into_any()
        };
        view! {
            <TeachFrame desk>
                <div class="page-head">
                    <h1>{t!("groundless-title")}</h1>
                    <p class="lead">{t!("groundless-lead")}</p>
                </div>
                {body}
            </TeachFrame>
        }
    });
    Ok(page.layout(Layout::Wide))
}

/// Lets one stand.
pub(super) async fn keep(Author(place): Author, form: Form) -> Result<Response, Failure> {
    let award: AwardId = form.parsed("award").ok_or(Error::NotFound)?;
    regrade::keep(&place.ctx, award).await?;
    Ok(see_done(&place.path("/teach/groundless"), "groundless-kept"))
}

#[component]
fn Badges(review: Review, regrades: String, path: String) -> AnyView {
    let may_withdraw = review.may_withdraw;
    let withdraw = format!("{path}/withdraw");
    let some_signed = review.badges.iter().any(|it| it.credential.is_some());
    let all = match (may_withdraw, some_signed) {
        (true, true) => {
            let all = withdraw.clone();
            view! { <p><a class="button secondary" href=all>{t!("regrade-withdraw-all")}</a></p> }.into_any()
        }
        (true, false) => ().into_any(),
        (false, _) => view! { <p>{t!("groundless-by-admin")}</p> }.into_any(),
    };
    let rows = review.badges.into_iter().map(|it| {
        let deeds = may_withdraw.then(|| deeds(&it, &path, &withdraw));
        let because = match it.regrade {
            Some(id) => {
                view! { <a href=format!("{regrades}/{id}")>{t!("groundless-by-regrade")}</a> }.into_any()
            }
            None => t!("groundless-by-appeal").into_any(),
        };
        view! {
            <tr>
                <th scope="row">{it.badge}</th>
                <td>{it.holder}</td>
                <td>{because}<p class="muted"><Moment at=it.noted_at /></p></td>
                <td>{deeds}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <Table id="groundless" caption=t!("regrade-review-caption")>
            <thead><tr>
                <th scope="col">{t!("issued-badge")}</th>
                <th scope="col">{t!("issued-holder")}</th>
                <th scope="col">{t!("groundless-because")}</th>
                <th scope="col"><span class="sr">{t!("regrade-withdraw")}</span></th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </Table>
        {all}
    }
    .into_any()
}

fn deeds(it: &Groundless, path: &str, withdraw: &str) -> AnyView {
    let what = format!("{}, {}", it.badge, it.holder);
    let withdraw = if it.credential.is_some() {
        view! {
            <a href=format!("{withdraw}?award={}", it.award)>
                {t!("regrade-withdraw")}<span class="sr">" "{what.clone()}</span>
            </a>
        }
        .into_any()
    } else {
        view! { <span class="muted">{t!("regrade-not-signed")}</span> }.into_any()
    };
    let fields = vec![("award", it.award.to_string())];
    view! {
        <div class="buttons">
            {withdraw}
            <PostButton action=path text=t!("groundless-keep") what class="button quiet" fields />
        </div>
    }
    .into_any()
}
