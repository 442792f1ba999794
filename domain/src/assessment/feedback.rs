//! What a learner is told after scoring.

use serde::{Deserialize, Serialize};

use super::{
    AreaMapping, DirectedPair, FeedbackPolicy, FeedbackTime, Identifier, Interaction, Item, Pair, Point,
    Points, Reason, Response, Score, Scoring, Shape, Value, Verdict, labels::Labels, number_entry,
};
use crate::Seed;

/// What a learner may be told about one item. Choices have the names of the
/// [`ItemView`](super::ItemView) under the same seed, so that a page shows both
/// together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FeedbackView {
    /// Points given.
    pub points: Points,
    /// Points to be had.
    pub max: Points,
    /// The short of it.
    pub verdict: Verdict,
    /// Whether that was set for the item as a whole, or it was dropped: how its parts
    /// were scored is not to be told then.
    pub as_whole: bool,
    /// What the author says to this verdict, and in general, as Markdown.
    pub said: Vec<String>,
    /// Why, by the item's own rules; as far as the policy shows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
    /// For each interaction, in reading order.
    pub interactions: Vec<InteractionFeedback>,
}

/// What a learner may be told about one interaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InteractionFeedback {
    /// The interaction's form field.
    pub field: String,
    /// Points given.
    pub points: Points,
    /// Points to be had.
    pub max: Points,
    /// The short of it.
    pub verdict: Verdict,
    /// What was answered.
    pub given: Option<AnswerView>,
    /// What would have been right, where the policy shows it.
    pub correct: Option<AnswerView>,
    /// Why; without those reasons that tell what is right, where the policy doesn't.
    /// Choices are named as in the view.
    pub reasons: Vec<Reason>,
    /// What the author says to the choices that were chosen.
    pub choices: Vec<ChoiceSaid>,
}

/// An answer in the names of the view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AnswerView {
    /// Choices.
    Choices(Vec<String>),
    /// Choices from first to last; a position may be open.
    Order(Vec<Option<String>>),
    /// Text, or a number as its language writes it.
    Text(String),
    /// Sources with their targets, or choices paired with each other.
    Pairs(Vec<[String; 2]>),
    /// Places in the picture.
    Points(Vec<Point>),
    /// Areas of the picture in which each place would have been right.
    Areas(Vec<Shape>),
}

/// What the author says to a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChoiceSaid {
    /// The choice.
    pub choice: String,
    /// What is said, as Markdown.
    pub markdown: String,
}

/// From where a learner looks at an answer that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hindsight {
    /// Their attempt is under way.
    UnderWay,
    /// Their attempt is over.
    Over,
    /// The assessment has closed, and nobody sits at it any more.
    Closed,
}

impl FeedbackPolicy {
    /// Whether feedback on an answer that stands may be shown.
    #[must_use]
    pub fn allows(self, from: Hindsight) -> bool {
        match self.when {
            FeedbackTime::AtOnce => true,
            FeedbackTime::AtEnd => from >= Hindsight::Over,
            FeedbackTime::AfterWindow => from >= Hindsight::Closed,
            FeedbackTime::Never => false,
        }
    }
}

impl FeedbackView {
    /// The feedback on a scored response; none where the policy doesn't allow it yet.
    #[must_use]
    pub fn new(
        item: &Item,
        seed: Seed,
        response: &Response,
        score: &Score,
        policy: FeedbackPolicy,
        from: Hindsight,
    ) -> Option<Self> {
        if !policy.allows(from) {
            return None;
        }
        let interactions = Labels::of(item, seed).filter_map(|(labels, interaction)| {
            let told = Scope {
                item,
                labels,
                interaction,
                show_correct: policy.correct_answers,
            };
            told.feedback(response.get(interaction.response()), score)
        });
        Some(Self {
            points: score.points,
            max: score.max,
            verdict: score.verdict,
            as_whole: score.is_as_whole(),
            said: if score.is_dropped() {
                Vec::new()
            } else {
                said(item, score)
            },
            reasons: score
                .reasons
                .iter()
                .filter(|reason| policy.correct_answers || !reason.code.reveals_key())
                .cloned()
                .collect(),
            interactions: interactions.collect(),
        })
    }
}

/// Where points are to be had.
fn right_areas(mapping: &AreaMapping) -> AnswerView {
    let right = mapping.entries.iter().filter(|entry| entry.value > Points::ZERO);
    AnswerView::Areas(right.map(|entry| entry.shape.clone()).collect())
}

