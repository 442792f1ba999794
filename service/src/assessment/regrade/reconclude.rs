//! Deciding anew what follows from a person's attempts at an assessment.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    assessment::{AttemptState, Score, Verdict},
    id::{
        AchievementId, AppealId, AssessmentId, AttemptId, AwardId, CompetencyId, DecisionId, PersonId,
        RegradeId,
    },
    mastery::Outcome,
};
use entity::{
    TenantTx,
    assessment::{amendment, attempt, marking, response},
    mastery::{evidence, mastery},
    program::{award, groundless_award},
};
use sea_orm::{ColumnTrait, ExprTrait, FromQueryResult};

use super::{
    changes::{Changed, ChangedAttempt, StoredAmendment, Worth},
    corrections::{Corrections, adjust, count_late},
};
use crate::{
    Ctx, Result,
    assessment::{
        analysis::Recount,
        attempt::{AttemptResult, Sitting, conclude, scores, store_evidence},
        tell::tell,
    },
    course,
    mail::Message,
    mastery::{self as decisions, Sat},
    program,
};

/// Why results are decided anew.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cause<'a> {
    Regrade(RegradeId),
    /// About this attempt: no other is looked at.
    Appeal(AppealId, AttemptId),
    /// The answers that came late to these positions of this attempt count: no other is
    /// looked at.
    Late(AttemptId, &'a BTreeSet<i64>),
}

impl Cause<'_> {
    /// Of which regrade, appeal or late answer; of several of these, the first.
    fn ids(self) -> (Option<RegradeId>, Option<AppealId>, Option<i64>) {
        match self {
            Self::Regrade(id) => (Some(id), None, None),
            Self::Appeal(id, _) => (None, Some(id), None),
            Self::Late(_, positions) => (None, None, positions.first().copied()),
        }
    }
}

/// The deciding anew of results at one assessment. Everything takes turns in one
/// order: first the people are held, then this is begun, then come their attempts.
pub(crate) struct Renewal<'a> {
    ctx: &'a Ctx,
    tx: &'a TenantTx,
    assessment: AssessmentId,
    cause: Cause<'a>,
    corrections: Corrections,
    recount: Recount,
}

/// A person's attempt, as it was and as it is.
struct Renewed {
    was: attempt::Model,
    had: Vec<response::Model>,
    is: Sitting,
    /// The scores that were replaced.
    replaced: BTreeMap<i64, Score>,
    /// The competencies that it says something about, or did.
    concerns: BTreeSet<CompetencyId>,
}

impl<'a> Renewal<'a> {
    /// The caller holds the people.
    pub(crate) async fn begin(
        ctx: &'a Ctx,
        tx: &'a TenantTx,
        assessment: AssessmentId,
        cause: Cause<'a>,
    ) -> Result<Self> {
        Ok(Self {
            ctx,
            tx,
            assessment,
            cause,
            corrections: Corrections::of(tx, assessment).await?,
            recount: Recount::begin(tx, assessment).await?,
        })
    }

    /// Stores what was added up on the way.
    pub(crate) async fn end(self) -> Result<()> {
        self.recount.store(self.ctx, self.tx).await
    }

    /// Scores the person's attempts anew where something was put right, and has what
    /// follows from them decided as at a first conclusion; concludes those that waited
    /// for nothing but what was put right. Done twice, it is done once.
    pub(crate) async fn of(&mut self, person: PersonId) -> Result<Changed> {
        let mut changed = self.decided_anew(person).await?;
        if let Cause::Regrade(_) = self.cause {
            self.release(person, &mut changed).await?;
        }
        Ok(changed)
    }

