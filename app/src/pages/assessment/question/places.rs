//! Questions that are answered by places in a picture.
//!
//! A place is two numbers, how far across and how far down it is in percent, which
//! can be read off the lines on the picture: so it can be told by keyboard. To
//! press the picture types them: it is a button of the form (`type="image"`), which
//! sends where it was pressed, and the page comes back with the mark in its place.

use std::fmt::Write;

use domain::assessment::{
    AnswerView, ControlView, InteractionFeedback, InteractionView, Movable, Picture, Point,
};
use leptos::prelude::*;

use super::{
    Asked,
    graphic::{drawn, picture_with, view_box},
};
use crate::{
    i18n::t,
    ui::{id_of, reason_at},
};

/// How wide the picture is to be pressed, in CSS pixels: on the narrowest screen,
/// and where there is room. A browser says where it was pressed in the pixels that
/// it is drawn in, so these must be known.
const WIDTHS: [(u32, &str); 2] = [(272, "near"), (544, "wide")];

impl Asked {
    pub(super) fn places(&self, it: &InteractionView, told: Option<&InteractionFeedback>) -> AnyView {
        let ControlView::Places {
            picture,
            object,
            room,
            decimal_mark,
        } = &it.control
        else {
            return ().into_any();
        };
        let typed = |place: usize| {
            [false, true].map(|down| {
                let typed = self.value(&it.field_of_point(place, down));
                // What a press typed has a point.
                if typed.parse::<f32>().is_ok() {
                    typed.replace('.', decimal_mark.encode_utf8(&mut [0; 4]))
                } else {
                    typed
                }
            })
        };
        let places: Vec<[String; 2]> = (0..usize::from(*room)).map(typed).collect();
        let mut over = lines(picture);
        if let Some(AnswerView::Areas(areas)) = told.and_then(|told| told.correct.as_ref()) {
            for area in areas {
                over.push_str(&drawn(picture, area, "halo"));
                over.push_str(&drawn(picture, area, "shape good"));
            }
        }
        for (number, [across, down]) in (1_usize..).zip(&places) {
            let sign = (*room > 1).then_some(number);
            if let Some(point) = picture.place(across, down) {
                over.push_str(&self.put(picture, object.as_ref(), point, sign));
            }
        }
        let rows = places.into_iter().enumerate().map(|(place, typed)| {
            let number = (*room > 1).then(|| view! { <b class="letter">{place + 1}</b> });
            let [across, down] = typed;
            view! {
                <li>
                    {number}
                    {self.coordinate(it, place, false, across, *room)}
                    {self.coordinate(it, place, true, down, *room)}
                </li>
            }
        });
        let rows = rows.collect_view();
        view! {
            <div class="graphic">
                {self.stage(it, picture, over)}
                <ol class="coords" role="list">{rows}</ol>
            </div>
        }
        .into_any()
    }

    /// The picture, to be pressed while the answer is open.
    fn stage(&self, it: &InteractionView, picture: &Picture, over: String) -> AnyView {
        let source = self.files.get(&picture.file).filter(|_| !self.fixed);
        let Some(source) = source.map(str::to_owned) else {
            return picture_with(picture, &self.files, over);
        };
        let name = self.name(&it.field);
        let buttons = WIDTHS.map(|(width, class)| {
            let side = |side: u16| u32::from(side).max(1);
            let height = (width * side(picture.height)).div_ceil(side(picture.width));
            // Not for the keyboard, which could press it in its corner only.
            view! {
                <input
                    type="image"
                    class=class
                    name=format!("{name}.at.{width}.{height}")
                    src=source.clone()
                    width=width.to_string()
                    height=height.to_string()
                    alt=""
                    tabindex="-1"
                    aria-hidden="true"
                />
            }
        });
        view! {
            <div class="stage">
                {buttons.into_iter().collect_view()}
                <svg
                    class="over"
                    viewBox=view_box(picture)
                    preserveAspectRatio="none"
                    role="img"
                    aria-label=picture.alternative.clone()
                    inner_html=over
                />
            </div>
        }
        .into_any()
    }

