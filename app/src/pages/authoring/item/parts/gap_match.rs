use leptos::prelude::*;

use super::points;
use crate::{i18n::t, ui::TextArea};

pub(super) fn fields() -> AnyView {
    view! {
        <TextArea name="passage" label=t!("item-passage") hint=t!("item-gap-match-hint") rows=6 />
        <TextArea name="spare" label=t!("item-gap-spare") hint=t!("item-spare-hint") rows=3 />
        {points(true)}
    }
    .into_any()
}
