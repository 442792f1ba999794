use domain::{
    Seed,
    assessment::{
        FeedbackPolicy, FeedbackTime, FeedbackView, FieldFault, Hindsight, Item, Response, Score, score,
    },
};

/// What comes of an author's try at their own item.
#[derive(Debug, Clone, PartialEq)]
pub struct Tried {
    /// The points, and the reason of each.
    pub score: Score,
    /// What a learner would be told, with the correct answers.
    pub feedback: Option<FeedbackView>,
}

/// Answers an item as a learner would, by the fields of its view under `seed`.
/// Nothing is stored.
pub fn try_out(item: &Item, seed: Seed, fields: &[(String, String)]) -> Result<Tried, Vec<FieldFault>> {
    let response = Response::from_form(item, seed, fields)?;
    let score = score(item, &response);
    let everything = FeedbackPolicy {
        when: FeedbackTime::AtOnce,
        correct_answers: true,
    };
    let feedback = FeedbackView::new(item, seed, &response, &score, everything, Hindsight::Over);
    Ok(Tried { score, feedback })
}
