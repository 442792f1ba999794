use leptos::prelude::*;

use super::points;
use crate::{
    i18n::t,
    ui::{TextArea, TextField, Tick},
};

pub(super) fn fields() -> AnyView {
    view! {
        <TextField name="answer" label=t!("item-answer") hint=t!("item-answer-text-hint") />
        <TextArea
            name="variants"
            label=t!("item-variants")
            hint=t!("item-variants-hint")
            rows=4
        />
        <Tick name="ignore-case" label=t!("item-ignore-case") hint=t!("item-ignore-case-hint") />
        <Tick name="ignore-accents" label=t!("item-ignore-accents") hint=t!("item-ignore-accents-hint") />
        <Tick name="ignore-spaces" label=t!("item-ignore-spaces") hint=t!("item-ignore-spaces-hint") />
        <TextField
            name="length"
            label=t!("item-length")
            hint=t!("item-length-hint")
            inputmode="numeric"
            required=false
            class="short"
        />
        {points(false)}
    }
    .into_any()
}
