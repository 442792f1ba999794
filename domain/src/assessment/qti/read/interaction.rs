//! Interactions.

use super::{
    super::{
        report::{ChangeCode, Refusal, RefusalCode},
        xml::Element,
    },
    Reader,
    body::Known,
    declaration::decimal,
    identifier,
    markdown::escaped,
};
use crate::assessment::{
    AssociableChoice, AssociateInteraction, ChoiceInteraction, Decimal, ExtendedTextInteraction, Gap,
    GapMatchInteraction, Hottext, HottextInteraction, Identifier, InlineChoiceInteraction, Interaction,
    MatchInteraction, NumericEntryInteraction, OrderInteraction, SimpleChoice, SliderInteraction,
    TextEntryInteraction, UnitEntry, UploadInteraction, UploadType, limits,
};

/// Whether it is an interaction, of whatever kind.
pub(super) fn is_interaction(element: &Element) -> bool {
    element.name.ends_with("-interaction")
}

/// Whether it is one that stands within a line.
pub(super) fn is_inline(element: &Element) -> bool {
    matches!(
        element.name.as_str(),
        "inline-choice-interaction" | "text-entry-interaction"
    )
}

impl Reader<'_> {
    /// An interaction that stands by itself. `prompt` is what is asked if it has
    /// no prompt of its own.
    pub(super) fn interaction(
        &mut self,
        it: &Element,
        known: &Known<'_>,
        prompt: String,
    ) -> Result<Interaction, Refusal> {
        let response = identifier(it, "response-identifier")?;
        let mut asked = match it.first("prompt") {
            Some(prompt) => self.blocks(&prompt.nodes)?,
            None => String::new(),
        };
        if asked.is_empty() {
            asked = prompt;
        }
        if asked.is_empty() {
            self.note(ChangeCode::PromptMade, it);
            asked = escaped(&self.title);
        }
        self.looks(it);
        match it.name.as_str() {
            "choice-interaction" => self.choice(it, response, asked),
            "order-interaction" => self.order(it, response, asked),
            "match-interaction" => self.matching(it, response, asked),
            "associate-interaction" => self.associate(it, response, asked),
            "gap-match-interaction" => self.gap_match(it, response, asked),
            "hottext-interaction" => self.hottext(it, response, asked),
            "slider-interaction" => slider(it, response, asked),
            "extended-text-interaction" => extended_text(it, response, asked),
            "upload-interaction" => Ok(self.upload(it, response, asked)),
            "text-entry-interaction" => self.entry(it, response, asked, known),
            "hotspot-interaction"
            | "graphic-order-interaction"
            | "graphic-associate-interaction"
            | "graphic-gap-match-interaction"
            | "select-point-interaction" => self.graphic(it, response, asked, known),
            _ => Err(it.refuse(RefusalCode::UnsupportedInteraction)),
        }
    }

    /// Sorts that are not taken here are not asked for either: where none is left,
    /// any file that is taken may come.
    fn upload(&mut self, it: &Element, response: Identifier, prompt: String) -> Interaction {
        let named: Vec<&str> = it
            .attribute("type")
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        let sorts = named.iter().map(|name| {
            Some(match *name {
                name if name.starts_with("image/") => UploadType::Picture,
                "application/pdf" => UploadType::Document,
                "video/mp4" | "video/webm" | "video/*" => UploadType::Film,
                "text/plain" => UploadType::Text,
                _ => return None,
            })
        });
        let sorts: Vec<Option<UploadType>> = sorts.collect();
        if sorts.contains(&None) {
            self.note(ChangeCode::ConstraintDropped, it);
        }
        Interaction::Upload(UploadInteraction {
            response,
            prompt,
            accepts: sorts.into_iter().flatten().collect(),
        })
    }

    /// An interaction within a line.
    pub(super) fn gap(&mut self, it: &Element, known: &Known<'_>) -> Result<Interaction, Refusal> {
        let response = identifier(it, "response-identifier")?;
        let label = it.attribute("aria-label").or(it.attribute("data-prompt"));
        let prompt = escaped(label.unwrap_or_default());
        if it.name == "text-entry-interaction" {
            return self.entry(it, response, prompt, known);
        }
        let choices = it.all("inline-choice");
        Ok(Interaction::InlineChoice(InlineChoiceInteraction {
            response,
            prompt,
            choices: choices
                .map(|choice| self.simple_choice(choice, true))
                .collect::<Result<_, _>>()?,
            shuffle: it.flag("shuffle", false),
        }))
    }

    pub(super) fn looks(&mut self, it: &Element) {
        let looks = ["orientation", "step-label", "reverse", "format"];
        if looks.iter().any(|name| {
            it.attribute(name)
                .is_some_and(|value| !matches!(value, "false" | "plain"))
        }) {
            self.note(ChangeCode::PresentationDropped, it);
        }
        let limits = ["pattern-mask", "min-associations", "min-strings"];
        if limits
            .iter()
            .any(|name| it.attribute(name).is_some_and(|value| value != "0"))
        {
            self.note(ChangeCode::ConstraintDropped, it);
        }
    }

    fn choice(&mut self, it: &Element, response: Identifier, prompt: String) -> Result<Interaction, Refusal> {
        let choices = it.all("simple-choice");
        let choices = choices
            .map(|choice| self.simple_choice(choice, false))
            .collect::<Result<Vec<_>, _>>()?;
        let (min_choices, max_choices) = how_many(it, choices.len());
        Ok(Interaction::Choice(ChoiceInteraction {
            response,
            prompt,
            choices,
            shuffle: it.flag("shuffle", false),
            min_choices,
            max_choices,
        }))
    }

    fn simple_choice(&mut self, choice: &Element, in_line: bool) -> Result<SimpleChoice, Refusal> {
        if choice.attribute("template-identifier").is_some() {
            return Err(choice.refuse(RefusalCode::UnsupportedTemplate));
        }
        let content = if in_line {
            self.line(&choice.nodes)?.trim().to_owned()
        } else {
            self.blocks(&choice.nodes)?
        };
        Ok(SimpleChoice {
            identifier: identifier(choice, "identifier")?,
            content,
            fixed: choice.flag("fixed", false),
        })
    }

    fn order(&mut self, it: &Element, response: Identifier, prompt: String) -> Result<Interaction, Refusal> {
        if it
            .attribute("min-choices")
            .or(it.attribute("max-choices"))
            .is_some_and(|most| most != "0")
        {
            return Err(it.refuse(RefusalCode::UnsupportedInteraction));
        }
        self.by_chance(it);
        let choices = it.all("simple-choice");
        let choices = choices
            .map(|choice| self.simple_choice(choice, false))
            .collect::<Result<_, _>>()?;
        Ok(Interaction::Order(OrderInteraction {
            response,
            prompt,
            choices,
        }))
    }

    fn matching(
        &mut self,
        it: &Element,
        response: Identifier,
        prompt: String,
    ) -> Result<Interaction, Refusal> {
        let sets: Vec<_> = it.all("simple-match-set").collect();
        let [sources, targets] = sets.as_slice() else {
            return Err(it.refuse(RefusalCode::Invalid));
        };
        if it.attribute("max-associations").is_some_and(|most| most != "0") {
            self.note(ChangeCode::ConstraintDropped, it);
        }
        self.by_chance(it);
        Ok(Interaction::Match(MatchInteraction {
            response,
            prompt,
            sources: self.associables(sources, "simple-associable-choice", 1)?,
            targets: self.associables(targets, "simple-associable-choice", 0)?,
            shuffle: it.flag("shuffle", false),
        }))
    }

    fn associate(
        &mut self,
        it: &Element,
        response: Identifier,
        prompt: String,
    ) -> Result<Interaction, Refusal> {
        self.by_chance(it);
        let choices = self.associables(it, "simple-associable-choice", 1)?;
        let max_associations = match number(it, "max-associations").unwrap_or(1) {
            0 if choices.iter().all(|choice| choice.match_max.is_none()) => None,
            0 => Some(limits::PAIRS),
            most => Some(most.min(limits::PAIRS)),
        };
        Ok(Interaction::Associate(AssociateInteraction {
            response,
            prompt,
            choices,
            max_associations,
        }))
    }

    /// Choices that are paired; `usual` is the limit that goes without saying.
    fn associables(
        &mut self,
        set: &Element,
        name: &str,
        usual: u16,
    ) -> Result<Vec<AssociableChoice>, Refusal> {
        let choices = set.all(name).map(|choice| self.associable(choice, usual));
        choices.collect()
    }

    pub(super) fn associable(&mut self, choice: &Element, usual: u16) -> Result<AssociableChoice, Refusal> {
        let limits = ["match-group", "match-min"];
        if limits
            .iter()
            .any(|name| choice.attribute(name).is_some_and(|value| value != "0"))
        {
            self.note(ChangeCode::ConstraintDropped, choice);
        }
        let match_max = number(choice, "match-max").unwrap_or(usual);
        Ok(AssociableChoice {
            identifier: identifier(choice, "identifier")?,
            content: self.blocks(&choice.nodes)?,
            match_max: (match_max != usual).then_some(match_max),
        })
    }

    fn gap_match(
        &mut self,
        it: &Element,
        response: Identifier,
        prompt: String,
    ) -> Result<Interaction, Refusal> {
        if let Some(picture) = it.first("gap-img") {
            return Err(picture.refuse(RefusalCode::UnsupportedInteraction));
        }
        if it.attribute("max-associations").is_some_and(|most| most != "0") {
            self.note(ChangeCode::ConstraintDropped, it);
        }
        self.by_chance(it);
        let gap_texts = self.associables(it, "gap-text", 1)?;
        let is_text = |element: &Element| element.name != "prompt" && element.name != "gap-text";
        let text = self.flow(
            &it.nodes,
            is_text,
            |element| element.name == "gap",
            |reader, gap| {
                if gap.attribute("match-group").is_some() || gap.flag("required", false) {
                    reader.note(ChangeCode::ConstraintDropped, gap);
                }
                Ok(Gap {
                    identifier: identifier(gap, "identifier")?,
                })
            },
        )?;
        Ok(Interaction::GapMatch(GapMatchInteraction {
            response,
            prompt,
            gap_texts,
            text,
        }))
    }

    fn hottext(
        &mut self,
        it: &Element,
        response: Identifier,
        prompt: String,
    ) -> Result<Interaction, Refusal> {
        let is_text = |element: &Element| element.name != "prompt";
        let text = self.flow(
            &it.nodes,
            is_text,
            |element| element.name == "hottext",
            |reader, word| {
                let identifier = identifier(word, "identifier")?;
                let content = reader.line(&word.nodes)?.trim().to_owned();
                Ok(Hottext { identifier, content })
            },
        )?;
        let (min_choices, max_choices) = how_many(it, text.parts().count());
        Ok(Interaction::Hottext(HottextInteraction {
            response,
            prompt,
            text,
            min_choices,
            max_choices,
        }))
    }

    /// A line of text, or a number.
    fn entry(
        &mut self,
        it: &Element,
        response: Identifier,
        prompt: String,
        known: &Known<'_>,
    ) -> Result<Interaction, Refusal> {
        self.looks(it);
        let unit = if known.has_typed_unit(&response) {
            UnitEntry::Typed
        } else {
            UnitEntry::None
        };
        let declared = known.declared.get(response.as_str());
        match declared.map(|declared| declared.base_type) {
            Some("string") if unit == UnitEntry::None => {
                let expected_length = number(it, "expected-length").filter(|n| (1..=200).contains(n));
                Ok(Interaction::TextEntry(TextEntryInteraction {
                    response,
                    prompt,
                    expected_length,
                }))
            }
            Some("string" | "float" | "integer") => Ok(Interaction::NumericEntry(NumericEntryInteraction {
                response,
                prompt,
                unit,
            })),
            _ => Err(it.refuse(RefusalCode::UnsupportedType)),
        }
    }

    /// Here such choices always stand in an order of chance.
    fn by_chance(&mut self, it: &Element) {
        if !it.flag("shuffle", false) {
            self.note(ChangeCode::AlwaysShuffled, it);
        }
    }
}

