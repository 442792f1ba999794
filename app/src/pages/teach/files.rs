//! The files that texts name: the list, and bringing new ones.

use axum::{
    extract::{DefaultBodyLimit, Multipart, multipart::MultipartError},
    response::{IntoResponse, Response},
};
use domain::{course::FileName, id::FileId};
use leptos::prelude::*;
use service::{
    Error, FieldErrors, Paged,
    files::{self, Audience, File, MAX_BYTES, Upload},
};

use super::{Desk, TeachFrame};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_done},
    ui::{Empty, ErrorSummary, Layout, Pages, Table, TextField, Tick, id_of, reason_at, value_of},
    visit::Member,
};

/// What the other fields of the form may take, in bytes.
const FIELDS: usize = 16 << 10;

/// An upload is larger than any other form.
pub(super) fn limit() -> DefaultBodyLimit {
    DefaultBodyLimit::max(MAX_BYTES + FIELDS)
}

pub(super) async fn show(place: Member) -> Result<Page, Failure> {
    let id: FileId = place.installation().new_id();
    let form = Form::filled([("id", id.to_string())]);
    Ok(page(&place).await?.filled(form))
}

pub(super) async fn upload(place: Member, parts: Multipart) -> Result<Response, Failure> {
    let (form, sent) = match read(parts).await {
        Ok(read) => read,
        Err(cause) => {
            tracing::debug!(%cause, "an upload broke off");
            let mut errors = FieldErrors::default();
            let most = (MAX_BYTES >> 20).to_string();
            errors.add_with("file", "file-too-large", [("most", most)]);
            let id: FileId = place.installation().new_id();
            let form = Form::filled([("id", id.to_string())]);
            return Ok(page(&place).await?.returned(form, errors).into_response());
        }
    };
    let upload = Upload {
        id: form.parsed("id").ok_or(Error::NotFound)?,
        name: name(&form, &sent),
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

/// A file as the browser sent it.
#[derive(Default)]
struct Sent {
    name: String,
    bytes: Vec<u8>,
}

async fn read(mut parts: Multipart) -> Result<(Form, Sent), MultipartError> {
    let mut fields = Vec::new();
    let mut sent = Sent::default();
    while let Some(part) = parts.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" {
            sent.name = part.file_name().unwrap_or_default().to_owned();
            sent.bytes = part.bytes().await?.into();
        } else if ["id", "name", "everyone"].contains(&name.as_str()) {
            fields.push((name, part.text().await?));
        }
    }
    Ok((Form::filled(fields), sent))
}

/// What the author calls it; without a name, the one it had where it came from.
fn name(form: &Form, sent: &Sent) -> String {
    match form.text("name").trim() {
        "" => FileName::tidy(&sent.name)
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
    let reason = reason_at("file");
    let id = id_of("file");
    let described = if reason.is_some() {
        format!("{id}-hint {id}-error")
    } else {
        format!("{id}-hint")
    };
    view! {
        <form class="panel" method="post" enctype="multipart/form-data">
            <h2>{t!("teach-upload")}</h2>
            <input type="hidden" name="id" value=value_of("id") />
            <div class=if reason.is_some() { "field invalid" } else { "field" }>
                <label for=id.clone()>{t!("teach-file-field")}</label>
                <p class="hint" id=format!("{id}-hint")>{t!("teach-file-hint")}</p>
                {reason.clone().map(|text| view! { <p class="error" id=format!("{id}-error")>{text}</p> })}
                <input
                    type="file"
                    id=id
                    name="file"
                    aria-describedby=described
                    aria-invalid=reason.is_some().then_some("true")
                />
            </div>
            <TextField
                name="name"
                label=t!("teach-file-name-field")
                hint=t!("teach-file-name-hint")
                required=false
            />
            <Tick name="everyone" label=t!("teach-everyone-field") hint=t!("teach-everyone-hint") />
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
        <section class="section flow" aria-labelledby="files">
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
