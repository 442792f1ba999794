use leptos::prelude::*;

use super::{add_button, row_buttons, row_label, row_mark, rows};
use crate::{
    i18n::t,
    pages::authoring::Rows,
    ui::{Select, TextArea, TextField},
};

const ROWS: Rows<'_> = Rows("gap");

pub(super) fn fields() -> AnyView {
    let of = rows(ROWS.0, 1);
    let gaps = (0..of).map(|row| gap(row, of)).collect_view();
    view! {
        <TextArea name="passage" label=t!("item-passage") hint=t!("item-passage-hint") rows=6 />
        <fieldset class="field full">
            <legend>{t!("item-gaps")}</legend>
            <p class="hint">{t!("item-gaps-hint")}</p>
            {gaps}
            {add_button(ROWS.0, t!("item-add-gap"))}
        </fieldset>
    }
    .into_any()
}

fn gap(row: usize, of: usize) -> AnyView {
    let kinds = ["choice", "text", "number"].map(|kind| (kind.to_owned(), t!(&format!("item-gap-{kind}"))));
    let what = t!("row-number", number = row + 1);
    view! {
        <div class="part">
            {row_mark(ROWS.0, row)}
            <Select name=ROWS.field(row, "kind") label=row_label("item-gap", row) options=kinds.into() />
            <TextField name=ROWS.field(row, "answer") label=row_label("item-gap-answer", row) />
            <TextArea
                name=ROWS.field(row, "others")
                label=t!("item-gap-others")
                what
                hint=t!("item-gap-others-hint")
                rows=3
            />
            <div class="cols">
                <TextField
                    name=ROWS.field(row, "within")
                    label=row_label("item-gap-within", row)
                    hint=t!("item-gap-within-hint")
                    inputmode="decimal"
                    required=false
                    class="short"
                />
                <TextField
                    name=ROWS.field(row, "unit")
                    label=row_label("item-gap-unit", row)
                    hint=t!("item-gap-unit-hint")
                    required=false
                    class="short"
                />
                <TextField
                    name=ROWS.field(row, "points")
                    label=row_label("item-gap-points", row)
                    hint=t!("item-points-hint")
                    inputmode="decimal"
                    required=false
                    class="short"
                />
            </div>
            {row_buttons(ROWS.0, row, of, false)}
        </div>
    }
    .into_any()
}
