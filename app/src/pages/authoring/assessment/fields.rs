//! An assessment as the fields of its editor, and back.

mod typed;

use std::collections::BTreeMap;

use domain::{
    assessment::{
        Assessment, FeedbackPolicy, FeedbackTime, ItemKind, LatePolicy, Layout, Mode, Narrowing, Navigation,
        PassMark, Section, Selection, Unseen,
    },
    id::CompetencyId,
    mastery::GateTables,
};
use service::FieldErrors;

use crate::{form::Form, pages::authoring::Rows};
use typed::{decimal, difficulty, hours, number, percent, seconds};

/// What is drawn, row by row.
pub(super) const ROWS: Rows<'_> = Rows("draw");

/// The parts of a row that only a form has.
pub(super) const OF_A_FORM: [&str; 5] = ["count", "kind", "easiest", "hardest", "exposed"];

/// How many items a competency gives, and which.
struct Draw {
    competency: CompetencyId,
    count: u16,
    narrowing: Narrowing,
}

/// The fields that show an assessment; none for one that this editor could not
/// write, because its items are fixed, its rule is joined from several, or its gate
/// draws some of the items only.
pub(super) fn fill(assessment: &Assessment) -> Option<Form> {
    if assessment.pass_rule.is_some() && assessment.pass_mark().is_none() {
        return None;
    }
    let mut fields = vec![
        pair("title", &assessment.title),
        pair("instructions", &assessment.instructions),
        pair("honour", &assessment.honour),
        pair(
            "mode",
            if assessment.mode == Mode::SequentialGate {
                "gate"
            } else {
                "form"
            },
        ),
        pair("cooldown", hours(assessment.cooldown)),
        pair("unseen", word(assessment.unseen)?),
        pair("feedback", word(assessment.feedback.when)?),
        pair("layout", word(assessment.layout)?),
    ];
    let (late, within) = match assessment.late {
        LatePolicy::Keep => ("keep", None),
        LatePolicy::Refuse => ("refuse", None),
        LatePolicy::CountWithin(minutes) => ("countWithin", Some(minutes)),
    };
    fields.push(pair("late", late));
    fields.extend(within.map(|minutes| pair("late-minutes", minutes)));
    if let Some(tries) = assessment.attempts {
        fields.push(pair("tries", tries));
    }
    if let Some(seconds) = assessment.time_limit {
        fields.push(pair("minutes", seconds.div_ceil(60)));
    }
    if let Some(PassMark::Cut(cut)) = assessment.pass_mark() {
        fields.push(pair("cut", cut.get()));
    }
    for (name, ticked) in [
        ("correct-answers", assessment.feedback.correct_answers),
        ("shuffle", assessment.shuffle),
        ("linear", assessment.navigation == Navigation::Linear),
    ] {
        fields.extend(ticked.then(|| pair(name, "yes")));
    }
    for (row, draw) in draws(&assessment.sections)?.into_iter().enumerate() {
        if assessment.mode == Mode::SequentialGate && !draw.narrowing.is_default() {
            return None;
        }
        fields.push(pair(ROWS.field(row, "competency"), draw.competency));
        fields.push(pair(ROWS.field(row, "count"), draw.count));
        fields.extend(narrowed(row, &draw.narrowing));
    }
    Some(Form::filled(fields))
}

/// The draws of the sections; none where items are fixed.
fn draws(sections: &[Section]) -> Option<Vec<Draw>> {
    let mut draws = Vec::new();
    for section in sections {
        let Selection::Pool {
            competencies,
            count,
            narrowing,
        } = &section.selection
        else {
            return None;
        };
        let share = usize::from(*count).div_ceil(competencies.len().max(1));
        let share = u16::try_from(share).unwrap_or(u16::MAX);
        draws.extend(competencies.iter().map(|competency| Draw {
            competency: *competency,
            count: share,
            narrowing: *narrowing,
        }));
    }
    Some(draws)
}

