//! Questions that are answered by the regions of a picture.
//!
//! The list of named regions is the answer, for everybody; the picture shows where
//! they are, each under a letter. Where regions are chosen, each lies in its
//! label: to press it is to press its box, with no script.

use std::fmt::Write;

use domain::{
    assessment::{AssociableView, InteractionFeedback, InteractionView, Picture, RegionView, Shape},
    course::markdown::FileLinks,
};
use leptos::prelude::*;

use super::{Asked, Part, told::mark_of};
use crate::{
    pages::course::text,
    ui::{Match, Pair, Tone, id_of},
};

impl Asked {
    pub(super) fn hotspot(
        &self,
        it: &InteractionView,
        multiple: bool,
        picture: &Picture,
        regions: &[RegionView],
        told: Option<&InteractionFeedback>,
    ) -> AnyView {
        let field = self.name(&it.field);
        let first = id_of(&field);
        let rows = regions.iter().enumerate().map(|(place, region)| {
            // The first has the field's own id, so that the summary's link leads there.
            let id = if place == 0 {
                first.clone()
            } else {
                format!("{first}-{place}")
            };
            let chosen = self.has_chosen(it, &region.id);
            let mark = mark_of(told, &region.id, chosen);
            let tone = mark.as_ref().map_or(Tone::Plain, |(tone, _)| *tone);
            let outline = outlined(picture, [(region, letter(place))]);
            view! {
                <label class=tone.class("region")>
                    <input
                        type=if multiple { "checkbox" } else { "radio" }
                        id=id
                        name=field.clone()
                        value=region.id.clone()
                        checked=chosen
                        disabled=self.fixed
                    />
                    <svg
                        class="over"
                        viewBox=view_box(picture)
                        width=picture.width.to_string()
                        height=picture.height.to_string()
                        aria-hidden="true"
                        focusable="false"
                        inner_html=outline
                    />
                    <b class="letter">{letter(place)}</b>
                    <span inner_html=text::inline(&region.content, &self.files)></span>
                    {mark.map(|(tone, text)| view! { <span class=tone.class("tag")>{text}</span> })}
                </label>
            }
        });
        let rows = rows.collect_view();
        view! {
            <div class="graphic">
                {picture_with(picture, &self.files, String::new())}
                <div class="regions">{rows}</div>
            </div>
        }
        .into_any()
    }

    pub(super) fn graphic_order(
        &self,
        it: &InteractionView,
        picture: &Picture,
        regions: &[RegionView],
    ) -> AnyView {
        let parts = regions.iter().enumerate().map(|(place, region)| Part {
            html: self.lettered(region, place),
            text: named(region, place),
            id: region.id.clone(),
        });
        self.beneath(picture, regions, self.order(it, parts.collect()))
    }

    pub(super) fn graphic_pairs(
        &self,
        it: &InteractionView,
        picture: &Picture,
        regions: &[RegionView],
        pairs: usize,
    ) -> AnyView {
        let lettered = regions.iter().enumerate();
        let lettered = lettered.map(|(place, region)| {
            let content = format!("{}: {}", letter(place), region.content);
            (&region.id, content)
        });
        let control = self.pairs(it, &lettered.collect::<Vec<_>>(), pairs);
        self.beneath(picture, regions, control)
    }

    pub(super) fn graphic_gaps(
        &self,
        it: &InteractionView,
        picture: &Picture,
        texts: &[AssociableView],
        regions: &[RegionView],
    ) -> AnyView {
        let pairs = regions.iter().enumerate().map(|(place, region)| Pair {
            field: self.name(&it.field_of(&region.id)),
            html: self.lettered(region, place),
            target: self.value(&it.field_of(&region.id)),
        });
        let pairs = pairs.collect();
        let targets = texts
            .iter()
            .map(|text| (text.id.clone(), text::named(&text.content, 200)))
            .collect();
        // A list has no room for pictures: they are shown before it.
        let pictures = texts
            .iter()
            .filter(|text| text::plain(&text.content, 1).is_empty());
        let pictures: Vec<_> = pictures
            .map(|text| view! { <li inner_html=text::inline(&text.content, &self.files)></li> })
            .collect();
        let pictures = (!pictures.is_empty()).then(|| view! { <ul class="row" role="list">{pictures}</ul> });
        let control = view! { {pictures}<Match pairs targets fixed=self.fixed /> }.into_any();
        self.beneath(picture, regions, control)
    }

