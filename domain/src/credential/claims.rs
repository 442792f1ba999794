//! What a credential claims about itself, read from what was signed.
//!
//! A signature over RDF covers what the document *means*. The same meaning can
//! be written in JSON in many ways, and whoever passes a badge on may choose
//! one in which, say, `validUntil` is not where a reader of JSON would look.
//! So whatever a verdict depends on is read from the RDF.

use serde::Serialize;

use super::{
    jsonld::Expanded,
    rdf::{Dataset, Node, Object},
};
use crate::Timestamp;

const RDF_TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const VC: &str = "https://www.w3.org/2018/credentials#";
const SECURITY: &str = "https://w3id.org/security#";
const STATUS: &str = "https://www.w3.org/ns/credentials/status#";

/// Entries of `credentialStatus` that are looked up: each may be a list of its
/// own to fetch. One for each purpose there is would be five.
const MAX_STATUS: usize = 8;

/// A claim is missing, doubled, or of the wrong form; says which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} is missing, given twice or malformed")]
pub struct BadClaim(pub &'static str);

/// What a credential says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Claims {
    /// Its URL, if it has one.
    pub id: Option<String>,
    /// Who issued it: a DID or another URL.
    pub issuer: String,
    /// Whom it is about, if that is said by a URL.
    pub subject: Option<String>,
    /// From when on it counts.
    pub valid_from: Option<Timestamp>,
    /// Until when it counts.
    pub valid_until: Option<Timestamp>,
    /// Where to look whether it was revoked.
    #[serde(skip)]
    pub status: Vec<StatusClaim>,
}

/// An entry of `credentialStatus`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatusClaim {
    /// A place in a Bitstring Status List.
    Bitstring {
        /// `revocation`, `suspension`, or another.
        purpose: String,
        /// The bit's place.
        index: usize,
        /// Where the list is published.
        list_url: String,
    },
    /// A kind that is not known here.
    Other,
}

/// A `BitstringStatusList` that a status list credential is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ListClaim {
    pub(super) purposes: Vec<String>,
    pub(super) encoded: String,
}

/// What a proof says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ProofClaim {
    /// Whether it was made to claim something, and not to sign in, say.
    pub(super) for_assertions: bool,
    /// From when on it no longer counts.
    pub(super) expires: Option<Timestamp>,
}

impl Claims {
    /// Reads the claims of the credential that `expanded` is.
    pub(super) fn read(expanded: &Expanded) -> Result<Self, BadClaim> {
        let graph = Reader {
            dataset: &expanded.dataset,
        };
        let root = expanded.root;
        if !graph.has_type(root, &format!("{VC}VerifiableCredential")) {
            return Err(BadClaim("type VerifiableCredential"));
        }
        let subjects: Vec<Object> = graph.objects(root, &format!("{VC}credentialSubject")).collect();
        let first = subjects.first().ok_or(BadClaim("credentialSubject"))?;
        let entries = graph.objects(root, &format!("{VC}credentialStatus"));
        if entries.count() > MAX_STATUS {
            return Err(BadClaim("credentialStatus"));
        }
        Ok(Self {
            id: graph.url(root.into()),
            issuer: graph
                .single(root, "issuer")?
                .and_then(|issuer| graph.url(issuer))
                .ok_or(BadClaim("issuer"))?,
            subject: graph.url(*first).filter(|_| subjects.len() == 1),
            valid_from: graph.time(root, ["validFrom", "issuanceDate"])?,
            valid_until: graph.time(root, ["validUntil", "expirationDate"])?,
            status: graph
                .objects(root, &format!("{VC}credentialStatus"))
                .map(|entry| graph.status(entry))
                .collect::<Result<_, _>>()?,
        })
    }
}

impl ListClaim {
    /// Reads the list that a status list credential carries.
    pub(super) fn read(expanded: &Expanded) -> Result<Self, BadClaim> {
        let graph = Reader {
            dataset: &expanded.dataset,
        };
        let wrong = BadClaim("BitstringStatusList");
        let mut lists = graph
            .objects(expanded.root, &format!("{VC}credentialSubject"))
            .filter_map(|object| match object {
                Object::Node(list) if graph.has_type(list, &format!("{STATUS}BitstringStatusList")) => {
                    Some(list)
                }
                _ => None,
            });
        let (Some(list), None) = (lists.next(), lists.next()) else {
            return Err(wrong);
        };
        let purposes = graph
            .objects(list, &format!("{STATUS}statusPurpose"))
            .filter_map(|purpose| graph.text(purpose));
        Ok(Self {
            purposes: purposes.map(str::to_owned).collect(),
            encoded: graph.only_text(list, "encodedList").ok_or(wrong)?.to_owned(),
        })
    }
}

