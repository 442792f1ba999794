//! Where in the form a problem is that was found in the document.

use domain::assessment::{Block, Interaction, Item, Passage, RulePlace, Run, Variables};

use super::variables::value_field;

/// The name of the field that a path in an item's JSON is about:
/// `responses[0].scoring.points` is `points`.
pub(in crate::pages::authoring::item) fn field_at(item: &Item, path: &str) -> String {
    let plain = path.replace(['[', ']'], ".");
    let steps: Vec<&str> = plain.split('.').filter(|step| !step.is_empty()).collect();
    match steps.as_slice() {
        ["body", _, "prose"] => "prose".to_owned(),
        ["body", _, "interaction", rest @ ..] => in_interaction(item, rest),
        ["body", _, "passage", "text", paragraph, run, "part", rest @ ..] => {
            in_gap(gap_at(item, paragraph, run), rest)
        }
        ["body", _, "passage", "text", ..] => "passage".to_owned(),
        ["responses", place, rest @ ..] if passage(item).is_some() => {
            in_gap(place.parse().unwrap_or_default(), rest)
        }
        ["responses", _, rest @ ..] => in_declaration(item, rest),
        ["feedback", "choices", place, ..] => said(item, place),
        ["feedback", name] => format!("said-{name}"),
        ["body", ..] => "prompt".to_owned(),
        ["template", rest @ ..] => in_template(item, rest).unwrap_or_else(|| "template".to_owned()),
        [name] => (*name).to_owned(),
        _ => "title".to_owned(),
    }
}

/// The field of a variable, a constraint or the answer; none for all of them.
fn in_template(item: &Item, rest: &[&str]) -> Option<String> {
    let all = Variables::of(item)?;
    match rest {
        ["variables", row, ..] => Some(format!("variable-{row}-name")),
        ["rules", rule, ..] => match Variables::place(item.template.as_ref()?, rule.parse().ok()?)? {
            RulePlace::Variable(row) => {
                let (_, source) = all.variables.get(row)?;
                Some(value_field(row, source))
            }
            RulePlace::Constraint(row) => Some(format!("constraint-{row}-formula")),
            RulePlace::Key => Some("key-formula".to_owned()),
        },
        _ => None,
    }
}

fn passage(item: &Item) -> Option<&Passage> {
    item.body.iter().find_map(|block| match block {
        Block::Passage(passage) => Some(passage),
        Block::Prose(_) | Block::Interaction(_) => None,
    })
}

/// Which gap of the text stands there, from 0.
fn gap_at(item: &Item, paragraph: &str, run: &str) -> usize {
    let place = (paragraph.parse().unwrap_or(0), run.parse().unwrap_or(0));
    let runs = passage(item).into_iter().flat_map(|passage| {
        let paragraphs = passage.text.paragraphs.iter().enumerate();
        paragraphs.flat_map(|(paragraph, runs)| {
            runs.iter()
                .enumerate()
                .map(move |(run, it)| ((paragraph, run), it))
        })
    });
    runs.filter(|(at, run)| *at < place && matches!(run, Run::Part(_)))
        .count()
}

/// A field of the row of that gap. The editor writes declarations in the order
/// of the gaps.
fn in_gap(row: usize, rest: &[&str]) -> String {
    let part = match rest {
        ["choices", "0", ..] => "answer",
        ["choices", ..] | ["comparison", "text", ..] => "others",
        ["comparison", ..] => "within",
        ["unit", ..] => "unit",
        ["scoring", ..] => "points",
        _ => "answer",
    };
    format!("gap-{row}-{part}")
}

fn in_interaction(item: &Item, rest: &[&str]) -> String {
    let rows = first_row(item);
    match rest {
        ["picture", "alternative"] => "alternative".to_owned(),
        ["picture", ..] => "picture".to_owned(),
        ["object", ..] => "object-text".to_owned(),
        ["hotspots", row, "name"] => region(item, row, "name"),
        ["hotspots", row, ..] => region(item, row, "coords"),
        ["hotspots"] => "region-0-name".to_owned(),
        ["gapTexts", ..] if is_graphic(item) => "region-0-belongs".to_owned(),
        ["maxAssociations"] if is_graphic(item) => "pairs".to_owned(),
        ["choices", row, ..] if is_associate(item) => associated(item, row),
        ["choices"] if is_associate(item) => "pair-0-source".to_owned(),
        ["lowerBound"] => "lower".to_owned(),
        ["upperBound"] => "upper".to_owned(),
        ["step"] => "step".to_owned(),
        ["choices", row, ..] => format!("{rows}-{row}-text"),
        ["sources", row, ..] => format!("pair-{row}-source"),
        ["targets", row, ..] => target(item, row),
        ["choices"] => format!("{rows}-0-text"),
        ["sources" | "maxAssociations"] => "pair-0-source".to_owned(),
        ["targets"] => "pair-0-target".to_owned(),
        ["minChoices"] => "min-choices".to_owned(),
        ["maxChoices"] => "max-choices".to_owned(),
        ["expectedLength"] => "length".to_owned(),
        ["expectedLines"] => "lines".to_owned(),
        ["expectedWords"] => "words".to_owned(),
        ["unit", ..] => "unit-shown".to_owned(),
        ["text" | "gapTexts", ..] => "passage".to_owned(),
        _ => "prompt".to_owned(),
    }
}

