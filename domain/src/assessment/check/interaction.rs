use super::Checker;
use crate::assessment::{
    AssociableChoice, ChoiceInteraction, Interaction, NumericEntryInteraction, ProblemCode, SimpleChoice,
    UnitEntry, code::args, limits,
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
            associables(checker, &format!("{path}.sources"), &it.sources, 1);
            associables(checker, &format!("{path}.targets"), &it.targets, 2);
            let named = |name: &str, these: &'_ [AssociableChoice]| {
                let path = format!("{path}.{name}");
                let identifiers = these.iter().map(|choice| choice.identifier.clone()).enumerate();
                identifiers
                    .map(|(index, it)| (format!("{path}[{index}].identifier"), it))
                    .collect::<Vec<_>>()
            };
            let all = [named("sources", &it.sources), named("targets", &it.targets)].concat();
            checker.distinct(all.iter().map(|(path, identifier)| (path.clone(), identifier)));
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
        Interaction::NumericEntry(_) => {}
    }
}

fn choice(checker: &mut Checker, path: &str, it: &ChoiceInteraction) {
    choices(checker, &format!("{path}.choices"), &it.choices);
    let count = u16::try_from(it.choices.len()).unwrap_or(u16::MAX);
    range(checker, &format!("{path}.minChoices"), it.min_choices, 1, count);
    range(checker, &format!("{path}.maxChoices"), it.max_choices, 1, count);
    if let (Some(min), Some(max)) = (it.min_choices, it.max_choices)
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

fn associables(checker: &mut Checker, path: &str, choices: &[AssociableChoice], min: usize) {
    checker.count(path, choices.len(), min, limits::CHOICES);
    for (index, choice) in choices.iter().enumerate() {
        checker.text(
            &format!("{path}[{index}].content"),
            &choice.content,
            limits::MARKDOWN,
        );
    }
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