    async fn decided_anew(&mut self, person: PersonId) -> Result<Changed> {
        let mut attempts = self.rescored(person).await?;
        let Some(first) = attempts.iter().position(|it| !it.replaced.is_empty()) else {
            return Ok(Changed::default());
        };
        let (ctx, tx) = (self.ctx, self.tx);
        let mastered = mastered(tx, person).await?;
        let groundless = program::groundless(ctx, tx, person).await?;
        let marks = self.marks(person).await?;
        let mut concerned = BTreeMap::new();
        for it in attempts.iter_mut().filter(|it| !it.replaced.is_empty()) {
            self.renew_evidence(it).await?;
            concerned.extend(it.concerns.iter().map(|competency| (*competency, it.was.id)));
        }
        let new_marks = self.marks(person).await?;

        // One decision for each thing, from all that there is: the newest is what holds.
        let standing = match attempts.last() {
            Some(last) => decisions::decide_assessment(ctx, tx, &last.is).await?,
            None => None,
        };
        let mut decided = BTreeMap::new();
        for (competency, attempt) in &concerned {
            let decision =
                decisions::decide_competency_anew(ctx, tx, person, *competency, Some(*attempt)).await?;
            decided.insert(*competency, decision);
        }
        let earned = program::evaluate(ctx, tx, person).await?;
        if standing.is_some_and(|(_, outcome)| outcome == Outcome::Mastered) {
            course::complete_assessment(ctx, tx, person, self.assessment).await?;
        }

        let mut changed = Changed::default();
        let last_changed = attempts.iter().rposition(|it| !it.replaced.is_empty());
        for place in first..attempts.len() {
            let it = &attempts[place];
            let had: AttemptResult = serde_json::from_str(it.was.result.as_deref().unwrap_or("{}"))?;
            let mut has = had.clone();
            has.outcome = outcome(
                &attempts[..=place],
                (marks.as_slice(), new_marks.as_slice()),
                had.outcome,
            )?;
            if !it.replaced.is_empty() {
                let scored = scores(&it.is)?;
                has.points = scored.iter().map(|(_, score)| score.points).sum();
                has.max = scored.iter().map(|(_, score)| score.max).sum();
                has.decisions = standing.iter().map(|(id, _)| *id).collect();
                has.decisions.extend(
                    it.concerns
                        .iter()
                        .filter_map(|competency| decided.get(competency)),
                );
            } else if has.outcome == had.outcome {
                continue;
            } else {
                renew_first(&mut has.decisions, standing.map(|(id, _)| id));
            }
            if last_changed == Some(place) {
                has.awards.extend(&earned);
            }
            self.amend(&mut attempts[place], &had, &has).await?;
            let (before, after) = (Worth::of(&had), Worth::of(&has));
            if before != after {
                changed.attempts.push(ChangedAttempt {
                    attempt: attempts[place].was.id,
                    number: attempts[place].was.number,
                    before,
                    after,
                });
            }
        }
        changed.competencies = turned(&mastered, &self::mastered(tx, person).await?, concerned.keys());
        changed.earned = achievements(tx, &earned).await?;
        for (award, achievement) in program::groundless(ctx, tx, person).await? {
            if !groundless.contains_key(&award) {
                self.note(award).await?;
                changed.lost.push(achievement);
            }
        }
        self.forget_grounded(person).await?;
        Ok(changed)
    }

    /// Goes through the person's attempts that wait for marks: what needs none any more
    /// waits no longer, and an attempt of which nothing does is concluded.
    async fn release(&self, person: PersonId, changed: &mut Changed) -> Result<()> {
        let (ctx, tx) = (self.ctx, self.tx);
        let waiting = self.attempts(person, AttemptState::Marking).await?;
        if waiting.is_empty() {
            return Ok(());
        }
        let were = mastered(tx, person).await?;
        for row in waiting {
            let mut sitting = Sitting::locked(tx, row.id).await?;
            self.corrections.apply(tx, &mut sitting).await?;
            let scored = scores(&sitting)?;
            let needs_mark = scored
                .iter()
                .filter(|(_, score)| score.verdict == Verdict::NeedsMarking)
                .map(|(row, _)| row.position);
            let open = || {
                marking::Column::AttemptId
                    .eq(row.id)
                    .and(marking::Column::MarkedAt.is_null())
            };
            tx.remove::<marking::Entity>()
                .filter(open())
                .filter(marking::Column::Position.is_not_in(needs_mark))
                .apply()
                .await?;
            if tx.rows::<marking::Entity>().filter(open()).count().await? > 0 {
                continue;
            }
            let concluded = conclude(ctx, tx, &sitting).await?;
            changed.earned.extend(achievements(tx, &concluded.awards).await?);
            let assessment = sitting.assessment.title.clone();
            let say = |name, link| Message::AttemptMarked {
                name,
                assessment,
                link,
            };
            tell(ctx, tx, person, row.id, say).await?;
            changed.released += 1;
        }
        let are = mastered(tx, person).await?;
        changed.competencies.extend(turned(&were, &are, were.union(&are)));
        Ok(())
    }

