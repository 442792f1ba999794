//! The JSON-LD processor: what it refuses, and that it reads whatever it does
//! not refuse as `oxjsonld` does.

use oxjsonld::{JsonLdParser, JsonLdRemoteDocument};
use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Map, Value, json};

use super::{canonicalization, json, standards};
use crate::credential::{
    contexts::{self, CREDENTIALS_V2, OPEN_BADGES, OPEN_BADGES_EXTENSIONS},
    jsonld::{ContextStore, JsonLdError, Problem, expand},
    rdf::canonicalize,
};

fn ours(document: &Value) -> Result<String, JsonLdError> {
    let members = document.as_object().unwrap();
    let expanded = expand(members, &document["@context"], &[], ContextStore::embedded())?;
    Ok(canonicalize(&expanded.dataset).unwrap())
}

/// `oxjsonld` makes the RDF; its own canonicalization is not to be relied on.
fn theirs(document: &Value) -> String {
    let text = document.to_string();
    let parser = JsonLdParser::new()
        .for_slice(&text)
        .with_load_document_callback(|url, _| {
            let found = contexts::DOCUMENTS.iter().find(|document| document.url == url);
            found.map_or(Err("unknown context".into()), |document| {
                Ok(JsonLdRemoteDocument {
                    document: document.text.into(),
                    document_url: url.to_owned(),
                })
            })
        });
    let lines: Vec<String> = parser.map(|quad| format!("{} .", quad.unwrap())).collect();
    canonicalize(&canonicalization::read(&lines.join("\n"))).unwrap()
}

#[test]
fn every_published_sample_means_the_same_to_both() {
    let Some(folder) = standards("ob30-samples") else {
        return;
    };
    for name in [
        "complete.json",
        "endorsement-valid.json",
        "simple-did-key-method.json",
        "simple-eddsa-2022.json",
        "simple-err-expired.json",
    ] {
        let document = json(&folder.join(name));
        assert_eq!(ours(&document).unwrap(), theirs(&document), "{name}");
    }
}

#[test]
fn constructs_beyond_the_samples_mean_the_same_to_both() {
    let extra = json!({
        "@version": 1.1,
        "ex": "https://ext.example/#",
        "label": {"@id": "ex:label", "@container": "@language"},
        "note": {"@id": "ex:note", "@language": "fr"},
        "plain": {"@id": "ex:plain", "@language": null},
        "steps": {"@id": "ex:steps", "@container": "@list", "@type": "@id"},
        "kind": {"@id": "ex:kind", "@type": "@vocab"},
        "raw": {"@id": "ex:raw", "@type": "@json"},
        "ratio": {"@id": "ex:ratio", "@type": "http://www.w3.org/2001/XMLSchema#double"},
        "claims": {"@id": "ex:claims", "@container": ["@graph", "@set"]},
        "Course": "ex:Course",
        "area": {"@id": "ex:area", "@context": {"Math": "ex:areas/Math", "part": "ex:part"}, "@type": "@vocab"},
    });
    let document = json!({
        "@context": [CREDENTIALS_V2, extra, {"@language": "en"}],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential", "Course"],
        "issuer": "did:web:w.example",
        "label": {"en": ["One", "Uno"], "de": "Eins", "@none": "1"},
        "note": "mot", "plain": "x", "name": "inherits",
        "steps": ["urn:a", "ex:b", "urn:a"],
        "kind": ["Course", "ex:Other", "urn:k"],
        "raw": {"b": [1, 2.50, null], "a": "\u{20ac}\n"},
        "ratio": [1, 2.5, "3"],
        "claims": [{"id": "urn:c", "name": "inner"}, {"name": "anonymous"}],
        "area": "Math",
        "ex:shared": {"id": "_:shared", "ex:compact": true},
        "https://ext.example/full": [{"id": "_:shared"}, 12.0, 0.1, 1e30, false],
        "ex:value": {"@value": "wert", "@language": "de-AT"},
        "ex:typed": [{"@value": 5, "@type": "ex:dt"}, {"@value": {"z": 1, "a": 2}, "@type": "@json"}],
        "ex:list": {"@list": [1, "two", {"name": "three"}]},
        "ex:nested": [["a", ["b"]], null, []],
        "ex:empty": {},
        "credentialSubject": {"id": "urn:s", "@context": {"inside": "ex:inside"}, "inside": "yes"},
    });
    assert_eq!(ours(&document).unwrap(), theirs(&document));
}

