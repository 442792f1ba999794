//! Questions that are answered by the regions of a picture. Each row of the form is
//! a region: what it is called, and where it is.

use domain::assessment::{
    AssociableChoice, BaseType, Cardinality, Comparison, DirectedPair, GraphicAssociateInteraction,
    GraphicGapMatchInteraction, GraphicOrderInteraction, Hotspot, HotspotInteraction, Identifier,
    Interaction, ItemKind, Pair, Picture, ResponseDeclaration, Scoring, Shape, Value,
};
use service::FieldErrors;

use super::{
    Fields, Question, declaration, fill_scoring, lines, most, numbered, pair, points, response, scoring,
    whole,
};
use crate::{form::Form, pages::authoring::Rows};

pub(super) const ROWS: Rows<'_> = Rows("region");

pub(super) fn fill(it: &Interaction, declared: &ResponseDeclaration) -> Option<Fields> {
    if declared.mapping.is_some() || declared.comparison != Comparison::Exact {
        return None;
    }
    let mut fields = fill_scoring(&declared.scoring)?;
    match it {
        Interaction::Hotspot(it) => {
            fields.extend(picture_fields(&it.picture));
            let right = match &declared.correct_response {
                Some(Value::Identifiers(right)) => right.as_slice(),
                None => &[],
                Some(_) => return None,
            };
            let several = declared.cardinality == Cardinality::Multiple;
            fields.extend(several.then(|| pair("several", "yes")));
            for (name, limit) in [("min-choices", it.min_choices), ("max-choices", it.max_choices)] {
                fields.extend(limit.map(|limit| pair(name, limit)));
            }
            for (row, region) in it.hotspots.iter().enumerate() {
                fields.extend(region_fields(row, region)?);
                fields.extend(right.contains(&region.identifier).then(|| pair(ROWS.0, row)));
            }
        }
        Interaction::GraphicOrder(it) => {
            fields.extend(picture_fields(&it.picture));
            let right: Vec<_> = match &declared.correct_response {
                Some(Value::Order(right)) => right.iter().flatten().collect(),
                None => it.hotspots.iter().map(|region| &region.identifier).collect(),
                Some(_) => return None,
            };
            let find = |name: &Identifier| it.hotspots.iter().find(|region| region.identifier == *name);
            for (row, name) in right.into_iter().enumerate() {
                fields.extend(region_fields(row, find(name)?)?);
            }
        }
        Interaction::GraphicAssociate(it) => {
            fields.extend(picture_fields(&it.picture));
            fields.extend(fill_pairs(it, declared)?);
        }
        Interaction::GraphicGapMatch(it) => {
            fields.extend(picture_fields(&it.picture));
            fields.extend(fill_gaps(it, declared)?);
        }
        _ => return None,
    }
    Some(fields)
}

fn fill_pairs(it: &GraphicAssociateInteraction, declared: &ResponseDeclaration) -> Option<Fields> {
    let right = match &declared.correct_response {
        Some(Value::Pairs(right)) => right.as_slice(),
        None => &[],
        Some(_) => return None,
    };
    let plain = |region: &Hotspot| region.match_max == most(uses(right, &region.identifier));
    if !it.hotspots.iter().all(plain) || it.max_associations != room(right.len(), it.hotspots.len()) {
        return None;
    }
    let mut fields = Fields::new();
    for (row, region) in it.hotspots.iter().enumerate() {
        let plain = Hotspot {
            match_max: None,
            ..region.clone()
        };
        fields.extend(region_fields(row, &plain)?);
    }
    let number = |name: &Identifier| it.hotspots.iter().position(|region| region.identifier == *name);
    let mut lines = Vec::new();
    for ends in right.iter().map(Pair::ends) {
        lines.push(format!("{} {}", number(&ends[0])? + 1, number(&ends[1])? + 1));
    }
    fields.push(pair("pairs", lines.join("\n")));
    Some(fields)
}

fn fill_gaps(it: &GraphicGapMatchInteraction, declared: &ResponseDeclaration) -> Option<Fields> {
    let right = match &declared.correct_response {
        Some(Value::DirectedPairs(right)) => right.as_slice(),
        None => &[],
        Some(_) => return None,
    };
    let uses = |text: &AssociableChoice| right.iter().filter(|pair| pair.source == text.identifier).count();
    // A text of several lines could not be told from several texts.
    let plain = |text: &AssociableChoice| text.match_max == most(uses(text)) && !text.content.contains('\n');
    if !it.gap_texts.iter().all(plain) {
        return None;
    }
    let mut fields = Fields::new();
    for (row, region) in it.hotspots.iter().enumerate() {
        fields.extend(region_fields(row, region)?);
        let given = right.iter().find(|pair| pair.target == region.identifier);
        let text = given.and_then(|pair| it.gap_texts.iter().find(|text| text.identifier == pair.source));
        fields.extend(text.map(|text| pair(ROWS.field(row, "belongs"), &text.content)));
    }
    let spare = it.gap_texts.iter().filter(|text| uses(text) == 0);
    let spare: Vec<_> = spare.map(|text| text.content.as_str()).collect();
    fields.push(pair("spare", spare.join("\n")));
    Some(fields)
}

