//! A course, and what there is to do in it, as learners see them.

mod activity;
mod file;
mod overview;
pub(crate) mod text;

pub(crate) use file::deliver;

use axum::routing::{get, post};
use domain::course::{ActivityOutline, ModuleOutline, State, WorkKind};
use domain::id::ActivityId;

use crate::{
    i18n::t,
    routes::Routes,
    ui::{Standing, Stop},
};

pub(super) fn routes() -> Routes {
    Routes::new()
        .route("/t/{tenant}/courses/{course}", get(overview::show))
        .route("/t/{tenant}/courses/{course}/enrol", post(overview::enrol))
        .route("/t/{tenant}/courses/{course}/move-on", post(overview::move_on))
        .route(
            "/t/{tenant}/courses/{course}/{activity}",
            get(activity::show).post(activity::complete),
        )
        .route("/t/{tenant}/files/{file}", get(file::send))
}

/// A module's activities as a way to go. `course` is the course's address;
/// `current` is where the learner is.
fn stops(module: &ModuleOutline, course: &str, current: Option<ActivityId>) -> Vec<Stop> {
    module
        .activities
        .iter()
        .map(|activity| Stop {
            title: activity.title.clone(),
            href: format!("{course}/{}", activity.id),
            note: note(activity),
            standing: match activity.state {
                _ if current == Some(activity.id) => Standing::Current,
                State::Done => Standing::Done,
                State::Locked => Standing::Locked,
                State::Open | State::Started => Standing::Open,
            },
        })
        .collect()
}

/// An activity's kind, how long it takes, and what it waits for.
fn note(activity: &ActivityOutline) -> String {
    let mut parts = vec![kind(activity.kind)];
    parts.extend(activity.minutes.map(|some| minutes(u32::from(some))));
    if !activity.waits_for.is_empty() && activity.state == State::Locked {
        parts.push(t!("course-after", what = activity.waits_for.join(", ")));
    }
    parts.join(" · ")
}

/// A kind of activity in a word.
pub(super) fn kind(kind: WorkKind) -> String {
    t!(&format!("course-kind-{kind}"))
}

/// A time, in hours where it is long.
pub(super) fn minutes(minutes: u32) -> String {
    if minutes < 90 {
        t!("course-minutes", minutes = minutes)
    } else {
        t!("course-hours", hours = (minutes + 30) / 60)
    }
}