/// Where `oxjsonld` departs from the standard, `jsonld.js` is the second opinion.
#[test]
fn where_others_disagree_the_result_is_that_of_the_reference_implementation() {
    let course = json!({"@id": "ex:Course", "@context": {"unit": "ex:unit", "@propagate": true}});
    let document = json!({
        "@context": [CREDENTIALS_V2, {"ex": "https://ext.example/#", "Course": course}],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential", "Course"],
        "unit": {"id": "_:s", "unit": -5},
        "ex:list": {"@list": [["a"], []]},
        "ex:number": 271_405.718_694_815_06,
    });
    let rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns";
    let expected = format!(
        "<urn:uuid:1> <{rdf}#type> <https://ext.example/#Course> .\n\
         <urn:uuid:1> <{rdf}#type> <https://www.w3.org/2018/credentials#VerifiableCredential> .\n\
         <urn:uuid:1> <https://ext.example/#list> _:c14n1 .\n\
         <urn:uuid:1> <https://ext.example/#number> \"2.714057186948151E5\"^^<http://www.w3.org/2001/XMLSchema#double> .\n\
         <urn:uuid:1> <https://ext.example/#unit> _:c14n3 .\n\
         _:c14n0 <{rdf}#first> \"a\" .\n\
         _:c14n0 <{rdf}#rest> <{rdf}#nil> .\n\
         _:c14n1 <{rdf}#first> _:c14n0 .\n\
         _:c14n1 <{rdf}#rest> _:c14n2 .\n\
         _:c14n2 <{rdf}#first> <{rdf}#nil> .\n\
         _:c14n2 <{rdf}#rest> <{rdf}#nil> .\n\
         _:c14n3 <https://ext.example/#unit> \"-5\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n"
    );
    assert_eq!(ours(&document).unwrap(), expected);
}

/// What is wrong with a small badge when `name` is set to `value` at `pointer`,
/// and where that is said to be.
fn refused(pointer: &str, name: &str, value: Value) -> (Problem, String) {
    let mut badge = json!({
        "@context": [CREDENTIALS_V2, OPEN_BADGES],
        "id": "https://w.example/c/1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "did:web:w.example", "type": ["Profile"], "name": "Example"},
        "credentialSubject": {"type": ["AchievementSubject"], "achievement": {
            "id": "urn:a", "type": ["Achievement"], "name": "A", "description": "A", "criteria": {"narrative": "A"},
        }},
    });
    assert!(ours(&badge).is_ok());
    badge.pointer_mut(pointer).unwrap()[name] = value;
    let error = ours(&badge).unwrap_err();
    (error.problem, error.pointer.0)
}

#[test]
fn a_term_that_no_context_defines_is_refused_where_it_stands() {
    for (pointer, name, value) in [
        ("", "grade", json!("A")),
        ("/credentialSubject/achievement", "score", Value::Null),
        ("/issuer", "targetName", json!("defined for an Alignment")),
        ("/issuer", "@made", json!("1")),
        ("/issuer", "with/slash", json!("1")),
    ] {
        let problem = Problem::UndefinedTerm(name.to_owned());
        assert_eq!(
            refused(pointer, name, value),
            (problem, format!("{pointer}/{}", name.replace('/', "~1")))
        );
    }
}

#[test]
fn an_id_or_type_that_is_no_absolute_iri_is_refused_where_it_stands() {
    for (name, text) in [
        ("id", "example"),
        ("type", "Club"),
        ("image", "logo.png"),
        ("image", "u:a b"),
    ] {
        let problem = Problem::NotAnIri(text.to_owned());
        assert_eq!(
            refused("/issuer", name, json!(text)),
            (problem, format!("/issuer/{name}"))
        );
    }
}

#[test]
fn what_is_not_used_in_credentials_is_refused() {
    for (name, value, construct) in [
        ("@graph", json!([]), "@graph"),
        ("@index", json!("1"), "@index"),
        ("name", json!({"@value": "x", "@direction": "rtl"}), "@direction"),
        ("@context", json!({"r": {"@reverse": "urn:r"}}), "@reverse"),
        (
            "@context",
            json!({"r": {"@id": "urn:r", "@container": "@id"}}),
            "@container @id",
        ),
        (
            "@context",
            json!({"@import": CREDENTIALS_V2}),
            "@import in a context",
        ),
    ] {
        assert_eq!(
            refused("/issuer", name, value).0,
            Problem::Unsupported(construct.to_owned())
        );
    }
    let language = refused("/issuer", "name", json!({"@value": "x", "@language": "en_GB"})).0;
    assert_eq!(language, Problem::InvalidLanguage("en_GB".to_owned()));
}

#[test]
fn a_context_that_is_unknown_malformed_or_changes_protected_terms_is_refused() {
    let text = |text: &str| text.to_owned();
    for (context, problem) in [
        (
            json!("https://w.example/v1"),
            Problem::UnknownContext(text("https://w.example/v1")),
        ),
        (Value::Null, Problem::ProtectedContext),
        (json!({"name": "urn:n"}), Problem::ProtectedTerm(text("name"))),
        (
            json!({"a": "urn:a", "a b": 1}),
            Problem::InvalidContext(text("a b")),
        ),
        (
            json!({"a": "b:x", "b": "a:x"}),
            Problem::InvalidContext(text("a")),
        ),
        (
            json!({"@version": 1.0}),
            Problem::InvalidContext(text("@version")),
        ),
        (json!(7), Problem::InvalidContext(text("@context"))),
    ] {
        assert_eq!(
            refused("/issuer", "@context", context),
            (problem, text("/issuer/@context"))
        );
    }
}

