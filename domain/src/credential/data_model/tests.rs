//! Sentence by sentence: what each rule lets through, and what it does not.

use serde_json::{Value, json};

use super::{Rule, credential, presentation};
use crate::credential::contexts::{CREDENTIALS_V2, OPEN_BADGES};

fn plain() -> Value {
    json!({
        "@context": [CREDENTIALS_V2],
        "type": ["VerifiableCredential"],
        "issuer": "did:example:weir",
        "credentialSubject": { "id": "did:example:otter", "name": "Otter" },
    })
}

fn with(name: &str, value: Value) -> Value {
    let mut document = plain();
    document[name] = value;
    document
}

fn without(name: &str) -> Value {
    let mut document = plain();
    document.as_object_mut().unwrap().remove(name);
    document
}

fn broken(document: &Value) -> Vec<(String, Rule)> {
    let found = credential(document.as_object().unwrap()).into_iter();
    found.map(|violation| (violation.path, violation.rule)).collect()
}

#[track_caller]
fn holds(document: &Value) {
    assert_eq!(broken(document), [], "{document:#}");
}

#[track_caller]
fn breaks(document: &Value, path: &str, rule: Rule) {
    assert_eq!(broken(document), [(path.to_owned(), rule)], "{document:#}");
}

#[test]
fn the_plainest_credential_breaks_no_rule() {
    holds(&plain());
}

#[test]
fn contexts_are_an_ordered_set_that_begins_with_that_of_the_model() {
    holds(&with(
        "@context",
        json!([CREDENTIALS_V2, OPEN_BADGES, { "weir": "urn:x:weir" }]),
    ));
    for contexts in [
        json!([OPEN_BADGES, CREDENTIALS_V2]),
        json!([]),
        json!(CREDENTIALS_V2),
        json!([{ "weir": "urn:x:weir" }]),
    ] {
        breaks(&with("@context", contexts), "/@context", Rule::FirstContext);
    }
    breaks(&without("@context"), "/@context", Rule::FirstContext);
    for other in [json!(7), json!(null), json!("not an address")] {
        breaks(
            &with("@context", json!([CREDENTIALS_V2, other])),
            "/@context/1",
            Rule::Context,
        );
    }
}

#[test]
fn an_identifier_is_one_url() {
    for id in [
        "https://badges.example/1",
        "urn:uuid:8b8f0cf2-5e0b-4f2e-9d7a-0a52a3a5a6a1",
        "did:example:1",
    ] {
        holds(&with("id", json!(id)));
    }
    for id in [
        json!("not a url"),
        json!("badge-1"),
        json!(["urn:x:1"]),
        json!(null),
        json!(" urn:x:1"),
        json!({}),
    ] {
        breaks(&with("id", id), "/id", Rule::Url);
    }
    let subject = json!({ "id": ["did:a:1", "did:a:2"], "name": "Otter" });
    breaks(
        &with("credentialSubject", subject),
        "/credentialSubject/id",
        Rule::Url,
    );
}

#[test]
fn there_is_a_type_and_one_says_what_it_is() {
    holds(&with("type", json!("VerifiableCredential")));
    holds(&with(
        "type",
        json!(["OpenBadgeCredential", "VerifiableCredential"]),
    ));
    for types in [
        json!([]),
        json!(7),
        json!([7]),
        json!([""]),
        json!([["VerifiableCredential"]]),
    ] {
        breaks(&with("type", types), "/type", Rule::Type);
    }
    breaks(&without("type"), "/type", Rule::Type);
    breaks(
        &with("type", json!(["OpenBadgeCredential"])),
        "/type",
        Rule::NamedType("VerifiableCredential"),
    );
}

