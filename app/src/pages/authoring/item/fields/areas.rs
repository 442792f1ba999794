//! Questions that are answered by places in a picture. Each row of the form is an
//! area, and what it is worth to be in it.

use domain::assessment::{
    AreaEntry, AreaMapping, BaseType, Cardinality, Comparison, Interaction, ItemKind, Movable, Picture,
    Points, PositionObjectInteraction, ResponseDeclaration, Scoring, SelectPointInteraction, Value,
};
use service::FieldErrors;

use super::{
    Fields, Question, declaration,
    graphic::{ROWS, picture, picture_fields, shape, shape_fields},
    lines, pair, points, response, whole,
};
use crate::form::Form;

pub(super) fn fill(it: &Interaction, declared: &ResponseDeclaration) -> Option<Fields> {
    let map = declared.area_mapping.as_ref()?;
    let is_plain =
        map.lower_bound.is_none() && map.upper_bound.is_none() && map.default_value <= Points::ZERO;
    if declared.scoring != Scoring::MapResponsePoint
        || declared.mapping.is_some()
        || declared.comparison != Comparison::Exact
        || !is_plain
        || !is_key_in_areas(map, declared.correct_response.as_ref())
    {
        return None;
    }
    let (picture, most) = match it {
        Interaction::SelectPoint(it) => (&it.picture, it.max_choices),
        Interaction::PositionObject(it) => (&it.picture, it.max_choices),
        _ => return None,
    };
    // The editor knows one place, or a set of several.
    if (declared.cardinality == Cardinality::Single) != (most == 1) {
        return None;
    }
    let mut fields = picture_fields(picture);
    fields.push(pair("max-choices", most));
    if map.default_value < Points::ZERO {
        fields.push(pair("outside", Points::ZERO - map.default_value));
    }
    if let Interaction::PositionObject(it) = it {
        fields.extend(object_fields(&it.object));
    }
    for (row, entry) in map.entries.iter().enumerate() {
        fields.extend(shape_fields(row, &entry.shape));
        fields.push(pair(ROWS.field(row, "points"), entry.value));
    }
    Some(fields)
}

/// Whether what is shown as right follows from the areas.
fn is_key_in_areas(map: &AreaMapping, key: Option<&Value>) -> bool {
    match key {
        None => true,
        Some(Value::Points(places)) => places.iter().all(|place| {
            let mut right = map.entries.iter().filter(|entry| entry.value > Points::ZERO);
            right.any(|entry| entry.shape.contains(*place))
        }),
        Some(_) => false,
    }
}

fn object_fields(object: &Movable) -> Fields {
    match object {
        Movable::Text(text) => vec![pair("object-text", text)],
        Movable::Picture(it) => vec![
            pair("object", &it.file),
            pair("object-of", &it.file),
            pair("object-width", it.width),
            pair("object-height", it.height),
            pair("object-text", &it.alternative),
        ],
    }
}

pub(super) fn read(form: &Form, kind: ItemKind, errors: &mut FieldErrors) -> Option<Question> {
    let max_choices = whole(form, "max-choices", errors).unwrap_or(1);
    let mut entries = Vec::new();
    for row in 0..ROWS.count(form) {
        let text = |part: &str| form.text(&ROWS.field(row, part)).trim();
        let is_whole = text("shape") == "default";
        if text("coords").is_empty() && text("points").is_empty() && !is_whole {
            continue;
        }
        let value = points(form, &ROWS.field(row, "points"), errors);
        if let Some(shape) = shape(form, row, errors) {
            entries.push(AreaEntry { shape, value });
        }
    }
    let outside = if form.text("outside").trim().is_empty() {
        Points::ZERO
    } else {
        points(form, "outside", errors)
    };
    let map = AreaMapping {
        lower_bound: None,
        upper_bound: None,
        default_value: Points::ZERO - outside,
        entries,
    };
    let cardinality = if max_choices == 1 {
        Cardinality::Single
    } else {
        Cardinality::Multiple
    };
    let mut declaration = declaration(cardinality, BaseType::Point, None, Scoring::MapResponsePoint)?;
    declaration.area_mapping = Some(map);
    let (response, prompt, picture) = (response()?, lines(form.text("prompt")), picture(form));
    let interaction = if kind == ItemKind::PositionObject {
        Interaction::PositionObject(PositionObjectInteraction {
            response,
            prompt,
            picture,
            object: object(form),
            max_choices,
        })
    } else {
        Interaction::SelectPoint(SelectPointInteraction {
            response,
            prompt,
            picture,
            max_choices,
        })
    };
    Some(Question {
        interaction,
        declaration,
        said: Vec::new(),
    })
}

fn object(form: &Form) -> Movable {
    let text = form.text("object-text").trim().to_owned();
    let file = form.text("object").trim();
    if file.is_empty() {
        return Movable::Text(text);
    }
    Movable::Picture(Picture {
        file: file.to_owned(),
        width: form.parsed("object-width").unwrap_or(0),
        height: form.parsed("object-height").unwrap_or(0),
        alternative: text,
    })
}