fn in_declaration(item: &Item, rest: &[&str]) -> String {
    match rest {
        ["scoring", "criteria", row, "levels", level, part] => {
            let part = if *part == "descriptor" { "text" } else { part };
            format!("criterion-{row}-level-{level}-{part}")
        }
        ["scoring", "criteria", row, "levels"] => format!("criterion-{row}-level-0-title"),
        ["scoring", "criteria", row, "description"] => format!("criterion-{row}-about"),
        ["scoring", "criteria", row, ..] => format!("criterion-{row}-title"),
        ["scoring", "criteria"] => "criterion-0-title".to_owned(),
        ["areaMapping", "entries", row, "shape"] => format!("region-{row}-coords"),
        ["areaMapping", "entries", row, ..] => format!("region-{row}-points"),
        ["areaMapping", "defaultValue"] => "outside".to_owned(),
        ["areaMapping", ..] => "region-0-points".to_owned(),
        ["scoring", "penalty"] => "penalty".to_owned(),
        ["scoring", ..] => "points".to_owned(),
        ["comparison", "text", ..] => "variants".to_owned(),
        ["comparison", "number", "units", row, part] => format!("unit-{row}-{part}"),
        ["comparison", "number", "units"] => "unit-0-symbol".to_owned(),
        ["comparison", ..] => "tolerance-by".to_owned(),
        ["correctResponse", "number", "unit"] => "answer-unit".to_owned(),
        _ => key(item),
    }
}

/// The field of a target: that of the first pair with it, else the list of spare ones.
fn target(item: &Item, row: &str) -> String {
    let spare = "spare".to_owned();
    let (Some(Interaction::Match(it)), Ok(row)) = (item.interactions().next(), row.parse::<usize>()) else {
        return spare;
    };
    let key = item
        .responses
        .first()
        .and_then(|declared| declared.correct_response.as_ref());
    let (Some(domain::assessment::Value::DirectedPairs(pairs)), Some(target)) = (key, it.targets.get(row))
    else {
        return spare;
    };
    let source = pairs
        .iter()
        .find(|pair| pair.target == target.identifier)
        .and_then(|pair| {
            it.sources
                .iter()
                .position(|source| source.identifier == pair.source)
        });
    source.map_or(spare, |row| format!("pair-{row}-target"))
}

fn is_graphic(item: &Item) -> bool {
    matches!(
        item.interactions().next(),
        Some(Interaction::GraphicGapMatch(_) | Interaction::GraphicAssociate(_))
    )
}

/// The field of a region: regions that are put in order are shown in the right one.
fn region(item: &Item, row: &str, part: &str) -> String {
    let place = row.parse::<usize>().unwrap_or_default();
    let key = item.responses.first().and_then(|it| it.correct_response.as_ref());
    let row = match (item.interactions().next(), key) {
        (Some(Interaction::GraphicOrder(it)), Some(domain::assessment::Value::Order(right))) => it
            .hotspots
            .get(place)
            .and_then(|region| right.iter().flatten().position(|name| *name == region.identifier)),
        _ => None,
    };
    format!("region-{}-{part}", row.unwrap_or(place))
}

fn is_associate(item: &Item) -> bool {
    matches!(item.interactions().next(), Some(Interaction::Associate(_)))
}

/// The field of a choice that is paired: that of the first pair with it, else
/// the list of spare ones.
fn associated(item: &Item, row: &str) -> String {
    let spare = "spare".to_owned();
    let (Some(Interaction::Associate(it)), Ok(row)) = (item.interactions().next(), row.parse::<usize>())
    else {
        return spare;
    };
    let key = item.responses.first().and_then(|it| it.correct_response.as_ref());
    let (Some(domain::assessment::Value::Pairs(pairs)), Some(choice)) = (key, it.choices.get(row)) else {
        return spare;
    };
    let pairs = pairs.iter().enumerate();
    let mut ends = pairs.flat_map(|(row, pair)| {
        ["source", "target"]
            .into_iter()
            .zip(pair.ends())
            .map(move |(part, end)| (row, part, end))
    });
    ends.find(|(_, _, end)| **end == choice.identifier)
        .map_or(spare, |(row, part, _)| format!("pair-{row}-{part}"))
}