fn slider(it: &Element, response: Identifier, prompt: String) -> Result<Interaction, Refusal> {
    let bound = |name: &str| it.attribute(name).and_then(decimal);
    let bound = |name: &str| bound(name).ok_or_else(|| it.refuse(RefusalCode::Invalid));
    let one: Option<Decimal> = decimal("1");
    let step = it.attribute("step").map_or(one, decimal);
    Ok(Interaction::Slider(SliderInteraction {
        response,
        prompt,
        lower_bound: bound("lower-bound")?,
        upper_bound: bound("upper-bound")?,
        step: step.ok_or_else(|| it.refuse(RefusalCode::Invalid))?,
    }))
}

fn extended_text(it: &Element, response: Identifier, prompt: String) -> Result<Interaction, Refusal> {
    if number(it, "max-strings").is_some_and(|most| most > 1) {
        return Err(it.refuse(RefusalCode::UnsupportedInteraction));
    }
    let within = |name: &str, most: u16| number(it, name).filter(|n| (1..=most).contains(n));
    Ok(Interaction::ExtendedText(ExtendedTextInteraction {
        response,
        prompt,
        expected_lines: within("expected-lines", 100),
        expected_words: within("data-expected-words", 10_000),
    }))
}

pub(super) fn number(element: &Element, name: &str) -> Option<u16> {
    element.attribute(name)?.parse().ok()
}

/// The least and the most that may be chosen of `count`; none where nothing is
/// said or nothing is kept out.
pub(super) fn how_many(it: &Element, count: usize) -> (Option<u16>, Option<u16>) {
    let within = |n: &u16| *n > 0 && usize::from(*n) <= count;
    let most = number(it, "max-choices").unwrap_or(1);
    (
        number(it, "min-choices").filter(within),
        Some(most).filter(within),
    )
}
