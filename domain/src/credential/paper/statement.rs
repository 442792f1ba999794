//! What is said on paper about a badge: the claims of a CBOR Web Token (RFC 8392).

use minicbor::{Decoder, decode};
use serde_json::{Value, json};

use super::{PaperError, cose::written};
use crate::{
    Timestamp,
    credential::{
        claims::{Claims, StatusClaim},
        hash::unhex,
        jsonld::ContextStore,
        proof::{ProofError, Signable},
    },
};

/// Bytes of the achievement's description; a longer one is cut.
const DESCRIPTION: usize = 400;

/// The claims (RFC 8392 §3.1), and one for private use with what the badge says.
const ISS: i64 = 1;
const SUB: i64 = 2;
const EXP: i64 = 4;
const NBF: i64 = 5;
const BADGE: i64 = -65_537;

/// The members of that claim.
const ID: i64 = 1;
const NAME: i64 = 2;
const ISSUER_NAME: i64 = 3;
const ACHIEVEMENT: i64 = 4;
const SAYS: i64 = 5;
const CRITERIA: i64 = 6;
const HOLDER: i64 = 7;
const STATUS: i64 = 8;

/// What an issuer says on paper about a badge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    /// The issuer's DID.
    pub(super) issuer: String,
    /// Whom the badge is about, if it says that by a URL.
    subject: Option<String>,
    /// From when on it counts, and until when, in seconds since 1970.
    valid_from: i64,
    valid_until: Option<i64>,
    pub(super) badge: Badge,
}

/// What has no name among a token's claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Badge {
    /// Its URL.
    id: String,
    /// What was achieved.
    name: String,
    /// The issuer's name.
    issuer_name: String,
    /// The achievement's URL.
    achievement: String,
    /// What it stands for.
    description: String,
    /// What had to be done for it, in Markdown.
    pub(super) criteria: Option<String>,
    holder: Option<Holder>,
    /// Where to look whether it was revoked or suspended.
    status: Vec<Status>,
}

/// The holder's mail address as the badge has it: SHA-256 of it and the salt.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Holder {
    hash: [u8; 32],
    salt: String,
}

/// A place in a status list.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Status {
    list_url: String,
    index: u64,
    purpose: String,
}

impl Statement {
    /// What the signed badge `document` says, as far as there is a place for it.
    pub(super) fn about(document: &Value) -> Result<Self, PaperError> {
        let mut members = document.as_object().cloned().ok_or(ProofError::NotADocument)?;
        members.remove("proof");
        let claims = Claims::read(&Signable::new(&members, ContextStore::embedded())?.expanded)
            .map_err(|error| ProofError::Malformed(error.0))?;
        let text = |pointer| document.pointer(pointer).and_then(Value::as_str);
        let needed = |pointer, name| {
            let text = text(pointer).ok_or(PaperError::NoPlace(name))?;
            Ok::<_, PaperError>(text.to_owned())
        };
        Ok(Self {
            issuer: claims.issuer,
            subject: claims.subject,
            valid_from: seconds(claims.valid_from.ok_or(PaperError::NoPlace("validFrom"))?),
            valid_until: claims.valid_until.map(seconds),
            badge: Badge {
                id: claims.id.ok_or(PaperError::NoPlace("id"))?,
                name: needed("/credentialSubject/achievement/name", "name")?,
                issuer_name: needed("/issuer/name", "issuer")?,
                achievement: needed("/credentialSubject/achievement/id", "achievement")?,
                description: cut(text("/credentialSubject/achievement/description").unwrap_or_default()),
                criteria: text("/credentialSubject/achievement/criteria/narrative").map(str::to_owned),
                holder: document
                    .pointer("/credentialSubject/identifier/0")
                    .and_then(holder),
                status: claims.status.into_iter().map(place).collect::<Result<_, _>>()?,
            },
        })
    }

    /// What a verdict depends on.
    pub(super) fn claims(&self) -> Claims {
        let status = self.badge.status.iter();
        Claims {
            id: Some(self.badge.id.clone()),
            issuer: self.issuer.clone(),
            subject: self.subject.clone(),
            valid_from: Some(moment(self.valid_from)),
            valid_until: self.valid_until.map(moment),
            status: status.map(Status::claim).collect(),
        }
    }

    /// The same in the members that a badge has it in.
    pub(super) fn to_document(&self) -> Value {
        let badge = &self.badge;
        json!({
            "id": badge.id,
            "name": badge.name,
            "issuer": {"id": self.issuer, "name": badge.issuer_name},
            "validFrom": moment(self.valid_from).to_rfc3339_seconds(),
            "credentialSubject": {
                "achievement": {
                    "id": badge.achievement,
                    "name": badge.name,
                    "description": badge.description,
                    "criteria": {"id": badge.achievement, "narrative": badge.criteria},
                },
            },
        })
    }

    pub(super) fn to_cbor(&self) -> Vec<u8> {
        let badge = &self.badge;
        let claims = 3 + count([self.subject.is_some(), self.valid_until.is_some()]);
        let members = 5 + count([
            badge.criteria.is_some(),
            badge.holder.is_some(),
            !badge.status.is_empty(),
        ]);
        written(|cbor| {
            cbor.map(claims)?.i64(ISS)?.str(&self.issuer)?;
            if let Some(subject) = &self.subject {
                cbor.i64(SUB)?.str(subject)?;
            }
            if let Some(until) = self.valid_until {
                cbor.i64(EXP)?.i64(until)?;
            }
            cbor.i64(NBF)?.i64(self.valid_from)?;
            cbor.i64(BADGE)?.map(members)?;
            for (key, text) in [
                (ID, &badge.id),
                (NAME, &badge.name),
                (ISSUER_NAME, &badge.issuer_name),
                (ACHIEVEMENT, &badge.achievement),
                (SAYS, &badge.description),
            ] {
                cbor.i64(key)?.str(text)?;
            }
            if let Some(criteria) = &badge.criteria {
                cbor.i64(CRITERIA)?.str(criteria)?;
            }
            if let Some(Holder { hash, salt }) = &badge.holder {
                cbor.i64(HOLDER)?.array(2)?.bytes(hash)?.str(salt)?;
            }
            if !badge.status.is_empty() {
                cbor.i64(STATUS)?
                    .array(u64::try_from(badge.status.len()).unwrap_or(u64::MAX))?;
            }
            for status in &badge.status {
                cbor.array(3)?
                    .str(&status.list_url)?
                    .u64(status.index)?
                    .str(&status.purpose)?;
            }
            Ok(())
        })
    }