    fn coordinate(
        &self,
        it: &InteractionView,
        place: usize,
        down: bool,
        typed: String,
        room: u16,
    ) -> AnyView {
        let field = self.name(&it.field_of_point(place, down));
        let id = if place == 0 && !down {
            // The question's own, so that the summary's link leads there.
            id_of(&self.name(&it.field))
        } else {
            id_of(&field)
        };
        let label = if down {
            t!("question-place-down")
        } else {
            t!("question-place-across")
        };
        let which = (room > 1).then(|| t!("question-place", number = place + 1));
        view! {
            <label>
                <span>{label}{which.map(|which| view! { <span class="sr">" "{which}</span> })}</span>
                <input
                    id=id
                    aria-invalid=reason_at(&field).map(|_| "true")
                    name=field
                    type="text"
                    inputmode="decimal"
                    maxlength="12"
                    value=typed
                    disabled=self.fixed
                    autocomplete="off"
                />
            </label>
        }
        .into_any()
    }

    /// A mark at a place, or the object with its centre there.
    fn put(&self, picture: &Picture, object: Option<&Movable>, at: Point, sign: Option<usize>) -> String {
        let (x, y) = (i32::from(at.x), i32::from(at.y));
        let size = i32::from(picture.width.max(picture.height)) / 24;
        let mut svg = String::from("<g class=\"placed\">");
        let written = match object {
            Some(Movable::Picture(object)) if self.files.get(&object.file).is_some() => {
                let (width, height) = (i32::from(object.width), i32::from(object.height));
                let source = self.files.get(&object.file).unwrap_or_default();
                write!(
                    svg,
                    "<image href=\"{}\" x=\"{}\" y=\"{}\" width=\"{width}\" height=\"{height}\"/>",
                    escaped(source),
                    x - width / 2,
                    y - height / 2
                )
            }
            Some(Movable::Text(text)) => write!(
                svg,
                "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" text-anchor=\"middle\" \
                 dominant-baseline=\"central\">{}</text>",
                escaped(text)
            ),
            _ => {
                let arm = size * 3 / 4;
                let cross = format!("M{} {y}H{}M{x} {}V{}", x - arm, x + arm, y - arm, y + arm);
                write!(
                    svg,
                    "<path class=\"halo\" d=\"{cross}\"/><path class=\"shape\" d=\"{cross}\"/>"
                )
            }
        };
        // Writing to a text does not fail.
        let _ = written.and_then(|()| match sign {
            Some(sign) => write!(
                svg,
                "<text x=\"{}\" y=\"{}\" font-size=\"{size}\">{sign}</text>",
                x + size / 3,
                y - size / 3
            ),
            None => Ok(()),
        });
        svg.push_str("</g>");
        svg
    }
}

/// Lines that are ten percent apart, each fifth with its number.
fn lines(picture: &Picture) -> String {
    let (width, height) = (u32::from(picture.width), u32::from(picture.height));
    let size = width.max(height) / 30;
    let mut svg = String::from("<g class=\"lines\">");
    for percent in (10..100).step_by(10) {
        let (x, y) = (width * percent / 100, height * percent / 100);
        let _ = write!(
            svg,
            "<path d=\"M{x} 0V{height}M0 {y}H{width}\"/>\
             <text x=\"{x}\" y=\"{size}\" font-size=\"{size}\" text-anchor=\"middle\">{percent}</text>\
             <text x=\"2\" y=\"{y}\" font-size=\"{size}\" dominant-baseline=\"central\">{percent}</text>"
        );
    }
    svg.push_str("</g>");
    svg
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}

/// How a place is told.
pub(super) fn hint(control: &ControlView) -> Option<String> {
    let ControlView::Places { object, room, .. } = control else {
        return None;
    };
    let how = if *room == 1 {
        t!("question-place-hint")
    } else {
        t!("question-places-hint", count = *room)
    };
    Some(match object {
        Some(Movable::Text(text)) => t!("question-place-what", what = text.clone(), how = how),
        Some(Movable::Picture(picture)) => {
            t!(
                "question-place-what",
                what = picture.alternative.clone(),
                how = how
            )
        }
        None => how,
    })
}

/// A place in words.
pub(super) fn told_at(picture: &Picture, point: Point, mark: char) -> String {
    let [across, down] = picture.percent(point, mark);
    t!("question-place-at", across = across, down = down)
}
