//! The files that texts name: the list, and bringing new ones.

use axum::{
    extract::Multipart,
    response::{IntoResponse, Response},
};
use domain::{course::FileName, id::FileId};
use leptos::prelude::*;
use service::{
    Error, Paged,
    files::{self, Audience, File, MAX_BYTES, Upload},
};

use super::{Desk, TeachFrame};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done},
    ui::{Empty, ErrorSummary, FileField, Layout, Pages, Table, TextField, Tick, value_of},
    upload::Uploaded,
    visit::{Author, Member},
};

pub(super) async fn show(Author(place): Author) -> Result<Page, Failure> {
    Ok(page(&place).await?.filled(blank(&place)))
}

fn blank(place: &Member) -> Form {
    let id: FileId = place.installation().new_id();
    Form::filled([("id", id.to_string())])
}

pub(super) async fn upload(Author(place): Author, parts: Multipart) -> Result<Response, Failure> {
    let sent = match Uploaded::read(parts, &["id", "name", "everyone"], MAX_BYTES).await {
        Ok(sent) => sent,
        Err(refused) => {
            let again = page(&place).await?;
            // It may have broken off before anything came.
            let form = match refused.form.text("id") {
                "" => blank(&place),
                _ => refused.form,
            };
            return Ok(again.returned(form, refused.errors).into_response());
        }
    };
    let form = sent.form;
    let upload = Upload {
        id: form.parsed("id").ok_or(Error::NotFound)?,
        name: name(&form, &sent.name),
        audience: if form.ticked("everyone") {
            Audience::Everyone
        } else {
            Audience::Members
        },
        bytes: sent.bytes,
    };
    match files::upload(&place.ctx, upload).await {
        Ok(_) => Ok(see_done(&Desk::new(&place).path("/files"), "file-uploaded")),
        Err(Error::Invalid(errors)) => Ok(page(&place).await?.returned(form, errors).into_response()),
        Err(other) => Err(other.into()),
    }
}

/// What the author calls it; without a name, the one it had where it came from.
fn name(form: &Form, sent: &str) -> String {
    match form.text("name").trim() {
        "" => FileName::tidy(sent)
            .map(|name| name.to_string())
            .unwrap_or_default(),
        name => name.to_owned(),
    }
}

async fn page(place: &Member) -> Result<Page, Failure> {
    let wanted = place
        .query("page")
        .and_then(|page| page.parse().ok())
        .unwrap_or(1);
    let list = files::list(&place.ctx, wanted).await?;
    let desk = Desk::new(place);
    let base = place.path("/files");
    let page = place.page(place.t("teach-files"), move || {
        let here = desk.path("/files");
        view! {
            <TeachFrame desk>
                <ErrorSummary />
                <div class="page-head">
                    <h1>{t!("teach-files")}</h1>
                    <p class="lead">{t!("teach-files-lead")}</p>
                </div>
                <UploadForm />
                <List list base here />
            </TeachFrame>
        }
    });
    Ok(page.layout(Layout::Wide))
}

#[component]
fn UploadForm() -> AnyView {
    view! {
        <form class="panel" method="post" enctype="multipart/form-data">
            <h2>{t!("teach-upload")}</h2>
            <input type="hidden" name="id" value=value_of("id") />
            <TextField
                name="name"
                label=t!("teach-file-name-field")
                hint=t!("teach-file-name-hint")
                required=false
            />
            <Tick name="everyone" label=t!("teach-everyone-field") hint=t!("teach-everyone-hint") />
            <FileField label=t!("teach-file-field") hint=t!("teach-file-hint") />
            <div class="buttons"><button class="button">{t!("teach-upload")}</button></div>
        </form>
    }
    .into_any()
}

#[component]
fn List(list: Paged<File>, base: String, here: String) -> AnyView {
    if list.rows.is_empty() {
        return view! { <Empty title=t!("teach-no-files")><p>{t!("teach-no-files-text")}</p></Empty> }
            .into_any();
    }
    let rows = list
        .rows
        .into_iter()
        .map(|file| {
            let is_picture = file.media_type.starts_with("image/");
            let snippet = if is_picture || file.media_type.starts_with("video/") {
                format!("![{}]({})", t!("teach-snippet-alt"), file.name)
            } else {
                format!("[{}]({})", t!("teach-snippet-link"), file.name)
            };
            view! {
                <tr>
                    <th scope="row"><a href=format!("{base}/{}", file.id)>{file.name}</a></th>
                    <td>{file.media_type}</td>
                    <td class="num">{t!("teach-kibibytes", size = file.size.div_ceil(1024))}</td>
                    <td><code>{snippet}</code></td>
                </tr>
            }
        })
        .collect_view();
    let (page, pages) = (list.page, list.pages);
    view! {
        <section class="section flow">
            <Table id="files" caption=t!("teach-files-caption", total = list.total)>
                <thead>
                    <tr>
                        <th scope="col">{t!("teach-file")}</th>
                        <th scope="col">{t!("teach-kind")}</th>
                        <th scope="col" class="num">{t!("teach-size")}</th>
                        <th scope="col">{t!("teach-snippet")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Table>
            <Pages page of=pages address=move |page: u32| format!("{here}?page={page}") />
        </section>
    }
    .into_any()
}
