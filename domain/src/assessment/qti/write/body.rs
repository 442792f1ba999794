//! What learners and scorers see.

use super::{
    Xml, escaped, graphic,
    html::{blocks, line, prompt},
};
use crate::{
    assessment::{
        AssociableChoice, Cardinality, Flow, Gap, Hottext, Interaction, Item, Passage, Rubric, Run, Scoring,
        SimpleChoice, UnitEntry, UploadType, limits,
    },
    course::markdown::beginning,
};

pub(super) fn interaction(xml: &mut Xml, item: &Item, it: &Interaction) {
    let response = it.response().as_str();
    match it {
        Interaction::TextEntry(_) | Interaction::NumericEntry(_) => {
            let gap = gap(it);
            xml.hold("div", &[], &format!("{}<p>{gap}</p>", blocks(it.prompt())));
            return;
        }
        Interaction::InlineChoice(_) => {
            xml.hold("p", &[], &gap(it));
            return;
        }
        _ => {}
    }
    let is_single = item
        .declaration(it.response())
        .is_some_and(|declared| declared.cardinality == Cardinality::Single);
    let most = |most: Option<u16>| most.unwrap_or(u16::from(is_single)).to_string();
    let least = |least: Option<u16>| least.unwrap_or(0).to_string();
    let named = ("response-identifier", response);
    let shuffled = |shuffle: bool| ("shuffle", if shuffle { "true" } else { "false" });
    match it {
        Interaction::Choice(choice) => {
            let (least, most) = (least(choice.min_choices), most(choice.max_choices));
            let limits = [("min-choices", least.as_str()), ("max-choices", &most)];
            begin(xml, it, &[named, shuffled(choice.shuffle), limits[0], limits[1]]);
            choices(xml, &choice.choices);
        }
        Interaction::Order(order) => {
            begin(xml, it, &[named, shuffled(true)]);
            choices(xml, &order.choices);
        }
        Interaction::Match(sides) => {
            begin(
                xml,
                it,
                &[named, shuffled(sides.shuffle), ("max-associations", "0")],
            );
            for (side, usual) in [(&sides.sources, 1), (&sides.targets, 0)] {
                xml.open("qti-simple-match-set", &[]);
                associables(xml, "qti-simple-associable-choice", side, usual);
                xml.close("qti-simple-match-set");
            }
        }
        Interaction::Associate(associate) => {
            let room = associate.room().to_string();
            begin(xml, it, &[named, shuffled(true), ("max-associations", &room)]);
            associables(xml, "qti-simple-associable-choice", &associate.choices, 1);
        }
        Interaction::GapMatch(gaps) => {
            begin(xml, it, &[named, shuffled(true), ("max-associations", "0")]);
            associables(xml, "qti-gap-text", &gaps.gap_texts, 1);
            let gap = |gap: &Gap| format!("<qti-gap identifier=\"{}\"/>", gap.identifier);
            xml.raw(&flow(&gaps.text, gap));
        }
        Interaction::Hottext(hottext) => {
            let (least, most) = (least(hottext.min_choices), most(hottext.max_choices));
            begin(xml, it, &[named, ("min-choices", &least), ("max-choices", &most)]);
            let word = |word: &Hottext| {
                let words = line(&word.content);
                format!(
                    "<qti-hottext identifier=\"{}\">{words}</qti-hottext>",
                    word.identifier
                )
            };
            xml.raw(&flow(&hottext.text, word));
        }
        Interaction::Slider(slider) => {
            let bounds = [
                ("lower-bound", slider.lower_bound.as_str()),
                ("upper-bound", slider.upper_bound.as_str()),
                ("step", slider.step.as_str()),
            ];
            begin(xml, it, &[named, bounds[0], bounds[1], bounds[2]]);
        }
        Interaction::ExtendedText(text) => {
            let lines = text.expected_lines.map(|lines| lines.to_string());
            let words = text.expected_words.map(|words| words.to_string());
            let mut attributes = vec![named];
            attributes.extend(lines.as_deref().map(|lines| ("expected-lines", lines)));
            attributes.extend(words.as_deref().map(|words| ("data-expected-words", words)));
            begin(xml, it, &attributes);
        }
        Interaction::Upload(upload) => {
            let types = upload.accepts.iter().flat_map(|sort| media_types(*sort));
            let types = types.copied().collect::<Vec<_>>().join(" ");
            let mut attributes = vec![named];
            attributes.extend((!types.is_empty()).then_some(("type", types.as_str())));
            begin(xml, it, &attributes);
        }
        _ => return graphic::interaction(xml, it, is_single),
    }
    xml.close(&element(it));
}

