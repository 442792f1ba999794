//! An item of the demo as the item model has it.

use domain::assessment::{Flow, Item, Point, Shape};
use serde_json::{Value, json};

use super::{
    content::{GapAnswer, GapText, ItemKind, ItemText, Number, RegionText, RubricText},
    variables::template,
};

/// The name of the response of an item that asks one thing.
const RESPONSE: &str = "RESPONSE";

/// The item that `text` describes, with `markdown` doing to its prose what has
/// to be done first (pictures' names become addresses).
pub(crate) fn item(
    text: &ItemText,
    language: &str,
    markdown: impl Fn(&str) -> String,
) -> Result<Item, serde_json::Error> {
    let prompt = markdown(&text.prompt);
    let (body, responses) = match text.kind {
        ItemKind::Gaps => gaps(text, &prompt),
        _ => single(text, &prompt),
    };
    let mut feedback = json!({ "choices": choice_feedback(text) });
    if let Some(general) = &text.feedback {
        feedback["general"] = json!(markdown(general));
    }
    let item: Item = serde_json::from_value(json!({
        "title": text.key,
        "language": language,
        "body": [body],
        "responses": responses,
        "feedback": feedback,
    }))?;
    Ok(Item {
        template: template(text, RESPONSE)?,
        ..item
    })
}

/// An item that asks one thing.
fn single(text: &ItemText, prompt: &str) -> (Value, Vec<Value>) {
    let (mut interaction, mut declaration) = match text.kind {
        ItemKind::SingleChoice | ItemKind::MultipleChoice => choice(text),
        ItemKind::Text => text_entry(text),
        ItemKind::Numeric => numeric(text),
        ItemKind::Order => order(text),
        ItemKind::Match => matching(text),
        ItemKind::Hottext => hottext(text),
        ItemKind::GapMatch => gap_match(text),
        ItemKind::Associate => associate(text),
        ItemKind::Slider => slider(text),
        ItemKind::Hotspot => hotspot(text),
        ItemKind::SelectPoint => select_point(text),
        ItemKind::Extended | ItemKind::Gaps => extended(text.rubric.as_ref()),
    };
    interaction["response"] = json!(RESPONSE);
    interaction["prompt"] = json!(prompt);
    declaration["identifier"] = json!(RESPONSE);
    (json!({ "interaction": interaction }), vec![declaration])
}

/// A text with gaps: `[[2]]` in it is where the second gap stands.
fn gaps(text: &ItemText, prompt: &str) -> (Value, Vec<Value>) {
    let mut responses = Vec::new();
    let passage = Flow::read(text.passage.as_deref().unwrap_or_default(), |name| {
        let place: usize = name.parse().unwrap_or_default();
        let (mut interaction, mut declaration) = text
            .gaps
            .get(place.wrapping_sub(1))
            .map_or((Value::Null, Value::Null), gap);
        let response = format!("gap{place}");
        interaction["response"] = json!(response);
        declaration["identifier"] = json!(response);
        declaration["cardinality"] = json!("single");
        declaration["scoring"] = one_point();
        responses.push(declaration);
        interaction
    });
    let passage = json!({ "prompt": prompt, "text": passage });
    (json!({ "passage": passage }), responses)
}

fn gap(text: &GapText) -> (Value, Value) {
    match &text.answer {
        GapAnswer::Number(number) => {
            let unit = match &text.unit {
                Some(unit) => json!({ "shown": unit }),
                None => json!("none"),
            };
            let key = json!({ "number": { "number": number.to_string() } });
            (
                json!({ "kind": "numericEntry", "unit": unit }),
                json!({ "baseType": "float", "correctResponse": key }),
            )
        }
        GapAnswer::Text(word) if text.others.is_empty() => (
            json!({ "kind": "textEntry" }),
            json!({
                "baseType": "string",
                "correctResponse": { "text": word },
                "comparison": { "text": {} },
            }),
        ),
        GapAnswer::Text(word) => {
            let choices = std::iter::once(word).chain(&text.others).map(String::as_str);
            (
                json!({ "kind": "inlineChoice", "choices": named("c", choices) }),
                json!({ "baseType": "identifier", "correctResponse": { "identifiers": ["c0"] } }),
            )
        }
    }
}

