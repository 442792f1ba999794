//! Choosing a remedy.

use domain::{
    Timestamp,
    assessment::{Assessment, AttemptState, Difference, Item, RegradeState, Remedy, Scoring, may_score},
    id::{AssessmentId, CompetencyId, ItemId, ItemVersionId, PersonId, RegradeId},
    mastery::Rule,
    tenancy::Permission,
};
use entity::{
    TenantTx,
    assessment::{
        assessment, assessment_version, attempt, item, item_tally, item_version, regrade, response,
    },
    competency::competency,
};
use sea_orm::{ColumnTrait, FromQueryResult};
use serde_json::json;

use super::{Changes, corrections::items, work::OVER};
use crate::{
    Ctx, Error, FieldErrors, Result, audit, draft,
    job::{self, Job},
};

/// A reason has at most so many characters.
const LONGEST: usize = 1_000;

/// A version of an item as an assessment asked it, and what can be done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regradable {
    /// What the assessment is called.
    pub assessment: String,
    /// The item.
    pub item: ItemId,
    /// What it is called.
    pub title: String,
    /// What it asks, as its list has it.
    pub asked: String,
    /// The number of the version that was asked.
    pub number: i64,
    /// The versions by which answers might be scored, newest first: the other ones, and
    /// where it was regraded before, the one that was asked.
    pub others: Vec<OtherVersion>,
    /// The regrade of this assessment that has to be done with first.
    pub open: Option<RegradeId>,
    /// The regrades of this version so far, newest first, each with when it was proposed.
    pub earlier: Vec<(RegradeId, Timestamp)>,
}

/// Another version of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherVersion {
    /// Which.
    pub id: ItemVersionId,
    /// Its number.
    pub number: i64,
    /// Why answers can't be scored by it; none if they can.
    pub difference: Option<Difference>,
}

/// What is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its id, made with the form: sent twice, it is one.
    pub id: RegradeId,
    /// What is to be done. The field `remedy`.
    pub remedy: Option<Chosen>,
    /// By which version answers are scored, where they are. The field `version`.
    pub by: Option<ItemVersionId>,
    /// Why, for the record. The field `reason`.
    pub reason: String,
    /// Why, for the learners whom it concerns. The field `told`.
    pub told: String,
}

/// What a form can choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// Another version's key.
    Key,
    /// Full credit.
    FullCredit,
    /// Dropping it.
    Drop,
}

impl std::str::FromStr for Chosen {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text {
            "key" => Ok(Self::Key),
            "full-credit" => Ok(Self::FullCredit),
            "drop" => Ok(Self::Drop),
            _ => Err(Error::NotFound),
        }
    }
}

/// What can be done about a version of an item that was asked in an assessment.
pub async fn regradable(ctx: &Ctx, id: AssessmentId, version: ItemVersionId) -> Result<Regradable> {
    ctx.require(Permission::Regrade)?;
    let tx = ctx.read().await?;
    let assessment = draft::row::<assessment::Entity>(&tx, id).await?;
    let asked = asked(&tx, id, version).await?;
    let item = tx
        .rows::<item::Entity>()
        .filter(item::Column::Id.eq(asked.item_id))
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    let versions = tx
        .rows::<item_version::Entity>()
        .filter(item_version::Column::ItemId.eq(item.id))
        .desc(item_version::Column::Number)
        .all()
        .await?;
    let earlier = tx
        .rows::<regrade::Entity>()
        .filter(regrade::Column::AssessmentId.eq(id))
        .filter(regrade::Column::ItemVersionId.eq(version))
        .filter(regrade::Column::State.eq(RegradeState::Done))
        .desc(regrade::Column::ProposedAt)
        .limit(50)
        .all()
        .await?;
    let content = serde_json::from_str(&asked.content)?;
    let mut others = Vec::new();
    let may_undo = !earlier.is_empty();
    for other in versions.into_iter().filter(|it| may_undo || it.id != version) {
        let by = serde_json::from_str(&other.content)?;
        others.push(OtherVersion {
            id: other.id,
            number: other.number,
            difference: may_score(&content, &by).err(),
        });
    }
    Ok(Regradable {
        assessment: assessment.title,
        item: item.id,
        title: item.title,
        asked: item.asked,
        number: asked.number,
        others,
        open: open(&tx, id).await?,
        earlier: earlier.into_iter().map(|row| (row.id, row.proposed_at)).collect(),
    })
}

