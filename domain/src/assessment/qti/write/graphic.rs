//! Pictures, and what is answered in them.

use super::{
    Xml,
    body::{begin, element},
    html::{blocks, prompt},
};
use crate::{
    assessment::{AssociableChoice, Interaction, Movable, Picture, limits},
    course::markdown::beginning,
};

/// An interaction with a picture; nothing of another.
pub(super) fn interaction(xml: &mut Xml, it: &Interaction, is_single: bool) {
    let named = ("response-identifier", it.response().as_str());
    match it {
        Interaction::Hotspot(hotspot) => {
            let least = hotspot.min_choices.unwrap_or(0).to_string();
            let most = hotspot.max_choices.unwrap_or(u16::from(is_single)).to_string();
            begin(xml, it, &[named, ("min-choices", &least), ("max-choices", &most)]);
            regions(xml, it);
        }
        Interaction::GraphicOrder(_) => {
            begin(xml, it, &[named]);
            regions(xml, it);
        }
        Interaction::GraphicAssociate(associate) => {
            let room = associate.room().to_string();
            begin(xml, it, &[named, ("max-associations", &room)]);
            regions(xml, it);
        }
        Interaction::GraphicGapMatch(labelled) => {
            begin(xml, it, &[named]);
            picture(xml, &labelled.picture);
            gaps(xml, &labelled.gap_texts);
            hotspots(xml, it);
        }
        Interaction::SelectPoint(select) => {
            let most = select.max_choices.to_string();
            begin(xml, it, &[named, ("max-choices", &most)]);
            picture(xml, &select.picture);
        }
        Interaction::PositionObject(position) => {
            // It has no prompt of its own: what is asked stands before its stage.
            xml.open("div", &[]);
            xml.raw(&blocks(&position.prompt));
            xml.open("qti-position-object-stage", &[]);
            picture(xml, &position.picture);
            let most = position.max_choices.to_string();
            xml.open(
                &element(it),
                &[named, ("center-point", "true"), ("max-choices", &most)],
            );
            object(xml, &position.object);
            xml.close(&element(it));
            xml.close("qti-position-object-stage");
            xml.close("div");
            return;
        }
        _ => return,
    }
    xml.close(&element(it));
}

/// The picture of an interaction, and its regions.
fn regions(xml: &mut Xml, it: &Interaction) {
    if let Some(frame) = it.picture() {
        picture(xml, frame);
    }
    hotspots(xml, it);
}

fn picture(xml: &mut Xml, it: &Picture) {
    let (width, height) = (it.width.to_string(), it.height.to_string());
    let attributes = [
        ("src", it.file.as_str()),
        ("alt", &it.alternative),
        ("width", &width),
        ("height", &height),
    ];
    xml.empty("img", &attributes);
    xml.raw("\n");
}

/// What is put into a picture.
fn object(xml: &mut Xml, it: &Movable) {
    match it {
        Movable::Picture(it) => picture(xml, it),
        // QTI knows pictures only. Readers that do not know this show the words.
        Movable::Text(text) => xml.say("object", &[("type", "text/plain"), ("data", "")], text),
    }
}

fn hotspots(xml: &mut Xml, it: &Interaction) {
    let is_paired = matches!(
        it,
        Interaction::GraphicAssociate(_) | Interaction::GraphicGapMatch(_)
    );
    let element = if is_paired {
        "qti-associable-hotspot"
    } else {
        "qti-hotspot-choice"
    };
    for region in it.hotspots() {
        let coords = region.shape.coords();
        // A name in an attribute has no marks.
        let label = beginning(&region.name, limits::LINE);
        let most = region.match_max.unwrap_or(1).to_string();
        let mut attributes = vec![
            ("identifier", region.identifier.as_str()),
            ("shape", region.shape.name()),
            ("coords", &coords),
            ("hotspot-label", &label),
        ];
        attributes.extend(is_paired.then_some(("match-max", most.as_str())));
        xml.empty(element, &attributes);
        xml.raw("\n");
    }
}

/// What is put into regions: pictures as such, all else as text.
fn gaps(xml: &mut Xml, choices: &[AssociableChoice]) {
    for choice in choices {
        let most = choice.match_max.unwrap_or(1).to_string();
        let attributes = [("identifier", choice.identifier.as_str()), ("match-max", &most)];
        let content = prompt(&choice.content);
        let is_picture = content.starts_with("<img ") && content.matches(['<', '>']).count() == 2;
        let element = if is_picture { "qti-gap-img" } else { "qti-gap-text" };
        xml.hold(element, &attributes, &content);
    }
}
