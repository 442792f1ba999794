//! When an assessment may be sat, and with what code.

use domain::{
    Timestamp,
    assessment::{Assessment, FeedbackTime, Window},
    id::AssessmentId,
    tenancy::Permission,
};
use entity::{
    TenantTx,
    assessment::{assessment, attempt},
};
use sea_orm::ColumnTrait;
use serde_json::json;
use subtle::ConstantTimeEq;

use crate::{Ctx, Error, FieldErrors, Result, assessment::attempt::adjust, audit, draft};

/// An access code has so many characters at most.
pub const LONGEST_CODE: usize = 40;

/// When an assessment may be sat, and with what code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delivery {
    /// When.
    pub window: Window,
    /// What has to be typed before an attempt, which whoever watches over it says
    /// there and then; empty: nothing. Case and spaces do not count.
    pub access_code: String,
}

/// How an assessment is delivered.
pub async fn delivery(ctx: &Ctx, id: AssessmentId) -> Result<Delivery> {
    ctx.require(Permission::Author)?;
    let row = draft::row::<assessment::Entity>(&ctx.read().await?, id).await?;
    delivery_of(ctx, &row)
}

/// Delivers an assessment like this from now on. An attempt that is under way
/// loses no time by it. `seen` is how it was delivered when that was decided.
pub async fn set_delivery(ctx: &Ctx, id: AssessmentId, seen: &Delivery, next: &Delivery) -> Result<()> {
    ctx.require(Permission::Author)?;
    let mut errors = FieldErrors::default();
    if let Err(problem) = next.window.check() {
        errors.add_problem(problem.path.clone(), &problem);
    }
    if next.access_code.chars().count() > LONGEST_CODE {
        errors.add_with(
            "access-code",
            "access-code-too-long",
            [("most", LONGEST_CODE.to_string())],
        );
    }
    errors.check()?;
    let tx = ctx.write().await?;
    let row = draft::held::<assessment::Entity>(&tx, id).await?;
    let before = delivery_of(ctx, &row)?;
    if before == *next {
        return Ok(());
    }
    if before != *seen {
        return Err(Error::Stale);
    }
    let opens_again = before.window.is_over(ctx.now()) && !next.window.is_over(ctx.now());
    if opens_again && shows_answers(&tx, &row).await? {
        return Err(Error::field("closes", "window-answers-shown"));
    }
    let code = next.access_code.trim();
    let sealed = if code.is_empty() {
        None
    } else {
        let installation = ctx.installation();
        let sealed = installation
            .vault
            .seal(&*installation.chance, &place(&row), code.as_bytes())?;
        Some(sealed.0)
    };
    tx.change::<assessment::Entity>()
        .filter(assessment::Column::Id.eq(id))
        .set(assessment::Column::OpensAt, next.window.opens)
        .set(assessment::Column::ClosesAt, next.window.closes)
        .set(assessment::Column::AccessCode, sealed)
        .apply()
        .await?;
    adjust(ctx, &tx, attempt::Column::AssessmentId.eq(id)).await?;
    let detail = json!({
        "opens": next.window.opens,
        "closes": next.window.closes,
        "asks-for-code": !code.is_empty(),
    });
    audit::note(
        &tx,
        ctx,
        "assessment-delivery-changed",
        format!("assessment:{id}"),
        detail,
    )
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Whether whoever sat it was shown the right answers when it closed.
async fn shows_answers(tx: &TenantTx, row: &assessment::Model) -> Result<bool> {
    let Some(version) = draft::in_force::<assessment::Entity>(tx, row).await? else {
        return Ok(false);
    };
    let feedback = serde_json::from_str::<Assessment>(&version.content)?.feedback;
    Ok(feedback.when == FeedbackTime::AfterWindow && feedback.correct_answers)
}

/// When an assessment may be sat.
pub(crate) fn window_of(row: &assessment::Model) -> Window {
    let (opens, closes): (Option<Timestamp>, Option<Timestamp>) = (row.opens_at, row.closes_at);
    Window { opens, closes }
}

/// Whether what somebody typed is the code that is asked for; where none is, anything is.
pub(crate) fn is_code(ctx: &Ctx, row: &assessment::Model, typed: &str) -> Result<bool> {
    let delivery = delivery_of(ctx, row)?;
    let (asked, typed) = (plain(&delivery.access_code), plain(typed));
    Ok(asked.is_empty() || bool::from(asked.as_bytes().ct_eq(typed.as_bytes())))
}

fn plain(code: &str) -> String {
    let letters = code.chars().filter(|c| !c.is_whitespace());
    letters.flat_map(char::to_lowercase).collect()
}

fn delivery_of(ctx: &Ctx, row: &assessment::Model) -> Result<Delivery> {
    let access_code = match &row.access_code {
        Some(sealed) => {
            let code = ctx.installation().vault.open(&place(row), sealed)?;
            String::from_utf8_lossy(&code).into_owned()
        }
        None => String::new(),
    };
    Ok(Delivery {
        window: window_of(row),
        access_code,
    })
}

fn place(row: &assessment::Model) -> String {
    format!("access-code:{}:{}", row.tenant_id, row.id)
}
