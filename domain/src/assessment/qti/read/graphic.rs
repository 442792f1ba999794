//! What is answered in a picture.

use super::{
    super::{
        report::{ChangeCode, Refusal, RefusalCode},
        xml::Element,
    },
    Reader,
    body::Known,
    declaration::{ends, points},
    identifier,
    interaction::{how_many, number},
    markdown::escaped,
};
use crate::assessment::{
    AreaEntry, AreaMapping, AssociableChoice, GraphicAssociateInteraction, GraphicGapMatchInteraction,
    GraphicOrderInteraction, Hotspot, HotspotInteraction, Identifier, Interaction, Movable, Picture, Points,
    PositionObjectInteraction, SelectPointInteraction, Shape, limits,
};

impl Reader<'_> {
    /// An interaction with a picture; none if it is of another kind.
    pub(super) fn graphic(
        &mut self,
        it: &Element,
        response: Identifier,
        prompt: String,
        known: &Known<'_>,
    ) -> Result<Interaction, Refusal> {
        let picture = self.frame(it)?;
        Ok(match it.name.as_str() {
            "hotspot-interaction" => {
                let hotspots = self.hotspots(it, "hotspot-choice")?;
                let (min_choices, max_choices) = how_many(it, hotspots.len());
                Interaction::Hotspot(HotspotInteraction {
                    response,
                    prompt,
                    picture,
                    hotspots,
                    min_choices,
                    max_choices,
                })
            }
            "graphic-order-interaction" => {
                let limits = ["min-choices", "max-choices"];
                if limits
                    .iter()
                    .any(|name| number(it, name).is_some_and(|most| most > 0))
                {
                    return Err(it.refuse(RefusalCode::UnsupportedInteraction));
                }
                Interaction::GraphicOrder(GraphicOrderInteraction {
                    response,
                    prompt,
                    picture,
                    hotspots: self.hotspots(it, "hotspot-choice")?,
                })
            }
            "graphic-associate-interaction" => {
                let hotspots = self.hotspots(it, "associable-hotspot")?;
                let max_associations = match number(it, "max-associations").unwrap_or(1) {
                    0 if hotspots.iter().all(|region| region.match_max.is_none()) => None,
                    0 => Some(limits::PAIRS),
                    most => Some(most.min(limits::PAIRS)),
                };
                Interaction::GraphicAssociate(GraphicAssociateInteraction {
                    response,
                    prompt,
                    picture,
                    hotspots,
                    max_associations,
                })
            }
            "graphic-gap-match-interaction" => {
                let hotspots = self.gaps_in_picture(it, &response, known)?;
                Interaction::GraphicGapMatch(GraphicGapMatchInteraction {
                    response,
                    prompt,
                    picture,
                    gap_texts: self.gap_texts(it)?,
                    hotspots,
                })
            }
            _ => Interaction::SelectPoint(SelectPointInteraction {
                max_choices: self.room(it),
                response,
                prompt,
                picture,
            }),
        })
    }

    /// Something to be put on a stage.
    pub(super) fn position_object(
        &mut self,
        stage: &Element,
        it: &Element,
        prompt: String,
    ) -> Result<Interaction, Refusal> {
        // The place that is told is the object's centre, and not its corner.
        if !it.flag("center-point", true) {
            return Err(it.refuse(RefusalCode::UnsupportedInteraction));
        }
        self.looks(it);
        let words = it
            .first("object")
            .filter(|object| object.attribute("type") == Some("text/plain"));
        let object = match words {
            Some(words) => Movable::Text(words.text().trim().to_owned()),
            None => Movable::Picture(self.frame(it)?),
        };
        Ok(Interaction::PositionObject(PositionObjectInteraction {
            response: identifier(it, "response-identifier")?,
            prompt,
            picture: self.frame(stage)?,
            object,
            max_choices: self.room(it),
        }))
    }

    /// The picture in an element.
    fn frame(&mut self, it: &Element) -> Result<Picture, Refusal> {
        let picture = it.elements().find_map(|part| match part.name.as_str() {
            "img" | "object" => Some(part),
            "picture" => part.first("img"),
            _ => None,
        });
        let picture = picture.ok_or_else(|| it.refuse(RefusalCode::Invalid))?;
        let source = picture.attribute("src").or(picture.attribute("data"));
        let file = source.and_then(|source| (self.file)(source));
        let words = picture.text();
        let words = picture.attribute("alt").unwrap_or(&words);
        let side = |name: &str| {
            let side = picture.attribute(name).unwrap_or_default();
            side.trim_end_matches("px").parse().unwrap_or(0)
        };
        Ok(Picture {
            file: file.ok_or_else(|| picture.refuse(RefusalCode::UnsupportedContent))?,
            width: side("width"),
            height: side("height"),
            alternative: words.split_whitespace().collect::<Vec<_>>().join(" "),
        })
    }

    fn hotspots(&mut self, it: &Element, name: &str) -> Result<Vec<Hotspot>, Refusal> {
        let mut hotspots = Vec::new();
        for (region, number_of) in it.all(name).zip(1_u32..) {
            if region.attribute("template-identifier").is_some() {
                return Err(region.refuse(RefusalCode::UnsupportedTemplate));
            }
            let limits = ["match-group", "match-min"];
            if limits
                .iter()
                .any(|name| region.attribute(name).is_some_and(|value| value != "0"))
            {
                self.note(ChangeCode::ConstraintDropped, region);
            }
            let label = region
                .attribute("hotspot-label")
                .or(region.attribute("aria-label"));
            let name = match label.filter(|label| !label.is_empty()) {
                Some(label) => escaped(label),
                None => {
                    self.note(ChangeCode::NameMade, region);
                    number_of.to_string()
                }
            };
            let most = number(region, "match-max").unwrap_or(1);
            hotspots.push(Hotspot {
                identifier: identifier(region, "identifier")?,
                name,
                shape: shape(region)?,
                match_max: (most != 1).then_some(most),
            });
        }
        Ok(hotspots)
    }

    /// Regions that take a text each: here each takes one.
    fn gaps_in_picture(
        &mut self,
        it: &Element,
        response: &Identifier,
        known: &Known<'_>,
    ) -> Result<Vec<Hotspot>, Refusal> {
        let mut hotspots = self.hotspots(it, "associable-hotspot")?;
        let declared = known.declared.get(response.as_str());
        let key = declared.map(|it| it.correct.as_slice()).unwrap_or_default();
        for region in &mut hotspots {
            let is_it = |text: &&String| ends(text).is_some_and(|[_, target]| target == region.identifier);
            if key.iter().filter(is_it).count() > 1 {
                return Err(it.refuse(RefusalCode::UnsupportedInteraction));
            }
            if region.match_max.take().is_some() {
                self.note(ChangeCode::ConstraintDropped, it);
            }
        }
        Ok(hotspots)
    }

    /// What is put into regions, texts and pictures in the order of the file.
    fn gap_texts(&mut self, it: &Element) -> Result<Vec<AssociableChoice>, Refusal> {
        let mut texts = Vec::new();
        for choice in it.elements() {
            if matches!(choice.name.as_str(), "gap-img" | "gap-text") {
                texts.push(self.associable(choice, 1)?);
            }
        }
        Ok(texts)
    }

    /// How many places are taken: any number is as many as there is room for.
    fn room(&mut self, it: &Element) -> u16 {
        if number(it, "min-choices").is_some_and(|least| least > 0) {
            self.note(ChangeCode::ConstraintDropped, it);
        }
        match number(it, "max-choices").unwrap_or(1) {
            0 => limits::POINTS,
            most => most.min(limits::POINTS),
        }
    }
}