fn choice(text: &ItemText) -> (Value, Value) {
    let single = text.kind == ItemKind::SingleChoice;
    let right = text
        .choices
        .iter()
        .enumerate()
        .filter(|(_, choice)| choice.correct);
    let right: Vec<String> = right.map(|(place, _)| format!("c{place}")).collect();
    let mut interaction = json!({
        "kind": "choice",
        "choices": named("c", text.choices.iter().map(|choice| choice.text.as_str())),
    });
    if single {
        interaction["maxChoices"] = json!(1);
    }
    let scoring = if single {
        one_point()
    } else {
        json!({ "rule": "perOption", "points": 1, "penalty": 100 })
    };
    let declaration = json!({
        "cardinality": if single { "single" } else { "multiple" },
        "baseType": "identifier",
        "correctResponse": { "identifiers": right },
        "scoring": scoring,
    });
    (interaction, declaration)
}

fn text_entry(text: &ItemText) -> (Value, Value) {
    let (first, others) = text
        .accepted
        .split_first()
        .map_or(("", &[][..]), |(first, rest)| (first, rest));
    let declaration = json!({
        "cardinality": "single",
        "baseType": "string",
        "correctResponse": { "text": first },
        "comparison": { "text": { "variants": others, "ignoreCase": !text.case_sensitive } },
        "scoring": one_point(),
    });
    (json!({ "kind": "textEntry" }), declaration)
}

fn numeric(text: &ItemText) -> (Value, Value) {
    let unit = match (&text.shown_unit, text.units.is_empty()) {
        (Some(shown), _) => json!({ "shown": shown }),
        (None, false) => json!("typed"),
        (None, true) => json!("none"),
    };
    let tolerance = match (text.tolerance, text.tolerance_percent) {
        (Some(within), _) => json!({ "absolute": within.to_string() }),
        (None, Some(percent)) => json!({ "percent": percent.to_string() }),
        (None, None) => json!("exact"),
    };
    let units: Vec<Value> = text
        .units
        .iter()
        .map(|unit| json!({ "symbol": unit.unit, "factor": unit.factor.to_string() }))
        .collect();
    let mut quantity = json!({ "number": text.answer.map(|number| number.to_string()).unwrap_or_default() });
    // The answer is in the unit whose factor is 1.
    if let Some(base) = text.units.iter().find(|unit| unit.factor.to_string() == "1") {
        quantity["unit"] = json!(base.unit);
    }
    let mut declaration = json!({
        "cardinality": "single",
        "baseType": "float",
        "comparison": { "number": { "tolerance": tolerance, "units": units } },
        "scoring": one_point(),
    });
    // One that is computed is in the template.
    if text.answer_formula.is_none() {
        declaration["correctResponse"] = json!({ "number": quantity });
    }
    (json!({ "kind": "numericEntry", "unit": unit }), declaration)
}

fn order(text: &ItemText) -> (Value, Value) {
    let names: Vec<String> = (0..text.sequence.len())
        .map(|place| format!("s{place}"))
        .collect();
    let interaction = json!({
        "kind": "order",
        "choices": named("s", text.sequence.iter().map(String::as_str)),
    });
    let declaration = json!({
        "cardinality": "ordered",
        "baseType": "identifier",
        "correctResponse": { "order": names },
        "scoring": one_point(),
    });
    (interaction, declaration)
}

