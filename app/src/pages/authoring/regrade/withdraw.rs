//! Withdrawing badges whose ground is gone.

use axum::response::{IntoResponse, Response};
use domain::{
    id::{AwardId, RegradeId},
    tenancy::Permission,
};
use leptos::prelude::*;
use service::{
    Error,
    assessment::regrade::{self, Groundless},
};

use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    in_path::InPath,
    page::{Page, see_done},
    pages::teach::{Desk, TeachFrame},
    ui::{ErrorSummary, Layout, Place, TextArea},
    visit::{Author, Member},
};

pub(super) async fn show(Author(place): Author, InPath(id): InPath<RegradeId>) -> Result<Page, Failure> {
    let waiting = waiting(&place, id).await?;
    let award = place.query("award").and_then(|award| award.parse().ok());
    page(&place, id, waiting, award)
}

pub(super) async fn send(
    Author(place): Author,
    InPath(id): InPath<RegradeId>,
    form: Form,
) -> Result<Response, Failure> {
    let waiting = waiting(&place, id).await?;
    let award: Option<AwardId> = form.parsed("award");
    let reason = form.text("reason");
    let withdrawn = match award {
        Some(award) => regrade::withdraw(&place.ctx, id, award, reason).await,
        None => regrade::withdraw_all(&place.ctx, id, reason).await,
    };
    match withdrawn {
        Ok(()) => Ok(see_done(
            &place.path(&format!("/teach/regrades/{id}")),
            "regrade-withdrawn",
        )),
        Err(Error::Invalid(errors)) => Ok(page(&place, id, waiting, award)?
            .returned(form, errors)
            .into_response()),
        Err(other) => Err(other.into()),
    }
}

/// The badges that wait for a review; for who may not withdraw them, nothing.
async fn waiting(place: &Member, id: RegradeId) -> Result<Vec<Groundless>, Error> {
    place.ctx.require(Permission::RevokeCredentials)?;
    let sheet = regrade::show(&place.ctx, id).await?;
    let signed = sheet.groundless.into_iter().filter(|it| it.credential.is_some());
    Ok(signed.collect())
}

fn page(
    place: &Member,
    id: RegradeId,
    waiting: Vec<Groundless>,
    award: Option<AwardId>,
) -> Result<Page, Failure> {
    let wanted: Vec<_> = waiting
        .into_iter()
        .filter(|it| award.is_none_or(|award| award == it.award))
        .collect();
    if wanted.is_empty() {
        return Err(Error::NotFound.into());
    }
    let desk = Desk::new(place);
    let back = desk.path(&format!("/regrades/{id}"));
    let above = vec![Place::new(back.clone(), place.t("regrade-title"))];
    let page = place.page(place.t("regrade-withdraw-title"), move || {
        let badges = wanted.iter().map(|it| {
            view! { <li>{t!("regrade-whose-badge", badge = it.badge.clone(), name = it.holder.clone())}</li> }
        });
        let badges = badges.collect_view();
        let one = award.map(|award| view! { <input type="hidden" name="award" value=award.to_string() /> });
        view! {
            <TeachFrame desk above>
                <ErrorSummary />
                <h1>{t!("regrade-withdraw-title")}</h1>
                <ul>{badges}</ul>
                <p>{t!("regrade-withdraw-text")}</p>
                <form method="post">
                    {one}
                    <TextArea name="reason" label=t!("revoke-reason") hint=t!("revoke-reason-hint") rows=3 />
                    <div class="buttons">
                        <button class="button danger">{t!("regrade-withdraw-do")}</button>
                        <a class="button quiet" href=back>{t!("revoke-back")}</a>
                    </div>
                </form>
            </TeachFrame>
        }
    });
    Ok(page.layout(Layout::Wide))
}