/// What a sort of file is called outside.
const fn media_types(sort: UploadType) -> &'static [&'static str] {
    match sort {
        UploadType::Picture => &["image/jpeg", "image/png", "image/webp"],
        UploadType::Document => &["application/pdf"],
        UploadType::Film => &["video/mp4", "video/webm"],
        UploadType::Text => &["text/plain"],
    }
}

pub(super) fn element(it: &Interaction) -> String {
    let kind = match it {
        Interaction::Choice(_) => "choice",
        Interaction::InlineChoice(_) => "inline-choice",
        Interaction::TextEntry(_) | Interaction::NumericEntry(_) => "text-entry",
        Interaction::Order(_) => "order",
        Interaction::Match(_) => "match",
        Interaction::Hottext(_) => "hottext",
        Interaction::GapMatch(_) => "gap-match",
        Interaction::Associate(_) => "associate",
        Interaction::Slider(_) => "slider",
        Interaction::ExtendedText(_) => "extended-text",
        Interaction::Upload(_) => "upload",
        Interaction::Hotspot(_) => "hotspot",
        Interaction::GraphicOrder(_) => "graphic-order",
        Interaction::GraphicAssociate(_) => "graphic-associate",
        Interaction::GraphicGapMatch(_) => "graphic-gap-match",
        Interaction::SelectPoint(_) => "select-point",
        Interaction::PositionObject(_) => "position-object",
    };
    format!("qti-{kind}-interaction")
}

pub(super) fn begin(xml: &mut Xml, it: &Interaction, attributes: &[(&str, &str)]) {
    xml.open(&element(it), attributes);
    xml.hold("qti-prompt", &[], &prompt(it.prompt()));
}

fn choices(xml: &mut Xml, choices: &[SimpleChoice]) {
    for choice in choices {
        let fixed = if choice.fixed { "true" } else { "false" };
        let attributes = [("identifier", choice.identifier.as_str()), ("fixed", fixed)];
        xml.hold("qti-simple-choice", &attributes, &prompt(&choice.content));
    }
}

fn associables(xml: &mut Xml, name: &str, choices: &[AssociableChoice], usual: u16) {
    for choice in choices {
        let most = choice.match_max.unwrap_or(usual).to_string();
        let attributes = [("identifier", choice.identifier.as_str()), ("match-max", &most)];
        xml.hold(name, &attributes, &prompt(&choice.content));
    }
}

pub(super) fn passage(xml: &mut Xml, passage: &Passage) {
    xml.raw(&blocks(&passage.prompt));
    xml.raw(&flow(&passage.text, gap));
}

