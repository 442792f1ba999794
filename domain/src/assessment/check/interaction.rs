use super::{Checker, graphic, passage};
use crate::assessment::{
    AssociableChoice, ChoiceInteraction, HottextInteraction, Identifier, Interaction,
    NumericEntryInteraction, ProblemCode, SimpleChoice, SliderInteraction, UnitEntry, code::args, limits,
};

/// An interaction that stands by itself.
pub(super) fn in_block(checker: &mut Checker, path: &str, interaction: &Interaction) {
    checker.text(&format!("{path}.prompt"), interaction.prompt(), limits::MARKDOWN);
    if matches!(interaction, Interaction::InlineChoice(_)) {
        checker.add(path, ProblemCode::WrongPlace);
    }
    check(checker, path, interaction);
}

/// An interaction that stands within a line of text.
pub(super) fn in_text(checker: &mut Checker, path: &str, interaction: &Interaction) {
    checker.length(&format!("{path}.prompt"), interaction.prompt(), limits::LINE);
    if !interaction.fits_in_text() {
        checker.add(path, ProblemCode::WrongPlace);
    }
    check(checker, path, interaction);
}

fn check(checker: &mut Checker, path: &str, interaction: &Interaction) {
    match interaction {
        Interaction::Choice(it) => choice(checker, path, it),
        Interaction::InlineChoice(it) => choices(checker, &format!("{path}.choices"), &it.choices),
        Interaction::Order(it) => choices(checker, &format!("{path}.choices"), &it.choices),
        Interaction::Match(it) => {
            let sources = associables(checker, &format!("{path}.sources"), &it.sources, 1);
            let targets = associables(checker, &format!("{path}.targets"), &it.targets, 2);
            checker.distinct(sources.into_iter().chain(targets));
        }
        Interaction::Hottext(it) => hottext(checker, path, it),
        Interaction::Associate(it) => {
            let names = associables(checker, &format!("{path}.choices"), &it.choices, 2);
            checker.distinct(names);
            let room = &format!("{path}.maxAssociations");
            range(checker, room, it.max_associations, 1, limits::PAIRS);
        }
        Interaction::Slider(it) => slider(checker, path, it),
        Interaction::GapMatch(it) => {
            let texts = associables(checker, &format!("{path}.gapTexts"), &it.gap_texts, 1);
            let path = format!("{path}.text");
            passage::flow(checker, &path, &it.text);
            checker.count(&path, it.text.parts().count(), 1, limits::CHOICES);
            let gaps = passage::parts(&path, &it.text).into_iter();
            let gaps = gaps.map(|(path, gap)| (format!("{path}.identifier"), &gap.identifier));
            checker.distinct(texts.into_iter().chain(gaps));
        }
        Interaction::NumericEntry(NumericEntryInteraction {
            unit: UnitEntry::Shown(unit),
            ..
        }) => {
            checker.text(&format!("{path}.unit"), unit, limits::UNIT);
        }
        Interaction::TextEntry(it) => range(
            checker,
            &format!("{path}.expectedLength"),
            it.expected_length,
            1,
            200,
        ),
        Interaction::ExtendedText(it) => {
            range(
                checker,
                &format!("{path}.expectedLines"),
                it.expected_lines,
                1,
                100,
            );
            range(
                checker,
                &format!("{path}.expectedWords"),
                it.expected_words,
                1,
                10_000,
            );
        }
        Interaction::NumericEntry(_) | Interaction::Upload(_) => {}
        Interaction::Hotspot(it) => {
            graphic::check(checker, path, interaction, 2);
            how_many(checker, path, it.hotspots.len(), it.min_choices, it.max_choices);
        }
        Interaction::GraphicOrder(_) => graphic::check(checker, path, interaction, 2),
        Interaction::GraphicAssociate(it) => {
            graphic::check(checker, path, interaction, 2);
            let room = &format!("{path}.maxAssociations");
            range(checker, room, it.max_associations, 1, limits::PAIRS);
        }
        Interaction::GraphicGapMatch(it) => {
            associables(checker, &format!("{path}.gapTexts"), &it.gap_texts, 1);
            graphic::check(checker, path, interaction, 1);
        }
        Interaction::SelectPoint(it) => {
            graphic::check(checker, path, interaction, 0);
            points(checker, path, it.max_choices);
        }
        Interaction::PositionObject(it) => {
            graphic::check(checker, path, interaction, 0);
            graphic::object(checker, &format!("{path}.object"), &it.object);
            points(checker, path, it.max_choices);
        }
    }
}

