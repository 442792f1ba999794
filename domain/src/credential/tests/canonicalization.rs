//! The W3C test suite of RDF Dataset Canonicalization 1.0.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::{json, standards, text};
use crate::credential::rdf::{Dataset, Node, Object, PoisonGraph, Quad, canonicalize};

/// Reads N-Quads as the suite writes them: one statement a line.
pub(super) fn read(text: &str) -> Dataset {
    let mut dataset = Dataset::default();
    let mut labels = HashMap::new();
    for line in text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let mut rest = line;
        let mut terms = Vec::new();
        while !rest.starts_with('.') {
            let (term, after) = rest.split_at(end(rest));
            terms.push(term);
            rest = after.trim_start();
        }
        let mut node = |dataset: &mut Dataset, term: &str| match term.strip_prefix('<') {
            Some(iri) => Node::Iri(dataset.iri(&unescape(iri.strip_suffix('>').unwrap()))),
            None => *labels.entry(term.to_owned()).or_insert_with(|| dataset.blank()),
        };
        let subject = node(&mut dataset, terms[0]);
        let graph = terms.get(3).map(|term| node(&mut dataset, term));
        let object = if terms[2].starts_with('"') {
            Object::Literal(literal(&mut dataset, terms[2]))
        } else {
            node(&mut dataset, terms[2]).into()
        };
        let predicate = dataset.iri(&unescape(terms[1].trim_matches(['<', '>'])));
        dataset.push(Quad {
            subject,
            predicate,
            object,
            graph,
        });
    }
    dataset
}

fn end(text: &str) -> usize {
    let quoted = match text.strip_prefix('"') {
        Some(rest) => {
            let mut escaped = false;
            let close = rest.find(|char| {
                let closes = char == '"' && !escaped;
                escaped = char == '\\' && !escaped;
                closes
            });
            close.unwrap() + 2
        }
        None => 0,
    };
    quoted + text[quoted..].find(char::is_whitespace).unwrap()
}

fn literal(dataset: &mut Dataset, term: &str) -> crate::credential::rdf::Span {
    let (value, suffix) = term[1..].rsplit_once('"').unwrap();
    let value = unescape(value);
    match suffix.strip_prefix("^^<") {
        Some(datatype) => dataset.typed(&value, &unescape(datatype.strip_suffix('>').unwrap())),
        None if suffix.is_empty() => dataset.string(&value),
        None => dataset.language_string(&value, &suffix[1..]),
    }
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        if char != '\\' {
            out.push(char);
            continue;
        }
        let digits = match chars.next().unwrap() {
            'u' => 4,
            'U' => 8,
            letter => {
                let plain = [
                    ('b', '\u{8}'),
                    ('t', '\t'),
                    ('n', '\n'),
                    ('f', '\u{c}'),
                    ('r', '\r'),
                ];
                out.push(
                    plain
                        .into_iter()
                        .find(|(name, _)| *name == letter)
                        .map_or(letter, |(_, char)| char),
                );
                continue;
            }
        };
        let code: String = chars.by_ref().take(digits).collect();
        out.push(char::from_u32(u32::from_str_radix(&code, 16).unwrap()).unwrap());
    }
    out
}

#[test]
fn every_graph_of_the_w3c_suite_gets_its_canonical_form() {
    let Some(folder) = standards("rdf-canon") else {
        return;
    };
    let manifest = json(&folder.join("manifest.jsonld"));
    let mut compared = 0;
    for entry in manifest["entries"].as_array().unwrap() {
        // One test asks for another hash; credentials are signed with SHA-256 only.
        if entry
            .get("hashAlgorithm")
            .is_some_and(|algorithm| algorithm != "SHA256")
        {
            continue;
        }
        let file = |name: &str| text(&folder.join(entry[name].as_str().unwrap()));
        let canonical = canonicalize(&read(&file("action")));
        match entry["type"].as_str().unwrap() {
            "rdfc:RDFC10EvalTest" => assert_eq!(canonical.unwrap(), file("result"), "{}", entry["name"]),
            "rdfc:RDFC10NegativeEvalTest" => assert_eq!(canonical, Err(PoisonGraph), "{}", entry["name"]),
            _ => continue,
        }
        compared += 1;
    }
    assert_eq!(compared, 64, "the suite has another number of tests");
}

fn graph(nquads: &str) -> String {
    canonicalize(&read(nquads)).unwrap()
}

#[test]
fn a_statement_made_twice_counts_once() {
    let once = "_:a <u:p> _:b .\n_:b <u:p> \"x\" .\n";
    assert_eq!(graph(&once.repeat(2)), graph(once));
}

/// A graph behind a blank node: what the RDF library's own canonicalization
/// gets wrong, and where endorsements inside badges live.
#[test]
fn labels_do_not_matter_where_a_graphs_name_is_a_blank_node() {
    let one = "_:s <u:proof> _:g .\n_:p <u:v> \"1\" _:g .\n_:s <u:proof> _:h .\n_:q <u:v> \"2\" _:h .\n";
    let other = "_:y <u:proof> _:b .\n_:y <u:proof> _:a .\n_:c <u:v> \"2\" _:a .\n_:d <u:v> \"1\" _:b .\n";
    assert_eq!(graph(one), graph(other));
}

/// All blank nodes alike and all linked: the number of paths grows as a factorial.
#[test]
fn a_graph_made_to_be_slow_is_refused() {
    let mut text = String::new();
    for (one, other) in (0..144)
        .map(|pair| (pair / 12, pair % 12))
        .filter(|(one, other)| one != other)
    {
        writeln!(text, "_:{one} <u:p> _:{other} .").unwrap();
    }
    assert_eq!(canonicalize(&read(&text)), Err(PoisonGraph));
}