/// The fields of a row that say which items are drawn.
fn narrowed(row: usize, narrowing: &Narrowing) -> Vec<(String, String)> {
    let logit = |hundredths: i16| decimal(f64::from(hundredths) / 100.0);
    let mut fields = Vec::new();
    let mut add = |name: &str, value: Option<String>| {
        fields.extend(value.map(|value| pair(ROWS.field(row, name), value)));
    };
    add("kind", narrowing.kind.map(|kind| kind.to_string()));
    add("easiest", narrowing.least_difficulty.map(logit));
    add("hardest", narrowing.most_difficulty.map(logit));
    add(
        "exposed",
        narrowing.most_exposed.map(|most| most.get().to_string()),
    );
    fields
}

/// What a row asks of the pools, as far as it can be read; nothing without a competency.
pub(super) fn asked(form: &Form, row: usize) -> Option<(CompetencyId, Narrowing)> {
    let competency = form.parsed(&ROWS.field(row, "competency"))?;
    Some((competency, narrowing(form, row, &mut FieldErrors::default())))
}

/// Which items the fields of a row say; at a gate, any.
fn narrowing(form: &Form, row: usize, errors: &mut FieldErrors) -> Narrowing {
    if mode_of(form) == Mode::SequentialGate {
        return Narrowing::default();
    }
    let kind = ROWS.field(row, "kind");
    let typed = form.text(&kind);
    let known = typed.parse().ok().filter(|kind| *kind != ItemKind::Upload);
    if known.is_none() && !typed.is_empty() {
        errors.add(kind, "item-kind");
    }
    Narrowing {
        kind: known,
        least_difficulty: difficulty(form, &ROWS.field(row, "easiest"), errors),
        most_difficulty: difficulty(form, &ROWS.field(row, "hardest"), errors),
        most_exposed: percent(form, &ROWS.field(row, "exposed"), errors),
    }
}

/// How an attempt asks its items.
pub(super) fn mode_of(form: &Form) -> Mode {
    match form.text("mode") {
        "gate" => Mode::SequentialGate,
        _ => Mode::FixedForm,
    }
}

/// The assessment that the fields say. `names` gives each competency's, which
/// become the headings where there are several. What cannot be read is said at
/// its field.
pub(super) fn read(form: &Form, names: &BTreeMap<CompetencyId, String>) -> Result<Assessment, FieldErrors> {
    let mut errors = FieldErrors::default();
    let is_gate = mode_of(form) == Mode::SequentialGate;
    let mut draws: Vec<Draw> = Vec::new();
    for row in 0..ROWS.count(form) {
        let Some(competency) = form.parsed(&ROWS.field(row, "competency")) else {
            continue;
        };
        let count = ROWS.field(row, "count");
        let count = number(form, &count, &mut errors).unwrap_or(0);
        draws.push(Draw {
            competency,
            count,
            narrowing: narrowing(form, row, &mut errors),
        });
    }
    let cooldown = seconds(form, &mut errors);
    let mut assessment = Assessment {
        title: form.text("title").trim().to_owned(),
        instructions: form.text("instructions").replace("\r\n", "\n"),
        honour: form.text("honour").trim().replace("\r\n", "\n"),
        sections: Vec::new(),
        mode: mode_of(form),
        time_limit: number::<u32>(form, "minutes", &mut errors).map(|minutes| minutes.saturating_mul(60)),
        attempts: number(form, "tries", &mut errors),
        cooldown,
        unseen: if is_gate {
            Unseen::Required
        } else {
            meant(form.text("unseen")).unwrap_or_default()
        },
        feedback: FeedbackPolicy {
            when: meant(form.text("feedback")).unwrap_or(FeedbackTime::AtEnd),
            correct_answers: form.ticked("correct-answers"),
        },
        shuffle: form.ticked("shuffle"),
        layout: if is_gate {
            Layout::OneItemPerPage
        } else {
            meant(form.text("layout")).unwrap_or_default()
        },
        navigation: if form.ticked("linear") && !is_gate {
            Navigation::Linear
        } else {
            Navigation::Nonlinear
        },
        late: late(form, is_gate, &mut errors),
        pass_rule: None,
    };
    let mark = if is_gate {
        Some(PassMark::Gate(GateTables::Gate1))
    } else {
        percent(form, "cut", &mut errors).map(PassMark::Cut)
    };
    if is_gate {
        // How many a gate asks is in its tables, and they are in its rule.
        assessment.pass_rule = mark.map(|mark| assessment.rule_for(mark));
        let count = u16::try_from(assessment.longest_gate().unwrap_or(0)).unwrap_or(u16::MAX);
        assessment.sections = gate_section(&draws, count);
    } else {
        assessment.sections = form_sections(&draws, names);
        assessment.pass_rule = mark.map(|mark| assessment.rule_for(mark));
    }
    if errors.is_empty() {
        Ok(assessment)
    } else {
        Err(errors)
    }
}

