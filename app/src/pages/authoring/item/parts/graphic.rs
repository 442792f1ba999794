//! The fields of questions in a picture: the picture, and rows of regions. The
//! picture is shown with lines to read numbers off, and with what the rows say.

use std::fmt::Write;

use domain::{
    assessment::{Picture, SHAPES, Shape},
    course::markdown::FileLinks,
};
use leptos::prelude::*;

use super::{add_button, how_many, is_ticked, points, row_buttons, row_label, row_mark, rows};
use crate::{
    form::Filled,
    i18n::t,
    pages::{assessment::question::outline, authoring::Rows},
    ui::{Select, TextArea, TextField, Tick, id_of, reason_at},
};

const ROWS: Rows<'_> = Rows("region");
/// Room in a new item.
const LEAST: usize = 3;

/// The tenant's pictures: what they are called, and where they are.
#[derive(Debug, Clone, Default)]
pub(in crate::pages::authoring::item) struct Pictures {
    pub(in crate::pages::authoring::item) names: Vec<String>,
    pub(in crate::pages::authoring::item) files: FileLinks,
    /// Where pictures are added.
    pub(in crate::pages::authoring::item) address: String,
}

pub(super) fn hotspot(pictures: &Pictures) -> AnyView {
    view! {
        {picture(pictures)}
        {regions(Row::Chosen, "item-regions-hint")}
        <Tick name="several" label=t!("item-several") hint=t!("item-several-hint") />
        {how_many()}
        {points(true)}
    }
    .into_any()
}

pub(super) fn order(pictures: &Pictures) -> AnyView {
    view! {
        {picture(pictures)}
        {regions(Row::Ordered, "item-regions-order-hint")}
        {points(true)}
    }
    .into_any()
}

pub(super) fn associate(pictures: &Pictures) -> AnyView {
    view! {
        {picture(pictures)}
        {regions(Row::Named, "item-regions-pairs-hint")}
        <TextArea name="pairs" label=t!("item-region-pairs") hint=t!("item-region-pairs-hint") rows=3 />
        {points(true)}
    }
    .into_any()
}

pub(super) fn gap_match(pictures: &Pictures) -> AnyView {
    view! {
        {picture(pictures)}
        {regions(Row::Filled, "item-regions-gaps-hint")}
        <TextArea name="spare" label=t!("item-region-spare") hint=t!("item-spare-hint") rows=3 />
        {points(true)}
    }
    .into_any()
}

/// Places that are found, or that something is put into.
pub(super) fn areas(pictures: &Pictures, moves: bool) -> AnyView {
    let object = moves.then(|| {
        view! {
            <TextField name="object-text" label=t!("item-object-text") hint=t!("item-object-text-hint") maxlength=200 />
            {choose("object", t!("item-object"), t!("item-object-hint"), pictures)}
        }
    });
    view! {
        {object}
        {picture(pictures)}
        {regions(Row::Worth, "item-areas-hint")}
        <TextField
            name="max-choices"
            label=t!("item-max-points")
            hint=t!("item-max-points-hint")
            inputmode="numeric"
            class="short"
        />
        <TextField
            name="outside"
            label=t!("item-outside")
            hint=t!("item-outside-hint")
            inputmode="decimal"
            required=false
            class="short"
        />
    }
    .into_any()
}

/// What a row asks for, beside where the region is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Row {
    /// A name.
    Named,
    /// A name, and whether it is right.
    Chosen,
    /// A name; the rows stand in the right order.
    Ordered,
    /// A name, and what belongs in it.
    Filled,
    /// What it is worth. Nobody sees it, so that it needs no name.
    Worth,
}

/// One of the tenant's pictures, with what goes along with it.
fn choose(name: &'static str, label: String, hint: String, pictures: &Pictures) -> AnyView {
    let filled = use_context::<Filled>().unwrap_or_default();
    let mut options = vec![(String::new(), t!("item-picture-none"))];
    options.extend(pictures.names.iter().map(|name| (name.clone(), name.clone())));
    let found = ["of", "width", "height"].map(|part| {
        let name = format!("{name}-{part}");
        let value = filled.form.text(&name).to_owned();
        view! { <input type="hidden" name=name value=value /> }
    });
    view! {
        <Select name label hint options />
        {found.into_iter().collect_view()}
    }
    .into_any()
}

fn picture(pictures: &Pictures) -> AnyView {
    view! {
        {choose("picture", t!("item-picture"), t!("item-picture-hint"), pictures)}
        <p><a href=pictures.address.clone()>{t!("item-picture-add")}</a></p>
        <TextArea name="alternative" label=t!("item-alternative") hint=t!("item-alternative-hint") rows=2 />
        {drawing(pictures)}
    }
    .into_any()
}