    /// Reads what [`Self::to_cbor`] writes, and nothing that it does not.
    pub(super) fn from_cbor(bytes: &[u8]) -> Option<Self> {
        Self::read(bytes)
            .ok()
            .flatten()
            .filter(|statement| statement.to_cbor() == bytes)
    }

    /// Takes what is known; whatever else there is shows when it is written again.
    fn read(bytes: &[u8]) -> Result<Option<Self>, decode::Error> {
        let mut cbor = Decoder::new(bytes);
        let (mut issuer, mut subject, mut valid_from, mut valid_until, mut badge) =
            (None, None, None, None, None);
        for _ in 0..cbor.map()?.unwrap_or_default() {
            match cbor.i64()? {
                ISS => issuer = Some(cbor.str()?.to_owned()),
                SUB => subject = Some(cbor.str()?.to_owned()),
                EXP => valid_until = Some(cbor.i64()?),
                NBF => valid_from = Some(cbor.i64()?),
                BADGE => badge = Badge::read(&mut cbor)?,
                _ => return Ok(None),
            }
        }
        Ok(issuer
            .zip(valid_from)
            .zip(badge)
            .map(|((issuer, valid_from), badge)| Self {
                issuer,
                subject,
                valid_from,
                valid_until,
                badge,
            }))
    }
}

impl Badge {
    fn read(cbor: &mut Decoder<'_>) -> Result<Option<Self>, decode::Error> {
        let mut texts = [const { String::new() }; 5];
        let (mut criteria, mut holder, mut status) = (None, None, Vec::new());
        for _ in 0..cbor.map()?.unwrap_or_default() {
            match cbor.i64()? {
                CRITERIA => criteria = Some(cbor.str()?.to_owned()),
                HOLDER => holder = Holder::read(cbor)?,
                STATUS => {
                    for _ in 0..cbor.array()?.unwrap_or_default() {
                        status.push(Status::read(cbor)?);
                    }
                }
                key => {
                    let place = key.checked_sub(ID).and_then(|at| usize::try_from(at).ok());
                    let text = place.and_then(|at| texts.get_mut(at));
                    let Some(text) = text else { return Ok(None) };
                    cbor.str()?.clone_into(text);
                }
            }
        }
        let [id, name, issuer_name, achievement, description] = texts;
        Ok(Some(Self {
            id,
            name,
            issuer_name,
            achievement,
            description,
            criteria,
            holder,
            status,
        }))
    }
}

impl Holder {
    fn read(cbor: &mut Decoder<'_>) -> Result<Option<Self>, decode::Error> {
        cbor.array()?;
        let hash = cbor.bytes()?.try_into();
        let salt = cbor.str()?.to_owned();
        Ok(hash.ok().map(|hash| Self { hash, salt }))
    }
}

impl Status {
    fn read(cbor: &mut Decoder<'_>) -> Result<Self, decode::Error> {
        cbor.array()?;
        Ok(Self {
            list_url: cbor.str()?.to_owned(),
            index: cbor.u64()?,
            purpose: cbor.str()?.to_owned(),
        })
    }

    fn claim(&self) -> StatusClaim {
        // No list is as long as the largest number that is none here.
        StatusClaim::Bitstring {
            purpose: self.purpose.clone(),
            index: usize::try_from(self.index).unwrap_or(usize::MAX),
            list_url: self.list_url.clone(),
        }
    }
}

fn place(claim: StatusClaim) -> Result<Status, PaperError> {
    match claim {
        StatusClaim::Bitstring {
            purpose,
            index,
            list_url,
        } => Ok(Status {
            list_url,
            index: index.try_into().map_err(|_| PaperError::NoPlace("status"))?,
            purpose,
        }),
        StatusClaim::Other => Err(PaperError::NoPlace("status")),
    }
}

fn holder(identity: &Value) -> Option<Holder> {
    let text = |name: &str| identity.get(name)?.as_str();
    let hash = unhex(text("identityHash")?.strip_prefix("sha256$")?)?;
    Some(Holder {
        hash: hash.try_into().ok()?,
        salt: text("salt")?.to_owned(),
    })
}

/// `text` in at most [`DESCRIPTION`] bytes.
fn cut(text: &str) -> String {
    if text.len() <= DESCRIPTION {
        return text.to_owned();
    }
    let mut end = DESCRIPTION - '…'.len_utf8();
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let whole_words = text[..end]
        .rsplit_once(' ')
        .map_or(&text[..end], |(words, _)| words);
    format!("{whole_words}…")
}

fn count<const N: usize>(there: [bool; N]) -> u64 {
    there.into_iter().map(u64::from).sum()
}

fn seconds(moment: Timestamp) -> i64 {
    moment.unix_millis().div_euclid(1_000)
}

/// Within the years that there are.
fn moment(seconds: i64) -> Timestamp {
    Timestamp::from_unix_millis(seconds.saturating_mul(1_000))
}
