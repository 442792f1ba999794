//! A file of items, and what became of each.

use axum::{
    extract::Multipart,
    response::{IntoResponse, Response},
};
use domain::assessment::Purpose;
use leptos::prelude::*;
use service::{
    Error, FieldErrors,
    assessment::item::{self, ExchangeError, MOST_UPLOADED, Report, Source},
};

use super::{FIELDS, Where, codes, destination, report::Reports};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::Page,
    pages::teach::{Desk, TeachFrame},
    ui::{Empty, ErrorSummary, FileField, Layout, Place, Tick},
    upload::{Refused, Uploaded},
    visit::{Author, Member},
};

pub(super) async fn show(Author(place): Author) -> Result<Page, Failure> {
    let competency = place.query("competency").unwrap_or_default();
    let purpose = Purpose::Assessment.to_string();
    let form = Form::filled([("competency", competency), ("purpose", purpose)]);
    Ok(page(&place, Vec::new()).await?.filled(form))
}

pub(super) async fn send(Author(place): Author, parts: Multipart) -> Result<Response, Failure> {
    let mut sent = match Uploaded::read(parts, &FIELDS, MOST_UPLOADED).await {
        Ok(sent) => sent,
        Err(Refused { form, errors }) => {
            return Ok(page(&place, Vec::new())
                .await?
                .returned(form, errors)
                .into_response());
        }
    };
    match bring(&place, &mut sent).await {
        Ok(reports) => Ok(page(&place, reports).await?.filled(sent.form).into_response()),
        Err(Error::Invalid(errors)) => {
            let again = page(&place, Vec::new()).await?;
            Ok(again.returned(sent.form, errors).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

async fn bring(place: &Member, sent: &mut Uploaded) -> Result<Vec<Report>, Error> {
    let mut errors = FieldErrors::default();
    if sent.bytes.is_empty() {
        errors.add("file", "file-empty");
    }
    errors.check()?;
    let to = destination(&sent.form)?;
    let source = Source {
        name: &sent.name,
        bytes: std::mem::take(&mut sent.bytes),
    };
    match item::import(&place.ctx, &to, source).await {
        Ok(reports) => Ok(reports),
        Err(ExchangeError::Package(_)) => Err(Error::field("file", "import-package")),
        Err(ExchangeError::Service(error)) => Err(error),
    }
}

async fn page(place: &Member, reports: Vec<Report>) -> Result<Page, Failure> {
    let codes = codes(&place.ctx).await?;
    let kept = item::refused(&place.ctx, 1).await?.total;
    let desk = Desk::new(place);
    let above = vec![Place::new(desk.path("/items"), place.t("item-list-title"))];
    let page = place.page(place.t("import-title"), move || {
        let items = desk.path("/items");
        let frameworks = desk.path("/competencies");
        let refused = desk.path("/items/import/refused");
        view! {
            <TeachFrame desk above>
                <ErrorSummary />
                <div class="page-head">
                    <h1>{t!("import-title")}</h1>
                    <p class="lead">{t!("import-lead")}</p>
                </div>
                <Reports reports items />
                {if codes.is_empty() {
                    view! {
                        <Empty title=t!("item-no-competencies")>
                            <p>{t!("item-no-competencies-text")}</p>
                            <a class="button" href=frameworks>{t!("item-to-competencies")}</a>
                        </Empty>
                    }
                    .into_any()
                } else {
                    view! { <BringForm codes /> }.into_any()
                }}
                <p><a href=refused>{t!("import-kept-link", total = kept)}</a></p>
            </TeachFrame>
        }
    });
    Ok(page.layout(Layout::Wide))
}

#[component]
fn BringForm(codes: Vec<(String, String)>) -> AnyView {
    view! {
        <form class="panel" method="post" enctype="multipart/form-data">
            <Where codes />
            <Tick name="duplicates" label=t!("import-duplicates") hint=t!("import-duplicates-hint") />
            <FileField label=t!("import-file") hint=t!("import-file-hint") accept=".xml,.zip,.imscc" />
            <div class="buttons"><button class="button">{t!("import-send")}</button></div>
        </form>
    }
    .into_any()
}
