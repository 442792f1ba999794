use std::collections::BTreeMap;

use domain::{
    Seed,
    assessment::{
        Item, ItemView,
        qti::{self, PackageProblem},
    },
    tenancy::Permission,
};
use entity::assessment::item;
use sea_orm::{ColumnTrait, Condition};

use super::import::{ExchangeError, competency_of};
use crate::{Ctx, Error, assessment::files::files_of, files};

/// The drafts of all items that are not retired, or of those for one competency,
/// by its code, with the files that they name, as a package of QTI 3.0.
///
/// One package holds [`qti::MAX_ITEMS`]; of more, none is left out in silence.
pub async fn export(ctx: &Ctx, competency: Option<&str>) -> Result<Vec<u8>, ExchangeError> {
    ctx.require(Permission::Author)?;
    let only = match competency {
        Some(code) => Some(item::Column::CompetencyId.eq(competency_of(ctx, code).await?)),
        None => None,
    };
    let tx = ctx.read().await?;
    let rows = tx
        .rows::<item::Entity>()
        .filter(item::Column::RetiredAt.is_null())
        .filter(Condition::all().add_option(only))
        .asc(item::Column::Id)
        .limit(qti::MAX_ITEMS as u64 + 1)
        .all()
        .await
        .map_err(Error::from)?;
    if rows.len() > qti::MAX_ITEMS {
        return Err(PackageProblem::TooLarge.into());
    }
    let mut items = BTreeMap::new();
    let mut named = BTreeMap::new();
    for row in rows {
        let item: Item = serde_json::from_str(&row.draft).map_err(Error::from)?;
        named.extend(files_of(&tx, [&ItemView::new(&item, Seed(0))]).await?);
        let identifier = format!("item-{}", row.id);
        items.insert(identifier.clone(), qti::write(&item, &identifier));
    }
    drop(tx);
    let mut contents = BTreeMap::new();
    let mut size = 0;
    for (name, id) in named {
        let download = files::open(ctx, id).await?;
        let bytes = files::stream(ctx, &download, None)
            .await?
            .bytes()
            .await
            .map_err(Error::from)?;
        size += bytes.len();
        if size > qti::MAX_PACKAGE {
            return Err(PackageProblem::TooLarge.into());
        }
        contents.insert(name, bytes.to_vec());
    }
    Ok(qti::pack(&items, &contents)?)
}