#[test]
fn what_is_too_deep_or_too_large_is_refused() {
    let nest = |depth: usize| (0..depth).fold(json!("x"), |inner, _| json!({"evidence": inner}));
    let mut document = nest(60);
    document["@context"] = json!({"evidence": "urn:e"});
    assert!(ours(&document).is_ok());
    document["evidence"] = nest(200);
    assert_eq!(ours(&document).unwrap_err().problem, Problem::TooDeep);

    document["evidence"] = vec![json!("x"); 60_000].into();
    assert_eq!(ours(&document).unwrap_err().problem, Problem::TooLarge);

    let chain: Map<String, Value> = (0..10_000)
        .map(|at| (format!("t{at}"), json!(format!("t{}:x", at + 1))))
        .collect();
    document = json!({"@context": chain});
    assert_eq!(ours(&document).unwrap_err().problem, Problem::TooDeep);

    let many: Map<String, Value> = (0..3_000)
        .map(|at| {
            (
                format!("t{at}"),
                json!({"@id": format!("urn:{at}"), "@context": {"n": format!("urn:n{at}")}}),
            )
        })
        .collect();
    let values: Map<String, Value> = many.keys().map(|term| (term.clone(), json!({"n": 1}))).collect();
    document = Value::Object(values);
    document["@context"] = Value::Object(many);
    assert_eq!(ours(&document).unwrap_err().problem, Problem::TooLarge);
}

/// The types of the Open Badges context, each with the properties that its own
/// context defines.
fn vocabulary() -> Vec<(String, Vec<(String, Value)>)> {
    let document = contexts::DOCUMENTS
        .iter()
        .find(|document| document.url == OPEN_BADGES)
        .unwrap();
    let context: Value = serde_json::from_str(document.text).unwrap();
    let terms = context["@context"].as_object().unwrap();
    let own = |context: &Map<String, Value>| -> Vec<(String, Value)> {
        let defined = context
            .iter()
            .filter(|(_, value)| value.get("@id").is_some() && value.get("@context").is_none());
        defined
            .filter(|(name, _)| name.starts_with(char::is_lowercase))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    };
    let common = own(terms);
    let types = terms
        .iter()
        .filter(|(name, _)| name.starts_with(char::is_uppercase));
    types
        .map(|(name, value)| {
            let mut properties = value
                .get("@context")
                .and_then(Value::as_object)
                .map(own)
                .unwrap_or_default();
            properties.extend(common.clone());
            (name.clone(), properties)
        })
        .collect()
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        (-1_000_000..1_000_000).prop_map(|eighths| Value::from(f64::from(eighths) / 8.0)),
        "[a-z\"\\\\\n\u{7f}é\u{1f600}]{0,6}".prop_map(Value::from),
        ("[a-z]{0,4}", select(vec!["en", "de-CH"]))
            .prop_map(|(text, tag)| json!({"@value": text, "@language": tag})),
    ]
}

fn node(depth: u32) -> BoxedStrategy<Value> {
    let ids = prop_oneof![
        2 => Just(None),
        1 => "urn:[a-c]".prop_map(Some),
        1 => "_:[a-b]".prop_map(Some),
    ];
    (ids, select(vocabulary()))
        .prop_flat_map(move |(id, (name, properties))| {
            let member = select(properties).prop_flat_map(move |(property, definition)| {
                let names_node = definition.get("@type") == Some(&json!("@id"));
                let leaf = if names_node {
                    "urn:[x-z]".prop_map(Value::from).boxed()
                } else {
                    scalar().boxed()
                };
                let value = if depth == 0 {
                    leaf
                } else {
                    prop_oneof![leaf, node(depth - 1)].boxed()
                };
                prop_oneof![value.clone(), vec(value, 0..3).prop_map(Value::from)]
                    .prop_map(move |value| (property.clone(), value))
            });
            let id = id.clone();
            vec(member, 0..5).prop_map(move |members| {
                let mut object: Map<String, Value> = members.into_iter().collect();
                object.insert("type".to_owned(), json!([name.clone()]));
                if let Some(id) = &id {
                    object.insert("id".to_owned(), json!(id));
                }
                Value::Object(object)
            })
        })
        .boxed()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_document_of_the_open_badges_vocabulary_means_the_same_to_both(mut document in node(2)) {
        document["@context"] = json!([CREDENTIALS_V2, OPEN_BADGES, OPEN_BADGES_EXTENSIONS]);
        prop_assert_eq!(ours(&document).unwrap(), theirs(&document));
    }
}
