use leptos::prelude::*;

use super::{points, tolerance};
use crate::{i18n::t, ui::TextField};

pub(super) fn fields() -> AnyView {
    view! {
        <div class="cols">
            <TextField name="lower" label=t!("item-slider-lower") inputmode="decimal" class="short" />
            <TextField name="upper" label=t!("item-slider-upper") inputmode="decimal" class="short" />
            <TextField name="step" label=t!("item-slider-step") inputmode="decimal" class="short" />
        </div>
        <TextField
            name="answer"
            label=t!("item-answer")
            hint=t!("item-answer-number-hint")
            inputmode="decimal"
            class="short"
        />
        {tolerance()}
        {points(false)}
    }
    .into_any()
}