fn said(item: &Item, place: &str) -> String {
    let choice = place
        .parse::<usize>()
        .ok()
        .and_then(|place| item.feedback.choices.get(place))
        .map(|said| &said.choice);
    let row = match item.interactions().next() {
        Some(Interaction::Choice(it)) => it
            .choices
            .iter()
            .position(|one| Some(&one.identifier) == choice)
            .unwrap_or(0),
        _ => 0,
    };
    format!("choice-{row}-said")
}

fn first_row(item: &Item) -> &'static str {
    match item.interactions().next() {
        Some(Interaction::Order(_)) => "step",
        _ => "choice",
    }
}

/// Where the right answer is said.
fn key(item: &Item) -> String {
    match item.interactions().next() {
        Some(Interaction::Choice(_)) => "choice",
        Some(Interaction::Order(_)) => "step-0-text",
        Some(Interaction::Match(_) | Interaction::Associate(_)) => "pair-0-target",
        Some(Interaction::Hottext(_) | Interaction::GapMatch(_)) => "passage",
        Some(Interaction::ExtendedText(_) | Interaction::Upload(_)) => "criterion-0-title",
        Some(Interaction::Hotspot(_)) => "region",
        Some(Interaction::GraphicOrder(_)) => "region-0-name",
        Some(Interaction::GraphicGapMatch(_)) => "region-0-belongs",
        Some(Interaction::GraphicAssociate(_)) => "pairs",
        Some(Interaction::SelectPoint(_) | Interaction::PositionObject(_)) => "region-0-coords",
        _ => "answer",
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_problem_is_shown_where_it_is_put_right() {
        let item: Item = serde_json::from_value(json!({
            "title": "T", "language": "en",
            "body": [{ "interaction": {
                "kind": "choice", "response": "R", "prompt": "?",
                "choices": [{ "identifier": "C1", "content": "a" }, { "identifier": "C2", "content": "b" }],
            } }],
            "responses": [{
                "identifier": "R", "cardinality": "single", "baseType": "identifier",
                "scoring": { "rule": "matchCorrect", "points": 1 },
            }],
            "feedback": { "choices": [{ "response": "R", "choice": "C2", "markdown": "no" }] },
        }))
        .unwrap();
        for (path, field) in [
            ("title", "title"),
            ("body[0].interaction.prompt", "prompt"),
            ("body[0].interaction.choices[1].content", "choice-1-text"),
            ("body[0].interaction.choices", "choice-0-text"),
            ("responses[0].correctResponse", "choice"),
            ("responses[0].scoring.points", "points"),
            (
                "responses[0].scoring.criteria[1].levels[2].descriptor",
                "criterion-1-level-2-text",
            ),
            ("responses[0].comparison.number.units[3].symbol", "unit-3-symbol"),
            ("feedback.correct", "said-correct"),
            ("feedback.choices[0].markdown", "choice-1-said"),
        ] {
            assert_eq!(field_at(&item, path), field, "{path}");
        }
    }

    #[test]
    fn a_problem_of_a_gap_is_shown_at_its_row() {
        let gap = |name: &str| json!({ "part": { "kind": "inlineChoice", "response": name, "choices": [] } });
        let item: Item = serde_json::from_value(json!({
            "title": "T", "language": "en",
            "body": [{ "prose": "P" }, { "passage": { "text": [
                [{ "text": "a" }, gap("R1"), { "text": "b" }, gap("R2")], [gap("R3")],
            ] } }],
            "responses": [],
        }))
        .unwrap();
        for (path, field) in [
            ("body[1].passage.prompt", "prompt"),
            ("body[1].passage.text", "passage"),
            ("body[1].passage.text[0][0].text", "passage"),
            ("body[1].passage.text[0][3].part.choices", "gap-1-others"),
            (
                "body[1].passage.text[1][0].part.choices[0].content",
                "gap-2-answer",
            ),
            ("responses[2].correctResponse", "gap-2-answer"),
            ("responses[1].scoring.points", "gap-1-points"),
        ] {
            assert_eq!(field_at(&item, path), field, "{path}");
        }
    }
}
