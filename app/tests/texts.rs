//! The catalogue and the code name the same texts.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use regex::Regex;

/// Every text's key, with the files that it stands in.
fn catalogue() -> BTreeMap<String, Vec<PathBuf>> {
    let key = Regex::new(r"(?m)^([a-z][a-z0-9-]*) *=").unwrap();
    let mut keys: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for file in files(&here().join("locales/en"), "ftl") {
        let text = fs::read_to_string(&file).unwrap();
        for found in key.captures_iter(&text) {
            keys.entry(found[1].to_owned()).or_default().push(file.clone());
        }
    }
    keys
}

fn here() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The sources of a crate of the workspace.
fn sources(name: &str) -> String {
    files(&here().join("..").join(name).join("src"), "rs")
        .iter()
        .map(|file| fs::read_to_string(file).unwrap())
        .flat_map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>())
        .filter(|line| !line.trim_start().starts_with("//"))
        .map(|line| line + "\n")
        .collect()
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|known| known == extension) {
            found.push(path);
        }
    }
    found
}

/// What `pattern` catches in `source`.
fn caught(pattern: &str, source: &str) -> BTreeSet<String> {
    Regex::new(pattern)
        .unwrap()
        .captures_iter(source)
        .map(|found| found[1].to_owned())
        .collect()
}

/// What stands in the parentheses that have just been opened.
fn arguments(rest: &str) -> &str {
    let mut open = 1;
    let end = rest.find(|c| {
        open += i32::from(c == '(') - i32::from(c == ')');
        open == 0
    });
    &rest[..end.unwrap_or(rest.len())]
}

/// Fails when the catalogue lacks one of `keys`.
fn all_there(keys: impl IntoIterator<Item = String>) {
    let catalogue = catalogue();
    let missing: Vec<String> = keys
        .into_iter()
        .filter(|key| !catalogue.contains_key(key))
        .collect();
    assert!(missing.is_empty(), "not in the catalogue: {missing:#?}");
}

#[test]
fn no_text_stands_twice() {
    let twice: Vec<_> = catalogue()
        .into_iter()
        .filter(|(_, files)| files.len() > 1)
        .collect();
    assert!(twice.is_empty(), "{twice:#?}");
}

#[test]
fn every_text_that_a_page_names_is_there() {
    let app = sources("app");
    let named = caught(r#"\bt!?\(\s*"([a-z][a-z0-9-]*)""#, &app);
    assert!(named.len() > 300, "the pattern does not find them");
    all_there(named);
}

#[test]
fn what_stands_in_a_text_area_is_escaped() {
    let app = sources("app");
    let areas: Vec<_> = app.split("<textarea").skip(1).collect();
    assert!(areas.len() > 2, "the pattern does not find them");
    for area in areas {
        let area = area.split("</textarea>").next().unwrap();
        assert!(area.contains("in_textarea("), "Leptos writes it as it is: {area}");
    }
}

#[test]
fn every_way_back_after_a_form_has_its_notice() {
    let app = sources("app");
    let last_literal = Regex::new(r#""([a-z-]+)",?\s*$"#).unwrap();
    let done: BTreeSet<String> = app
        .split("see_done(")
        .skip(1)
        .filter_map(|rest| {
            last_literal
                .captures(arguments(rest))
                .map(|found| found[1].to_owned())
        })
        .collect();
    assert!(done.len() > 20, "the pattern does not find them");
    all_there(done.into_iter().map(|word| format!("done-{word}")));
}

#[test]
fn every_refusal_has_its_page() {
    let service = sources("service");
    let mut codes = caught(r#"Refused\(\s*"([a-z-]+)""#, &service);
    codes.extend(caught(r#"=> "(attempt-[a-z-]+)""#, &service));
    assert!(codes.len() > 15, "the pattern does not find them");
    all_there(codes.iter().map(|code| format!("trouble-{code}-title")));
    all_there(codes.iter().map(|code| format!("trouble-{code}-text")));
}

#[test]
fn every_fault_of_a_field_has_its_sentence() {
    let mut codes = BTreeSet::new();
    for name in ["service", "app"] {
        let source = sources(name);
        codes.extend(caught(
            r#"errors\.add(?:_with)?\(\s*[^;]*?,\s*"([a-z-]+)""#,
            &source,
        ));
        codes.extend(caught(r#"Error::field\(\s*"[^"]*",\s*"([a-z-]+)""#, &source));
    }
    assert!(codes.len() > 20, "the pattern does not find them");
    all_there(codes.into_iter().map(|code| format!("error-{code}")));
}

/// A key is used if the code has it whole, or a pattern that makes it.
#[test]
fn no_text_is_left_over() {
    let code: String = ["app", "service", "domain"].map(sources).concat();
    let whole = caught(r#""([a-z][a-z0-9-]*)""#, &code);
    let patterns: Vec<Regex> = caught(r#""((?:[a-z0-9-]|\{[^}" ]*\})+)""#, &code)
        .iter()
        .filter(|pattern| pattern.contains('{') && pattern.contains('-'))
        .map(|pattern| {
            let parts = Regex::new(r"\{[^}]*\}").unwrap();
            let pattern = parts.replace_all(pattern, "[a-z0-9-]+").into_owned();
            Regex::new(&format!("^{pattern}$")).unwrap()
        })
        .collect();
    // These are made of words that come from elsewhere in the code.
    let made =
        |key: &str| key.starts_with("error-") || key.starts_with("done-") || key.starts_with("trouble-");
    let spare: Vec<String> = catalogue()
        .into_keys()
        .filter(|key| !made(key))
        .filter(|key| !whole.contains(key) && !patterns.iter().any(|pattern| pattern.is_match(key)))
        .collect();
    assert!(spare.is_empty(), "nothing shows these: {spare:#?}");
}