/// An interaction within a line.
fn gap(it: &Interaction) -> String {
    let mut xml = Xml::default();
    let mut attributes = vec![("response-identifier", it.response().as_str())];
    let label = beginning(it.prompt(), limits::LINE);
    let is_named = !label.is_empty();
    attributes.extend(is_named.then_some(("aria-label", label.as_str())));
    match it {
        Interaction::InlineChoice(choice) => {
            attributes.push(("shuffle", if choice.shuffle { "true" } else { "false" }));
            xml.tag(&element(it), &attributes);
            xml.text.push('>');
            for choice in &choice.choices {
                let fixed = if choice.fixed { "true" } else { "false" };
                let attributes = [("identifier", choice.identifier.as_str()), ("fixed", fixed)];
                xml.hold("qti-inline-choice", &attributes, &line(&choice.content));
            }
            xml.end(&element(it));
        }
        Interaction::TextEntry(entry) => {
            let length = entry.expected_length.map(|length| length.to_string());
            attributes.extend(length.as_deref().map(|length| ("expected-length", length)));
            xml.empty(&element(it), &attributes);
        }
        Interaction::NumericEntry(entry) => {
            xml.empty(&element(it), &attributes);
            if let UnitEntry::Shown(unit) = &entry.unit {
                xml.text.push(' ');
                xml.text.push_str(&escaped(unit));
            }
        }
        _ => {}
    }
    xml.text
}

fn flow<T>(flow: &Flow<T>, part: impl Fn(&T) -> String) -> String {
    let run = |run: &Run<T>| match run {
        Run::Text(text) => line(text),
        Run::Part(it) => part(it),
    };
    let paragraphs = flow.paragraphs.iter().map(|runs| {
        let runs: String = runs.iter().map(run).collect();
        format!("<p>{runs}</p>\n")
    });
    paragraphs.collect()
}

/// What scorers mark by: each criterion a section with a table of its levels.
pub(super) fn rubrics(xml: &mut Xml, item: &Item) {
    for declared in &item.responses {
        if let Scoring::Rubric(rubric) = &declared.scoring {
            xml.open("qti-rubric-block", &[("use", "scoring"), ("view", "scorer")]);
            xml.open("qti-content-body", &[]);
            criteria(xml, rubric, declared.identifier.as_str());
            xml.close("qti-content-body");
            xml.close("qti-rubric-block");
        }
    }
}

fn criteria(xml: &mut Xml, rubric: &Rubric, response: &str) {
    for criterion in &rubric.criteria {
        let name = ("data-cairn-criterion", criterion.identifier.as_str());
        xml.open("section", &[("data-cairn-response", response), name]);
        xml.say("h2", &[], &criterion.title);
        xml.hold("div", &[], &blocks(&criterion.description));
        xml.open("table", &[]);
        xml.open("tbody", &[]);
        for level in &criterion.levels {
            xml.open("tr", &[("data-cairn-level", level.identifier.as_str())]);
            xml.say("td", &[], &level.title);
            xml.say("td", &[], &level.points.to_string());
            xml.hold("td", &[], &prompt(&level.descriptor));
            xml.close("tr");
        }
        xml.close("tbody");
        xml.close("table");
        xml.close("section");
    }
}

/// What is said after scoring.
pub(super) fn messages(xml: &mut Xml, item: &Item) {
    let said = &item.feedback;
    let by_score = [
        ("correct", "show", &said.correct),
        ("partly", "show", &said.partly),
        ("incorrect", "show", &said.incorrect),
        // Nothing sets it, so it is never hidden.
        ("general", "hide", &said.general),
    ];
    for (name, shown, text) in by_score {
        if let Some(text) = text {
            message(xml, "FEEDBACK", name, shown, text);
        }
    }
    for by_outcome in &said.by_outcome {
        let (outcome, name) = (by_outcome.outcome.as_str(), by_outcome.identifier.as_str());
        let shown = if by_outcome.hide { "hide" } else { "show" };
        message(xml, outcome, name, shown, &by_outcome.markdown);
    }
    for choice in &said.choices {
        let outcome = format!("FEEDBACK_{}", choice.response);
        message(xml, &outcome, choice.choice.as_str(), "show", &choice.markdown);
    }
}

fn message(xml: &mut Xml, outcome: &str, name: &str, shown: &str, text: &str) {
    let attributes = [
        ("outcome-identifier", outcome),
        ("identifier", name),
        ("show-hide", shown),
    ];
    xml.open("qti-modal-feedback", &attributes);
    xml.hold("qti-content-body", &[], &blocks(text));
    xml.close("qti-modal-feedback");
}