#[test]
fn a_text_is_a_string_or_says_its_language() {
    for text in [
        json!("Weir"),
        json!({ "@value": "Weir", "@language": "en" }),
        json!({ "@value": "سد", "@language": "ar", "@direction": "rtl" }),
        json!([{ "@value": "Weir", "@language": "en" }, { "@value": "Wehr", "@language": "de" }]),
    ] {
        holds(&with("name", text.clone()));
        holds(&with(
            "issuer",
            json!({ "id": "did:example:weir", "description": text }),
        ));
    }
    for text in [
        json!({ "@value": "Weir", "@language": "en", "url": "urn:x:1" }),
        json!({ "@language": "en" }),
        json!({ "@value": "Weir", "@direction": "up" }),
        json!(7),
        json!([]),
    ] {
        breaks(&with("description", text.clone()), "/description", Rule::Text);
        let issuer = json!({ "id": "did:example:weir", "name": text });
        breaks(&with("issuer", issuer), "/issuer/name", Rule::Text);
    }
}

#[test]
fn an_issuer_is_named_by_a_url() {
    holds(&with("issuer", json!({ "id": "https://weir.example" })));
    for issuer in [
        json!("weir"),
        json!({ "name": "Weir" }),
        json!({ "id": "weir" }),
        json!({ "id": null }),
        json!(null),
        json!(["did:a:1", "did:a:2"]),
    ] {
        breaks(&with("issuer", issuer), "/issuer", Rule::Issuer);
    }
    breaks(&without("issuer"), "/issuer", Rule::Issuer);
}

#[test]
fn of_each_subject_something_is_said() {
    holds(&with(
        "credentialSubject",
        json!([{ "name": "Otter" }, { "name": "Heron" }]),
    ));
    for subject in [
        json!({}),
        json!({ "id": "did:example:otter" }),
        json!([{ "name": "Otter" }, {}]),
        json!("did:example:otter"),
        json!([]),
    ] {
        breaks(
            &with("credentialSubject", subject),
            "/credentialSubject",
            Rule::Subject,
        );
    }
    breaks(&without("credentialSubject"), "/credentialSubject", Rule::Subject);
}

#[test]
fn a_period_begins_and_ends_at_times_and_in_that_order() {
    let during = |from: &str, until: &str| {
        let mut document = with("validFrom", json!(from));
        document["validUntil"] = json!(until);
        document
    };
    holds(&during("2030-01-01T00:00:00Z", "2030-01-01T00:00:00Z"));
    holds(&during(
        "2030-01-01T00:00:00.123-05:00",
        "2031-01-01T00:00:00+02:00",
    ));
    breaks(
        &during("2030-01-01T00:00:01Z", "2030-01-01T00:00:00Z"),
        "/validUntil",
        Rule::Period,
    );
    for time in [
        json!("2030-01-01"),
        json!("yesterday"),
        json!("2030-01-01T00:00:00"),
        json!(1),
        json!(["2030-01-01T00:00:00Z"]),
    ] {
        breaks(&with("validFrom", time.clone()), "/validFrom", Rule::Time);
        breaks(&with("validUntil", time), "/validUntil", Rule::Time);
    }
}

#[test]
fn what_extends_a_credential_says_its_type() {
    for name in [
        "credentialStatus",
        "refreshService",
        "termsOfUse",
        "evidence",
        "confidenceMethod",
        "renderMethod",
    ] {
        holds(&with(name, json!({ "type": "Other" })));
        holds(&with(
            name,
            json!([{ "type": "Other", "id": "urn:x:1" }, { "type": ["Other"] }]),
        ));
        for value in [
            json!({}),
            json!({ "id": "urn:x:1" }),
            json!("urn:x:1"),
            json!({ "type": [] }),
        ] {
            breaks(&with(name, value), &format!("/{name}"), Rule::Typed);
        }
        let nameless = json!([{ "type": "Other" }, { "type": "Other", "id": "no url" }]);
        breaks(&with(name, nameless), &format!("/{name}/1/id"), Rule::Url);
    }
}

#[test]
fn a_schema_has_an_id_and_a_type() {
    holds(&with(
        "credentialSchema",
        json!({ "id": "https://a.example/1", "type": "JsonSchema" }),
    ));
    for (schema, path, rule) in [
        (
            json!({ "type": "JsonSchema" }),
            "/credentialSchema",
            Rule::SchemaId,
        ),
        (json!({ "id": "urn:x:1" }), "/credentialSchema", Rule::Typed),
        (
            json!({ "id": "x", "type": "JsonSchema" }),
            "/credentialSchema/id",
            Rule::Url,
        ),
    ] {
        breaks(&with("credentialSchema", schema), path, rule);
    }
}