fn matching(text: &ItemText) -> (Value, Value) {
    let mut targets: Vec<&str> = Vec::new();
    for target in text.pairs.iter().map(|pair| &pair.right).chain(&text.extra_right) {
        // Two lefts may go to the same right.
        if !targets.contains(&target.as_str()) {
            targets.push(target);
        }
    }
    let right: Vec<[String; 2]> = text
        .pairs
        .iter()
        .enumerate()
        .map(|(place, pair)| {
            let target = targets
                .iter()
                .position(|target| *target == pair.right)
                .unwrap_or_default();
            [format!("l{place}"), format!("r{target}")]
        })
        .collect();
    let interaction = json!({
        "kind": "match",
        "sources": named("l", text.pairs.iter().map(|pair| pair.left.as_str())),
        "targets": named("r", targets.iter().copied()),
    });
    let declaration = json!({
        "cardinality": "multiple",
        "baseType": "directedPair",
        "correctResponse": { "directedPairs": right },
        "scoring": { "rule": "perOption", "points": 1, "penalty": 0 },
    });
    (interaction, declaration)
}

/// Words to choose: `[[=word]]` is right, `[[word]]` is not.
fn hottext(text: &ItemText) -> (Value, Value) {
    let (mut words, mut right) = (0.., Vec::new());
    let passage = Flow::read(text.passage.as_deref().unwrap_or_default(), |word| {
        let identifier = format!("w{}", words.next().unwrap_or(0));
        if word.starts_with('=') {
            right.push(identifier.clone());
        }
        json!({ "identifier": identifier, "content": word.trim_start_matches('=') })
    });
    let declaration = json!({
        "cardinality": "multiple",
        "baseType": "identifier",
        "correctResponse": { "identifiers": right },
        "scoring": { "rule": "perOption", "points": 1, "penalty": 100 },
    });
    (json!({ "kind": "hottext", "text": passage }), declaration)
}

/// Texts to put into gaps: `[[text]]` stands where it belongs.
fn gap_match(text: &ItemText) -> (Value, Value) {
    let (mut texts, mut right) = (Vec::new(), Vec::new());
    let passage = Flow::read(text.passage.as_deref().unwrap_or_default(), |name| {
        let place = texts.len();
        texts.push(name.to_owned());
        right.push([format!("t{place}"), format!("g{place}")]);
        json!({ "identifier": format!("g{place}") })
    });
    texts.extend(text.extra_right.iter().cloned());
    let interaction = json!({
        "kind": "gapMatch",
        "gapTexts": named("t", texts.iter().map(String::as_str)),
        "text": passage,
    });
    let declaration = json!({
        "cardinality": "multiple",
        "baseType": "directedPair",
        "correctResponse": { "directedPairs": right },
        "scoring": { "rule": "perOption", "points": 1, "penalty": 0 },
    });
    (interaction, declaration)
}

fn associate(text: &ItemText) -> (Value, Value) {
    let ends: Vec<&str> = text
        .pairs
        .iter()
        .flat_map(|pair| [pair.left.as_str(), pair.right.as_str()])
        .collect();
    let right: Vec<[String; 2]> = (0..text.pairs.len())
        .map(|pair| [format!("a{}", 2 * pair), format!("a{}", 2 * pair + 1)])
        .collect();
    let all = ends
        .into_iter()
        .chain(text.extra_right.iter().map(String::as_str));
    let declaration = json!({
        "cardinality": "multiple",
        "baseType": "pair",
        "correctResponse": { "pairs": right },
        "scoring": { "rule": "perOption", "points": 1, "penalty": 0 },
    });
    (
        json!({ "kind": "associate", "choices": named("a", all) }),
        declaration,
    )
}

fn slider(text: &ItemText) -> (Value, Value) {
    let written = |number: Option<Number>| number.map(|number| number.to_string()).unwrap_or_default();
    let (_, declaration) = numeric(text);
    let interaction = json!({
        "kind": "slider",
        "lowerBound": written(text.lower),
        "upperBound": written(text.upper),
        "step": written(text.step),
    });
    (interaction, declaration)
}

/// The picture to answer in, by the name that it has here.
fn picture(text: &ItemText) -> Value {
    text.picture.as_ref().map_or(Value::Null, |picture| {
        json!({
            "file": picture.file.trim_start_matches("images/"),
            "width": picture.width,
            "height": picture.height,
            "alternative": picture.alternative,
        })
    })
}

