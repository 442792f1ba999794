//! How large the pictures of an item are: read from their files, when an author
//! has chosen another one.

use service::{Ctx, Result, files};

use crate::form::Form;

/// Fields that name a picture.
const NAMES: [&str; 2] = ["picture", "object"];

/// The form with the sizes of the pictures that it names. What was found of a
/// picture before stays, so that a size that came with an import does.
pub(super) async fn sized(ctx: &Ctx, form: Form) -> Result<Form> {
    let mut form = form;
    for name in NAMES {
        let file = form.text(name).trim().to_owned();
        let [of, width, height] = ["of", "width", "height"].map(|part| format!("{name}-{part}"));
        if !form.ticked(name) || form.text(&of) == file {
            continue;
        }
        let size = match file.as_str() {
            "" => None,
            file => files::picture_size(ctx, file).await?,
        };
        let found = size.unwrap_or_default();
        let others = form
            .iter()
            .filter(|(known, _)| *known != of && *known != width && *known != height);
        let others: Vec<_> = others
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let own = [
            (of, file),
            (width, found.width.to_string()),
            (height, found.height.to_string()),
        ];
        form = Form::filled(others.into_iter().chain(own));
    }
    Ok(form)
}
