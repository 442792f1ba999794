use std::collections::BTreeMap;

use domain::{
    Seed,
    assessment::{Item, ItemView, qti},
    tenancy::Permission,
};
use entity::assessment::item;
use sea_orm::ColumnTrait;

use crate::{Ctx, Result, assessment::files::files_of, files};

/// Items of one package; those beyond are left to filters yet to come.
const MOST: u64 = 2_000;

/// The drafts of all items that are not retired, with the files that they name,
/// as a package of QTI 3.0.
pub async fn export(ctx: &Ctx) -> Result<Vec<u8>> {
    ctx.require(Permission::Author)?;
    let tx = ctx.read().await?;
    let rows = tx
        .rows::<item::Entity>()
        .filter(item::Column::RetiredAt.is_null())
        .desc(item::Column::Id)
        .limit(MOST)
        .all()
        .await?;
    let mut items = BTreeMap::new();
    let mut named = BTreeMap::new();
    for row in rows {
        let item: Item = serde_json::from_str(&row.draft)?;
        named.extend(files_of(&tx, [&ItemView::new(&item, Seed(0))]).await?);
        let identifier = format!("item-{}", row.id);
        items.insert(identifier.clone(), qti::write(&item, &identifier));
    }
    drop(tx);
    let mut contents = BTreeMap::new();
    for (name, id) in named {
        let download = files::open(ctx, id).await?;
        let bytes = files::stream(ctx, &download, None).await?.bytes().await?;
        contents.insert(name, bytes.to_vec());
    }
    Ok(qti::pack(&items, &contents))
}