    /// The person's attempts in that state, first to last.
    async fn attempts(&self, person: PersonId, state: AttemptState) -> Result<Vec<attempt::Model>> {
        Ok(self
            .tx
            .rows::<attempt::Entity>()
            .filter(attempt::Column::PersonId.eq(person))
            .filter(attempt::Column::AssessmentId.eq(self.assessment))
            .filter(attempt::Column::State.eq(state.as_str()))
            .asc(attempt::Column::Number)
            .all()
            .await?)
    }

    /// The person's scored attempts, first to last, held and scored anew.
    async fn rescored(&self, person: PersonId) -> Result<Vec<Renewed>> {
        let mut attempts = Vec::new();
        for row in self.attempts(person, AttemptState::Scored).await? {
            let mut is = Sitting::locked(self.tx, row.id).await?;
            let (was, had) = (is.row.clone(), is.responses.clone());
            let replaced = match self.cause {
                Cause::Regrade(_) => self.corrections.apply(self.tx, &mut is).await?,
                Cause::Appeal(_, about) if about == row.id => adjust(self.tx, &mut is).await?,
                Cause::Late(about, positions) if about == row.id => {
                    count_late(self.tx, &mut is, positions).await?
                }
                Cause::Appeal(..) | Cause::Late(..) => BTreeMap::new(),
            };
            attempts.push(Renewed {
                was,
                had,
                is,
                replaced,
                concerns: BTreeSet::new(),
            });
        }
        Ok(attempts)
    }

    /// What assessors said in any attempt of the person.
    async fn marks(&self, person: PersonId) -> Result<Vec<evidence::Model>> {
        Ok(self
            .tx
            .rows::<evidence::Entity>()
            .filter(evidence::Column::PersonId.eq(person))
            .filter(evidence::Column::Kind.eq("rubric-mark"))
            .filter(evidence::Column::SupersededAt.is_null())
            .all()
            .await?)
    }

    /// Puts new evidence in the place of what the attempt showed.
    async fn renew_evidence(&self, it: &mut Renewed) -> Result<()> {
        let of_it = evidence::Column::AttemptId.eq(it.was.id);
        let counts = evidence::Column::SupersededAt.is_null();
        let rows = self.tx.rows::<evidence::Entity>().filter(of_it.clone());
        for row in rows.filter(counts.clone()).all().await? {
            it.concerns.insert(row.competency_id);
        }
        self.tx
            .change::<evidence::Entity>()
            .filter(of_it)
            .filter(counts)
            .set(evidence::Column::SupersededAt, self.ctx.now())
            .apply()
            .await?;
        let scored = scores(&it.is)?;
        let shown = store_evidence(self.ctx, self.tx, &it.is, &scored).await?;
        it.concerns.extend(shown);
        Ok(())
    }

    /// Stores a new result, keeps what it replaces, and counts it in its place.
    async fn amend(&mut self, it: &mut Renewed, had: &AttemptResult, has: &AttemptResult) -> Result<()> {
        let before = StoredAmendment {
            scores: it.replaced.clone(),
            result: had.clone(),
        };
        let after = serde_json::to_string(has)?;
        let (regrade_id, appeal_id, late_position) = self.cause.ids();
        self.tx
            .insert::<amendment::Entity>(amendment::Model {
                tenant_id: self.ctx.tenant(),
                id: self.ctx.new_id(),
                attempt_id: it.was.id,
                regrade_id,
                appeal_id,
                late_position,
                before: serde_json::to_string(&before)?,
                after: after.clone(),
                at: self.ctx.now(),
            })
            .await?;
        self.tx
            .change::<attempt::Entity>()
            .filter(attempt::Column::Id.eq(it.was.id))
            .set(attempt::Column::Result, after.clone())
            .apply()
            .await?;
        it.is.row.result = Some(after);
        self.recount
            .replace(self.tx, (&it.was, &it.had), (&it.is.row, &it.is.responses))
            .await
    }

