//! A longer text or a file, and the rubric that an assessor marks it by.

use domain::assessment::{
    BaseType, Cardinality, Criterion, ExtendedTextInteraction, Interaction, ItemKind, Level,
    ResponseDeclaration, Rubric, Scoring, UploadInteraction,
};
use service::FieldErrors;

use super::{Fields, Question, declaration, lines, numbered, pair, points, response, whole};
use crate::{form::Form, pages::authoring::Rows};

const ROWS: Rows<'_> = Rows("criterion");

pub(super) fn fill(it: &Interaction, declared: &ResponseDeclaration) -> Option<Fields> {
    let Scoring::Rubric(rubric) = &declared.scoring else {
        return None;
    };
    let mut fields = Fields::new();
    match it {
        Interaction::ExtendedText(it) => {
            for (name, size) in [("lines", it.expected_lines), ("words", it.expected_words)] {
                fields.extend(size.map(|size| pair(name, size)));
            }
        }
        Interaction::Upload(it) => fields.extend(it.accepts.iter().map(|sort| pair("accepts", sort))),
        _ => return None,
    }
    for (row, criterion) in rubric.criteria.iter().enumerate() {
        fields.push(pair(ROWS.field(row, "title"), &criterion.title));
        fields.push(pair(ROWS.field(row, "about"), &criterion.description));
        let levels = ROWS.field(row, "level");
        for (place, level) in criterion.levels.iter().enumerate() {
            let field = |part| Rows(&levels).field(place, part);
            fields.push(pair(field("title"), &level.title));
            fields.push(pair(field("points"), level.points));
            fields.push(pair(field("text"), &level.descriptor));
        }
    }
    Some(fields)
}

pub(super) fn read(form: &Form, kind: ItemKind, errors: &mut FieldErrors) -> Option<Question> {
    let mut criteria = Vec::new();
    for row in 0..ROWS.count(form) {
        let levels = levels(form, &ROWS.field(row, "level"), errors)?;
        let title = form.text(&ROWS.field(row, "title")).trim();
        if title.is_empty() && levels.is_empty() {
            continue;
        }
        criteria.push(Criterion {
            identifier: numbered('K', criteria.len())?,
            title: title.to_owned(),
            description: lines(form.text(&ROWS.field(row, "about"))),
            levels,
        });
    }
    let scoring = Scoring::Rubric(Rubric { criteria });
    let (response, prompt) = (response()?, lines(form.text("prompt")));
    let (interaction, base_type) = if kind == ItemKind::Upload {
        let accepts = form.texts("accepts").filter_map(|sort| sort.parse().ok());
        let upload = UploadInteraction {
            response,
            prompt,
            accepts: accepts.collect(),
        };
        (Interaction::Upload(upload), BaseType::File)
    } else {
        let text = ExtendedTextInteraction {
            response,
            prompt,
            expected_lines: whole(form, "lines", errors),
            expected_words: whole(form, "words", errors),
        };
        (Interaction::ExtendedText(text), BaseType::String)
    };
    Some(Question {
        interaction,
        declaration: declaration(Cardinality::Single, base_type, None, scoring)?,
        said: Vec::new(),
    })
}

fn levels(form: &Form, prefix: &str, errors: &mut FieldErrors) -> Option<Vec<Level>> {
    let rows = Rows(prefix);
    let mut levels = Vec::new();
    for row in 0..rows.count(form) {
        let (title, text) = (
            form.text(&rows.field(row, "title")).trim(),
            form.text(&rows.field(row, "text")),
        );
        if title.is_empty() && text.trim().is_empty() {
            continue;
        }
        levels.push(Level {
            identifier: numbered('L', levels.len())?,
            title: title.to_owned(),
            descriptor: lines(text),
            points: points(form, &rows.field(row, "points"), errors),
        });
    }
    Some(levels)
}
