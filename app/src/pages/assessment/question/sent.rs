//! A file that was sent as an answer, and the way to send one.
//!
//! Nothing of it is run: pictures were drawn anew, films are played, and whatever
//! else there is can only be kept.

use domain::{assessment::InteractionView, course::markdown::FileLinks};
use leptos::prelude::*;
use service::assessment::attempt::SentFile;

use super::Asked;
use crate::{i18n::t, in_path::segment, ui::id_of};

/// The addresses of the files that were sent, by their ids, among those of the files
/// that questions name. Below `base` they are handed out.
pub(crate) fn with_sent(mut files: FileLinks, sent: Vec<SentFile>, base: &str) -> FileLinks {
    files.extend(sent.into_iter().map(|file| {
        let address = format!("{base}/files/{}/{}", file.id, segment(&file.name));
        (file.id.to_string(), address)
    }));
    files
}

/// A file that was sent, as far as it can be shown.
pub(crate) fn shown(address: &str) -> AnyView {
    let last = address.rsplit('/').next().unwrap_or_default();
    let name = url::form_urlencoded::parse(last.as_bytes())
        .next()
        .map(|(name, _)| name.into_owned())
        .unwrap_or_default();
    let kind = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let address = address.to_owned();
    let link = view! { <a href=address.clone()>{name.clone()}</a> }.into_any();
    match kind.as_str() {
        "png" | "jpg" | "jpeg" | "webp" => view! {
            <figure class="sent">
                <a href=address.clone()>
                    <img src=address.clone() alt=t!("question-file-picture", name = name) loading="lazy" />
                </a>
            </figure>
        }
        .into_any(),
        "mp4" | "webm" => view! {
            <figure class="sent">
                <video controls preload="none" src=address aria-label=name.clone()></video>
                <figcaption>{link}</figcaption>
            </figure>
        }
        .into_any(),
        _ => view! { <p>{link}</p> }.into_any(),
    }
}

impl Asked {
    pub(super) fn upload(&self, it: &InteractionView) -> AnyView {
        let name = self.name(&it.field);
        let id = self.value(&it.field);
        let sent = self.files.get(&id).map(str::to_owned);
        let text = if sent.is_some() {
            t!("question-file-other")
        } else {
            t!("question-file-send")
        };
        let sent = match sent {
            Some(address) => shown(&address),
            None => view! { <p class="muted">{t!("question-file-none")}</p> }.into_any(),
        };
        // A page of its own brings it: no other way out of this one would take it along.
        let way = (!self.fixed && self.takes_files).then(|| {
            view! {
                <input type="hidden" name=name.clone() value=id />
                <button class="button secondary" id=id_of(&name) name="go" value=format!("file {name}")>{text}</button>
            }
        });
        view! { <div class="field full">{sent}{way}</div> }.into_any()
    }
}
