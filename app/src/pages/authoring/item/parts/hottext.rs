use leptos::prelude::*;

use super::{how_many, points};
use crate::{i18n::t, ui::TextArea};

pub(super) fn fields() -> AnyView {
    view! {
        <TextArea name="passage" label=t!("item-hottext") hint=t!("item-hottext-hint") rows=6 />
        {how_many()}
        {points(true)}
    }
    .into_any()
}