/// The shape of a region; none if its numbers are not those of one.
fn shape(region: &RegionText) -> Option<Shape> {
    Shape::read(&region.shape, &region.coords).ok()
}

/// The middle of a region.
pub(super) fn middle(region: &RegionText) -> Option<Point> {
    let [left, top, right, bottom] = shape(region)?.bounds()?;
    let middle = |one: i32, other: i32| u16::try_from(i32::midpoint(one, other)).ok();
    Some(Point {
        x: middle(left, right)?,
        y: middle(top, bottom)?,
    })
}

fn hotspot(text: &ItemText) -> (Value, Value) {
    let regions = text.regions.iter().enumerate();
    let right = regions.clone().filter(|(_, region)| region.correct);
    let right: Vec<String> = right.map(|(place, _)| format!("h{place}")).collect();
    let hotspots: Vec<Value> = regions
        .map(|(place, region)| {
            json!({ "identifier": format!("h{place}"), "name": region.name, "shape": shape(region) })
        })
        .collect();
    let declaration = json!({
        "cardinality": "single",
        "baseType": "identifier",
        "correctResponse": { "identifiers": right },
        "scoring": one_point(),
    });
    let interaction = json!({ "kind": "hotspot", "picture": picture(text), "hotspots": hotspots });
    (interaction, declaration)
}

fn select_point(text: &ItemText) -> (Value, Value) {
    let areas: Vec<Value> = text
        .regions
        .iter()
        .map(|region| json!({ "shape": shape(region), "value": 1 }))
        .collect();
    let declaration = json!({
        "cardinality": "single",
        "baseType": "point",
        "areaMapping": { "entries": areas },
        "scoring": { "rule": "mapResponsePoint" },
    });
    (
        json!({ "kind": "selectPoint", "picture": picture(text) }),
        declaration,
    )
}

fn extended(rubric: Option<&RubricText>) -> (Value, Value) {
    let criteria: Vec<Value> = rubric
        .into_iter()
        .flat_map(|rubric| &rubric.criteria)
        .enumerate()
        .map(|(place, criterion)| {
            let levels: Vec<Value> = criterion
                .levels
                .iter()
                .enumerate()
                .map(|(height, level)| {
                    json!({
                        "identifier": format!("level-{height}"),
                        "title": level.title,
                        "descriptor": level.descriptor,
                        "points": level.points,
                    })
                })
                .collect();
            json!({ "identifier": format!("criterion-{place}"), "title": criterion.title, "levels": levels })
        })
        .collect();
    let declaration = json!({
        "cardinality": "single",
        "baseType": "string",
        "scoring": { "rule": "rubric", "criteria": criteria },
    });
    (
        json!({ "kind": "extendedText", "expectedLines": 10, "expectedWords": 120 }),
        declaration,
    )
}

fn choice_feedback(text: &ItemText) -> Vec<Value> {
    text.choices
        .iter()
        .enumerate()
        .filter_map(|(place, choice)| {
            let markdown = choice.feedback.as_ref()?;
            Some(json!({ "response": RESPONSE, "choice": format!("c{place}"), "markdown": markdown }))
        })
        .collect()
}

fn named<'text>(letter: &str, texts: impl Iterator<Item = &'text str>) -> Vec<Value> {
    texts
        .enumerate()
        .map(|(place, text)| json!({ "identifier": format!("{letter}{place}"), "content": text }))
        .collect()
}

fn one_point() -> Value {
    json!({ "rule": "matchCorrect", "points": 1 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::content::TenantContent;

    #[test]
    fn every_item_of_the_demo_is_sound() {
        for tenant in TenantContent::all().unwrap() {
            for text in &tenant.items {
                let item =
                    item(text, "en", str::to_owned).unwrap_or_else(|why| panic!("{}: {why}", text.key));
                assert_eq!(item.check(), [], "{}", text.key);
            }
        }
    }
}
