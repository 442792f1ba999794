//! Withdrawing badges whose ground is gone: those that are shown, and no others.

use axum::response::{IntoResponse, Response};
use domain::{id::AwardId, tenancy::Permission};
use leptos::prelude::*;
use service::{
    Error,
    assessment::regrade::{self, Groundless},
};

use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done},
    pages::teach::{Desk, TeachFrame},
    ui::{ErrorSummary, Layout, Place, TextArea},
    visit::{Author, Member},
};

pub(super) async fn show(Author(place): Author) -> Result<Page, Failure> {
    let waiting = waiting(&place).await?;
    let wanted = match place.query("award") {
        Some(award) => {
            let award: AwardId = award.parse().map_err(|_| Error::NotFound)?;
            among(waiting, &[award])
        }
        None => waiting,
    };
    if wanted.is_empty() {
        return Err(Error::NotFound.into());
    }
    Ok(page(&place, wanted))
}

pub(super) async fn send(Author(place): Author, form: Form) -> Result<Response, Failure> {
    let waiting = waiting(&place).await?;
    let awards: Vec<AwardId> = form
        .texts("award")
        .map(str::parse)
        .collect::<Result<_, _>>()
        .map_err(|_| Error::NotFound)?;
    let reason = form.text("reason");
    let withdrawn = match awards[..] {
        [] => Err(Error::NotFound),
        [award] => regrade::withdraw(&place.ctx, award, reason).await,
        _ => regrade::withdraw_all(&place.ctx, &awards, reason).await,
    };
    match withdrawn {
        Ok(()) => Ok(see_done(&place.path("/teach/groundless"), "regrade-withdrawn")),
        Err(Error::Invalid(errors)) => Ok(page(&place, among(waiting, &awards))
            .returned(form, errors)
            .into_response()),
        Err(other) => Err(other.into()),
    }
}

/// The badges that can be withdrawn; for who may not, nothing.
async fn waiting(place: &Member) -> Result<Vec<Groundless>, Error> {
    place.ctx.require(Permission::RevokeCredentials)?;
    let review = regrade::review(&place.ctx).await?;
    let signed = review.badges.into_iter().filter(|it| it.credential.is_some());
    Ok(signed.collect())
}

fn among(waiting: Vec<Groundless>, awards: &[AwardId]) -> Vec<Groundless> {
    let wanted = waiting.into_iter().filter(|it| awards.contains(&it.award));
    wanted.collect()
}

fn page(place: &Member, wanted: Vec<Groundless>) -> Page {
    let desk = Desk::new(place);
    let back = desk.path("/groundless");
    let above = vec![Place::new(back.clone(), place.t("groundless-title"))];
    let page = place.page(place.t("regrade-withdraw-title"), move || {
        let badges = wanted.iter().map(|it| {
            view! { <li>{t!("regrade-whose-badge", badge = it.badge.clone(), name = it.holder.clone())}</li> }
        });
        let badges = badges.collect_view();
        // What is shown is what is withdrawn, whatever has come onto the list since.
        let awards = wanted.iter().map(|it| {
            view! { <input type="hidden" name="award" value=it.award.to_string() /> }
        });
        let awards = awards.collect_view();
        view! {
            <TeachFrame desk above>
                <ErrorSummary />
                <h1>{t!("regrade-withdraw-title")}</h1>
                <ul>{badges}</ul>
                <p>{t!("regrade-withdraw-text")}</p>
                <form method="post">
                    {awards}
                    <TextArea name="reason" label=t!("badge-step-reason") hint=t!("badge-step-revoked-hint") rows=3 />
                    <div class="buttons">
                        <button class="button danger">{t!("regrade-withdraw-do")}</button>
                        <a class="button quiet" href=back>{t!("badge-step-back")}</a>
                    </div>
                </form>
            </TeachFrame>
        }
    });
    page.layout(Layout::Wide)
}
