//! What an author has to put right before publishing.

mod area;
mod declaration;
mod graphic;
mod interaction;
mod mapping;
mod passage;
mod rubric;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::{
    Args, Block, Feedback, Identifier, Item, OutcomeDeclaration, Points, Problem, ProblemCode, code::args,
    limits, max_score, rules::check_processing, template::check_template,
};

/// Collects problems, each with its path.
#[derive(Debug, Default)]
pub(super) struct Checker {
    problems: Vec<Problem>,
}

impl Checker {
    pub(super) fn found(self) -> Vec<Problem> {
        self.problems
    }

    pub(super) fn extend(&mut self, problems: Vec<Problem>) {
        self.problems.extend(problems);
    }

    /// How many problems were found so far.
    pub(super) fn count_so_far(&self) -> usize {
        self.problems.len()
    }

    pub(super) fn add(&mut self, path: &str, code: ProblemCode) {
        self.add_with(path, code, Args::new());
    }

    pub(super) fn add_with(&mut self, path: &str, code: ProblemCode, args: Args) {
        self.problems.push(Problem {
            path: path.to_owned(),
            code,
            args,
        });
    }

    /// A text that may not be blank nor longer than `max` characters.
    pub(super) fn text(&mut self, path: &str, text: &str, max: usize) {
        if text.trim().is_empty() {
            self.add(path, ProblemCode::Empty);
        }
        self.length(path, text, max);
    }

    /// A text not longer than `max` characters.
    pub(super) fn length(&mut self, path: &str, text: &str, max: usize) {
        if text.chars().count() > max {
            self.add_with(path, ProblemCode::TooLong, args([("max", &max)]));
        }
    }

    /// A number of things.
    pub(super) fn count(&mut self, path: &str, count: usize, min: usize, max: usize) {
        if count < min {
            self.add_with(path, ProblemCode::TooFew, args([("min", &min)]));
        }
        if count > max {
            self.add_with(path, ProblemCode::TooMany, args([("max", &max)]));
        }
    }

    /// Identifiers that may each stand once; each with its path.
    pub(super) fn distinct<'a>(&mut self, identifiers: impl IntoIterator<Item = (String, &'a Identifier)>) {
        let mut known = BTreeSet::new();
        for (path, identifier) in identifiers {
            if !known.insert(identifier) {
                self.add_with(
                    &path,
                    ProblemCode::DuplicateIdentifier,
                    args([("identifier", identifier)]),
                );
            }
        }
    }

    pub(super) fn unknown(&mut self, path: &str, identifier: &dyn ToString) {
        self.add_with(
            path,
            ProblemCode::UnknownIdentifier,
            args([("identifier", identifier)]),
        );
    }
}

impl Item {
    /// Everything that keeps the item from being published, and some warnings
    /// ([`ProblemCode::is_warning`]). Paths are those of the item's JSON. An
    /// item without problems can be fully answered and earns its maximum.
    #[must_use]
    pub fn check(&self) -> Vec<Problem> {
        let mut checker = Checker::default();
        if let Some(template) = &self.template {
            check_template(&mut checker, self, template);
            return checker.found();
        }
        checker.text("title", &self.title, limits::TITLE);
        if !is_language_tag(&self.language) {
            checker.add("language", ProblemCode::BadLanguage);
        }
        body(&mut checker, self);
        responses(&mut checker, self);
        if self.processing.is_none() {
            outcomes(&mut checker, &self.outcomes);
        }
        check_processing(&mut checker, self);
        feedback(&mut checker, &self.feedback, self);
        if checker.problems.is_empty() && max_score(self) <= Points::ZERO {
            checker.add("responses", ProblemCode::NoPoints);
        }
        checker.found()
    }
}

/// The outer form of BCP 47: subtags of letters and digits, the first of letters.
fn is_language_tag(text: &str) -> bool {
    let subtag = |tag: &str| (1..=8).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric());
    let primary = text.split('-').next().unwrap_or_default();
    text.len() <= 35
        && (2..=8).contains(&primary.len())
        && primary.bytes().all(|b| b.is_ascii_alphabetic())
        && text.split('-').all(subtag)
}

