use domain::assessment::UploadType;
use leptos::prelude::*;

use super::{add_button, is_ticked, row_buttons, row_label, row_mark, rows};
use crate::{
    i18n::t,
    pages::authoring::Rows,
    ui::{TextArea, TextField, id_of},
};

const ROWS: Rows<'_> = Rows("criterion");

pub(super) fn of_a_text() -> AnyView {
    view! {
        <TextField
            name="words"
            label=t!("item-words")
            hint=t!("item-words-hint")
            inputmode="numeric"
            required=false
            class="short"
        />
        <TextField
            name="lines"
            label=t!("item-lines")
            inputmode="numeric"
            required=false
            class="short"
        />
        {rubric()}
    }
    .into_any()
}

pub(super) fn of_a_file() -> AnyView {
    let sorts = UploadType::ALL.iter().map(|sort| {
        let id = id_of(&format!("accepts-{sort}"));
        let checked = is_ticked("accepts", sort.as_str());
        view! {
            <div class="choice">
                <input type="checkbox" id=id.clone() name="accepts" value=sort.as_str() checked=checked />
                <label for=id>{t!(&format!("item-accepts-{sort}"))}</label>
            </div>
        }
    });
    view! {
        <fieldset class="field full">
            <legend>{t!("item-accepts")}</legend>
            <p class="hint">{t!("item-accepts-hint")}</p>
            {sorts.collect_view()}
        </fieldset>
        {rubric()}
    }
    .into_any()
}

fn rubric() -> AnyView {
    let of = rows(ROWS.0, 1);
    let criteria = (0..of).map(|row| criterion(row, of)).collect_view();
    view! {
        <fieldset class="field full">
            <legend>{t!("item-rubric")}</legend>
            <p class="hint">{t!("item-rubric-hint")}</p>
            {criteria}
            {add_button(ROWS.0, t!("item-add-criterion"))}
        </fieldset>
    }
    .into_any()
}

fn criterion(row: usize, of: usize) -> AnyView {
    let prefix = ROWS.field(row, "level");
    let least = 2;
    let levels = rows(&prefix, least);
    let cells = (0..levels)
        .map(|place| level(&prefix, place, levels))
        .collect_view();
    view! {
        <div class="part">
            {row_mark(ROWS.0, row)}
            <TextField name=ROWS.field(row, "title") label=row_label("item-criterion", row) />
            <TextArea
                name=ROWS.field(row, "about")
                label=row_label("item-criterion-about", row)
                hint=t!("item-criterion-about-hint")
                rows=2
            />
            <div class="cols">{cells}</div>
            {add_button(&prefix, t!("item-add-level"))}
            {row_buttons(ROWS.0, row, of, true)}
        </div>
    }
    .into_any()
}

fn level(prefix: &str, place: usize, of: usize) -> AnyView {
    let field = |part| Rows(prefix).field(place, part);
    view! {
        <div class="part">
            {row_mark(prefix, place)}
            <TextField name=field("title") label=row_label("item-level", place) />
            <TextField
                name=field("points")
                label=row_label("item-level-points", place)
                inputmode="decimal"
                class="short"
            />
            <TextArea name=field("text") label=row_label("item-level-text", place) rows=3 />
            {row_buttons(prefix, place, of, true)}
        </div>
    }
    .into_any()
}
