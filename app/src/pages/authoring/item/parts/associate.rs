use leptos::prelude::*;

use super::{matching, points};
use crate::{i18n::t, ui::TextArea};

pub(super) fn fields() -> AnyView {
    view! {
        {matching::pairs("item-associate-hint")}
        <TextArea name="spare" label=t!("item-associate-spare") hint=t!("item-spare-hint") rows=3 />
        {points(true)}
    }
    .into_any()
}
