use std::collections::BTreeMap;

use domain::{
    id::{CompetencyId, FrameworkId},
    mastery::Rule,
    tenancy::Permission,
};
use entity::competency::competency;
use sea_orm::ColumnTrait;

use super::tree::in_order;
use crate::{Ctx, Error, Result};

const MOST: u64 = 5_000;

/// A competency, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Competency {
    /// Which one.
    pub id: CompetencyId,
    /// Of which framework.
    pub framework: FrameworkId,
    /// The broader competency that it is part of.
    pub parent: Option<CompetencyId>,
    /// How it is cited.
    pub code: String,
    /// What a person who has it can do.
    pub statement: String,
    /// How demanding it is, in the framework's own word; may be empty.
    pub level: String,
    /// When it counts as shown.
    pub rule: Rule,
    /// Raised by each change; a decision names the one that it was made by.
    pub rule_version: i64,
}

/// All competencies of the tenant, framework by framework, each after its
/// parent, with its depth.
pub async fn list(ctx: &Ctx) -> Result<Vec<(usize, Competency)>> {
    ctx.require(Permission::ViewDrafts)?;
    let rows = ctx
        .read()
        .await?
        .rows::<competency::Entity>()
        .asc(competency::Column::Position)
        .asc(competency::Column::Code)
        .limit(MOST)
        .all()
        .await?;
    let mut by_framework: BTreeMap<FrameworkId, Vec<competency::Model>> = BTreeMap::new();
    for row in rows {
        by_framework.entry(row.framework_id).or_default().push(row);
    }
    let mut all = Vec::new();
    for rows in by_framework.into_values() {
        all.extend(in_order(rows)?);
    }
    Ok(all)
}

/// One competency.
pub async fn load(ctx: &Ctx, id: CompetencyId) -> Result<Competency> {
    ctx.require(Permission::ViewDrafts)?;
    ctx.read()
        .await?
        .rows::<competency::Entity>()
        .filter(competency::Column::Id.eq(id))
        .one()
        .await?
        .ok_or(Error::NotFound)?
        .try_into()
}

impl TryFrom<competency::Model> for Competency {
    type Error = Error;

    fn try_from(row: competency::Model) -> Result<Self> {
        Ok(Self {
            id: row.id,
            framework: row.framework_id,
            parent: row.parent_id,
            code: row.code,
            statement: row.statement,
            level: row.level,
            rule: serde_json::from_str(&row.rule)?,
            rule_version: row.rule_version,
        })
    }
}
