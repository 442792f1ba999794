//! A number on a scale: a field to type it in, and beside it, once script is
//! there, the scale to set it on. The field alone is the answer, so that it can
//! be left open.

use domain::assessment::{ControlView, InteractionView};
use leptos::prelude::*;

use super::Asked;
use crate::{i18n::t, ui::id_of};

impl Asked {
    pub(super) fn slider(&self, it: &InteractionView) -> AnyView {
        let ControlView::Slider {
            lower_bound,
            upper_bound,
            step,
            decimal_mark,
            max_length,
        } = &it.control
        else {
            return ().into_any();
        };
        let field = self.line(it, Some(6), *max_length, "decimal", None);
        let scale = (!self.fixed).then(|| {
            view! {
                <input
                    type="range"
                    hidden
                    min=lower_bound.to_string()
                    max=upper_bound.to_string()
                    step=step.to_string()
                    data-mark=decimal_mark.to_string()
                    aria-labelledby=format!("{}-prompt", id_of(&self.name(&it.field)))
                />
            }
        });
        view! { <div class="slider">{field}{scale}</div> }.into_any()
    }
}

/// What can be set, in the way in which the item's language writes numbers.
pub(super) fn hint(control: &ControlView) -> Option<String> {
    let ControlView::Slider {
        lower_bound,
        upper_bound,
        step,
        decimal_mark,
        ..
    } = control
    else {
        return None;
    };
    let mark = decimal_mark.to_string();
    let [min, max, step] =
        [lower_bound, upper_bound, step].map(|number| number.to_string().replace('.', &mark));
    Some(t!("question-slider", min = min, max = max, step = step))
}
