use domain::{
    id::{CompetencyId, FrameworkId},
    tenancy::Permission,
};
use entity::competency::competency;
use serde_json::json;

use super::{
    Details,
    framework::{competency_subject, hold},
    tree::{MOST_MEMBERS, check, members},
};
use crate::{Ctx, Error, Result, audit};

/// What it takes to make a competency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCompetency {
    /// Its id: the same form sent twice makes one.
    pub id: CompetencyId,
    /// Where it belongs.
    pub framework: FrameworkId,
    /// What its author says about it.
    pub details: Details,
}

/// Makes a competency, as the last of its siblings.
pub async fn create(ctx: &Ctx, new: NewCompetency) -> Result<()> {
    ctx.require(Permission::Author)?;
    let checked = new.details.check()?;
    let tx = ctx.write().await?;
    hold(&tx, new.framework).await?;
    let mut rows = members(&tx, new.framework).await?;
    if rows.iter().any(|row| row.id == new.id) {
        return Ok(());
    }
    if rows.len() as u64 >= MOST_MEMBERS {
        return Err(Error::Refused("framework-full"));
    }
    let row = competency::Model {
        tenant_id: ctx.tenant(),
        id: new.id,
        framework_id: new.framework,
        parent_id: new.details.parent,
        code: checked.code.to_string(),
        statement: checked.statement,
        level: checked.level,
        position: rows.iter().map(|row| row.position).max().unwrap_or(0) + 1,
        rule: serde_json::to_string(&new.details.rule)?,
        rule_version: 1,
    };
    rows.push(row.clone());
    check(&rows)?;
    let detail = json!({"code": row.code, "statement": row.statement, "rule": new.details.rule});
    tx.insert::<competency::Entity>(row).await?;
    audit::note(&tx, ctx, "competency-created", competency_subject(new.id), detail).await?;
    tx.commit().await?;
    Ok(())
}
