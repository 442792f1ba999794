//! Places and shapes in a picture, in its own pixels, from its top left corner.
//!
//! All of it is whole numbers, so that a place is in a shape or not on every
//! machine alike. One rule for all shapes: **the edge belongs to the shape**.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use super::limits;

/// A place in a picture (QTI 3 base type `point`); in JSON `[x, y]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "[u16; 2]", into = "[u16; 2]")]
pub struct Point {
    /// How far from the left edge.
    pub x: u16,
    /// How far from the top edge.
    pub y: u16,
}

impl From<[u16; 2]> for Point {
    fn from([x, y]: [u16; 2]) -> Self {
        Self { x, y }
    }
}

impl From<Point> for [u16; 2] {
    fn from(point: Point) -> Self {
        [point.x, point.y]
    }
}

/// A part of a picture (QTI 3 `shape` with its `coords`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    deny_unknown_fields
)]
pub enum Shape {
    /// A rectangle with upright sides.
    Rect {
        /// Its left edge.
        left: u16,
        /// Its top edge.
        top: u16,
        /// Its right edge.
        right: u16,
        /// Its bottom edge.
        bottom: u16,
    },
    /// A circle.
    Circle {
        /// Its centre, from the left.
        x: u16,
        /// Its centre, from the top.
        y: u16,
        /// Its radius.
        radius: u16,
    },
    /// An ellipse with upright axes.
    Ellipse {
        /// Its centre, from the left.
        x: u16,
        /// Its centre, from the top.
        y: u16,
        /// Half its width.
        across: u16,
        /// Half its height.
        down: u16,
    },
    /// A polygon, closed from its last corner to its first. Where its sides cross,
    /// what is enclosed an even number of times is outside (the even-odd rule).
    Poly(Vec<Point>),
    /// The whole picture.
    #[serde(rename = "default")]
    Whole,
}

/// The coordinates are not those of such a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the coordinates of such a shape")]
pub struct NotAShape;

/// The names of the shapes, as QTI has them.
pub const SHAPES: [&str; 5] = ["rect", "circle", "ellipse", "poly", "default"];

impl Shape {
    /// Reads a shape from its name and its coordinates, as HTML's image maps and
    /// QTI write them: `rect` left, top, right, bottom; `circle` the centre and
    /// the radius; `ellipse` the centre and both half axes; `poly` the corners;
    /// `default` none. Commas and spaces part them.
    pub fn read(name: &str, coords: &str) -> Result<Self, NotAShape> {
        let numbers = coords
            .split([',', ' ', ';', '\n', '\r', '\t'])
            .filter(|number| !number.is_empty())
            .take(2 * limits::CORNERS + 3)
            .map(str::parse)
            .collect::<Result<Vec<u16>, _>>()
            .map_err(|_| NotAShape)?;
        match (name, numbers.as_slice()) {
            ("rect", &[x, y, across, down]) => Ok(Self::Rect {
                left: x.min(across),
                top: y.min(down),
                right: x.max(across),
                bottom: y.max(down),
            }),
            ("circle", &[x, y, radius]) => Ok(Self::Circle { x, y, radius }),
            ("ellipse", &[x, y, across, down]) => Ok(Self::Ellipse { x, y, across, down }),
            ("poly", corners) if corners.len() % 2 == 0 && corners.len() >= 6 => {
                let mut corners: Vec<Point> = corners
                    .chunks_exact(2)
                    .map(|pair| Point {
                        x: pair[0],
                        y: pair[1],
                    })
                    .collect();
                // Closed by hand: it closes by itself.
                if corners.len() > 3 && corners.first() == corners.last() {
                    corners.pop();
                }
                Ok(Self::Poly(corners))
            }
            ("default", _) => Ok(Self::Whole),
            _ => Err(NotAShape),
        }
    }

