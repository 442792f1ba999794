//! Beginning an attempt.

use std::collections::BTreeMap;

use domain::{
    Seed,
    assessment::{
        Assessment, Attempt, AttemptState, DrawProblem, Form, FormItem, Item, Mode, PoolItem, StartRefusal,
        draw,
    },
    id::{ActivityId, AssessmentId, AttemptId, CourseId, ItemVersionId, PersonId},
};
use entity::{
    TenantTx,
    assessment::{assessment, assessment_version, attempt, exposure, item_version, response},
};
use sea_orm::ColumnTrait;

use super::{
    lately::note_lately,
    pool::pool,
    sitting::{rules_of, state_of},
    time::millis,
};
use crate::{
    Ctx, Error, FieldErrors, Result,
    assessment::{
        definition::{is_code, window_of},
        learner,
    },
    course,
    identity::Guess,
    mastery, tenancy,
};

/// What is to be begun.
#[derive(Debug, Clone)]
pub struct Start {
    /// The attempt's id, made with the form: sent twice, it is one attempt.
    pub id: AttemptId,
    /// The assessment.
    pub assessment: AssessmentId,
    /// Where in a course the learner came from. Where that is not open to them, and
    /// another activity with this assessment is, it is begun there.
    pub within: Option<(CourseId, ActivityId)>,
    /// What was typed as the access code. The field `access-code`.
    pub access_code: String,
    /// Whether they agreed to the honour statement. The field `agreed`.
    pub agreed: bool,
}

/// Draws a form for the person and starts their time. An attempt that is under
/// way is gone on with: its id comes back.
///
/// A code is guessed as seldom as a password: [`Error::TooMany`].
///
/// An id that another attempt has is stale. Refused: `attempt-not-open` (it stands in a
/// course, and no activity with it is open to the person), `attempt-used-up`,
/// `attempt-too-soon`, `attempt-before-window`, `attempt-closed`, `attempt-passed`,
/// `attempt-no-items`, `attempt-all-seen`.
pub async fn start(ctx: &Ctx, start: Start) -> Result<AttemptId> {
    let person = learner(ctx)?;
    let guess = (!start.access_code.is_empty()).then(|| Guess::code(person, start.assessment));
    if let Some(guess) = &guess {
        guess.count(ctx.installation()).await?;
    }
    let tx = ctx.write().await?;
    // One at a time for each person: no two attempts draw the same unseen items.
    tenancy::hold_member(&tx, person).await?;
    // Who changes how it is delivered sees this attempt, or this attempt sees the change.
    let known = tx.rows::<assessment::Entity>();
    let known = known.filter(assessment::Column::Id.eq(start.assessment));
    known.kept().one().await?;
    let (defined, version) = published(&tx, start.assessment).await?;
    let assessment: Assessment = serde_json::from_str(&version.content)?;
    let earlier = earlier(&tx, start.assessment, person).await?;
    for row in &earlier {
        if row.id == start.id || state_of(row)? == AttemptState::InProgress {
            return Ok(row.id);
        }
    }
    let within = course::enter(ctx, &tx, person, start.assessment, start.within).await?;
    if mastery::is_passed(&tx, person, start.assessment).await? {
        return Err(Error::Refused("attempt-passed"));
    }
    let tries = tries(&tx, &assessment, &earlier).await?;
    let rules = tries.into_iter().map(rules_of).collect::<Result<Vec<_>>>()?;
    let window = window_of(&defined);
    assessment
        .may_start(&window, &rules, ctx.now())
        .map_err(|refusal| Error::Refused(start_refusal(&refusal)))?;
    let mut errors = FieldErrors::default();
    if !is_code(ctx, &defined, &start.access_code)? {
        errors.add("access-code", "access-code-wrong");
    }
    if !assessment.honour.is_empty() && !start.agreed {
        errors.add("agreed", "attempt-not-agreed");
    }
    errors.check()?;

    let mut pool = pool(&tx, &assessment, person).await?;
    note_lately(&tx, start.assessment, &assessment, &mut pool).await?;
    let seed = ctx.new_seed();
    let form = draw(&assessment, &pool, seed).map_err(|problem| Error::Refused(draw_refusal(&problem)))?;
    let given = tenancy::given(&tx, person).await?;
    let begun = Attempt::start(&assessment, &window, given, ctx.now());
    let row = attempt::Model {
        tenant_id: ctx.tenant(),
        id: start.id,
        person_id: person,
        assessment_id: start.assessment,
        assessment_version_id: version.id,
        course_id: within.map(|(course, _)| course),
        activity_id: within.map(|(_, activity)| activity),
        number: earlier.last().map_or(0, |last| last.number) + 1,
        seed,
        state: begun.state.to_string(),
        started_at: begun.started,
        deadline: begun.deadline,
        submitted_at: None,
        scored_at: None,
        result: None,
        counted_at: None,
        breaks_taken: 0,
        breaks_left: millis(begun.breaks_left),
        break_since: None,
        reached: 0,
        handed_in: false,
        shown_at: None,
    };
    let variants = variants(&tx, seed, &form).await?;
    let blank = blank_responses(ctx, start.id, &form, &pool, &variants)?;
    let key = [attempt::Column::TenantId, attempt::Column::Id];
    if !tx.insert_new::<attempt::Entity>(row, key).await? {
        return Err(Error::Stale);
    }
    give_up_late(&tx, ctx, person, &start).await?;
    // One after another, the next item is seen only when its turn comes.
    let shown = match assessment.mode {
        Mode::FixedForm if !assessment.is_linear() => blank.len(),
        _ => 1,
    };
    for row in blank.iter().take(shown) {
        expose(&tx, ctx, person, row).await?;
    }
    tx.insert_many::<response::Entity>(blank).await?;
    if let Some(guess) = &guess {
        guess.forget(tx.unowned()).await?;
    }
    tx.commit().await?;
    Ok(start.id)
}

