//! The fields of each kind of item. They show what the page's form holds.

mod associate;
mod choice;
mod gap_match;
mod gaps;
mod graphic;
mod hottext;
mod matching;
mod numeric;
mod order;
mod rubric;
mod slider;
mod text;
mod variables;

pub(super) use graphic::Pictures;
pub(super) use variables::variables;

use domain::assessment::ItemKind;
use leptos::prelude::*;

use crate::{
    form::Filled,
    i18n::t,
    pages::authoring::Rows,
    ui::{Select, TextField},
};

/// What is asked of the author for an item of this kind.
pub(super) fn fields(kind: ItemKind, pictures: &Pictures) -> AnyView {
    match kind {
        ItemKind::SingleChoice => choice::fields(false),
        ItemKind::MultipleChoice => choice::fields(true),
        ItemKind::Text => text::fields(),
        ItemKind::Numeric => numeric::fields(),
        ItemKind::Order => order::fields(),
        ItemKind::Match => matching::fields(),
        ItemKind::Gaps => gaps::fields(),
        ItemKind::Hottext => hottext::fields(),
        ItemKind::GapMatch => gap_match::fields(),
        ItemKind::Associate => associate::fields(),
        ItemKind::Slider => slider::fields(),
        ItemKind::ExtendedText => rubric::of_a_text(),
        ItemKind::Upload => rubric::of_a_file(),
        ItemKind::Hotspot => graphic::hotspot(pictures),
        ItemKind::GraphicOrder => graphic::order(pictures),
        ItemKind::GraphicAssociate => graphic::associate(pictures),
        ItemKind::GraphicGapMatch => graphic::gap_match(pictures),
        ItemKind::SelectPoint => graphic::areas(pictures, false),
        ItemKind::PositionObject => graphic::areas(pictures, true),
    }
}

/// How many rows to show: those that are filled, or as many as there is room for
/// in a new item.
fn rows(prefix: &str, least: usize) -> usize {
    let filled = use_context::<Filled>().unwrap_or_default();
    Rows(prefix).count(&filled.form).max(least)
}

fn is_ticked(name: &str, value: &str) -> bool {
    let filled = use_context::<Filled>().unwrap_or_default();
    filled.form.texts(name).any(|ticked| ticked == value)
}

/// That the row is there, even when everything in it is empty.
fn row_mark(prefix: &str, row: usize) -> AnyView {
    view! { <input type="hidden" name=Rows(prefix).field(row, "is") value="" /> }.into_any()
}

/// The buttons of a row; `movable` where its place means something.
fn row_buttons(prefix: &str, row: usize, of: usize, movable: bool) -> AnyView {
    let button = |verb: &'static str, idle: bool| {
        view! {
            <button class="button quiet small" name="do" value=format!("{verb} {prefix} {row}") disabled=idle>
                {t!(&format!("row-{verb}"))}
                <span class="sr">" "{t!("row-number", number = row + 1)}</span>
            </button>
        }
    };
    view! {
        <div class="row">
            {movable.then(|| view! { {button("up", row == 0)}{button("down", row + 1 == of)} })}
            {button("remove", false)}
        </div>
    }
    .into_any()
}

/// The button that adds a row.
fn add_button(prefix: &str, text: String) -> AnyView {
    view! {
        <p>
            <button class="button secondary small" name="do" value=format!("add {prefix}")>{text}</button>
        </p>
    }
    .into_any()
}

/// How many may be chosen, where several may.
fn how_many() -> AnyView {
    view! {
        <TextField
            name="min-choices"
            label=t!("item-min-choices")
            inputmode="numeric"
            required=false
            class="short"
        />
        <TextField
            name="max-choices"
            label=t!("item-max-choices")
            hint=t!("item-max-choices-hint")
            inputmode="numeric"
            required=false
            class="short"
        />
    }
    .into_any()
}

/// How near a number must be.
fn tolerance() -> AnyView {
    view! {
        <Select
            name="tolerance"
            label=t!("item-tolerance")
            hint=t!("item-tolerance-hint")
            options=["exact", "absolute", "percent", "figures"]
                .map(|way| (way.to_owned(), t!(&format!("item-tolerance-{way}"))))
                .into()
        />
        <TextField
            name="tolerance-by"
            label=t!("item-tolerance-by")
            hint=t!("item-tolerance-by-hint")
            inputmode="decimal"
            required=false
            class="short"
        />
    }
    .into_any()
}

/// Points for all, and where parts can be right, how they are shared.
fn points(in_parts: bool) -> AnyView {
    view! {
        {in_parts.then(|| view! {
            <Select
                name="scoring"
                label=t!("item-scoring")
                hint=t!("item-scoring-hint")
                options=["all", "share"]
                    .map(|way| (way.to_owned(), t!(&format!("item-scoring-{way}"))))
                    .into()
            />
            <TextField
                name="penalty"
                label=t!("item-penalty")
                hint=t!("item-penalty-hint")
                inputmode="numeric"
                required=false
                class="short"
            />
        })}
        <TextField
            name="points"
            label=t!("item-points")
            hint=t!("item-points-hint")
            inputmode="decimal"
            required=false
            class="short"
        />
    }
    .into_any()
}

/// A field in a row, labelled for screen readers with the row's number.
fn row_label(key: &str, row: usize) -> String {
    t!("row-label", label = t!(key), number = row + 1)
}