    /// Its name, one of [`SHAPES`].
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Rect { .. } => "rect",
            Self::Circle { .. } => "circle",
            Self::Ellipse { .. } => "ellipse",
            Self::Poly(_) => "poly",
            Self::Whole => "default",
        }
    }

    /// Its coordinates, as [`Shape::read`] takes them.
    #[must_use]
    pub fn coords(&self) -> String {
        match self {
            Self::Rect {
                left,
                top,
                right,
                bottom,
            } => format!("{left},{top},{right},{bottom}"),
            Self::Circle { x, y, radius } => format!("{x},{y},{radius}"),
            Self::Ellipse { x, y, across, down } => format!("{x},{y},{across},{down}"),
            Self::Poly(corners) => {
                let mut text = String::new();
                for (place, corner) in corners.iter().enumerate() {
                    let comma = if place > 0 { "," } else { "" };
                    // Writing to a text does not fail.
                    let _ = write!(text, "{comma}{},{}", corner.x, corner.y);
                }
                text
            }
            Self::Whole => String::new(),
        }
    }

    /// The least upright rectangle around it: left, top, right, bottom. It may
    /// reach beyond the picture, also to the left. None of the whole picture.
    #[must_use]
    pub fn bounds(&self) -> Option<[i32; 4]> {
        let around = |x: u16, y: u16, across: u16, down: u16| {
            let [x, y, across, down] = [x, y, across, down].map(i32::from);
            [x - across, y - down, x + across, y + down]
        };
        match self {
            Self::Rect {
                left,
                top,
                right,
                bottom,
            } => Some([*left, *top, *right, *bottom].map(i32::from)),
            Self::Circle { x, y, radius } => Some(around(*x, *y, *radius, *radius)),
            Self::Ellipse { x, y, across, down } => Some(around(*x, *y, *across, *down)),
            Self::Poly(corners) => {
                let (across, down) = (corners.iter().map(|it| it.x), corners.iter().map(|it| it.y));
                let bounds = [
                    across.clone().min()?,
                    down.clone().min()?,
                    across.max()?,
                    down.max()?,
                ];
                Some(bounds.map(i32::from))
            }
            Self::Whole => None,
        }
    }

    /// Whether a place is in it. The edge is.
    #[must_use]
    pub fn contains(&self, point: Point) -> bool {
        let square = |a: u16, b: u16| u128::from(a.abs_diff(b)).pow(2);
        match self {
            Self::Rect {
                left,
                top,
                right,
                bottom,
            } => (left..=right).contains(&&point.x) && (top..=bottom).contains(&&point.y),
            Self::Circle { x, y, radius } => {
                square(point.x, *x) + square(point.y, *y) <= u128::from(*radius).pow(2)
            }
            Self::Ellipse { x, y, across, down } => {
                let (across, down) = (u128::from(*across).pow(2), u128::from(*down).pow(2));
                let sum = square(point.x, *x) * down + square(point.y, *y) * across;
                let on_axes = (across > 0 || point.x == *x) && (down > 0 || point.y == *y);
                on_axes && sum <= across * down
            }
            Self::Poly(corners) => in_polygon(corners, point),
            Self::Whole => true,
        }
    }

    /// Whether it has an inside: a line or a dot has none.
    pub(super) fn has_inside(&self) -> bool {
        match self {
            Self::Circle { radius, .. } => *radius > 0,
            Self::Ellipse { across, down, .. } => *across > 0 && *down > 0,
            Self::Poly(corners) if corners.len() < 3 => false,
            _ => self
                .bounds()
                .is_none_or(|[left, top, right, bottom]| left < right && top < bottom),
        }
    }
}

