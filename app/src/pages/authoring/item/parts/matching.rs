use leptos::prelude::*;

use super::{add_button, points, row_buttons, row_label, row_mark, rows};
use crate::{
    i18n::t,
    pages::authoring::Rows,
    ui::{TextArea, Tick},
};

const ROWS: Rows<'_> = Rows("pair");
/// Room in a new item.
const LEAST: usize = 3;

pub(super) fn fields() -> AnyView {
    view! {
        {pairs("item-pairs-hint")}
        <TextArea name="spare" label=t!("item-spare") hint=t!("item-spare-hint") rows=3 />
        <Tick name="shuffle" label=t!("item-shuffle-sources") />
        {points(true)}
    }
    .into_any()
}

/// Rows of two that belong together.
pub(super) fn pairs(hint: &str) -> AnyView {
    let of = rows(ROWS.0, LEAST);
    let rows = (0..of)
        .map(|row| {
            view! {
                <div class="part">
                    {row_mark(ROWS.0, row)}
                    <TextArea name=ROWS.field(row, "source") label=row_label("item-source", row) rows=2 />
                    <TextArea name=ROWS.field(row, "target") label=row_label("item-target", row) rows=2 />
                    {row_buttons(ROWS.0, row, of, true)}
                </div>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field full">
            <legend>{t!("item-pairs")}</legend>
            <p class="hint">{t!(hint)}</p>
            {rows}
            {add_button(ROWS.0, t!("item-add-pair"))}
        </fieldset>
    }
    .into_any()
}