fn points(checker: &mut Checker, path: &str, room: u16) {
    range(
        checker,
        &format!("{path}.maxChoices"),
        Some(room),
        1,
        limits::POINTS,
    );
}

fn choice(checker: &mut Checker, path: &str, it: &ChoiceInteraction) {
    choices(checker, &format!("{path}.choices"), &it.choices);
    how_many(checker, path, it.choices.len(), it.min_choices, it.max_choices);
}

fn hottext(checker: &mut Checker, path: &str, it: &HottextInteraction) {
    let text = format!("{path}.text");
    passage::flow(checker, &text, &it.text);
    let words = passage::parts(&text, &it.text);
    checker.count(&text, words.len(), 2, limits::CHOICES);
    for (path, word) in &words {
        checker.text(&format!("{path}.content"), &word.content, limits::LINE);
    }
    how_many(checker, path, words.len(), it.min_choices, it.max_choices);
    let names = words.into_iter();
    checker.distinct(names.map(|(path, word)| (format!("{path}.identifier"), &word.identifier)));
}

fn slider(checker: &mut Checker, path: &str, it: &SliderInteraction) {
    let (least, most) = (&it.lower_bound, &it.upper_bound);
    if least.exact() >= most.exact() {
        checker.add_with(
            &format!("{path}.lowerBound"),
            ProblemCode::MinOverMax,
            args([("min", least), ("max", most)]),
        );
    } else if !it.step.is_positive() || it.step.exact() > most.exact() - least.exact() {
        let bounds = args([("min", &0), ("max", &(most.exact() - least.exact()))]);
        checker.add_with(&format!("{path}.step"), ProblemCode::OutOfRange, bounds);
    }
}

/// The least and the most that may be chosen of `count`.
fn how_many(checker: &mut Checker, path: &str, count: usize, min: Option<u16>, max: Option<u16>) {
    let count = u16::try_from(count).unwrap_or(u16::MAX);
    range(checker, &format!("{path}.minChoices"), min, 1, count);
    range(checker, &format!("{path}.maxChoices"), max, 1, count);
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        checker.add_with(
            &format!("{path}.minChoices"),
            ProblemCode::MinOverMax,
            args([("min", &min), ("max", &max)]),
        );
    }
}

fn choices(checker: &mut Checker, path: &str, choices: &[SimpleChoice]) {
    checker.count(path, choices.len(), 2, limits::CHOICES);
    for (index, choice) in choices.iter().enumerate() {
        checker.text(
            &format!("{path}[{index}].content"),
            &choice.content,
            limits::MARKDOWN,
        );
    }
    let names = choices.iter().enumerate();
    checker.distinct(names.map(|(index, it)| (format!("{path}[{index}].identifier"), &it.identifier)));
}

/// Their identifiers, each with its path.
fn associables<'a>(
    checker: &mut Checker,
    path: &str,
    choices: &'a [AssociableChoice],
    min: usize,
) -> Vec<(String, &'a Identifier)> {
    checker.count(path, choices.len(), min, limits::CHOICES);
    for (index, choice) in choices.iter().enumerate() {
        checker.text(
            &format!("{path}[{index}].content"),
            &choice.content,
            limits::MARKDOWN,
        );
    }
    let names = choices.iter().enumerate();
    names
        .map(|(index, it)| (format!("{path}[{index}].identifier"), &it.identifier))
        .collect()
}

fn range(checker: &mut Checker, path: &str, number: Option<u16>, min: u16, max: u16) {
    if number.is_some_and(|number| !(min..=max).contains(&number)) {
        checker.add_with(
            path,
            ProblemCode::OutOfRange,
            args([("min", &min), ("max", &max)]),
        );
    }
}