/// The picture as the form has it, with lines and with what the rows say.
fn drawing(pictures: &Pictures) -> AnyView {
    let filled = use_context::<Filled>().unwrap_or_default();
    let form = &filled.form;
    let frame = Picture {
        file: form.text("picture").to_owned(),
        width: form.parsed("picture-width").unwrap_or(0),
        height: form.parsed("picture-height").unwrap_or(0),
        alternative: String::new(),
    };
    let source = pictures.files.get(&frame.file).map(str::to_owned);
    let Some(source) = source.filter(|_| frame.width > 0 && frame.height > 0) else {
        return view! { <p class="hint">{t!("item-picture-then")}</p> }.into_any();
    };
    let mut drawn = lines(&frame);
    for row in 0..ROWS.count(form) {
        let [name, coords] = ["shape", "coords"].map(|part| form.text(&ROWS.field(row, part)).to_owned());
        let name = if name.is_empty() { "rect" } else { &name };
        if let Ok(shape) = Shape::read(name, &coords)
            && (shape != Shape::Whole || name == "default")
        {
            drawn.push_str(&outline(&frame, &shape, &(row + 1).to_string()));
        }
    }
    let (width, height) = (frame.width.to_string(), frame.height.to_string());
    view! {
        <div class="graphic">
            <svg
                class="picture"
                viewBox=format!("0 0 {width} {height}")
                width=width.clone()
                height=height.clone()
                role="img"
                aria-label=t!("item-picture-drawn", width = width.clone(), height = height.clone())
            >
                <image href=source width=width.clone() height=height.clone() preserveAspectRatio="none" />
                <g inner_html=drawn></g>
            </svg>
        </div>
    }
    .into_any()
}

/// Lines in round numbers of pixels, about ten across, each with its number.
fn lines(frame: &Picture) -> String {
    let (width, height) = (u32::from(frame.width), u32::from(frame.height));
    let longer = width.max(height);
    let steps = (0..5).flat_map(|power| [1, 2, 5].map(|step| step * 10_u32.pow(power)));
    let step = steps
        .into_iter()
        .find(|step| step * 10 >= longer)
        .unwrap_or(longer.max(1));
    let size = longer / 30;
    let mut svg = String::from("<g class=\"lines\">");
    for x in (step..width).step_by(usize::try_from(step).unwrap_or(1)) {
        // Writing to a text does not fail.
        let _ = write!(
            svg,
            "<path d=\"M{x} 0V{height}\"/><text x=\"{x}\" y=\"{size}\" font-size=\"{size}\" \
             text-anchor=\"middle\">{x}</text>"
        );
    }
    for y in (step..height).step_by(usize::try_from(step).unwrap_or(1)) {
        let _ = write!(
            svg,
            "<path d=\"M0 {y}H{width}\"/><text x=\"2\" y=\"{y}\" font-size=\"{size}\" \
             dominant-baseline=\"central\">{y}</text>"
        );
    }
    svg.push_str("</g>");
    svg
}

fn regions(row: Row, hint: &str) -> AnyView {
    let of = rows(ROWS.0, LEAST);
    let each = (0..of).map(|place| region(row, place, of)).collect_view();
    let reason = reason_at(ROWS.0);
    let class = if reason.is_some() {
        "field full invalid"
    } else {
        "field full"
    };
    let id = id_of(ROWS.0);
    let (legend, add) = if row == Row::Worth {
        (t!("item-areas"), t!("item-add-area"))
    } else {
        (t!("item-regions"), t!("item-add-region"))
    };
    view! {
        <fieldset class=class aria-describedby=format!("{id}-hint")>
            <legend>{legend}</legend>
            <p class="hint" id=format!("{id}-hint")>{t!(hint)}" "{t!("item-coords-hint")}</p>
            {reason.map(|text| view! { <p class="error" id=format!("{id}-error")>{text}</p> })}
            {each}
            {add_button(ROWS.0, add)}
        </fieldset>
    }
    .into_any()
}

fn region(row: Row, place: usize, of: usize) -> AnyView {
    let field = |part: &str| ROWS.field(place, part);
    let shapes = SHAPES
        .map(|shape| (shape.to_owned(), t!(&format!("item-shape-{shape}"))))
        .into();
    let right = (row == Row::Chosen).then(|| {
        // The first has the group's own id, so that the summary's link leads there.
        let id = if place == 0 {
            id_of(ROWS.0)
        } else {
            id_of(&field("right"))
        };
        let checked = is_ticked(ROWS.0, &place.to_string());
        view! {
            <div class="choice">
                <input type="checkbox" id=id.clone() name=ROWS.0 value=place.to_string() checked=checked />
                <label for=id>
                    {t!("item-choice-right")}
                    <span class="sr">" "{t!("row-number", number = place + 1)}</span>
                </label>
            </div>
        }
    });
    view! {
        <div class="part">
            {row_mark(ROWS.0, place)}
            {(row != Row::Worth).then(|| view! {
                <TextField name=field("name") label=row_label("item-region-name", place) maxlength=1000 required=false />
            })}
            <Select name=field("shape") label=row_label("item-shape", place) options=shapes />
            <TextField name=field("coords") label=row_label("item-coords", place) required=false />
            {right}
            {(row == Row::Filled).then(|| view! {
                <TextField name=field("belongs") label=row_label("item-region-belongs", place) required=false />
            })}
            {(row == Row::Worth).then(|| view! {
                <TextField
                    name=field("points")
                    label=row_label("item-area-points", place)
                    inputmode="decimal"
                    required=false
                    class="short"
                />
            })}
            {row_buttons(ROWS.0, place, of, matches!(row, Row::Ordered | Row::Worth))}
        </div>
    }
    .into_any()
}