/// What becomes of answers that come when the time is up; at a gate none can.
fn late(form: &Form, is_gate: bool, errors: &mut FieldErrors) -> LatePolicy {
    match form.text("late") {
        _ if is_gate => LatePolicy::default(),
        "refuse" => LatePolicy::Refuse,
        // Left empty, it is out of range, and that is said at the field.
        "countWithin" => LatePolicy::CountWithin(number(form, "late-minutes", errors).unwrap_or(0)),
        _ => LatePolicy::Keep,
    }
}

fn gate_section(draws: &[Draw], count: u16) -> Vec<Section> {
    let competencies: Vec<CompetencyId> = draws.iter().map(|draw| draw.competency).collect();
    if competencies.is_empty() {
        return Vec::new();
    }
    vec![Section {
        title: String::new(),
        selection: Selection::Pool {
            competencies,
            count,
            narrowing: Narrowing::default(),
        },
    }]
}

fn form_sections(draws: &[Draw], names: &BTreeMap<CompetencyId, String>) -> Vec<Section> {
    let several = draws.len() > 1;
    draws
        .iter()
        .map(|draw| Section {
            title: names
                .get(&draw.competency)
                .filter(|_| several)
                .map(|name| name.chars().take(200).collect())
                .unwrap_or_default(),
            selection: Selection::Pool {
                competencies: vec![draw.competency],
                count: draw.count,
                narrowing: draw.narrowing,
            },
        })
        .collect()
}

/// The word that a setting has in the document.
fn word(setting: impl serde::Serialize) -> Option<String> {
    serde_json::to_value(setting).ok()?.as_str().map(str::to_owned)
}

fn meant<T: serde::de::DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(word.into()).ok()
}

fn pair(name: impl Into<String>, value: impl ToString) -> (String, String) {
    (name.into(), value.to_string())
}

