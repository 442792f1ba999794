use leptos::prelude::*;

use super::{add_button, points, row_buttons, row_label, row_mark, rows};
use crate::{i18n::t, pages::authoring::Rows, ui::TextArea};

const ROWS: Rows<'_> = Rows("step");
/// Room in a new item.
const LEAST: usize = 4;

pub(super) fn fields() -> AnyView {
    let of = rows(ROWS.0, LEAST);
    let steps = (0..of)
        .map(|row| {
            view! {
                <div class="part">
                    {row_mark(ROWS.0, row)}
                    <TextArea name=ROWS.field(row, "text") label=row_label("item-step", row) rows=2 />
                    {row_buttons(ROWS.0, row, of, true)}
                </div>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field full">
            <legend>{t!("item-steps")}</legend>
            <p class="hint">{t!("item-steps-hint")}</p>
            {steps}
            {add_button(ROWS.0, t!("item-add-step"))}
        </fieldset>
        {points(true)}
    }
    .into_any()
}