/// An assessment, and the version of it that learners are given now.
pub(super) async fn published(
    tx: &TenantTx,
    id: AssessmentId,
) -> Result<(assessment::Model, assessment_version::Model)> {
    let assessment = tx
        .rows::<assessment::Entity>()
        .filter(assessment::Column::Id.eq(id))
        .filter(assessment::Column::ArchivedAt.is_null())
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    let version = assessment.published_version_id.ok_or(Error::NotFound)?;
    let version = tx
        .rows::<assessment_version::Entity>()
        .filter(assessment_version::Column::Id.eq(version))
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    Ok((assessment, version))
}

/// The person's attempts at an assessment, first to last.
pub(super) async fn earlier(
    tx: &TenantTx,
    assessment: AssessmentId,
    person: PersonId,
) -> Result<Vec<attempt::Model>> {
    Ok(tx
        .rows::<attempt::Entity>()
        .filter(attempt::Column::PersonId.eq(person))
        .filter(attempt::Column::AssessmentId.eq(assessment))
        .asc(attempt::Column::Number)
        .all()
        .await?)
}

/// Of the person's attempts, those that count as tries: what was put right since may
/// have left others without a say, and they stand in nobody's way.
pub(super) async fn tries<'a>(
    tx: &TenantTx,
    assessment: &Assessment,
    earlier: &'a [attempt::Model],
) -> Result<Vec<&'a attempt::Model>> {
    let spared = mastery::spared(tx, assessment.pass_rule.as_ref(), earlier).await?;
    Ok(earlier.iter().filter(|row| !spared.contains(&row.id)).collect())
}

/// Whoever begins again gives up what might still come late of earlier attempts: the new
/// one may ask, and tell, the same.
async fn give_up_late(tx: &TenantTx, ctx: &Ctx, person: PersonId, start: &Start) -> Result<()> {
    tx.change::<attempt::Entity>()
        .filter(attempt::Column::PersonId.eq(person))
        .filter(attempt::Column::AssessmentId.eq(start.assessment))
        .filter(attempt::Column::Id.ne(start.id))
        .filter(attempt::Column::HandedIn.eq(false))
        .filter(attempt::Column::ShownAt.is_null())
        .set(attempt::Column::ShownAt, ctx.now())
        .apply()
        .await?;
    Ok(())
}

/// Notes that the person has seen an item.
pub(super) async fn expose(tx: &TenantTx, ctx: &Ctx, person: PersonId, row: &response::Model) -> Result<()> {
    let seen = exposure::Model {
        tenant_id: ctx.tenant(),
        person_id: person,
        item_id: row.item_id,
        seen_at: ctx.now(),
    };
    let key = [
        exposure::Column::TenantId,
        exposure::Column::PersonId,
        exposure::Column::ItemId,
    ];
    tx.insert_new::<exposure::Entity>(seen, key).await?;
    Ok(())
}

/// What the variants of those items are made with that are templates.
async fn variants(tx: &TenantTx, seed: Seed, form: &Form) -> Result<BTreeMap<ItemVersionId, Seed>> {
    let asked = form.items.iter().map(|it| it.item_version);
    let rows = tx
        .rows::<item_version::Entity>()
        .filter(item_version::Column::Id.is_in(asked))
        .all()
        .await?;
    let mut variants = BTreeMap::new();
    for row in rows {
        let item: Item = serde_json::from_str(&row.content)?;
        if item.template.is_some() {
            variants.insert(row.id, item.seed_for(FormItem::seed_of(seed, row.id)));
        }
    }
    Ok(variants)
}

fn blank_responses(
    ctx: &Ctx,
    attempt: AttemptId,
    form: &Form,
    pool: &[PoolItem],
    variants: &BTreeMap<ItemVersionId, Seed>,
) -> Result<Vec<response::Model>> {
    let pool: BTreeMap<ItemVersionId, &PoolItem> =
        pool.iter().map(|item| (item.item_version, item)).collect();
    (0..)
        .zip(&form.items)
        .map(|(position, drawn)| {
            let item = pool
                .get(&drawn.item_version)
                .ok_or(Error::Refused("attempt-no-items"))?;
            Ok(response::Model {
                tenant_id: ctx.tenant(),
                attempt_id: attempt,
                position,
                item_id: item.item,
                item_version_id: drawn.item_version,
                competency_id: drawn.competency.unwrap_or(item.competency),
                answer: None,
                sequence: 0,
                flagged: false,
                saved_at: None,
                score: None,
                variant: variants.get(&drawn.item_version).copied(),
                drawn_at: ctx.now(),
                late: None,
            })
        })
        .collect()
}

/// The key of the sentence that says why not.
pub(super) fn start_refusal(refusal: &StartRefusal) -> &'static str {
    match refusal {
        StartRefusal::InProgress => "attempt-under-way",
        StartRefusal::AttemptsUsed { .. } => "attempt-used-up",
        StartRefusal::Cooldown { .. } => "attempt-too-soon",
        StartRefusal::NotOpen { .. } => "attempt-before-window",
        StartRefusal::Closed { .. } => "attempt-closed",
    }
}

/// The key of the sentence that says why not.
pub(super) fn draw_refusal(problem: &DrawProblem) -> &'static str {
    match problem {
        DrawProblem::NotEnoughItems { .. } | DrawProblem::FixedTwice { .. } => "attempt-no-items",
        DrawProblem::NotEnoughUnseen { .. } => "attempt-all-seen",
    }
}