pub(super) fn read(form: &Form, kind: ItemKind, errors: &mut FieldErrors) -> Option<Question> {
    let (response, prompt, picture) = (response()?, lines(form.text("prompt")), picture(form));
    let (rows, mut hotspots) = regions(form, errors)?;
    let names = hotspots.iter().map(|region| region.identifier.clone());
    match kind {
        ItemKind::GraphicOrder => {
            let right: Vec<_> = names.map(Some).collect();
            let correct = (!right.is_empty()).then_some(Value::Order(right));
            let scoring = scoring(form, errors);
            Some(Question {
                interaction: Interaction::GraphicOrder(GraphicOrderInteraction {
                    response,
                    prompt,
                    picture,
                    hotspots,
                }),
                declaration: declaration(Cardinality::Ordered, BaseType::Identifier, correct, scoring)?,
                said: Vec::new(),
            })
        }
        ItemKind::GraphicAssociate => {
            let right = pairs(form, &rows, &hotspots, errors);
            for region in &mut hotspots {
                region.match_max = most(uses(&right, &region.identifier));
            }
            let max_associations = room(right.len(), hotspots.len());
            let correct = (!right.is_empty()).then_some(Value::Pairs(right));
            let scoring = scoring(form, errors);
            Some(Question {
                interaction: Interaction::GraphicAssociate(GraphicAssociateInteraction {
                    response,
                    prompt,
                    picture,
                    hotspots,
                    max_associations,
                }),
                declaration: declaration(Cardinality::Multiple, BaseType::Pair, correct, scoring)?,
                said: Vec::new(),
            })
        }
        ItemKind::GraphicGapMatch => {
            let (gap_texts, right) = gaps(form, &rows, &hotspots)?;
            let correct = (!right.is_empty()).then_some(Value::DirectedPairs(right));
            let scoring = scoring(form, errors);
            Some(Question {
                interaction: Interaction::GraphicGapMatch(GraphicGapMatchInteraction {
                    response,
                    prompt,
                    picture,
                    gap_texts,
                    hotspots,
                }),
                declaration: declaration(Cardinality::Multiple, BaseType::DirectedPair, correct, scoring)?,
                said: Vec::new(),
            })
        }
        _ => {
            let ticked: Vec<usize> = form.texts(ROWS.0).filter_map(|row| row.parse().ok()).collect();
            let is_right = |(row, _): &(&usize, Identifier)| ticked.contains(*row);
            let right = rows.iter().zip(names).filter(is_right).map(|(_, name)| name);
            let right: Vec<_> = right.collect();
            let several = form.ticked("several");
            let (cardinality, scoring) = if several {
                (Cardinality::Multiple, scoring(form, errors))
            } else {
                let points = points(form, "points", errors);
                (Cardinality::Single, Scoring::MatchCorrect { points })
            };
            let correct = (!right.is_empty()).then_some(Value::Identifiers(right));
            Some(Question {
                interaction: Interaction::Hotspot(HotspotInteraction {
                    response,
                    prompt,
                    picture,
                    hotspots,
                    min_choices: several.then(|| whole(form, "min-choices", errors)).flatten(),
                    max_choices: several.then(|| whole(form, "max-choices", errors)).flatten(),
                }),
                declaration: declaration(cardinality, BaseType::Identifier, correct, scoring)?,
                said: Vec::new(),
            })
        }
    }
}

/// The texts that are put into regions, and which belongs in which.
fn gaps(
    form: &Form,
    rows: &[usize],
    hotspots: &[Hotspot],
) -> Option<(Vec<AssociableChoice>, Vec<DirectedPair>)> {
    let (mut texts, mut right) = (Vec::new(), Vec::new());
    for (row, region) in rows.iter().zip(hotspots) {
        let belongs = form.text(&ROWS.field(*row, "belongs")).trim();
        if !belongs.is_empty() {
            right.push(DirectedPair {
                source: text_called(&mut texts, belongs)?,
                target: region.identifier.clone(),
            });
        }
    }
    for spare in form.text("spare").lines().map(str::trim) {
        if !spare.is_empty() {
            text_called(&mut texts, spare)?;
        }
    }
    for text in &mut texts {
        text.match_max = most(right.iter().filter(|pair| pair.source == text.identifier).count());
    }
    Some((texts, right))
}

