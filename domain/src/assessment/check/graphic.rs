use super::Checker;
use crate::{
    assessment::{Interaction, Movable, Picture, ProblemCode, Shape, code::args, limits},
    course::FileName,
};

/// The picture of an interaction and its regions, of which there are `least`.
pub(super) fn check(checker: &mut Checker, path: &str, it: &Interaction, least: usize) {
    let Some(frame) = it.picture() else { return };
    picture(checker, &format!("{path}.picture"), frame);
    let hotspots = it.hotspots();
    if least > 0 {
        checker.count(
            &format!("{path}.hotspots"),
            hotspots.len(),
            least,
            limits::CHOICES,
        );
    }
    for (index, region) in hotspots.iter().enumerate() {
        let path = format!("{path}.hotspots[{index}]");
        checker.text(&format!("{path}.name"), &region.name, limits::LINE);
        shape(checker, &format!("{path}.shape"), &region.shape, frame);
    }
    // Texts that are put into regions stand before them, and have names beside theirs.
    let texts = it.choices().len() - hotspots.len();
    let names = it.choices().into_iter().enumerate();
    checker.distinct(names.map(|(index, name)| {
        let path = match index.checked_sub(texts) {
            Some(region) => format!("{path}.hotspots[{region}].identifier"),
            None => format!("{path}.gapTexts[{index}].identifier"),
        };
        (path, name)
    }));
}

fn picture(checker: &mut Checker, path: &str, it: &Picture) {
    if FileName::parse(&it.file).is_err() {
        checker.add(&format!("{path}.file"), ProblemCode::Empty);
    }
    for (name, side) in [("width", it.width), ("height", it.height)] {
        if !(1..=limits::SIDE).contains(&side) {
            let bounds = args([("min", &1), ("max", &limits::SIDE)]);
            checker.add_with(&format!("{path}.{name}"), ProblemCode::OutOfRange, bounds);
        }
    }
    checker.text(&format!("{path}.alternative"), &it.alternative, limits::LINE);
}

/// What is put into a picture.
pub(super) fn object(checker: &mut Checker, path: &str, it: &Movable) {
    match it {
        Movable::Picture(it) => picture(checker, &format!("{path}.picture"), it),
        Movable::Text(text) => checker.text(&format!("{path}.text"), text, limits::TITLE),
    }
}

/// A shape that has an inside, and all of it within the picture.
pub(super) fn shape(checker: &mut Checker, path: &str, it: &Shape, frame: &Picture) {
    if let Shape::Poly(corners) = it {
        checker.count(path, corners.len(), 3, limits::CORNERS);
    }
    let Some([left, top, right, bottom]) = it.bounds() else {
        return;
    };
    let (width, height) = (i32::from(frame.width), i32::from(frame.height));
    if left < 0 || top < 0 || right > width || bottom > height {
        let bounds = args([("width", &frame.width), ("height", &frame.height)]);
        checker.add_with(path, ProblemCode::OutsidePicture, bounds);
    } else if !it.has_inside() {
        checker.add(path, ProblemCode::NoInside);
    }
}