impl ProofClaim {
    /// Reads the claims of a proof's options.
    pub(super) fn read(expanded: &Expanded) -> Result<Self, BadClaim> {
        let graph = Reader {
            dataset: &expanded.dataset,
        };
        let mut purposes = graph.objects(expanded.root, &format!("{SECURITY}proofPurpose"));
        let purpose = purposes.next().and_then(|purpose| graph.url(purpose));
        let mut ends = graph.objects(expanded.root, &format!("{SECURITY}expiration"));
        let expires = match (ends.next(), ends.next()) {
            (None, _) => None,
            (Some(end), None) => Some(graph.moment(end).ok_or(BadClaim("expires"))?),
            (Some(_), Some(_)) => return Err(BadClaim("expires")),
        };
        Ok(Self {
            for_assertions: purpose == Some(format!("{SECURITY}assertionMethod"))
                && purposes.next().is_none(),
            expires,
        })
    }
}

struct Reader<'d> {
    dataset: &'d Dataset,
}

impl<'d> Reader<'d> {
    /// The objects of `subject`'s statements with this predicate, outside all
    /// named graphs: what is inside is somebody else's proof.
    fn objects(&self, subject: Node, predicate: &str) -> impl Iterator<Item = Object> + use<'d> {
        let dataset = self.dataset;
        let predicate = format!("<{predicate}>");
        dataset
            .quads()
            .iter()
            .filter(move |quad| {
                quad.graph.is_none()
                    && dataset.is(quad.predicate, &predicate)
                    && same(dataset, quad.subject, subject)
            })
            .map(|quad| quad.object)
    }

    fn has_type(&self, node: Node, class: &str) -> bool {
        self.objects(node, RDF_TYPE)
            .any(|found| self.url(found).is_some_and(|url| url == class))
    }

    fn single(&self, subject: Node, name: &'static str) -> Result<Option<Object>, BadClaim> {
        let mut objects = self.objects(subject, &format!("{VC}{name}"));
        match (objects.next(), objects.next()) {
            (object, None) => Ok(object),
            _ => Err(BadClaim(name)),
        }
    }

    /// The time under either name: VC 2.0's or VC 1.1's.
    fn time(&self, subject: Node, names: [&'static str; 2]) -> Result<Option<Timestamp>, BadClaim> {
        let [new, old] = names;
        let (name, time) = match (self.single(subject, new)?, self.single(subject, old)?) {
            (None, None) => return Ok(None),
            (Some(time), None) => (new, time),
            (None, Some(time)) => (old, time),
            (Some(_), Some(_)) => return Err(BadClaim(new)),
        };
        self.moment(time).map(Some).ok_or(BadClaim(name))
    }

    fn moment(&self, object: Object) -> Option<Timestamp> {
        self.text(object)
            .and_then(|text| Timestamp::parse_rfc3339(text).ok())
    }

    fn status(&self, entry: Object) -> Result<StatusClaim, BadClaim> {
        let Object::Node(entry) = entry else {
            return Err(BadClaim("credentialStatus"));
        };
        if !self.has_type(entry, &format!("{STATUS}BitstringStatusListEntry")) {
            return Ok(StatusClaim::Other);
        }
        // An entry of more than one bit has a meaning that only its issuer's messages tell.
        if self
            .objects(entry, &format!("{STATUS}statusSize"))
            .any(|size| self.text(size) != Some("1"))
        {
            return Ok(StatusClaim::Other);
        }
        let mut lists = self.objects(entry, &format!("{STATUS}statusListCredential"));
        let list = match (lists.next(), lists.next()) {
            (Some(list), None) => self.url(list),
            _ => None,
        };
        let index = self
            .only_text(entry, "statusListIndex")
            .and_then(|index| index.parse().ok());
        Ok(StatusClaim::Bitstring {
            purpose: self
                .only_text(entry, "statusPurpose")
                .ok_or(BadClaim("statusPurpose"))?
                .to_owned(),
            index: index.ok_or(BadClaim("statusListIndex"))?,
            list_url: list.ok_or(BadClaim("statusListCredential"))?,
        })
    }

    fn only_text(&self, subject: Node, name: &str) -> Option<&'d str> {
        let mut objects = self.objects(subject, &format!("{STATUS}{name}"));
        match (objects.next(), objects.next()) {
            (Some(object), None) => self.text(object),
            _ => None,
        }
    }

    /// The text of a literal that needs no escapes, as none of these do.
    fn text(&self, object: Object) -> Option<&'d str> {
        let Object::Literal(span) = object else {
            return None;
        };
        let quoted = self.dataset.get(span).strip_prefix('"')?;
        let (text, _) = quoted.split_once('"')?;
        Some(text).filter(|text| !text.contains('\\'))
    }

    fn url(&self, object: Object) -> Option<String> {
        let Object::Node(Node::Iri(span)) = object else {
            return None;
        };
        let iri = self.dataset.get(span).strip_prefix('<')?.strip_suffix('>')?;
        Some(iri.to_owned())
    }
}

fn same(dataset: &Dataset, one: Node, other: Node) -> bool {
    match (one, other) {
        (Node::Blank(one), Node::Blank(other)) => one == other,
        (Node::Iri(one), Node::Iri(other)) => dataset.get(one) == dataset.get(other),
        _ => false,
    }
}