#[test]
fn a_related_resource_has_an_id_of_its_own_and_its_own_digest() {
    let sri = "sha256-WZVc7WaX1h4D8rJVb+vlMIqxaEKEb1tYbX8fet7JJzQ=";
    let multibase = "uEiBZlVztZpfWHgPyslVv6-UwirFoQoRvW1htfx963sknNA";
    let of = |digest: Value| {
        let mut resource = json!({ "id": CREDENTIALS_V2 });
        resource
            .as_object_mut()
            .unwrap()
            .append(&mut digest.as_object().unwrap().clone());
        resource
    };
    for resource in [
        of(json!({ "digestSRI": sri })),
        of(json!({ "digestMultibase": multibase, "mediaType": "application/ld+json" })),
        of(json!({ "digestSRI": [sri], "digestMultibase": multibase })),
        // By SHA3-256, which is not known here.
        of(
            json!({ "digestMultibase": crate::credential::multibase::base64url(&[&[0x16, 32][..], &[7; 32]].concat()) }),
        ),
        // What can't be had here is taken at its word.
        json!({ "id": "https://a.example/1", "digestSRI": sri }),
    ] {
        holds(&with("relatedResource", resource));
    }
    let changed = sri.replace("WZ", "WY");
    for (resource, rule) in [
        (of(json!({ "digestSRI": changed })), Rule::OtherResource),
        (
            of(json!({ "digestSRI": format!("{sri} {changed}") })),
            Rule::OtherResource,
        ),
        (
            of(json!({ "digestMultibase": multibase.replace("iBZ", "iBY") })),
            Rule::OtherResource,
        ),
        (of(json!({})), Rule::Digest),
        (of(json!({ "digestSRI": "md5-AAAA" })), Rule::Digest),
        (of(json!({ "digestSRI": "sha256-AAAA" })), Rule::Digest),
        (of(json!({ "digestMultibase": "uAAAA" })), Rule::Digest),
        (json!({ "digestSRI": sri }), Rule::Resource),
        (json!(CREDENTIALS_V2), Rule::Resource),
    ] {
        breaks(&with("relatedResource", resource), "/relatedResource", rule);
    }
    let twice = json!([of(json!({ "digestSRI": sri })), of(json!({ "digestSRI": sri }))]);
    breaks(
        &with("relatedResource", twice),
        "/relatedResource/1",
        Rule::Resource,
    );
}

fn entry() -> Value {
    json!({
        "id": "https://a.example/lists/1#7",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": "https://a.example/lists/1",
    })
}

#[test]
fn an_entry_of_a_status_list_says_which_bit_means_what() {
    holds(&with("credentialStatus", entry()));
    let large = json!([
        { "status": "0x0", "message": "valid" }, { "status": "0x1", "message": "invalid" },
        { "status": "0x2", "message": "pending" }, { "status": "0x3", "message": "lost" },
    ]);
    let mut sized = entry();
    sized["statusSize"] = json!(2);
    sized["statusMessage"] = large.clone();
    sized["statusReference"] = json!(["https://a.example/meanings"]);
    holds(&with("credentialStatus", sized));
    for (name, value) in [
        ("id", json!("https://a.example/lists/1")),
        ("statusPurpose", json!(["revocation"])),
        ("statusListIndex", json!(7)),
        ("statusListIndex", json!("-7")),
        ("statusListIndex", json!("07")),
        ("statusListIndex", json!("")),
        ("statusListCredential", json!("the list")),
        ("statusSize", json!(0)),
        ("statusSize", json!("2")),
        ("statusMessage", large),
        ("statusMessage", json!([{ "status": "0x0" }, { "status": "0x1" }])),
        ("statusReference", json!("meanings")),
    ] {
        let mut entry = entry();
        entry[name] = value;
        breaks(
            &with("credentialStatus", entry),
            "/credentialStatus",
            Rule::StatusEntry(name),
        );
    }
    let mut silent = entry();
    silent["statusSize"] = json!(2);
    breaks(
        &with("credentialStatus", silent),
        "/credentialStatus",
        Rule::StatusEntry("statusMessage"),
    );
}

