//! A badge as a certificate of one page, to be printed.

mod hand;
mod lettering;
mod sheet;

use domain::{course::markdown::passages, tenancy::Accent};
use serde_json::Value;

use super::{PublicCredential, paper::on_paper, picture, symbol::Symbol};
use crate::{
    Error, Result, SystemCtx,
    aside::{DRAWING, aside},
    program::achievement::Format,
};
use lettering::NotSet;
use sheet::{Content, INK, NoSheet};

/// What stands on a certificate beside what its badge says.
#[derive(Debug, Clone, Default)]
pub struct CertificateWords {
    /// The language of these words (BCP 47).
    pub language: String,
    /// What the document is called.
    pub title: String,
    /// Whose badge it is, in a line.
    pub issuer: String,
    /// Before the holder's name.
    pub earned_by: String,
    /// Above the criteria.
    pub criteria: String,
    /// Said where the criteria do not all find a place.
    pub goes_on: String,
    /// What there is to know of it: what it is, and the fact.
    pub facts: Vec<(String, String)>,
    /// Above how to check it.
    pub check_title: String,
    /// How to check it.
    pub check: String,
    /// The badge's picture in words.
    pub picture: String,
    /// The code in words.
    pub symbol: String,
}

/// The certificate of `badge` as PDF: the same badge, words and key give the same
/// bytes. Nothing if the typeface lacks a letter of it: boxes in a person's name
/// are worse than no certificate.
pub async fn certificate(
    ctx: &SystemCtx,
    badge: &PublicCredential,
    words: CertificateWords,
) -> Result<Option<Vec<u8>>> {
    let text = on_paper(ctx, badge).await?;
    let picture = picture(ctx, badge, Format::Png).await?;
    let address = ctx.installation().address(&format!("/c/{}", badge.id));
    let badge = badge.clone();
    let draw = move || {
        let symbol = Symbol::of(&text)?;
        let of = |pointer| {
            badge
                .document
                .pointer(pointer)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        let criteria = passages(of("/credentialSubject/achievement/criteria/narrative"));
        let content = Content {
            language: &words.language,
            title: &words.title,
            picture: &picture,
            picture_in_words: &words.picture,
            issuer: &words.issuer,
            name: of("/name"),
            earned_by: &words.earned_by,
            holder: &badge.holder,
            description: of("/credentialSubject/achievement/description"),
            criteria_title: &words.criteria,
            criteria: criteria
                .into_iter()
                .map(|passage| (passage.text, passage.is_point))
                .collect(),
            goes_on: &words.goes_on,
            symbol: &symbol,
            symbol_in_words: &words.symbol,
            facts: &words.facts,
            check_title: &words.check_title,
            check: &words.check,
            address: &address,
            accent: readable(&badge.issuer.accent),
        };
        match sheet::draw(&content) {
            Ok(sheet) => Ok(Some(sheet)),
            Err(NoSheet::NotSet(NotSet::Letter)) => Ok(None),
            Err(cause) => Err(Error::Outside(format!("drawing a certificate: {cause}"))),
        }
    };
    aside(&DRAWING, "drawing a certificate", draw).await?
}

/// The shade of a tenant's colour in which text can be read on white.
fn readable(accent: &str) -> [u8; 3] {
    Accent::parse(accent).map_or(INK, |accent| accent.palette().light.text.channels)
}