/// The name of the form's field that a path in its assessment's JSON is about.
pub(super) fn field_at(form: &Form, path: &str) -> String {
    let plain = path.replace(['[', ']'], ".");
    let steps: Vec<&str> = plain.split('.').filter(|step| !step.is_empty()).collect();
    // Rows without a competency make no section.
    let in_row = |section: &str, part: &str| {
        let mut rows = (0..ROWS.count(form)).filter(|row| asked(form, *row).is_some());
        let row = section.parse().ok().and_then(|section| rows.nth(section));
        ROWS.field(row.unwrap_or(0), part)
    };
    match steps.as_slice() {
        ["sections", section, .., "leastDifficulty"] => in_row(section, "easiest"),
        ["sections", section, .., "mostDifficulty"] => in_row(section, "hardest"),
        ["sections", section, ..] => in_row(section, "count"),
        ["sections"] => ROWS.field(0, "count"),
        ["passRule", ..] => "cut".to_owned(),
        ["attempts"] => "tries".to_owned(),
        ["timeLimit"] => "minutes".to_owned(),
        ["late"] => "late-minutes".to_owned(),
        ["feedback", "correctAnswers"] => "correct-answers".to_owned(),
        [name, ..] => (*name).to_owned(),
        [] => "title".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "00000000-0000-7000-8000-000000000001";
    const TWO: &str = "00000000-0000-7000-8000-000000000002";

    fn form(fields: &[(&str, &str)]) -> Form {
        Form::filled(fields.iter().copied())
    }

    fn names() -> BTreeMap<CompetencyId, String> {
        [(ONE, "One"), (TWO, "Two")]
            .into_iter()
            .map(|(id, name)| (id.parse().unwrap(), name.to_owned()))
            .collect()
    }

    #[test]
    fn a_gate_takes_its_length_from_its_tables() {
        let gate = form(&[
            ("title", "Show it"),
            ("mode", "gate"),
            ("draw-0-competency", ONE),
            ("draw-0-count", "3"),
            ("tries", "2"),
            ("cooldown", "1.5"),
            ("feedback", "atEnd"),
        ]);
        let read = read(&gate, &names()).unwrap();
        assert_eq!(read.check(), []);
        assert_eq!((read.length(), read.cooldown), (27, 5_400));
        let again = super::read(&fill(&read).unwrap(), &names()).unwrap();
        assert_eq!(again, read);
    }

    #[test]
    fn a_form_has_a_section_for_each_draw_and_a_cut_over_all() {
        let fixed = form(&[
            ("title", "Check"),
            ("mode", "form"),
            ("draw-0-competency", ONE),
            ("draw-0-count", "4"),
            ("draw-1-competency", TWO),
            ("draw-1-count", "4"),
            ("tries", "3"),
            ("cut", "75"),
            ("minutes", "40"),
            ("honour", "My own work."),
            ("linear", "yes"),
            ("unseen", "preferred"),
            ("feedback", "atEnd"),
            ("layout", "onePage"),
            ("late", "countWithin"),
            ("late-minutes", "30"),
            ("draw-1-kind", "numeric"),
            ("draw-1-easiest", "\u{2212}1,5"),
            ("draw-1-hardest", "2"),
            ("draw-1-exposed", "40"),
        ]);
        let read = read(&fixed, &names()).unwrap();
        assert_eq!(read.check(), []);
        assert_eq!((read.length(), read.sections[1].title.as_str()), (8, "Two"));
        assert_eq!(read.late, LatePolicy::CountWithin(30));
        let Selection::Pool { narrowing, .. } = &read.sections[1].selection else {
            panic!("a pool")
        };
        assert_eq!(
            (narrowing.least_difficulty, narrowing.most_difficulty),
            (Some(-150), Some(200))
        );
        assert_eq!(super::read(&fill(&read).unwrap(), &names()).unwrap(), read);
    }

    #[test]
    fn what_cannot_be_read_is_said_at_its_field() {
        let wrong = form(&[
            ("mode", "form"),
            ("draw-0-competency", ONE),
            ("draw-0-count", "some"),
            ("draw-0-kind", "upload"),
            ("draw-0-easiest", "NaN"),
            ("draw-0-hardest", "7"),
            ("draw-0-exposed", "99999999999999999999"),
            ("draw-1-competency", TWO),
            ("draw-1-count", "65536"),
            ("draw-1-kind", "riddle"),
            ("draw-1-exposed", "101"),
            ("tries", "-1"),
            ("cut", "101"),
            ("cooldown", "soon"),
        ]);
        let found: Vec<_> = read(&wrong, &names())
            .unwrap_err()
            .iter()
            .map(|error| error.field.clone())
            .collect();
        assert_eq!(
            found,
            [
                "draw-0-count",
                "draw-0-kind",
                "draw-0-easiest",
                "draw-0-hardest",
                "draw-0-exposed",
                "draw-1-count",
                "draw-1-kind",
                "draw-1-exposed",
                "cooldown",
                "tries",
                "cut"
            ]
        );
    }

    #[test]
    fn a_problem_is_shown_where_it_is_put_right() {
        let form = form(&[
            ("draw-0-competency", ONE),
            ("draw-1-competency", ""),
            ("draw-2-competency", TWO),
        ]);
        for (path, field) in [
            ("sections[0].selection.pool.count", "draw-0-count"),
            ("sections[1].selection.pool.count", "draw-2-count"),
            (
                "sections[1].selection.pool.narrowing.mostDifficulty",
                "draw-2-hardest",
            ),
            ("passRule.cut", "cut"),
            ("attempts", "tries"),
            ("timeLimit", "minutes"),
            ("late", "late-minutes"),
            ("title", "title"),
        ] {
            assert_eq!(field_at(&form, path), field, "{path}");
        }
    }
}