#[test]
fn a_status_list_says_what_its_bits_mean_and_has_enough_of_them() {
    let list = |change: &dyn Fn(&mut Value)| {
        let mut subject = json!({
            "id": "https://a.example/lists/1#list", "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": crate::credential::StatusList::default().encode(),
        });
        change(&mut subject);
        let mut document = with("credentialSubject", subject);
        document["type"] = json!(["VerifiableCredential", "BitstringStatusListCredential"]);
        document
    };
    holds(&list(&|_| {}));
    holds(&list(&|list| {
        list["statusPurpose"] = json!(["revocation", "suspension"]);
    }));
    for (name, value) in [
        ("type", json!("List")),
        ("statusPurpose", json!([])),
        ("encodedList", json!("uAAAA")),
        ("encodedList", json!("H4sI")),
        ("ttl", json!("soon")),
    ] {
        let changed = list(&|list| list[name] = value.clone());
        breaks(&changed, "/credentialSubject", Rule::StatusList(name));
    }
}

#[test]
fn a_presentation_has_whole_credentials_and_a_holder_that_is_named() {
    let presented = |name: &str, value: Value| {
        let mut document = json!({
            "@context": [CREDENTIALS_V2],
            "type": "VerifiablePresentation",
            "holder": "did:example:otter",
            "verifiableCredential": [plain()],
        });
        document[name] = value;
        let found = presentation(document.as_object().unwrap()).into_iter();
        let found: Vec<_> = found.map(|violation| (violation.path, violation.rule)).collect();
        found
    };
    let envelope = |id: &str, contexts: Value| json!({ "@context": contexts, "type": "EnvelopedVerifiableCredential", "id": id });
    for (name, value) in [
        ("id", json!("urn:x:1")),
        ("type", json!(["VerifiablePresentation", "Other"])),
        ("holder", json!({ "id": "did:example:otter", "name": "Otter" })),
        ("verifiableCredential", json!([])),
        ("verifiableCredential", plain()),
        (
            "verifiableCredential",
            envelope("data:application/vc+jwt,a.b.c", json!([CREDENTIALS_V2])),
        ),
    ] {
        assert_eq!(presented(name, value.clone()), [], "{name}: {value}");
    }
    for (name, value, path, rule) in [
        ("id", json!(["urn:x:1"]), "/id", Rule::Url),
        (
            "type",
            json!("Other"),
            "/type",
            Rule::NamedType("VerifiablePresentation"),
        ),
        ("holder", json!({ "name": "Otter" }), "/holder", Rule::Holder),
        ("holder", json!("otter"), "/holder", Rule::Holder),
        (
            "verifiableCredential",
            json!("urn:x:1"),
            "/verifiableCredential",
            Rule::Presented,
        ),
        (
            "verifiableCredential",
            json!([plain(), 7]),
            "/verifiableCredential/1",
            Rule::Presented,
        ),
        (
            "verifiableCredential",
            json!([without("issuer")]),
            "/verifiableCredential/0/issuer",
            Rule::Issuer,
        ),
        (
            "verifiableCredential",
            json!([envelope("a.b.c", json!([CREDENTIALS_V2]))]),
            "/verifiableCredential/0/id",
            Rule::Envelope,
        ),
        (
            "verifiableCredential",
            json!([envelope("data:application/vc+jwt,a.b.c", json!([]))]),
            "/verifiableCredential/0/@context",
            Rule::FirstContext,
        ),
        ("termsOfUse", json!({}), "/termsOfUse", Rule::Typed),
    ] {
        assert_eq!(presented(name, value), [(path.to_owned(), rule)]);
    }
}
