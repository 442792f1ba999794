use domain::{id::FileId, tenancy::Permission};
use entity::tenancy::tenant;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;

use super::settings::lock;
use crate::{
    Ctx, Result, audit,
    files::{Emblem, upload_emblem},
};

/// Gives the tenant a logo, stored under `id`; sent twice, it is one. For what
/// is wrong with `bytes` see [`upload_emblem`].
pub async fn set_logo(ctx: &Ctx, id: FileId, bytes: Vec<u8>) -> Result<()> {
    ctx.require(Permission::ManageSettings)?;
    let file = upload_emblem(ctx, Emblem::Logo, id, bytes).await?;
    change(ctx, Some(file)).await
}

/// Takes the tenant's logo away.
pub async fn remove_logo(ctx: &Ctx) -> Result<()> {
    ctx.require(Permission::ManageSettings)?;
    change(ctx, None).await
}

async fn change(ctx: &Ctx, logo: Option<FileId>) -> Result<()> {
    let tx = ctx.write().await?;
    if lock(&tx, ctx).await?.logo_file == logo {
        return Ok(());
    }
    let changed = tenant::ActiveModel {
        logo_file: Set(logo),
        ..Default::default()
    };
    tenant::Entity::update_many()
        .set(changed)
        .filter(tenant::Column::Id.eq(ctx.tenant()))
        .exec(tx.unowned())
        .await?;
    let subject = format!("tenant:{}", ctx.tenant());
    audit::note(&tx, ctx, "logo-changed", subject, json!({ "file": logo })).await?;
    tx.commit().await?;
    Ok(())
}
