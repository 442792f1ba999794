//! Things to be put together or in order.

use super::{
    Asked, BaseType, Cardinality, ChangeCode, Element, Interaction, Question, RESPONSE, Refusal, RefusalCode,
    Scoring, Value, declared, identifier, is_set, said,
};
use crate::assessment::{
    AssociableChoice, DirectedPair, Identifier, MatchInteraction, OrderInteraction, SimpleChoice, limits,
};

impl Question<'_, '_> {
    pub(super) fn matching(&mut self) -> Result<Asked, Refusal> {
        let mut sources = Vec::new();
        let mut targets: Vec<AssociableChoice> = Vec::new();
        let mut key = Vec::new();
        for pair in self.it.all("subquestion") {
            let answer = pair
                .first("answer")
                .ok_or_else(|| pair.refuse(RefusalCode::Invalid))?;
            let content = self.markdown(answer)?;
            // The same answer to two questions is one.
            let known = targets.iter().position(|target| target.content == content);
            let target = match known {
                Some(known) => targets[known].identifier.clone(),
                None => {
                    let target = choice(answer, "target", targets.len(), content)?;
                    targets.push(target);
                    targets[targets.len() - 1].identifier.clone()
                }
            };
            let content = self.markdown(pair)?;
            if sources.len() > limits::CHOICES || targets.len() > limits::CHOICES {
                return Err(pair.refuse(RefusalCode::TooLarge));
            }
            // An answer without a question is one that fits nothing.
            if !content.is_empty() {
                let source = choice(pair, "source", sources.len(), content)?;
                key.push(DirectedPair::from([source.identifier.clone(), target]));
                sources.push(source);
            }
        }
        let response = identifier(self.it, RESPONSE)?;
        let interaction = Interaction::Match(MatchInteraction {
            response: response.clone(),
            prompt: self.prompt()?,
            sources,
            targets,
            shuffle: is_set(self.it, "shuffleanswers", true),
        });
        let shared = Scoring::PerOption {
            points: self.grade,
            penalty: 0,
        };
        let kind = (Cardinality::Multiple, BaseType::DirectedPair);
        Ok(Asked::one(
            interaction,
            declared(response, kind, Value::DirectedPairs(key), shared),
        ))
    }

    pub(super) fn ordering(&mut self) -> Result<Asked, Refusal> {
        let setting = |name: &str| self.it.first(name).map(|it| it.text().trim().to_uppercase());
        if setting("selecttype").is_some_and(|it| !matches!(it.as_str(), "" | "0" | "ALL")) {
            // Other things for each learner.
            return Err(self.refuse(RefusalCode::UnsupportedTemplate));
        }
        let scoring = match setting("gradingtype").as_deref() {
            Some("ALL_OR_NOTHING" | "-1") => Scoring::MatchCorrect { points: self.grade },
            Some("ABSOLUTE_POSITION" | "0") => Scoring::PerOption {
                points: self.grade,
                penalty: 0,
            },
            _ => return Err(self.refuse(RefusalCode::UnsupportedScoring)),
        };
        if setting("layouttype").is_some_and(|it| matches!(it.as_str(), "1" | "HORIZONTAL")) {
            self.texts.note(ChangeCode::PresentationDropped, self.it);
        }
        let mut choices = Vec::new();
        for (index, answer) in self.it.all("answer").enumerate() {
            choices.push(SimpleChoice {
                identifier: named(answer, "choice", index)?,
                content: self.markdown(answer)?,
                fixed: false,
            });
        }
        let key = choices
            .iter()
            .map(|choice| Some(choice.identifier.clone()))
            .collect();
        let response = identifier(self.it, RESPONSE)?;
        let interaction = Interaction::Order(OrderInteraction {
            response: response.clone(),
            prompt: self.prompt()?,
            choices,
        });
        let kind = (Cardinality::Ordered, BaseType::Identifier);
        let asked = Asked::one(interaction, declared(response, kind, Value::Order(key), scoring));
        for answer in self.it.all("answer") {
            let is_said = answer
                .first("feedback")
                .is_some_and(|it| !said(it).trim().is_empty());
            if is_said {
                self.texts.note(ChangeCode::FeedbackDropped, answer);
            }
        }
        Ok(asked)
    }
}

fn named(element: &Element, what: &str, index: usize) -> Result<Identifier, Refusal> {
    identifier(element, &format!("{what}-{}", index + 1))
}

fn choice(element: &Element, what: &str, index: usize, content: String) -> Result<AssociableChoice, Refusal> {
    Ok(AssociableChoice {
        identifier: named(element, what, index)?,
        content,
        match_max: None,
    })
}
