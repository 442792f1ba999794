//! Whether two items ask the same and score it alike.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::Item;

/// What an item asks and how it is scored, as a number that two items share only
/// if these are the same: what is asked, but for white space; the choices, in whatever
/// order and under whatever names; key and points. Texts are the same if their
/// characters are (NFC): `mW` is not `MW`, `10²` is not `102`, and a question about
/// capital letters is not the one about small ones. A question that comes in twice is
/// a nuisance, and one that does not come in is lost. What it is called, its language
/// and what is said afterwards is left out.
///
/// It is worked out when it is needed and stored nowhere, so that it may change with
/// any version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint([u8; 32]);

impl Item {
    /// What it asks and how it is scored.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        let mut names = Names::default();
        let mut body = told(&self.body);
        for (index, declared) in self.responses.iter().enumerate() {
            let name = declared.identifier.to_string();
            names.of.insert(name, format!("? {index}"));
        }
        names.learn(&body);
        names.put(&mut body);
        let mut rest = [
            told(&self.responses),
            told(&self.processing),
            told(&self.template),
        ];
        for part in &mut rest {
            names.put(part);
        }
        let mut hash = Sha256::new();
        for part in [&body].into_iter().chain(&rest) {
            let text = part.to_string();
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text);
        }
        Fingerprint(hash.finalize().into())
    }
}

/// A part of an item as JSON, which is what items are stored as.
fn told(part: &impl Serialize) -> Json {
    serde_json::to_value(part).unwrap_or_default()
}

/// What choices say, by the names that keys have for them.
#[derive(Default)]
struct Names {
    of: BTreeMap<String, String>,
}

/// Lists whose order is by chance when they are shown, or says nothing.
const SETS: [&str; 8] = [
    "choices",
    "sources",
    "targets",
    "gapTexts",
    "identifiers",
    "directedPairs",
    "pairs",
    "entries",
];
/// What does not change what is asked.
const ASIDE: [&str; 3] = ["shuffle", "fixed", "expectedLength"];

impl Names {
    fn learn(&mut self, part: &Json) {
        match part {
            Json::Object(fields) => {
                let text = |name: &str| fields.get(name).and_then(Json::as_str);
                if let (Some(name), Some(content)) = (text("identifier"), text("content")) {
                    // Lists side by side may use a name each: all that it stands for.
                    let said = self.of.entry(name.to_owned()).or_default();
                    said.push_str("= ");
                    said.push_str(&form(content));
                }
                fields.values().for_each(|part| self.learn(part));
            }
            Json::Array(parts) => parts.iter().for_each(|part| self.learn(part)),
            _ => {}
        }
    }

    /// Puts what choices say in place of their names, texts in their normal form,
    /// and sets in one order.
    fn put(&self, part: &mut Json) {
        match part {
            Json::Object(fields) => {
                fields.retain(|name, _| !ASIDE.contains(&name.as_str()));
                for (name, part) in fields.iter_mut() {
                    self.put(part);
                    if let Json::Array(parts) = part
                        && SETS.contains(&name.as_str())
                    {
                        parts.sort_by_cached_key(Json::to_string);
                    }
                }
            }
            Json::Array(parts) => parts.iter_mut().for_each(|part| self.put(part)),
            Json::String(text) => {
                *text = self.of.get(text.as_str()).cloned().unwrap_or_else(|| form(text));
            }
            _ => {}
        }
    }
}

