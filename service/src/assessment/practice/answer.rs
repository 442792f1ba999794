//! Answering, and being told at once.

use std::collections::BTreeMap;

use domain::{
    assessment::{
        Cardinality, FeedbackPolicy, FeedbackTime, FeedbackView, Hindsight, Interaction, Item, ItemView,
        Response, Score, Verdict, score,
    },
    id::{ActivityId, CompetencyId, CourseId, FileId, ItemVersionId, PersonId, ResponseId},
    mastery::{Ability, Difficulty, after_answer},
};
use entity::{
    TenantTx,
    mastery::{ability, practice_answer},
};
use sea_orm::ColumnTrait;

use super::{
    next::{abilities, content, practisable, published_item},
    progress::practised_by,
    seed_of,
};
use crate::{
    Ctx, Error, Result,
    assessment::{attempt::field_errors, drawn, files_of, learner},
    course, tenancy,
};

/// Practice says all there is to say, at once.
const TELL_ALL: FeedbackPolicy = FeedbackPolicy {
    when: FeedbackTime::AtOnce,
    correct_answers: true,
};

/// An answer given in practice.
#[derive(Debug, Clone)]
pub struct PracticeAnswer {
    /// Its id, which came with the question: sent twice, it counts once.
    pub id: ResponseId,
    /// The activity of a course that it belongs to. It is done with the last answer
    /// that it asks for.
    pub within: Option<(CourseId, ActivityId)>,
    /// To what.
    pub item_version: ItemVersionId,
    /// The fields of the form.
    pub fields: Vec<(String, String)>,
}

/// A question that was answered in practice.
#[derive(Debug, Clone)]
pub struct PracticeFeedback {
    /// About which competency.
    pub competency: CompetencyId,
    /// What was asked.
    pub view: ItemView,
    /// What was answered, as the fields of a form.
    pub fields: Vec<(String, String)>,
    /// What there is to say about it.
    pub feedback: FeedbackView,
    /// The files that the question names.
    pub files: BTreeMap<String, FileId>,
}

/// Scores an answer, keeps it, and moves the estimate of the person's ability.
/// What a person would have to mark moves nothing. An activity that is not open
/// to the person is not found.
pub async fn answer(ctx: &Ctx, given: PracticeAnswer) -> Result<()> {
    let person = learner(ctx)?;
    let tx = ctx.write().await?;
    tenancy::hold_member(&tx, person).await?;
    let asked = practisable(&tx, given.item_version).await?;
    let seed = seed_of(ctx, person, given.id);
    let (item, seed) = published_item(&tx, given.item_version, seed).await?;
    let answer = Response::from_form(&item, seed, &given.fields).map_err(field_errors)?;
    if answer.is_empty() {
        return Err(Error::field("r.1", "answer-missing"));
    }
    let scored = score(&item, &answer);
    let row = practice_answer::Model {
        tenant_id: ctx.tenant(),
        id: given.id,
        person_id: person,
        item_id: asked.id,
        item_version_id: given.item_version,
        competency_id: asked.competency,
        seed,
        answer: serde_json::to_string(&answer)?,
        score: serde_json::to_string(&scored)?,
        correct: scored.verdict == Verdict::Correct,
        at: ctx.now(),
    };
    let key = [practice_answer::Column::TenantId, practice_answer::Column::Id];
    let is_new = tx.insert_new::<practice_answer::Entity>(row, key).await?;
    if is_new && scored.verdict != Verdict::NeedsMarking {
        let difficulty = Difficulty {
            logits: asked.difficulty,
            answers: 0,
            guessing: guessing(&item),
        };
        learn(ctx, &tx, person, asked.competency, difficulty, &scored).await?;
    }
    if let Some((course, activity)) = given.within {
        let draws = course::practice_draws(&tx, person, course, activity).await?;
        if practised_by(&tx, person, &draws).await?.is_enough() {
            course::complete_activity(ctx, &tx, person, course, activity).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// What there is to say about an answer that the person gave.
pub async fn feedback(ctx: &Ctx, id: ResponseId) -> Result<PracticeFeedback> {
    let person = learner(ctx)?;
    let tx = ctx.read().await?;
    let row = tx
        .rows::<practice_answer::Entity>()
        .filter(practice_answer::Column::Id.eq(id))
        .filter(practice_answer::Column::PersonId.eq(person))
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    // As it was asked then, whatever is thought faulty now.
    let item = drawn(&content(&tx, row.item_version_id).await?, row.seed)?;
    let answer: Response = serde_json::from_str(&row.answer)?;
    let scored: Score = serde_json::from_str(&row.score)?;
    let feedback = FeedbackView::new(&item, row.seed, &answer, &scored, TELL_ALL, Hindsight::Over);
    let view = ItemView::new(&item, row.seed);
    Ok(PracticeFeedback {
        competency: row.competency_id,
        files: files_of(&tx, [&view]).await?,
        view,
        fields: answer.to_form(&item, row.seed),
        feedback: feedback.ok_or(Error::NotFound)?,
    })
}

async fn learn(
    ctx: &Ctx,
    tx: &TenantTx,
    person: PersonId,
    competency: CompetencyId,
    difficulty: Difficulty,
    scored: &Score,
) -> Result<()> {
    let before = abilities(tx, person, &[competency]).await?;
    let before: Ability = before.get(&competency).copied().unwrap_or_default();
    let (after, _) = after_answer(before, difficulty, share(scored));
    let row = ability::Model {
        tenant_id: ctx.tenant(),
        person_id: person,
        competency_id: competency,
        theta: after.logits,
        answers: i64::from(after.answers),
        updated_at: ctx.now(),
    };
    let key = [
        ability::Column::TenantId,
        ability::Column::PersonId,
        ability::Column::CompetencyId,
    ];
    let values = [
        ability::Column::Theta,
        ability::Column::Answers,
        ability::Column::UpdatedAt,
    ];
    Ok(tx.upsert::<ability::Entity>(row, key, values).await?)
}

/// How much of the points was given, from 0 to 1.
fn share(scored: &Score) -> f64 {
    let hundredths = |points: domain::assessment::Points| {
        f64::from(i32::try_from(points.hundredths()).unwrap_or(i32::MAX))
    };
    if scored.max.hundredths() > 0 {
        hundredths(scored.points) / hundredths(scored.max)
    } else {
        0.0
    }
}

/// How often pure guessing is right: where one of a few is chosen, now and then.
fn guessing(item: &Item) -> f64 {
    let mut interactions = item.interactions();
    let (Some(interaction), None) = (interactions.next(), interactions.next()) else {
        return 0.0;
    };
    let choices = match interaction {
        Interaction::Choice(it) => &it.choices,
        Interaction::InlineChoice(it) => &it.choices,
        _ => return 0.0,
    };
    let declaration = item.declaration(interaction.response());
    if declaration.is_some_and(|it| it.cardinality == Cardinality::Single) {
        u32::try_from(choices.len()).map_or(0.0, |count| 1.0 / f64::from(count.max(2)))
    } else {
        0.0
    }
}
