//! Areas of a picture (QTI 3 §shape).

use serde::{Deserialize, Serialize};

/// An area, in pixels from the upper left corner. Not a
/// [`Shape`](crate::assessment::Shape), which lies within a picture: rules of others
/// may name places beside it, and the whole of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum Area {
    /// The whole picture.
    Default,
    /// Left, top, right, bottom.
    Rect([i32; 4]),
    /// Centre and radius.
    Circle([i32; 3]),
    /// Centre, and the radius across and down.
    Ellipse([i32; 4]),
    /// Its corners.
    Poly(Vec<[i32; 2]>),
}

impl Area {
    /// Whether a place is in it; its edge is. Of a circle or an ellipse without a
    /// radius that is the centre alone.
    #[must_use]
    pub fn holds(&self, [x, y]: [i32; 2]) -> bool {
        let (x, y) = (f64::from(x), f64::from(y));
        match self {
            Self::Default => true,
            Self::Rect(sides) => {
                let [left, top, right, bottom] = sides.map(f64::from);
                (left..=right).contains(&x) && (top..=bottom).contains(&y)
            }
            Self::Circle(sides) => {
                let [across, down, radius] = sides.map(f64::from);
                let (dx, dy, radius) = (x - across, y - down, radius.max(0.0));
                dx * dx + dy * dy <= radius * radius
            }
            Self::Ellipse(sides) => {
                let [across, down, half_width, half_height] = sides.map(f64::from);
                if half_width <= 0.0 || half_height <= 0.0 {
                    return (x - across).abs() + (y - down).abs() == 0.0;
                }
                let (dx, dy) = ((x - across) * half_height, (y - down) * half_width);
                let edge = half_width * half_height;
                dx * dx + dy * dy <= edge * edge
            }
            Self::Poly(corners) => holds(corners, x, y),
        }
    }
}

/// Whether a ray to the right crosses the outline an odd number of times.
fn holds(corners: &[[i32; 2]], x: f64, y: f64) -> bool {
    let mut is_inside = false;
    let Some(mut from) = corners.last().map(|corner| corner.map(f64::from)) else {
        return false;
    };
    for corner in corners {
        let to = corner.map(f64::from);
        let cross = (to[0] - from[0]) * (y - from[1]) - (to[1] - from[1]) * (x - from[0]);
        let within = |one: f64, other: f64, at: f64| one.min(other) <= at && at <= one.max(other);
        if cross == 0.0 && within(from[0], to[0], x) && within(from[1], to[1], y) {
            return true;
        }
        if (from[1] > y) != (to[1] > y) && (cross > 0.0) == (to[1] > from[1]) {
            is_inside = !is_inside;
        }
        from = to;
    }
    is_inside
}
