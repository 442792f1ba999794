//! Variables, what must hold of them, and the formula of the right answer.

use domain::assessment::ItemKind;
use leptos::prelude::*;

use super::{add_button, row_buttons, row_label, row_mark, rows};
use crate::{
    i18n::t,
    pages::authoring::Rows,
    ui::{Select, TextArea, TextField, reason_at, value_of},
};

const ROWS: Rows<'_> = Rows("variable");
const CONSTRAINTS: Rows<'_> = Rows("constraint");

/// Formulas to learn from, each with the name of the sentence about it.
const EXAMPLES: [(&str, &str); 7] = [
    ("2 * x^2 - a / 3", "signs"),
    ("round(price * 1.19, 2)", "round"),
    ("a div b + a mod b", "whole"),
    ("a != b and gcd(a, b) = 1", "compare"),
    ("if(a > b, a, b)", "if"),
    ("what = \"boat\"", "text"),
    ("sqrt(a^2 + b^2) + sin(pi / 6)", "functions"),
];

pub(in super::super) fn variables(kind: ItemKind) -> AnyView {
    let reason = reason_at("template");
    let is_kept = value_of("template") == "kept";
    view! {
        // Problems of all of it lead here.
        <section id="f-template" tabindex="-1" aria-labelledby="variables">
            <h2 id="variables">{t!("item-variables")}</h2>
            {reason.map(|text| view! { <p class="error">{text}</p> })}
            {if is_kept { kept() } else { editable(kind) }}
        </section>
    }
    .into_any()
}

/// A template that this editor doesn't show.
fn kept() -> AnyView {
    view! {
        <input type="hidden" name="template" value="kept" />
        <p>{t!("item-variables-kept")}</p>
    }
    .into_any()
}

fn editable(kind: ItemKind) -> AnyView {
    let of = rows(ROWS.0, 0);
    let constraints = rows(CONSTRAINTS.0, 0);
    let answer = matches!(kind, ItemKind::Numeric | ItemKind::Text | ItemKind::Slider);
    view! {
        <p class="hint">{t!("item-variables-hint")}</p>
        {help()}
        <fieldset class="field full">
            <legend>{t!("item-variables-legend")}</legend>
            <p class="hint">{t!("item-variables-order")}</p>
            {(0..of).map(|row| variable(row, of)).collect_view()}
            {add_button(ROWS.0, t!("item-add-variable"))}
        </fieldset>
        <fieldset class="field full">
            <legend>{t!("item-constraints")}</legend>
            <p class="hint">{t!("item-constraints-hint")}</p>
            {(0..constraints).map(|row| constraint(row, constraints)).collect_view()}
            {add_button(CONSTRAINTS.0, t!("item-add-constraint"))}
        </fieldset>
        {answer.then(|| view! {
            <TextField
                name="key-formula"
                label=t!("item-key-formula")
                hint=t!("item-key-formula-hint")
                required=false
            />
        })}
    }
    .into_any()
}

fn help() -> AnyView {
    let examples = EXAMPLES
        .map(|(formula, about)| {
            view! {
                <dt><code>{formula}</code></dt>
                <dd>{t!(&format!("item-formula-{about}"))}</dd>
            }
        })
        .collect_view();
    view! {
        <details>
            <summary>{t!("item-formula-help")}</summary>
            <dl>{examples}</dl>
        </details>
    }
    .into_any()
}

fn variable(row: usize, of: usize) -> AnyView {
    let kinds = ["whole", "decimal", "numbers", "texts", "formula"];
    let kinds = kinds.map(|kind| (kind.to_owned(), t!(&format!("item-variable-{kind}"))));
    view! {
        <div class="part">
            <TextField name=ROWS.field(row, "name") label=row_label("item-variable-name", row) class="short" />
            <Select name=ROWS.field(row, "is") label=row_label("item-variable-is", row) options=kinds.into() />
            <p>
                <button class="button quiet small" name="do" value="show">
                    {t!("item-variable-show")}
                    <span class="sr">" "{t!("row-number", number = row + 1)}</span>
                </button>
            </p>
            {match value_of(&ROWS.field(row, "is")).as_str() {
                "numbers" => values(row, t!("item-variable-numbers-hint")),
                "texts" => values(row, t!("item-variable-texts-hint")),
                "formula" => formula(ROWS, row, "item-variable-formula-field"),
                "decimal" => range(row, "decimal"),
                _ => range(row, "numeric"),
            }}
            {row_buttons(ROWS.0, row, of, true)}
        </div>
    }
    .into_any()
}

fn range(row: usize, inputmode: &'static str) -> AnyView {
    let bound = |part: &'static str, label: &'static str| {
        view! {
            <TextField name=ROWS.field(row, part) label=row_label(label, row) inputmode=inputmode class="short" />
        }
    };
    let step_hint = if inputmode == "decimal" {
        t!("item-variable-decimal-hint")
    } else {
        t!("item-variable-step-hint")
    };
    view! {
        {bound("from", "item-variable-from")}
        {bound("to", "item-variable-to")}
        <TextField
            name=ROWS.field(row, "step")
            label=row_label("item-variable-step", row)
            hint=step_hint
            inputmode=inputmode
            required=false
            class="short"
        />
    }
    .into_any()
}

fn values(row: usize, hint: String) -> AnyView {
    view! { <TextArea name=ROWS.field(row, "values") label=row_label("item-variable-values", row) hint rows=4 /> }
        .into_any()
}

fn formula(rows: Rows<'_>, row: usize, label: &str) -> AnyView {
    view! { <TextField name=rows.field(row, "formula") label=row_label(label, row) /> }.into_any()
}

fn constraint(row: usize, of: usize) -> AnyView {
    view! {
        <div class="part">
            {row_mark(CONSTRAINTS.0, row)}
            {formula(CONSTRAINTS, row, "item-constraint")}
            {row_buttons(CONSTRAINTS.0, row, of, false)}
        </div>
    }
    .into_any()
}
