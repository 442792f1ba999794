use domain::{
    competency::Code,
    id::{CompetencyId, FrameworkId},
    tenancy::Permission,
};
use entity::{
    TenantTx,
    competency::{competency, framework},
};
use sea_orm::{ColumnTrait, ExprTrait, FromQueryResult, sea_query::Expr};
use serde_json::json;

use super::details::line;
use crate::{Ctx, Error, FieldErrors, Result, audit, revision};

const MAX_TITLE: usize = 120;
const MAX_DESCRIPTION: usize = 2_000;
const MOST_FRAMEWORKS: u64 = 200;

/// What an author says about a framework.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrameworkDetails {
    /// How it is cited; unique in the tenant. The field `code`.
    pub code: String,
    /// What it is called. The field `title`.
    pub title: String,
    /// What it is for. The field `description`.
    pub description: String,
}

impl FrameworkDetails {
    /// What a save has to name: another one as soon as anything has changed.
    #[must_use]
    pub fn revision(&self) -> String {
        revision::of([&self.code, &self.title, &self.description])
    }
}

impl From<framework::Model> for FrameworkDetails {
    fn from(row: framework::Model) -> Self {
        Self {
            code: row.code,
            title: row.title,
            description: row.description,
        }
    }
}

/// A framework, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Framework {
    /// Which one.
    pub id: FrameworkId,
    /// How it is cited.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// What it is for.
    pub description: String,
    /// How many competencies it has.
    pub competencies: u64,
}

/// Makes a framework. Made already, by the same form sent twice, it stays.
pub async fn create_framework(ctx: &Ctx, id: FrameworkId, details: &FrameworkDetails) -> Result<()> {
    ctx.require(Permission::Author)?;
    let (code, title, description) = check(details)?;
    let tx = ctx.write().await?;
    let row = framework::Model {
        tenant_id: ctx.tenant(),
        id,
        code: code.to_string(),
        title: title.clone(),
        description,
        created_at: ctx.now(),
    };
    let key = [framework::Column::TenantId, framework::Column::Id];
    let stored = tx
        .insert_new::<framework::Entity>(row, key)
        .await
        .map_err(code_taken)?;
    if stored {
        let detail = json!({"code": code, "title": title});
        audit::note(&tx, ctx, "framework-created", subject(id), detail).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Changes a framework that was seen at `revision`.
pub async fn save_framework(
    ctx: &Ctx,
    id: FrameworkId,
    revision: &str,
    details: &FrameworkDetails,
) -> Result<()> {
    ctx.require(Permission::Author)?;
    let (code, title, description) = check(details)?;
    let tx = ctx.write().await?;
    if hold(&tx, id).await?.revision() != revision {
        return Err(Error::Stale);
    }
    tx.change::<framework::Entity>()
        .filter(framework::Column::Id.eq(id))
        .set(framework::Column::Code, code.to_string())
        .set(framework::Column::Title, title.clone())
        .set(framework::Column::Description, description)
        .apply()
        .await
        .map_err(code_taken)?;
    let detail = json!({"code": code, "title": title});
    audit::note(&tx, ctx, "framework-changed", subject(id), detail).await?;
    tx.commit().await?;
    Ok(())
}

/// Holds a framework until the transaction ends: whoever changes its tree takes
/// turns with others, since each of two changes may be sound and both not.
pub(super) async fn hold(tx: &TenantTx, id: FrameworkId) -> Result<FrameworkDetails> {
    let row = tx
        .rows::<framework::Entity>()
        .filter(framework::Column::Id.eq(id))
        .locked()
        .one()
        .await?;
    row.map(Into::into).ok_or(Error::NotFound)
}

/// Holds the framework of a competency, and the competency in it.
pub(super) async fn hold_member(tx: &TenantTx, id: CompetencyId) -> Result<competency::Model> {
    let row = || {
        tx.rows::<competency::Entity>()
            .filter(competency::Column::Id.eq(id))
    };
    let framework = row().one().await?.ok_or(Error::NotFound)?.framework_id;
    hold(tx, framework).await?;
    row().locked().one().await?.ok_or(Error::NotFound)
}

/// Removes a framework that has no competencies.
pub async fn remove_framework(ctx: &Ctx, id: FrameworkId) -> Result<()> {
    ctx.require(Permission::Author)?;
    let tx = ctx.write().await?;
    hold(&tx, id).await?;
    let members = tx
        .rows::<competency::Entity>()
        .filter(competency::Column::FrameworkId.eq(id))
        .count()
        .await?;
    if members > 0 {
        return Err(Error::Refused("framework-not-empty"));
    }
    tx.remove::<framework::Entity>()
        .filter(framework::Column::Id.eq(id))
        .apply()
        .await?;
    audit::note(&tx, ctx, "framework-removed", subject(id), json!({})).await?;
    tx.commit().await?;
    Ok(())
}

/// The tenant's frameworks, by code.
pub async fn frameworks(ctx: &Ctx) -> Result<Vec<Framework>> {
    ctx.require(Permission::ViewDrafts)?;
    let tx = ctx.read().await?;
    let rows = tx
        .rows::<framework::Entity>()
        .asc(framework::Column::Code)
        .limit(MOST_FRAMEWORKS)
        .all()
        .await?;
    let members: Vec<Members> = tx
        .rows::<competency::Entity>()
        .grouped(
            [competency::Column::FrameworkId],
            [(Expr::col(competency::Column::Id).count(), "members")],
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| Framework {
            competencies: members
                .iter()
                .find(|of| of.framework_id == row.id)
                .map_or(0, |of| of.members.unsigned_abs()),
            id: row.id,
            code: row.code,
            title: row.title,
            description: row.description,
        })
        .collect())
}

#[derive(FromQueryResult)]
struct Members {
    framework_id: FrameworkId,
    members: i64,
}

fn check(details: &FrameworkDetails) -> Result<(Code, String, String)> {
    let mut errors = FieldErrors::default();
    let code = errors.take("code", Code::parse(&details.code));
    let title = line(&mut errors, "title", &details.title, MAX_TITLE);
    if title.is_empty() {
        errors.add("title", "title-empty");
    }
    let description = details.description.trim();
    if description.len() > MAX_DESCRIPTION {
        errors.add_with(
            "description",
            "text-over-limit",
            [("most", MAX_DESCRIPTION.to_string())],
        );
    }
    match code {
        Some(code) if errors.is_empty() => Ok((code, title, description.to_owned())),
        _ => Err(errors.into()),
    }
}

fn code_taken(cause: sea_orm::DbErr) -> Error {
    let error = Error::from(cause);
    if error.is_taken("framework_code_taken", "framework.code") {
        Error::field("code", "code-taken")
    } else {
        error
    }
}

fn subject(id: FrameworkId) -> String {
    format!("framework:{id}")
}

/// A competency's subject in the audit trail.
pub(super) fn competency_subject(id: CompetencyId) -> String {
    format!("competency:{id}")
}