/// Proposes a remedy. What it would change is worked out by a job, and nothing
/// changes before [`confirm`](super::confirm()).
///
/// Fields: see [`Proposal`]; where another proposal has its id, or it was given up,
/// `remedy` says so. Refused: `regrade-open`, while another regrade of the assessment
/// is not done with.
pub async fn propose(
    ctx: &Ctx,
    assessment: AssessmentId,
    version: ItemVersionId,
    proposal: Proposal,
) -> Result<RegradeId> {
    ctx.require(Permission::Regrade)?;
    let person = ctx.person()?;
    let tx = ctx.write().await?;
    // One after another: whoever comes second sees the first.
    let known = tx.rows::<assessment::Entity>();
    let known = known.filter(assessment::Column::Id.eq(assessment));
    known.locked().one().await?.ok_or(Error::NotFound)?;
    let asked = asked(&tx, assessment, version).await?;
    let mut errors = FieldErrors::default();
    let remedy = remedy(&tx, assessment, &asked, &proposal, &mut errors).await?;
    let reason = bounded(&mut errors, "reason", &proposal.reason);
    let told = bounded(&mut errors, "told", &proposal.told);
    errors.check()?;
    let remedy = serde_json::to_string(&remedy.ok_or(Error::NotFound)?)?;
    let sent = tx.rows::<regrade::Entity>();
    let sent = sent.filter(regrade::Column::Id.eq(proposal.id)).one().await?;
    if let Some(sent) = &sent {
        let wanted = (assessment, version, &remedy, &reason, &told);
        let is_same = (
            sent.assessment_id,
            sent.item_version_id,
            &sent.remedy,
            &sent.reason,
            &sent.told,
        ) == wanted;
        if is_same && sent.state != RegradeState::Discarded {
            return Ok(proposal.id);
        }
    }
    if open(&tx, assessment).await?.is_some() {
        return Err(Error::Refused("regrade-open"));
    }
    if sent.is_some() {
        return Err(Error::field("remedy", "regrade-sent-before"));
    }
    let attempts = tx
        .rows::<attempt::Entity>()
        .filter(attempt::Column::AssessmentId.eq(assessment))
        .filter(attempt::Column::State.is_in(OVER.map(AttemptState::as_str)))
        .count()
        .await?;
    let row = regrade::Model {
        tenant_id: ctx.tenant(),
        id: proposal.id,
        assessment_id: assessment,
        item_version_id: version,
        remedy: remedy.clone(),
        reason,
        told,
        state: RegradeState::Previewing,
        reached: None,
        looked_at: 0,
        attempts: i64::try_from(attempts).unwrap_or(i64::MAX),
        preview: serde_json::to_string(&Changes::default())?,
        changes: serde_json::to_string(&Changes::default())?,
        proposed_by: person,
        proposed_at: ctx.now(),
        applied_by: None,
        applied_at: None,
        finished_at: None,
    };
    let key = [regrade::Column::TenantId, regrade::Column::Id];
    if !tx.insert_new::<regrade::Entity>(row, key).await? {
        // Somebody else has the id: it was not made with this form.
        return Err(Error::Stale);
    }
    queue(ctx, &tx, proposal.id, None).await?;
    note(
        ctx,
        &tx,
        "regrade-proposed",
        proposal.id,
        &serde_json::from_str(&remedy)?,
    )
    .await?;
    tx.commit().await?;
    Ok(proposal.id)
}

/// Gives a proposal up. One that is in force stays so.
pub async fn discard(ctx: &Ctx, id: RegradeId) -> Result<()> {
    ctx.require(Permission::Regrade)?;
    let tx = ctx.write().await?;
    let row = held(&tx, id).await?;
    if !matches!(row.state, RegradeState::Previewing | RegradeState::Ready) {
        return Err(Error::Stale);
    }
    tx.change::<regrade::Entity>()
        .filter(regrade::Column::Id.eq(id))
        .set(regrade::Column::State, RegradeState::Discarded)
        .apply()
        .await?;
    note(
        ctx,
        &tx,
        "regrade-discarded",
        id,
        &serde_json::from_str(&row.remedy)?,
    )
    .await?;
    Ok(tx.commit().await?)
}

/// The regrade, held until the transaction ends. It is held before any person.
pub(super) async fn held(tx: &TenantTx, id: RegradeId) -> Result<regrade::Model> {
    tx.rows::<regrade::Entity>()
        .filter(regrade::Column::Id.eq(id))
        .locked()
        .one()
        .await?
        .ok_or(Error::NotFound)
}

/// Has the people after that one looked at.
pub(super) async fn queue(ctx: &Ctx, tx: &TenantTx, id: RegradeId, after: Option<PersonId>) -> Result<()> {
    let next = Job::Regrade {
        tenant: ctx.tenant(),
        regrade: id,
        after,
    };
    job::now(tx.unowned(), ctx.installation(), &next).await
}

pub(super) async fn note(
    ctx: &Ctx,
    tx: &TenantTx,
    action: &str,
    id: RegradeId,
    remedy: &Remedy,
) -> Result<()> {
    audit::note(
        tx,
        ctx,
        action,
        format!("regrade:{id}"),
        json!({ "remedy": remedy }),
    )
    .await
}

