//! Whether a document has the form that Verifiable Credentials Data Model 2.0 asks for.
//!
//! A reader of JSON-LD does not see all of it: `"issuer": ["a:1", "a:2"]` says two things
//! to it, and an empty object among the subjects none. What a document means is read
//! elsewhere, from the RDF ([`claims`](super::claims)); this is about how it is written.

mod resource;
mod status;
#[cfg(test)]
mod tests;
mod value;

pub(super) use value::list;

use serde_json::{Map, Value};

use super::contexts::CREDENTIALS_V2;
use crate::Timestamp;

/// A document breaks a rule at one place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {rule}")]
pub struct Violation {
    /// Where, as a JSON Pointer (RFC 6901).
    pub path: String,
    /// Which.
    pub rule: Rule,
}

/// A rule of the data model, where nothing else is said, or of Bitstring Status List 1.0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Rule {
    /// §4.3: the first context is that of the data model.
    #[error("its first context is not that of Verifiable Credentials 2.0")]
    FirstContext,
    /// §4.3: the others are addresses and objects.
    #[error("a context is an address or an object")]
    Context,
    /// §4.4: an identifier is one URL.
    #[error("an identifier is one URL")]
    Url,
    /// §4.5: there is a type, and each is a term or an address.
    #[error("a type is a term or an address, and there has to be one")]
    Type,
    /// §4.5: one of the types is this.
    #[error("one of the types has to be {0}")]
    NamedType(&'static str),
    /// §4.6 and §11.1: a text is a string, or an object that says its language.
    #[error("a text is a string, or has @value and nothing else but @language and @direction")]
    Text,
    /// §4.7: the issuer is a URL, or an object with one as its `id`.
    #[error("an issuer is a URL, or an object whose id is one")]
    Issuer,
    /// §4.8: each subject is an object that something is said of.
    #[error("a subject is an object with at least one claim")]
    Subject,
    /// §4.9: a time is an XML Schema `dateTimeStamp`.
    #[error("a time has a date, hours, minutes, seconds and an offset")]
    Time,
    /// §4.9: what is valid ends after it begins.
    #[error("validUntil lies before validFrom")]
    Period,
    /// §4.10, §5.4 to §5.6 and §5.10: it is an object, or several, each with a type.
    #[error("it is an object with a type, or several of these")]
    Typed,
    /// §4.11: a schema has an `id` as well.
    #[error("a schema has an id")]
    SchemaId,
    /// §4.13: what is presented are credentials, never names of any.
    #[error("what is presented is a credential, plain or enveloped")]
    Presented,
    /// §4.13: a holder is a URL, or an object with one as its `id`.
    #[error("a holder is a URL, or an object whose id is one")]
    Holder,
    /// §4.13.1 and §4.13.2: an envelope's `id` is a `data:` URL.
    #[error("the id of an envelope is a data: URL with what it holds")]
    Envelope,
    /// §5.3: a related resource has an `id`, which no other has.
    #[error("a related resource is an object with an id that no other has")]
    Resource,
    /// §5.3: a related resource has a digest that can be read.
    #[error("a related resource has a digestSRI or a digestMultibase")]
    Digest,
    /// §5.3: the digest is that of the resource.
    #[error("the resource is another than the one whose digest this is")]
    OtherResource,
    /// Bitstring Status List 1.0 §2.1: what an entry needs.
    #[error("{0} is missing or not as an entry of a status list has it")]
    StatusEntry(&'static str),
    /// Bitstring Status List 1.0 §2.2: what a list needs.
    #[error("{0} is missing or not as a status list has it")]
    StatusList(&'static str),
}

/// What a document with these `members` does not have as a credential has it. Its proof is
/// not looked at.
#[must_use]
pub fn credential(members: &Map<String, Value>) -> Vec<Violation> {
    let mut check = Check::default();
    check.credential(members, "");
    check.found
}

/// What a document with these `members` does not have as a presentation has it, and as the
/// credentials in it do. Proofs are not looked at.
#[must_use]
pub fn presentation(members: &Map<String, Value>) -> Vec<Violation> {
    let mut check = Check::default();
    check.presentation(members);
    check.found
}

/// The type of a credential inside another form (§4.13.1).
pub const ENVELOPED_CREDENTIAL: &str = "EnvelopedVerifiableCredential";

/// Whether that is its type.
pub(super) fn is_envelope(members: &Map<String, Value>) -> bool {
    value::has_type(members, ENVELOPED_CREDENTIAL)
}

#[derive(Default)]
struct Check {
    found: Vec<Violation>,
}

impl Check {
    fn add(&mut self, path: &str, rule: Rule) {
        self.found.push(Violation {
            path: path.to_owned(),
            rule,
        });
    }

    fn credential(&mut self, members: &Map<String, Value>, path: &str) {
        let at = |name: &str| format!("{path}/{name}");
        self.contexts(members.get("@context"), &at("@context"));
        self.id(members.get("id"), &at("id"));
        self.types(members.get("type"), "VerifiableCredential", &at("type"));
        self.texts(members, path);
        self.party(members.get("issuer"), Rule::Issuer, &at("issuer"));
        self.subjects(members.get("credentialSubject"), &at("credentialSubject"));
        self.period(members, path);
        for (name, entry) in each(members, path, "credentialStatus") {
            self.typed(entry, &name);
            self.status_entry(entry, &name);
        }
        for (name, schema) in each(members, path, "credentialSchema") {
            self.typed(schema, &name);
            if schema.get("id").is_none() {
                self.add(&name, Rule::SchemaId);
            }
        }
        for property in [
            "refreshService",
            "termsOfUse",
            "evidence",
            "confidenceMethod",
            "renderMethod",
        ] {
            for (name, value) in each(members, path, property) {
                self.typed(value, &name);
            }
        }
        self.related_resources(members, path);
        if value::has_type(members, "BitstringStatusListCredential") {
            self.status_list(members.get("credentialSubject"), &at("credentialSubject"));
        }
    }

    fn presentation(&mut self, members: &Map<String, Value>) {
        self.contexts(members.get("@context"), "/@context");
        self.id(members.get("id"), "/id");
        self.types(members.get("type"), "VerifiablePresentation", "/type");
        if let Some(holder) = members.get("holder") {
            self.party(Some(holder), Rule::Holder, "/holder");
        }
        for (name, value) in each(members, "", "termsOfUse") {
            self.typed(value, &name);
        }
        for (name, presented) in each(members, "", "verifiableCredential") {
            match presented.as_object() {
                None => self.add(&name, Rule::Presented),
                Some(members) if is_envelope(members) => {
                    self.envelope(members, &name);
                }
                Some(members) => self.credential(members, &name),
            }
        }
    }

    /// An object that holds a token (§4.13.1 and §4.13.2). It has no meaning but by its context.
    fn envelope(&mut self, members: &Map<String, Value>, path: &str) {
        self.contexts(members.get("@context"), &format!("{path}/@context"));
        let id = members.get("id").and_then(Value::as_str);
        if !id.is_some_and(|id| id.starts_with("data:")) {
            self.add(&format!("{path}/id"), Rule::Envelope);
        }
    }

    fn contexts(&mut self, contexts: Option<&Value>, path: &str) {
        let Some(Value::Array(contexts)) = contexts else {
            return self.add(path, Rule::FirstContext);
        };
        if contexts.first().is_none_or(|first| first != CREDENTIALS_V2) {
            self.add(path, Rule::FirstContext);
        }
        for (place, context) in contexts.iter().enumerate().skip(1) {
            let fits = context.is_object() || value::is_url(context);
            if !fits {
                self.add(&format!("{path}/{place}"), Rule::Context);
            }
        }
    }

    fn id(&mut self, id: Option<&Value>, path: &str) {
        if id.is_some_and(|id| !value::is_url(id)) {
            self.add(path, Rule::Url);
        }
    }

    fn types(&mut self, types: Option<&Value>, base: &'static str, path: &str) {
        let Some(types) = value::types(types) else {
            return self.add(path, Rule::Type);
        };
        if !types.contains(&base) {
            self.add(path, Rule::NamedType(base));
        }
    }

    /// An object with a type, whose `id`, if it has one, is a URL.
    fn typed(&mut self, value: &Value, path: &str) {
        let typed = value
            .as_object()
            .is_some_and(|members| value::types(members.get("type")).is_some());
        if typed {
            self.id(value.get("id"), &format!("{path}/id"));
        } else {
            self.add(path, Rule::Typed);
        }
    }

    fn texts(&mut self, members: &Map<String, Value>, path: &str) {
        for name in ["name", "description"] {
            if members.get(name).is_some_and(|text| !value::is_text(text)) {
                self.add(&format!("{path}/{name}"), Rule::Text);
            }
        }
    }

    fn party(&mut self, party: Option<&Value>, rule: Rule, path: &str) {
        let id = party.and_then(|party| match party {
            Value::Object(members) => members.get("id"),
            plain => Some(plain),
        });
        if !id.is_some_and(value::is_url) {
            self.add(path, rule);
        }
        if let Some(Value::Object(members)) = party {
            self.texts(members, path);
        }
    }

    fn subjects(&mut self, subjects: Option<&Value>, path: &str) {
        let subjects = value::list(subjects);
        if subjects.is_empty() {
            self.add(path, Rule::Subject);
        }
        for subject in subjects {
            let members = subject.as_object();
            if members.is_none_or(|members| members.keys().all(|name| name == "id")) {
                self.add(path, Rule::Subject);
            }
            self.id(subject.get("id"), &format!("{path}/id"));
        }
    }

    fn period(&mut self, members: &Map<String, Value>, path: &str) {
        let mut time = |name: &str| {
            let text = members.get(name)?;
            let time = text.as_str().map(Timestamp::parse_rfc3339);
            if !matches!(time, Some(Ok(_))) {
                self.add(&format!("{path}/{name}"), Rule::Time);
            }
            time?.ok()
        };
        if let (Some(from), Some(until)) = (time("validFrom"), time("validUntil"))
            && until < from
        {
            self.add(&format!("{path}/validUntil"), Rule::Period);
        }
    }
}

/// The values of a property that may have one or several, each with its place.
fn each<'v>(members: &'v Map<String, Value>, path: &str, name: &str) -> Vec<(String, &'v Value)> {
    match members.get(name) {
        Some(Value::Array(values)) => {
            let placed = values.iter().enumerate();
            placed
                .map(|(place, value)| (format!("{path}/{name}/{place}"), value))
                .collect()
        }
        Some(value) => vec![(format!("{path}/{name}"), value)],
        None => Vec::new(),
    }
}