fn said(item: &Item, score: &Score) -> Vec<String> {
    let feedback = &item.feedback;
    let to_verdict = match score.verdict {
        Verdict::Correct => feedback.correct.as_ref(),
        Verdict::Partly => feedback.partly.as_ref().or(feedback.incorrect.as_ref()),
        Verdict::Incorrect | Verdict::Unanswered => feedback.incorrect.as_ref(),
        Verdict::NeedsMarking => None,
    };
    let by_outcome = feedback.by_outcome.iter().filter(|said| {
        let names = score.outcomes.get(&said.outcome);
        names.is_some_and(|names| names.contains(&said.identifier)) != said.hide
    });
    let by_outcome = by_outcome.map(|said| &said.markdown);
    let all = to_verdict.into_iter().chain(&feedback.general).chain(by_outcome);
    all.cloned().collect()
}

/// One interaction with its names.
struct Scope<'a> {
    item: &'a Item,
    labels: Labels<'a>,
    interaction: &'a Interaction,
    show_correct: bool,
}

impl Scope<'_> {
    fn feedback(&self, given: Option<&Value>, score: &Score) -> Option<InteractionFeedback> {
        let response = self.interaction.response();
        let scored = score
            .responses
            .iter()
            .find(|scored| scored.response == *response)?;
        let declared = self.item.declaration(response).filter(|_| self.show_correct);
        let key = declared.and_then(|it| it.correct_response.as_ref());
        let areas = declared.and_then(|it| it.area_mapping.as_ref());
        let correct = areas
            .map(right_areas)
            .or_else(|| key.map(|value| self.answer(value)));
        let shown = |reason: &&Reason| self.show_correct || !reason.code.reveals_key();
        Some(InteractionFeedback {
            field: self.labels.field().to_owned(),
            points: scored.points,
            max: scored.max,
            verdict: scored.verdict,
            given: given.map(|value| self.answer(value)),
            correct,
            reasons: scored
                .reasons
                .iter()
                .filter(shown)
                .map(|reason| self.reason(reason))
                .collect(),
            choices: self.said(given),
        })
    }

    fn answer(&self, value: &Value) -> AnswerView {
        let name = |choice: &Identifier| self.labels.label(choice).to_owned();
        match value {
            Value::Identifiers(choices) => AnswerView::Choices(choices.iter().map(name).collect()),
            Value::Order(choices) => {
                AnswerView::Order(choices.iter().map(|choice| choice.as_ref().map(name)).collect())
            }
            Value::Points(points) => AnswerView::Points(points.clone()),
            Value::Text(text) => AnswerView::Text(text.clone()),
            // A key is never a file: which one was sent is in the answer itself.
            Value::File(_) => AnswerView::Text(String::new()),
            Value::Number(quantity) => AnswerView::Text(number_entry::format(quantity, &self.item.language)),
            Value::Pairs(pairs) => {
                let pair = |pair: &Pair| pair.ends().each_ref().map(name);
                AnswerView::Pairs(pairs.iter().map(pair).collect())
            }
            Value::DirectedPairs(pairs) => {
                let pair = |pair: &DirectedPair| [name(&pair.source), name(&pair.target)];
                AnswerView::Pairs(pairs.iter().map(pair).collect())
            }
        }
    }

    /// A reason that names choices as the view does, and criteria by their titles.
    fn reason(&self, reason: &Reason) -> Reason {
        let mut args = reason.args.clone();
        for name in ["choice", "source", "target"] {
            if let Some(choice) = args.get_mut(name) {
                *choice = choice
                    .parse()
                    .map(|it| self.labels.label(&it).to_owned())
                    .unwrap_or_default();
            }
        }
        let declaration = self.item.declaration(self.interaction.response());
        if let Some(Scoring::Rubric(rubric)) = declaration.map(|it| &it.scoring) {
            rubric.name_by_title(&mut args);
        }
        Reason {
            code: reason.code,
            args,
        }
    }

    fn said(&self, given: Option<&Value>) -> Vec<ChoiceSaid> {
        let Some(Value::Identifiers(chosen)) = given else {
            return Vec::new();
        };
        let response = self.interaction.response();
        let to_chosen = self.item.feedback.choices.iter();
        let to_chosen = to_chosen.filter(|said| said.response == *response && chosen.contains(&said.choice));
        to_chosen
            .map(|said| ChoiceSaid {
                choice: self.labels.label(&said.choice).to_owned(),
                markdown: said.markdown.clone(),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use super::*;
    use crate::assessment::{mark, sample, score};

    const SEED: Seed = Seed(3);

    fn told(item: &Item, given: &Json, policy: &Json) -> Option<FeedbackView> {
        let response: Response = serde_json::from_value(json!({ "KEY_VAR": given })).unwrap();
        let policy = serde_json::from_value(policy.clone()).unwrap();
        let score = score(item, &response);
        FeedbackView::new(item, SEED, &response, &score, policy, Hindsight::Over)
    }

    #[test]
    fn feedback_comes_when_the_policy_says() {
        for (when, shown) in [
            ("atOnce", [true, true, true]),
            ("atEnd", [false, true, true]),
            ("afterWindow", [false, false, true]),
            ("never", [false, false, false]),
        ] {
            let policy: FeedbackPolicy = serde_json::from_value(json!({ "when": when })).unwrap();
            let from = [Hindsight::UnderWay, Hindsight::Over, Hindsight::Closed];
            assert_eq!(from.map(|from| policy.allows(from)), shown, "{when}");
        }
    }

    #[test]
    fn without_correct_answers_nothing_tells_the_key() {
        for (item, given) in [
            (
                sample::multiple(),
                json!({ "identifiers": ["correct1", "wrong"] }),
            ),
            (sample::order(), json!({ "order": ["second", "first"] })),
            (
                sample::matching(),
                json!({ "directedPairs": [["source-x", "for-yy"]] }),
            ),
            (sample::mapped(), json!({ "identifiers": ["correct1"] })),
            (sample::hotspot(), json!({ "identifiers": ["correct1", "wrong"] })),
            (sample::select_point(), json!({ "points": [[113, 117]] })),
        ] {
            let view = told(&item, &given, &json!({ "when": "atEnd" })).unwrap();
            let told = &view.interactions[0];
            assert_eq!(told.correct, None);
            assert!(
                told.reasons.iter().all(|reason| !reason.code.reveals_key()),
                "{:?}",
                told.reasons
            );
        }
    }

    #[test]
    fn with_correct_answers_each_part_is_explained_in_the_names_of_the_view() {
        let item = sample::multiple();
        let policy = json!({ "when": "atEnd", "correctAnswers": true });
        let view = told(&item, &json!({ "identifiers": ["correct1", "wrong"] }), &policy).unwrap();
        let told = &view.interactions[0];
        let Some(AnswerView::Choices(correct)) = &told.correct else {
            panic!()
        };
        let codes: Vec<_> = told.reasons.iter().map(|reason| reason.code.as_str()).collect();
        assert_eq!(codes, ["right", "wrong", "missed"]);
        assert_eq!(told.reasons[0].args["choice"], correct[0]);
        assert_eq!(told.reasons[2].args["choice"], correct[1]);
        assert!(!serde_json::to_string(&view).unwrap().contains("correct1"));
        assert_eq!(view.said, ["PARTLY-SECRET", "GENERAL-SECRET"]);
    }

    #[test]
    fn a_choice_is_commented_only_to_those_who_chose_it() {
        let item = sample::single();
        let said = |choice: &str| {
            let view = told(
                &item,
                &json!({ "identifiers": [choice] }),
                &json!({ "when": "atOnce" }),
            )
            .unwrap();
            view.interactions[0]
                .choices
                .iter()
                .map(|said| said.markdown.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(said("wrong-a"), ["CHOICE-SECRET"]);
        assert_eq!(said("correct1"), Vec::<String>::new());
    }

    #[test]
    fn a_marked_text_names_criteria_and_levels_by_their_titles() {
        let item = sample::essay();
        let response = serde_json::from_value(json!({ "KEY_VAR": { "text": "I think." } })).unwrap();
        let Scoring::Rubric(rubric) = &item.responses[0].scoring else {
            panic!()
        };
        let judgement = serde_json::from_value(json!({ "levels": { "argument": "sound" } })).unwrap();
        let marked = mark(&item.responses[0].identifier, rubric, &judgement).unwrap();
        let score = score(&item, &response).with_mark(marked);
        let policy = serde_json::from_value(json!({ "when": "atEnd" })).unwrap();
        let view = FeedbackView::new(&item, SEED, &response, &score, policy, Hindsight::Over).unwrap();
        let reason = &view.interactions[0].reasons[0];
        assert_eq!(
            (reason.args["criterion"].as_str(), reason.args["level"].as_str()),
            ("Argument", "Title of sound")
        );
    }
}
