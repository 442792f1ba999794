use leptos::prelude::*;

use super::{add_button, how_many, is_ticked, points, row_buttons, row_label, row_mark, rows};
use crate::{
    i18n::t,
    pages::authoring::Rows,
    ui::{TextArea, Tick, id_of, reason_at},
};

const ROWS: Rows<'_> = Rows("choice");
/// Room in a new item.
const LEAST: usize = 4;

pub(super) fn fields(many: bool) -> AnyView {
    let of = rows(ROWS.0, LEAST);
    let choices = (0..of).map(|row| choice(row, of, many)).collect_view();
    let hint = if many {
        t!("item-choices-many-hint")
    } else {
        t!("item-choices-one-hint")
    };
    let reason = reason_at(ROWS.0);
    let class = if reason.is_some() {
        "field full invalid"
    } else {
        "field full"
    };
    let id = id_of(ROWS.0);
    let mut described = format!("{id}-hint");
    if reason.is_some() {
        described = format!("{described} {id}-error");
    }
    view! {
        <fieldset class=class aria-describedby=described>
            <legend>{t!("item-choices")}</legend>
            <p class="hint" id=format!("{id}-hint")>{hint}</p>
            {reason.map(|text| view! { <p class="error" id=format!("{id}-error")>{text}</p> })}
            {choices}
            {add_button(ROWS.0, t!("item-add-choice"))}
        </fieldset>
        <Tick name="shuffle" label=t!("item-shuffle") hint=t!("item-shuffle-hint") />
        {many.then(how_many)}
        {points(many)}
    }
    .into_any()
}

fn choice(row: usize, of: usize, many: bool) -> AnyView {
    let kind = if many { "checkbox" } else { "radio" };
    // The first has the group's own id, so that the summary's link leads there.
    let id = if row == 0 {
        id_of(ROWS.0)
    } else {
        id_of(&ROWS.field(row, "right"))
    };
    let checked = is_ticked(ROWS.0, &row.to_string());
    view! {
        <div class="part">
            {row_mark(ROWS.0, row)}
            <TextArea name=ROWS.field(row, "text") label=row_label("item-choice", row) rows=2 />
            <div class="choice">
                <input type=kind id=id.clone() name=ROWS.0 value=row.to_string() checked=checked />
                <label for=id>
                    {t!("item-choice-right")}
                    <span class="sr">" "{t!("row-number", number = row + 1)}</span>
                </label>
            </div>
            <TextArea
                name=ROWS.field(row, "said")
                label=t!("item-choice-said")
                what=t!("row-number", number = row + 1)
                hint=t!("item-choice-said-hint")
                rows=2
            />
            <Tick
                name=ROWS.field(row, "fixed")
                label=t!("item-choice-fixed")
                what=t!("row-number", number = row + 1)
            />
            {row_buttons(ROWS.0, row, of, true)}
        </div>
    }
    .into_any()
}
