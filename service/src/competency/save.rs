use domain::{id::CompetencyId, tenancy::Permission};
use entity::competency::competency;
use sea_orm::ColumnTrait;
use serde_json::json;

use super::{
    Details,
    framework::{competency_subject, hold_member},
    tree::{check, members},
};
use crate::{Ctx, Error, Result, audit};

/// Changes a competency that was seen at `rule_version`. Decisions already made
/// keep the rule that they were made by.
pub async fn save(ctx: &Ctx, id: CompetencyId, rule_version: i64, details: &Details) -> Result<()> {
    ctx.require(Permission::Author)?;
    let checked = details.check()?;
    let tx = ctx.write().await?;
    let before = hold_member(&tx, id).await?;
    if before.rule_version != rule_version {
        return Err(Error::Stale);
    }
    let after = competency::Model {
        parent_id: details.parent,
        code: checked.code.to_string(),
        statement: checked.statement,
        level: checked.level,
        rule: serde_json::to_string(&details.rule)?,
        rule_version: before.rule_version + 1,
        ..before.clone()
    };
    let mut rows = members(&tx, before.framework_id).await?;
    for row in rows.iter_mut().filter(|row| row.id == id) {
        *row = after.clone();
    }
    check(&rows)?;
    tx.change::<competency::Entity>()
        .filter(competency::Column::Id.eq(id))
        .set(competency::Column::ParentId, after.parent_id)
        .set(competency::Column::Code, after.code.clone())
        .set(competency::Column::Statement, after.statement.clone())
        .set(competency::Column::Level, after.level)
        .set(competency::Column::Rule, after.rule.clone())
        .set(competency::Column::RuleVersion, after.rule_version)
        .apply()
        .await?;
    let detail = json!({
        "code": after.code,
        "statement": after.statement,
        "rule_before": serde_json::from_str::<serde_json::Value>(&before.rule)?,
        "rule": details.rule,
    });
    audit::note(&tx, ctx, "competency-changed", competency_subject(id), detail).await?;
    tx.commit().await?;
    Ok(())
}