/// The picture that the form names, with its size as it was found.
pub(super) fn picture(form: &Form) -> Picture {
    Picture {
        file: form.text("picture").trim().to_owned(),
        width: form.parsed("picture-width").unwrap_or(0),
        height: form.parsed("picture-height").unwrap_or(0),
        alternative: form.text("alternative").trim().to_owned(),
    }
}

pub(super) fn picture_fields(it: &Picture) -> Fields {
    vec![
        pair("picture", &it.file),
        pair("picture-of", &it.file),
        pair("picture-width", it.width),
        pair("picture-height", it.height),
        pair("alternative", &it.alternative),
    ]
}

/// The shape in a row of the form; none if its numbers are not those of such a shape.
pub(super) fn shape(form: &Form, row: usize, errors: &mut FieldErrors) -> Option<Shape> {
    let [name, coords] = ["shape", "coords"].map(|part| ROWS.field(row, part));
    let shape = Shape::read(shape_name(form.text(&name)), form.text(&coords)).ok();
    if shape.is_none() {
        errors.add(coords, "item-coords");
    }
    shape
}

/// What a row without a choice has.
fn shape_name(chosen: &str) -> &str {
    if chosen.is_empty() { "rect" } else { chosen }
}

pub(super) fn shape_fields(row: usize, shape: &Shape) -> Fields {
    vec![
        pair(ROWS.field(row, "shape"), shape.name()),
        pair(ROWS.field(row, "coords"), shape.coords()),
    ]
}

/// The regions of the form, and in which rows they stand. Rows without a name and
/// without a place are left out.
fn regions(form: &Form, errors: &mut FieldErrors) -> Option<(Vec<usize>, Vec<Hotspot>)> {
    let (mut rows, mut hotspots) = (Vec::new(), Vec::new());
    for row in 0..ROWS.count(form) {
        let text = |part: &str| form.text(&ROWS.field(row, part)).trim();
        let is_whole = text("shape") == "default";
        if text("name").is_empty() && text("coords").is_empty() && text("belongs").is_empty() && !is_whole {
            continue;
        }
        // What cannot be read is said; the row stays, so that the others keep their numbers.
        let shape = shape(form, row, errors).unwrap_or(Shape::Whole);
        hotspots.push(Hotspot {
            identifier: numbered('H', hotspots.len())?,
            name: text("name").to_owned(),
            shape,
            match_max: None,
        });
        rows.push(row);
    }
    Some((rows, hotspots))
}

fn region_fields(row: usize, region: &Hotspot) -> Option<Fields> {
    let is_plain = region.match_max.is_none() && !region.name.contains('\n');
    is_plain.then(|| {
        let mut fields = shape_fields(row, &region.shape);
        fields.push(pair(ROWS.field(row, "name"), &region.name));
        fields
    })
}

/// The pairs of a text with the numbers of two rows in each line.
fn pairs(form: &Form, rows: &[usize], hotspots: &[Hotspot], errors: &mut FieldErrors) -> Vec<Pair> {
    let mut right = Vec::new();
    for line in form.text("pairs").lines().filter(|line| !line.trim().is_empty()) {
        let numbers = line
            .split([' ', ',', '-', '–'])
            .filter(|number| !number.is_empty());
        let ends: Vec<_> = numbers
            .map(|number| {
                let row = number.trim().parse::<usize>().ok()?.checked_sub(1)?;
                let place = rows.iter().position(|known| *known == row)?;
                hotspots.get(place).map(|region| region.identifier.clone())
            })
            .collect();
        match ends.as_slice() {
            [Some(one), Some(other)] if one != other => right.push(Pair::from([one.clone(), other.clone()])),
            _ => errors.add("pairs", "item-pair-numbers"),
        }
    }
    right
}

/// The text that says this: it may belong in several regions.
fn text_called(texts: &mut Vec<AssociableChoice>, content: &str) -> Option<Identifier> {
    if let Some(known) = texts.iter().find(|text| text.content == content) {
        return Some(known.identifier.clone());
    }
    let identifier = numbered('T', texts.len())?;
    texts.push(AssociableChoice {
        identifier: identifier.clone(),
        content: content.to_owned(),
        match_max: None,
    });
    Some(identifier)
}

fn uses(right: &[Pair], region: &Identifier) -> usize {
    right.iter().filter(|pair| pair.ends().contains(region)).count()
}

/// Room for the right pairs, where the regions by themselves don't make so many.
fn room(pairs: usize, regions: usize) -> Option<u16> {
    u16::try_from(pairs).ok().filter(|_| pairs > regions / 2)
}