fn body(checker: &mut Checker, item: &Item) {
    checker.count("body", item.body.len(), 1, limits::BLOCKS);
    checker.count("body", item.interactions().count(), 1, limits::INTERACTIONS);
    for (index, block) in item.body.iter().enumerate() {
        match block {
            Block::Prose(markdown) => {
                checker.text(&format!("body[{index}].prose"), markdown, limits::MARKDOWN);
            }
            Block::Interaction(it) => {
                interaction::in_block(checker, &format!("body[{index}].interaction"), it);
            }
            Block::Passage(it) => passage::check(checker, &format!("body[{index}].passage"), it),
        }
    }
    let interactions = item
        .body
        .iter()
        .enumerate()
        .flat_map(|(index, block)| match block {
            Block::Interaction(it) => vec![(format!("body[{index}].interaction.response"), it.response())],
            Block::Passage(it) => {
                let gaps = passage::gaps(&format!("body[{index}].passage"), it).into_iter();
                gaps.map(|(path, gap)| (format!("{path}.response"), gap.response()))
                    .collect()
            }
            Block::Prose(_) => Vec::new(),
        });
    let interactions: Vec<_> = interactions.collect();
    for (path, response) in &interactions {
        if item.declaration(response).is_none() {
            checker.add_with(path, ProblemCode::NoDeclaration, args([("identifier", response)]));
        }
    }
    checker.distinct(interactions);
}

fn responses(checker: &mut Checker, item: &Item) {
    let path = |index: usize| format!("responses[{index}]");
    checker.count("responses", item.responses.len(), 1, limits::INTERACTIONS);
    let names = item.responses.iter().enumerate();
    checker.distinct(names.map(|(index, it)| (format!("{}.identifier", path(index)), &it.identifier)));
    for (index, declared) in item.responses.iter().enumerate() {
        let interaction = item
            .interactions()
            .find(|it| *it.response() == declared.identifier);
        if let Some(interaction) = interaction {
            declaration::check(checker, &path(index), declared, interaction);
        } else {
            let unfilled = args([("identifier", &declared.identifier)]);
            checker.add_with(&path(index), ProblemCode::NoInteraction, unfilled);
        }
    }
}

fn outcomes(checker: &mut Checker, outcomes: &[OutcomeDeclaration]) {
    if outcomes != OutcomeDeclaration::standard() {
        checker.add("outcomes", ProblemCode::UnsupportedOutcome);
    }
}

fn feedback(checker: &mut Checker, feedback: &Feedback, item: &Item) {
    let texts = [
        ("general", &feedback.general),
        ("correct", &feedback.correct),
        ("partly", &feedback.partly),
        ("incorrect", &feedback.incorrect),
    ];
    for (name, text) in texts {
        checker.length(
            &format!("feedback.{name}"),
            text.as_deref().unwrap_or_default(),
            limits::MARKDOWN,
        );
    }
    checker.count(
        "feedback.choices",
        feedback.choices.len(),
        0,
        limits::INTERACTIONS * limits::CHOICES,
    );
    let by_outcome = &feedback.by_outcome;
    checker.count("feedback.byOutcome", by_outcome.len(), 0, limits::VARIABLES);
    for (index, said) in by_outcome.iter().enumerate() {
        let path = format!("feedback.byOutcome[{index}]");
        checker.text(&format!("{path}.markdown"), &said.markdown, limits::MARKDOWN);
        if !item.outcomes.iter().any(|it| it.identifier == said.outcome) {
            checker.unknown(&format!("{path}.outcome"), &said.outcome);
        }
    }
    let mut known = BTreeSet::new();
    for (index, said) in feedback.choices.iter().enumerate() {
        let path = format!("feedback.choices[{index}]");
        checker.text(&format!("{path}.markdown"), &said.markdown, limits::MARKDOWN);
        let interaction = item.interactions().find(|it| *it.response() == said.response);
        match interaction {
            None => checker.unknown(&format!("{path}.response"), &said.response),
            Some(it) if it.is_chosen_from() && it.choices().contains(&&said.choice) => {}
            Some(_) => checker.unknown(&format!("{path}.choice"), &said.choice),
        }
        if !known.insert((&said.response, &said.choice)) {
            let named = args([("identifier", &said.choice)]);
            checker.add_with(&format!("{path}.choice"), ProblemCode::DuplicateIdentifier, named);
        }
    }
}
