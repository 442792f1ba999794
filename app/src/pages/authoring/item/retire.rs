//! Taking an item out of its pool, and putting it back.

use axum::{extract::Path, response::Response};
use service::assessment::item;

use super::{ItemPath, item_id};
use crate::{failure::Failure, page::see_done, pages::teach::Desk, visit::Author};

pub(super) async fn retire(Author(place): Author, Path((_, id)): ItemPath) -> Result<Response, Failure> {
    item::retire(&place.ctx, item_id(&id)?).await?;
    Ok(see_done(
        &Desk::new(&place).path(&format!("/items/{id}")),
        "item-retired",
    ))
}

pub(super) async fn restore(Author(place): Author, Path((_, id)): ItemPath) -> Result<Response, Failure> {
    item::restore(&place.ctx, item_id(&id)?).await?;
    Ok(see_done(
        &Desk::new(&place).path(&format!("/items/{id}")),
        "item-restored",
    ))
}