fn form(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    words.join(" ").nfc().collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::assessment::{Block, Interaction, Points, Scoring, Value, sample};

    #[test]
    fn items_that_differ_in_what_they_ask_or_how_they_score_are_told_apart() {
        let items = sample::every_kind();
        let known: BTreeSet<_> = items.iter().map(Item::fingerprint).collect();
        assert_eq!(known.len(), items.len());
        let item = sample::single();
        let mut other = item.clone();
        other.responses[0].scoring = Scoring::MatchCorrect {
            points: Points::from_hundredths(700),
        };
        assert_ne!(item.fingerprint(), other.fingerprint());
        let mut other = item.clone();
        let Some(Value::Identifiers(key)) = &mut other.responses[0].correct_response else {
            panic!()
        };
        let Block::Interaction(Interaction::Choice(choice)) = &item.body[item.body.len() - 1] else {
            panic!()
        };
        let wrong = choice
            .choices
            .iter()
            .find(|it| !key.contains(&it.identifier))
            .unwrap();
        *key = vec![wrong.identifier.clone()];
        assert_ne!(item.fingerprint(), other.fingerprint());
    }

    #[test]
    fn other_characters_make_another_question_and_other_ways_to_write_them_do_not() {
        let item = sample::single();
        let json = serde_json::to_value(&item).unwrap();
        let last = item.body.len() - 1;
        let with = |prompt: &str, content: &str| {
            let mut json = json.clone();
            let choice = &mut json["body"][last]["interaction"];
            choice["prompt"] = prompt.into();
            choice["choices"][0]["content"] = content.into();
            serde_json::from_value::<Item>(json).unwrap().fingerprint()
        };
        let asked = with("Which one is 10² m\u{e9}tres?", "mW");
        assert_eq!(asked, with(" Which one  is\n10² me\u{301}tres?", "mW"));
        for other in ["10²", "métres", "Which"]
            .into_iter()
            .zip(["102", "metres", "WHICH"])
        {
            let text = "Which one is 10² métres?".replace(other.0, other.1);
            assert_ne!(asked, with(&text, "mW"), "{text}");
        }
        assert_ne!(asked, with("Which one is 10² métres?", "MW"));
        assert_ne!(with("?", "x²"), with("?", "x2"));
    }

    #[test]
    fn keys_of_lists_side_by_side_that_use_the_same_names_are_told_apart() {
        let list = |response: &str, choices: [&str; 2]| {
            let choices = choices.iter().enumerate().map(|(index, content)| {
                serde_json::json!({ "identifier": format!("choice-{index}"), "content": content })
            });
            serde_json::json!({ "interaction": {
                "kind": "choice", "response": response, "prompt": "?",
                "choices": choices.collect::<Vec<_>>(),
            } })
        };
        let item = |key: &str| {
            let mut json = serde_json::to_value(sample::single()).unwrap();
            json["body"] = serde_json::json!([list("R1", ["a", "b"]), list("R2", ["same", "same"])]);
            let mut first = json["responses"][0].clone();
            first["identifier"] = "R1".into();
            first["correctResponse"] = serde_json::json!({ "identifiers": [key] });
            let mut second = first.clone();
            second["identifier"] = "R2".into();
            json["responses"] = serde_json::json!([first, second]);
            serde_json::from_value::<Item>(json).unwrap().fingerprint()
        };
        assert_ne!(item("choice-0"), item("choice-1"));
    }

    #[test]
    fn names_order_white_space_and_what_is_said_afterwards_make_no_difference() {
        let item = sample::single();
        let mut other = item.clone();
        other.title = "Something else".to_owned();
        other.feedback.general = Some("Well done.".to_owned());
        let last = other.body.len() - 1;
        let Block::Interaction(Interaction::Choice(choice)) = &mut other.body[last] else {
            panic!()
        };
        choice.choices.reverse();
        choice.prompt = format!("  {} ", choice.prompt.replace(' ', "\n"));
        assert_eq!(item.fingerprint(), other.fingerprint());
        let json = serde_json::to_string(&other).unwrap();
        let first = item.responses[0].correct_response.clone().unwrap();
        let Value::Identifiers(key) = first else { panic!() };
        let named = json.replace(&format!("\"{}\"", key[0]), "\"renamed\"");
        let named: Item = serde_json::from_str(&named).unwrap();
        assert_ne!(named, other);
        assert_eq!(item.fingerprint(), named.fingerprint());
    }
}