    /// A control under the picture that it is about.
    fn beneath(&self, picture: &Picture, regions: &[RegionView], control: AnyView) -> AnyView {
        let lettered = regions.iter().enumerate();
        let outlines = outlined(picture, lettered.map(|(place, region)| (region, letter(place))));
        view! { <div class="graphic">{picture_with(picture, &self.files, outlines)}{control}</div> }
            .into_any()
    }

    fn lettered(&self, region: &RegionView, place: usize) -> String {
        let name = text::inline(&region.content, &self.files);
        format!("<b class=\"letter\">{}</b> {name}", letter(place))
    }
}

fn named(region: &RegionView, place: usize) -> String {
    format!("{} {}", letter(place), text::named(&region.content, 80))
}

/// A, B … Z, AA, AB: numbers are places in an order.
fn letter(place: usize) -> String {
    let last = char::from(b'A' + u8::try_from(place % 26).unwrap_or(0));
    match place / 26 {
        0 => last.to_string(),
        before => letter(before - 1) + last.encode_utf8(&mut [0; 4]),
    }
}

/// A picture with more drawn on it: `drawn` is SVG in its pixels.
pub(super) fn picture_with(picture: &Picture, files: &FileLinks, drawn: String) -> AnyView {
    let source = files.get(&picture.file).map(str::to_owned);
    let (width, height) = (picture.width.to_string(), picture.height.to_string());
    let image = source.map(|source| {
        view! {
            <image href=source width=width.clone() height=height.clone() preserveAspectRatio="none" />
        }
    });
    view! {
        <svg
            class="picture"
            viewBox=view_box(picture)
            width=width.clone()
            height=height.clone()
            role="img"
            aria-label=picture.alternative.clone()
        >
            {image}
            <g inner_html=drawn></g>
        </svg>
    }
    .into_any()
}

pub(super) fn view_box(picture: &Picture) -> String {
    format!("0 0 {} {}", picture.width, picture.height)
}

fn outlined<'a>(picture: &Picture, regions: impl IntoIterator<Item = (&'a RegionView, String)>) -> String {
    let regions = regions.into_iter();
    regions
        .map(|(region, letter)| outline(picture, &region.shape, &letter))
        .collect()
}

/// A shape's outline, seen on any ground, with a sign in its middle.
pub(crate) fn outline(picture: &Picture, shape: &Shape, sign: &str) -> String {
    let mut svg = String::new();
    for class in ["halo", "shape"] {
        svg.push_str(&drawn(picture, shape, class));
    }
    let (width, height) = (i32::from(picture.width), i32::from(picture.height));
    let [left, top, right, bottom] = shape.bounds().unwrap_or([0, 0, width, height]);
    let (x, y) = (i32::midpoint(left, right), i32::midpoint(top, bottom));
    // As large as a letter beside the picture, where that is as wide as a phone.
    let size = (width.max(height) / 20).max(1);
    let radius = size * 3 / 4;
    // Writing to a text does not fail.
    let _ = write!(
        svg,
        "<g class=\"sign\"><circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>\
         <text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" text-anchor=\"middle\" \
         dominant-baseline=\"central\">{sign}</text></g>"
    );
    svg
}

/// A shape as SVG; only numbers of its own stand in it.
pub(super) fn drawn(picture: &Picture, shape: &Shape, class: &str) -> String {
    let of_whole = Shape::Rect {
        left: 0,
        top: 0,
        right: picture.width,
        bottom: picture.height,
    };
    match shape {
        Shape::Rect {
            left,
            top,
            right,
            bottom,
        } => format!(
            "<rect class=\"{class}\" x=\"{left}\" y=\"{top}\" width=\"{}\" height=\"{}\"/>",
            right.abs_diff(*left),
            bottom.abs_diff(*top)
        ),
        Shape::Circle { x, y, radius } => {
            format!("<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>")
        }
        Shape::Ellipse { x, y, across, down } => {
            format!("<ellipse class=\"{class}\" cx=\"{x}\" cy=\"{y}\" rx=\"{across}\" ry=\"{down}\"/>")
        }
        Shape::Poly(_) => format!(
            "<polygon class=\"{class}\" fill-rule=\"evenodd\" points=\"{}\"/>",
            shape.coords()
        ),
        Shape::Whole => drawn(picture, &of_whole, class),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_a_letter_for_each_region() {
        let letters: Vec<_> = [0, 1, 25, 26, 49].into_iter().map(letter).collect();
        assert_eq!(letters, ["A", "B", "Z", "AA", "AX"]);
    }
}
