use leptos::prelude::*;

use super::{add_button, points, row_buttons, row_label, row_mark, rows, tolerance};
use crate::{
    i18n::t,
    pages::authoring::Rows,
    ui::{Select, TextField, value_of},
};

const ROWS: Rows<'_> = Rows("unit");

pub(super) fn fields() -> AnyView {
    let unit = value_of("unit");
    view! {
        <TextField
            name="answer"
            label=t!("item-answer")
            hint=t!("item-answer-number-hint")
            inputmode="decimal"
            class="short"
        />
        {tolerance()}
        <Select
            name="unit"
            label=t!("item-unit")
            options=["none", "shown", "typed"]
                .map(|way| (way.to_owned(), t!(&format!("item-unit-{way}"))))
                .into()
        />
        <p>
            <button class="button quiet small" name="do" value="show">{t!("item-unit-show")}</button>
        </p>
        {(unit == "shown").then(|| view! {
            <TextField name="unit-shown" label=t!("item-unit-shown-field") class="short" />
        })}
        {(unit == "typed").then(typed_units)}
        {points(false)}
    }
    .into_any()
}

fn typed_units() -> AnyView {
    let of = rows(ROWS.0, 0);
    let units = (0..of)
        .map(|row| {
            view! {
                <div class="part">
                    {row_mark(ROWS.0, row)}
                    <TextField
                        name=ROWS.field(row, "symbol")
                        label=row_label("item-unit-symbol", row)
                        class="short"
                    />
                    <TextField
                        name=ROWS.field(row, "factor")
                        label=row_label("item-unit-factor", row)
                        hint=t!("item-unit-factor-hint")
                        inputmode="decimal"
                        class="short"
                    />
                    {row_buttons(ROWS.0, row, of, false)}
                </div>
            }
        })
        .collect_view();
    view! {
        <TextField
            name="answer-unit"
            label=t!("item-answer-unit")
            hint=t!("item-answer-unit-hint")
            class="short"
        />
        <fieldset class="field full">
            <legend>{t!("item-units")}</legend>
            <p class="hint">{t!("item-units-hint")}</p>
            {units}
            {add_button(ROWS.0, t!("item-add-unit"))}
        </fieldset>
    }
    .into_any()
}
