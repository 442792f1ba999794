//! Items: the list, the editor, and trying one out.

mod editor;
mod fields;
mod import;
mod list;
mod new;
mod parts;
mod preview;
mod retire;
mod review;
mod sizes;
mod usage;
mod variants;

use axum::{
    extract::Path,
    routing::{get, post},
};
use domain::id::{CompetencyId, ItemId};
use service::{Ctx, Error, Result, competency};

use crate::routes::Routes;

pub(super) use list::kinds;

pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/t/{tenant}/teach/items", get(list::show))
        .route("/t/{tenant}/teach/items/new", get(new::show).post(new::send))
        .route(
            "/t/{tenant}/teach/items/{item}",
            get(editor::show).post(editor::send),
        )
        .route(
            "/t/{tenant}/teach/items/{item}/preview",
            get(preview::show).post(preview::send),
        )
        .route("/t/{tenant}/teach/items/{item}/variants", get(variants::show))
        .route(
            "/t/{tenant}/teach/items/{item}/review",
            get(review::show).post(review::send),
        )
        .route("/t/{tenant}/teach/items/{item}/retire", post(retire::retire))
        .route("/t/{tenant}/teach/items/{item}/restore", post(retire::restore))
        .merge(import::routes())
}

/// The tenant and the item of an address.
type ItemPath = Path<(String, String)>;

fn item_id(text: &str) -> Result<ItemId> {
    text.parse().map_err(|_| Error::NotFound)
}

/// The competencies to choose from: id, and code with statement.
pub(crate) async fn competencies(ctx: &Ctx) -> Result<Vec<(CompetencyId, String)>> {
    let all = competency::list(ctx).await?;
    Ok(all
        .into_iter()
        .map(|(_, one)| (one.id, format!("{} {}", one.code, one.statement)))
        .collect())
}