    /// Notes for review that a badge has lost its ground.
    async fn note(&self, award: AwardId) -> Result<()> {
        let (regrade_id, appeal_id, _) = self.cause.ids();
        let row = groundless_award::Model {
            tenant_id: self.ctx.tenant(),
            award_id: award,
            regrade_id,
            appeal_id,
            noted_at: self.ctx.now(),
        };
        let key = [
            groundless_award::Column::TenantId,
            groundless_award::Column::AwardId,
        ];
        let values = [
            groundless_award::Column::RegradeId,
            groundless_award::Column::AppealId,
            groundless_award::Column::NotedAt,
        ];
        Ok(self
            .tx
            .upsert::<groundless_award::Entity>(row, key, values)
            .await?)
    }

    /// Takes those off the list whose ground is there again.
    async fn forget_grounded(&self, person: PersonId) -> Result<()> {
        let groundless = program::groundless(self.ctx, self.tx, person).await?;
        let held = self
            .tx
            .rows::<award::Entity>()
            .filter(award::Column::PersonId.eq(person))
            .filter(award::Column::WithdrawnAt.is_null())
            .columns::<Given>([award::Column::Id, award::Column::AchievementId])
            .await?;
        let grounded = held.iter().filter(|award| !groundless.contains_key(&award.id));
        self.tx
            .remove::<groundless_award::Entity>()
            .filter(groundless_award::Column::AwardId.is_in(grounded.map(|award| award.id)))
            .apply()
            .await?;
        Ok(())
    }
}

/// What the rule of the last of these attempts says once all of them had ended. Where
/// what was put right makes no difference, what was decided then stays: marks may
/// have come in another order.
fn outcome(
    attempts: &[Renewed],
    (marks, new_marks): (&[evidence::Model], &[evidence::Model]),
    decided: Option<Outcome>,
) -> Result<Option<Outcome>> {
    let Some(rule) = attempts
        .last()
        .and_then(|last| last.is.assessment.pass_rule.as_ref())
    else {
        return Ok(None);
    };
    let were: Vec<_> = attempts
        .iter()
        .map(|it| Sat {
            row: &it.was,
            responses: &it.had,
        })
        .collect();
    let are: Vec<_> = attempts
        .iter()
        .map(|it| Sat {
            row: &it.is.row,
            responses: &it.is.responses,
        })
        .collect();
    let before = decisions::outcome_of(rule, &were, marks)?;
    let after = decisions::outcome_of(rule, &are, new_marks)?;
    Ok(if before == after { decided } else { Some(after) })
}

/// The decision on the assessment stands before those on competencies.
fn renew_first(decisions: &mut Vec<DecisionId>, standing: Option<DecisionId>) {
    if let Some(standing) = standing {
        match decisions.first_mut() {
            Some(first) => *first = standing,
            None => decisions.push(standing),
        }
    }
}

async fn mastered(tx: &TenantTx, person: PersonId) -> Result<BTreeSet<CompetencyId>> {
    let rows = tx
        .rows::<mastery::Entity>()
        .filter(mastery::Column::PersonId.eq(person))
        .filter(mastery::Column::Outcome.eq(Outcome::Mastered.as_str()))
        .all()
        .await?;
    Ok(rows.into_iter().map(|row| row.competency_id).collect())
}

/// Of `competencies`, those that are mastered now and were not, or the other way round.
fn turned<'a>(
    were: &BTreeSet<CompetencyId>,
    are: &BTreeSet<CompetencyId>,
    competencies: impl Iterator<Item = &'a CompetencyId>,
) -> Vec<(CompetencyId, bool)> {
    competencies
        .filter(|it| were.contains(it) != are.contains(it))
        .map(|it| (*it, are.contains(it)))
        .collect()
}

#[derive(FromQueryResult)]
struct Given {
    id: AwardId,
    achievement_id: AchievementId,
}

async fn achievements(tx: &TenantTx, awards: &[AwardId]) -> Result<Vec<AchievementId>> {
    if awards.is_empty() {
        return Ok(Vec::new());
    }
    let rows = tx
        .rows::<award::Entity>()
        .filter(award::Column::Id.is_in(awards.iter().copied()))
        .columns::<Given>([award::Column::Id, award::Column::AchievementId])
        .await?;
    Ok(rows.into_iter().map(|row| row.achievement_id).collect())
}
