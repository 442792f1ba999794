//! Sending a file as an answer, and getting back what was sent.

use std::collections::BTreeSet;

use axum::{
    extract::Multipart,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use domain::{
    assessment::UploadType,
    id::{AnswerFileId, AttemptId},
};
use leptos::prelude::*;
use service::{
    Error,
    assessment::attempt::{self, FileAsked, FileSent},
    files::MAX_BYTES,
};

use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    in_path::{InPath, SentInPath, segment},
    page::{Page, see_done},
    pages::{
        assessment::question::{shown, with_sent},
        course::{deliver, text},
    },
    ui::{Crumbs, ErrorSummary, FileField, Layout, Place, value_of},
    upload::Uploaded,
    visit::Member,
};

/// Where a file is sent for the field of that name in an attempt's form
/// (`q0.r.1`); none if it is no such name.
pub(super) fn address_for(id: AttemptId, name: &str) -> Option<String> {
    let (position, field) = name.strip_prefix('q')?.split_once('.')?;
    let position: usize = position.parse().ok()?;
    Some(format!(
        "/attempts/{id}/file?q={}&field={}",
        position + 1,
        segment(field)
    ))
}

/// The question and the field that the address names.
fn named(place: &Member) -> Result<(usize, String), Error> {
    let number: Option<usize> = place.query("q").and_then(|number| number.parse().ok());
    let position = number.and_then(|number| number.checked_sub(1));
    position.zip(place.query("field")).ok_or(Error::NotFound)
}

pub(in super::super) async fn show(place: Member, InPath(id): InPath<AttemptId>) -> Result<Page, Failure> {
    let (position, field) = named(&place)?;
    let asked = attempt::file_asked(&place.ctx, id, position, &field).await?;
    let fresh: AnswerFileId = place.ctx.new_id();
    Ok(page(&place, id, position, asked).filled(Form::filled([("id", fresh.to_string())])))
}

pub(in super::super) async fn send(
    place: Member,
    InPath(id): InPath<AttemptId>,
    parts: Multipart,
) -> Result<Response, Failure> {
    let (position, field) = named(&place)?;
    // Nothing large is read for who may not send it.
    let asked = attempt::file_asked(&place.ctx, id, position, &field).await?;
    let back = place.path(&format!("/attempts/{id}?q={}", position + 1));
    let sent = match Uploaded::read(parts, &["id", "remove"], MAX_BYTES).await {
        Ok(sent) => sent,
        Err(refused) => {
            let form = with_id(&place, refused.form);
            return Ok(page(&place, id, position, asked)
                .returned(form, refused.errors)
                .into_response());
        }
    };
    let form = with_id(&place, sent.form);
    let stored = if form.ticked("remove") {
        attempt::remove_file(&place.ctx, id, position, &field).await
    } else {
        let file = FileSent {
            id: form.parsed("id").ok_or(Error::NotFound)?,
            position,
            field,
            name: sent.name,
            bytes: sent.bytes,
        };
        attempt::send_file(&place.ctx, id, file).await
    };
    match stored {
        Ok(()) => Ok(see_done(&back, "answer-saved")),
        Err(Error::Invalid(errors)) => Ok(page(&place, id, position, asked)
            .returned(form, errors)
            .into_response()),
        Err(other) => Err(other.into()),
    }
}

/// It may have broken off before the id came.
fn with_id(place: &Member, form: Form) -> Form {
    if form.parsed::<AnswerFileId>("id").is_some() {
        return form;
    }
    let fresh: AnswerFileId = place.ctx.new_id();
    form.with("id", fresh.to_string())
}

/// A file of one's own attempt.
pub(in super::super) async fn deliver_own(
    place: Member,
    SentInPath(id, file): SentInPath<AttemptId>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let file = attempt::own_file(&place.ctx, id, file).await?;
    deliver(&place.ctx, file, &headers).await
}

fn page(place: &Member, id: AttemptId, position: usize, asked: FileAsked) -> Page {
    let base = place.path(&format!("/attempts/{id}"));
    let back = format!("{base}?q={}", position + 1);
    let crumbs = vec![Place::new(back.clone(), asked.title)];
    let number = position + 1;
    let sent = asked.sent.as_ref().map(|file| file.id.to_string());
    let files = with_sent(
        text::links(place, asked.files),
        asked.sent.into_iter().collect(),
        &base,
    );
    let page = place.page(place.t("attempt-file-title"), move || {
        let sent = sent.and_then(|sent| files.get(&sent).map(shown)).map(|sent| {
            view! {
                <section class="panel">
                    <h2>{t!("attempt-file-sent")}</h2>
                    {sent}
                    <form method="post" enctype="multipart/form-data">
                        <input type="hidden" name="remove" value="yes" />
                        <button class="button secondary">{t!("attempt-file-remove")}</button>
                    </form>
                </section>
            }
        });
        let offered = asked.accepts.iter().map(|sort| accept(*sort));
        let offered = offered.collect::<Vec<_>>().join(",");
        view! {
            <Crumbs places=crumbs />
            <ErrorSummary />
            <div class="page-head">
                <h1>{t!("attempt-file-title")}</h1>
                <p class="muted">{t!("attempt-place", number = number, of = asked.length)}</p>
            </div>
            <div lang=asked.language>{text::text(&asked.prompt, &files)}</div>
            <div class="flow">
                {sent}
                <form method="post" enctype="multipart/form-data">
                    <input type="hidden" name="id" value=value_of("id") />
                    <FileField
                        label=t!("attempt-file-field")
                        hint=taken(&asked.accepts)
                        accept=offered
                    />
                    <div class="buttons">
                        <button class="button">{t!("attempt-file-send")}</button>
                        <a class="button quiet" href=back>{t!("attempt-file-back")}</a>
                    </div>
                </form>
            </div>
        }
    });
    page.layout(Layout::Narrow)
}

/// What may be sent, in words.
fn taken(accepts: &BTreeSet<UploadType>) -> String {
    let all = UploadType::ALL.iter();
    let sorts = all.filter(|sort| accepts.is_empty() || accepts.contains(sort));
    let sorts = sorts.map(|sort| t!(&format!("attempt-file-takes-{sort}")));
    let mut words: Vec<String> = sorts.collect();
    words.push(t!("attempt-file-hint"));
    words.join(" ")
}

/// What a browser offers first; a phone opens its camera too.
const fn accept(sort: UploadType) -> &'static str {
    match sort {
        UploadType::Picture => "image/*",
        UploadType::Document => "application/pdf",
        UploadType::Film => "video/mp4,video/webm",
        UploadType::Text => "text/plain",
    }
}

#[cfg(test)]
mod tests {
    use domain::id::uuid_v7;

    use super::*;

    #[test]
    fn a_field_of_the_form_leads_to_where_its_file_is_sent() {
        let id = AttemptId(uuid_v7(domain::Timestamp::from_unix_millis(0), [0; 10]));
        assert_eq!(
            address_for(id, "q2.r.1"),
            Some(format!("/attempts/{id}/file?q=3&field=r.1"))
        );
        for name in ["", "r.1", "q.r.1", "qx.r.1", "q-1.r.1"] {
            assert_eq!(address_for(id, name), None, "{name}");
        }
    }
}