/// The even-odd rule, with the sides belonging to the polygon.
fn in_polygon(corners: &[Point], point: Point) -> bool {
    let (x, y) = (i64::from(point.x), i64::from(point.y));
    let mut inside = false;
    let ends = corners.iter().chain(corners.first());
    let starts = corners.iter();
    for (from, to) in starts.zip(ends.skip(1)) {
        let [from_x, from_y, to_x, to_y] = [from.x, from.y, to.x, to.y].map(i64::from);
        // Twice the area of the triangle of the side and the place: on which side it lies.
        let turn = (to_x - from_x) * (y - from_y) - (to_y - from_y) * (x - from_x);
        let between = |a: i64, b: i64, c: i64| a.min(b) <= c && c <= a.max(b);
        if turn == 0 && between(from_x, to_x, x) && between(from_y, to_y, y) {
            return true;
        }
        // A ray to the right crosses the side. Each corner counts for one of its sides.
        if (from_y > y) != (to_y > y) && ((turn > 0) == (to_y > from_y)) {
            inside = !inside;
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shape(name: &str, coords: &str) -> Shape {
        Shape::read(name, coords).unwrap()
    }

    #[test]
    fn the_edge_belongs_to_the_shape_and_what_is_beyond_does_not() {
        for (name, coords, inside, outside) in [
            (
                "rect",
                "10,20,30,40",
                vec![[10, 20], [30, 40], [20, 20]],
                vec![[9, 20], [31, 40], [20, 41]],
            ),
            (
                "circle",
                "10,10,5",
                vec![[15, 10], [13, 14], [10, 10]],
                vec![[16, 10], [14, 14]],
            ),
            (
                "ellipse",
                "20,10,10,5",
                vec![[30, 10], [20, 15], [28, 13]],
                vec![[31, 10], [20, 16], [29, 13]],
            ),
            (
                "poly",
                "0,0,10,0,0,10",
                vec![[0, 0], [10, 0], [5, 5], [3, 0], [0, 7], [1, 1]],
                vec![[6, 5], [11, 0], [0, 11]],
            ),
            ("default", "", vec![[0, 0], [65_535, 65_535]], vec![]),
        ] {
            let it = shape(name, coords);
            assert_eq!((it.name(), it.coords().as_str()), (name, coords));
            for point in inside {
                assert!(it.contains(point.into()), "{point:?} in {name} {coords}");
            }
            for point in outside {
                assert!(!it.contains(point.into()), "{point:?} not in {name} {coords}");
            }
        }
    }

    #[test]
    fn what_a_polygon_goes_around_twice_is_outside_of_it() {
        // A star of five points: its middle is enclosed twice.
        let star = shape("poly", "50,0,79,90,2,35,98,35,21,90");
        assert!(!star.contains([50, 50].into()));
        assert!(star.contains([50, 20].into()));
        // A notch from above.
        let notched = shape("poly", "0,0,10,10,20,0,20,20,0,20");
        assert!(!notched.contains([10, 9].into()));
        assert!(notched.contains([10, 10].into()) && notched.contains([10, 11].into()));
        // A ray through corners counts each once.
        let diamond = shape("poly", "10,0,20,10,10,20,0,10");
        assert!(diamond.contains([1, 10].into()) && !diamond.contains([21, 10].into()));
        assert!(!diamond.contains([0, 0].into()) && !diamond.contains([0, 20].into()));
    }

    #[test]
    fn coordinates_of_another_shape_are_none() {
        for (name, coords) in [
            ("rect", "1,2,3"),
            ("rect", "1,2,3,-4"),
            ("circle", "1,2,3,4"),
            ("circle", "10%,2,3"),
            ("poly", "1,2,3,4"),
            ("poly", "1,2,3,4,5,6,7"),
            ("star", "1,2,3,4,5,6"),
            ("ellipse", "1,2,3,99999"),
        ] {
            assert_eq!(Shape::read(name, coords), Err(NotAShape), "{name} {coords}");
        }
        assert_eq!(shape("rect", "30 40, 10 20").coords(), "10,20,30,40");
        assert_eq!(shape("poly", "0,0,9,0,0,9,0,0").coords(), "0,0,9,0,0,9");
        let long = "1,".repeat(4 * limits::CORNERS);
        let Shape::Poly(corners) = Shape::read("poly", &long).unwrap_or(Shape::Whole) else {
            return;
        };
        assert!(corners.len() <= limits::CORNERS + 1);
    }

    #[test]
    fn an_ellipse_without_a_width_is_a_line() {
        let line = shape("ellipse", "10,10,0,5");
        assert!(line.contains([10, 15].into()) && !line.contains([11, 10].into()));
        assert!(!line.has_inside() && !shape("poly", "0,0,5,0,9,0").has_inside());
    }

    fn any_shape() -> impl Strategy<Value = Shape> {
        let n = 0_u16..200;
        prop_oneof![
            (n.clone(), n.clone(), n.clone(), n.clone())
                .prop_map(|(a, b, c, d)| shape("rect", &format!("{a},{b},{c},{d}"))),
            (n.clone(), n.clone(), n.clone()).prop_map(|(x, y, radius)| Shape::Circle { x, y, radius }),
            (n.clone(), n.clone(), n.clone(), n.clone()).prop_map(|(x, y, across, down)| Shape::Ellipse {
                x,
                y,
                across,
                down
            }),
            prop::collection::vec((n.clone(), n), 3..8)
                .prop_map(|corners| Shape::Poly(corners.into_iter().map(|(x, y)| Point { x, y }).collect())),
            Just(Shape::Whole),
        ]
    }

    proptest! {
        #[test]
        fn what_is_in_a_shape_is_within_its_bounds(it in any_shape(), x in 0_u16..500, y in 0_u16..500) {
            if let (true, Some([left, top, right, bottom])) = (it.contains(Point { x, y }), it.bounds()) {
                prop_assert!((left..=right).contains(&i32::from(x)) && (top..=bottom).contains(&i32::from(y)));
            }
        }

        #[test]
        fn a_rectangle_is_the_polygon_of_its_corners(a: u16, b: u16, c: u16, d: u16, x: u16, y: u16) {
            let it = shape("rect", &format!("{a},{b},{c},{d}"));
            let corners = Shape::Poly(vec![[a, b].into(), [c, b].into(), [c, d].into(), [a, d].into()]);
            prop_assert_eq!(it.contains(Point { x, y }), corners.contains(Point { x, y }));
            let corner = Point { x: a, y: d };
            prop_assert!(it.contains(corner) && corners.contains(corner));
        }

        #[test]
        fn a_polygon_is_the_same_from_whichever_corner_and_way_round(
            corners in prop::collection::vec((0_u16..30, 0_u16..30), 3..9), turn in 0_usize..9, x in 0_u16..30, y in 0_u16..30,
        ) {
            let mut corners: Vec<Point> = corners.into_iter().map(|(x, y)| Point { x, y }).collect();
            let one = Shape::Poly(corners.clone()).contains(Point { x, y });
            let by = turn % corners.len();
            corners.rotate_left(by);
            corners.reverse();
            prop_assert_eq!(Shape::Poly(corners).contains(Point { x, y }), one);
        }

        #[test]
        fn a_shape_is_read_as_it_was_written(it in any_shape()) {
            let read = Shape::read(it.name(), &it.coords()).unwrap();
            let json = serde_json::to_string(&it).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Shape>(&json).unwrap(), &it);
            let closed = matches!(&it, Shape::Poly(corners) if corners.first() == corners.last());
            prop_assert!(closed || read == it);
        }
    }
}