/// The version, if the assessment asked it and somebody's answer was counted.
async fn asked(
    tx: &TenantTx,
    assessment: AssessmentId,
    version: ItemVersionId,
) -> Result<item_version::Model> {
    tx.rows::<item_tally::Entity>()
        .filter(item_tally::Column::AssessmentId.eq(assessment))
        .filter(item_tally::Column::ItemVersionId.eq(version))
        .one()
        .await?
        .ok_or(Error::NotFound)?;
    tx.rows::<item_version::Entity>()
        .filter(item_version::Column::Id.eq(version))
        .one()
        .await?
        .ok_or(Error::NotFound)
}

async fn open(tx: &TenantTx, assessment: AssessmentId) -> Result<Option<RegradeId>> {
    let open = RegradeState::ALL.iter().copied().filter(|state| state.is_open());
    let row = tx
        .rows::<regrade::Entity>()
        .filter(regrade::Column::AssessmentId.eq(assessment))
        .filter(regrade::Column::State.is_in(open))
        .one()
        .await?;
    Ok(row.map(|row| row.id))
}

/// What was chosen, if it can be done.
async fn remedy(
    tx: &TenantTx,
    assessment: AssessmentId,
    asked: &item_version::Model,
    proposal: &Proposal,
    errors: &mut FieldErrors,
) -> Result<Option<Remedy>> {
    match proposal.remedy {
        None => {
            errors.add("remedy", "regrade-no-remedy");
            Ok(None)
        }
        Some(Chosen::FullCredit) => {
            if is_marked(asked)? && marks_decide(tx, assessment, asked.id).await? {
                errors.add("remedy", "regrade-marks-decide");
                return Ok(None);
            }
            Ok(Some(Remedy::FullCredit))
        }
        Some(Chosen::Drop) => Ok(Some(Remedy::Drop)),
        Some(Chosen::Key) => {
            let by = match proposal.by {
                Some(by) => {
                    tx.rows::<item_version::Entity>()
                        .filter(item_version::Column::Id.eq(by))
                        .filter(item_version::Column::ItemId.eq(asked.item_id))
                        .one()
                        .await?
                }
                None => None,
            };
            let Some(by) = by else {
                errors.add("version", "regrade-no-version");
                return Ok(None);
            };
            let versions = items(tx, vec![asked.id, by.id]).await?;
            let differs = match (versions.get(&asked.id), versions.get(&by.id)) {
                (Some(one), Some(other)) => may_score(one, other).err(),
                _ => return Err(Error::NotFound),
            };
            if let Some(differs) = differs {
                let code = format!("regrade-other-{}", differs.code);
                errors.add_with("version", code, [("response", differs.response.to_string())]);
                return Ok(None);
            }
            Ok(Some(Remedy::KeyOf(by.id)))
        }
    }
}

/// Whether a person marks it.
fn is_marked(asked: &item_version::Model) -> Result<bool> {
    let item: Item = serde_json::from_str(&asked.content)?;
    let mut scorings = item.responses.iter().map(|declared| &declared.scoring);
    Ok(scorings.any(|scoring| matches!(scoring, Scoring::Rubric(_))))
}

#[derive(FromQueryResult)]
struct About {
    competency_id: CompetencyId,
}

/// Whether a rule goes by what assessors say of this version, and not by its points: a
/// rule of the assessment, or of a competency that it was asked about.
async fn marks_decide(tx: &TenantTx, assessment: AssessmentId, version: ItemVersionId) -> Result<bool> {
    let versions = tx
        .rows::<assessment_version::Entity>()
        .filter(assessment_version::Column::AssessmentId.eq(assessment))
        .all()
        .await?;
    for row in versions {
        let defined: Assessment = serde_json::from_str(&row.content)?;
        if defined.pass_rule.is_some_and(|rule| rule.weighs_marks()) {
            return Ok(true);
        }
    }
    let about: Vec<About> = tx
        .rows::<response::Entity>()
        .filter(response::Column::ItemVersionId.eq(version))
        .grouped([response::Column::CompetencyId], [])
        .await?;
    let competencies = tx
        .rows::<competency::Entity>()
        .filter(competency::Column::Id.is_in(about.iter().map(|it| it.competency_id)))
        .all()
        .await?;
    for row in competencies {
        let rule: Rule = serde_json::from_str(&row.rule)?;
        if rule.weighs_marks() {
            return Ok(true);
        }
    }
    Ok(false)
}

fn bounded(errors: &mut FieldErrors, field: &str, text: &str) -> String {
    let text = text.trim();
    if text.is_empty() {
        errors.add(field, format!("regrade-{field}-missing"));
    } else if text.chars().count() > LONGEST {
        errors.add_with(field, "regrade-text-too-long", [("most", LONGEST.to_string())]);
    }
    text.to_owned()
}