fn shape(element: &Element) -> Result<Shape, Refusal> {
    let (shape, coords) = (element.attribute("shape"), element.attribute("coords"));
    Shape::read(shape.unwrap_or("default"), coords.unwrap_or_default())
        .map_err(|_| element.refuse(RefusalCode::Invalid))
}

/// What places are worth.
pub(super) fn area_mapping(element: &Element, max_points: u16) -> Result<AreaMapping, Refusal> {
    let unsupported = |element: &Element| element.refuse(RefusalCode::UnsupportedScoring);
    let bound = |name: &str| match element.attribute(name) {
        Some(text) => points(text).map(Some).ok_or_else(|| unsupported(element)),
        None => Ok(None),
    };
    if element.all("area-map-entry").count() > limits::CHOICES {
        return Err(element.refuse(RefusalCode::TooLarge));
    }
    let mut entries = Vec::new();
    for entry in element.all("area-map-entry") {
        let value = entry.attribute("mapped-value").and_then(points);
        entries.push(AreaEntry {
            shape: shape(entry)?,
            value: value.ok_or_else(|| unsupported(entry))?,
        });
    }
    let default_value = bound("default-value")?.unwrap_or_default();
    if max_points > 1 && default_value > Points::ZERO {
        return Err(unsupported(element));
    }
    Ok(AreaMapping {
        lower_bound: bound("lower-bound")?,
        upper_bound: bound("upper-bound")?,
        default_value,
        entries,
    })
}
