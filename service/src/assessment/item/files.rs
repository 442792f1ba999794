use std::collections::BTreeMap;

use domain::{
    Seed,
    assessment::{Item, ItemView},
    id::FileId,
    tenancy::Permission,
};

use crate::{Ctx, Result, assessment::files::files_of};

/// The files that an item's texts name, also before it is stored: for the
/// author who looks at what it will be.
pub async fn files(ctx: &Ctx, item: &Item) -> Result<BTreeMap<String, FileId>> {
    ctx.require(Permission::ViewDrafts)?;
    // What is named does not hang on the order in which answers are shown.
    let view = ItemView::new(item, Seed(0));
    files_of(&ctx.read().await?, [&view]).await
}
