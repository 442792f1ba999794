use domain::{
    Problem,
    course::{Activity, Content, NewActivity, Prerequisite, Way},
    id::{ActivityId, CourseId, ModuleId},
};

use super::edit;
use crate::{Ctx, Error, FieldErrors, Result};

/// These keep a draft from being published, and not from being kept: it is
/// written bit by bit.
const MAY_WAIT: [&str; 9] = [
    "assessment-not-chosen",
    "course-empty",
    "draw-twice",
    "id-twice",
    "lesson-empty",
    "module-empty",
    "picture-without-description",
    "practice-empty",
    "too-many",
];

/// What an author says about a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModuleDetails {
    /// What it is called. The field `title`.
    pub title: String,
    /// What it is about, as Markdown. The field `summary`.
    pub summary: String,
    /// What has to be done before it opens. The field `after`.
    pub after: Vec<Prerequisite>,
}

/// A part of a course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A module and all that is in it.
    Module(ModuleId),
    /// One activity.
    Activity(ActivityId),
}

/// Adds a module at the end.
pub async fn add_module(
    ctx: &Ctx,
    course: CourseId,
    revision: i64,
    id: ModuleId,
    title: &str,
) -> Result<i64> {
    edit_part(ctx, course, revision, Part::Module(id), |content| {
        content.add_module(id, title.trim().to_owned());
        true
    })
    .await
}

/// Adds an activity at the end of a module.
pub async fn add_activity(
    ctx: &Ctx,
    course: CourseId,
    revision: i64,
    module: ModuleId,
    new: NewActivity,
) -> Result<i64> {
    edit_part(ctx, course, revision, Part::Activity(new.id), |content| {
        content.add_activity(module, new)
    })
    .await
}

/// Changes what is said about a module.
pub async fn save_module(
    ctx: &Ctx,
    course: CourseId,
    revision: i64,
    id: ModuleId,
    details: ModuleDetails,
) -> Result<i64> {
    edit_part(ctx, course, revision, Part::Module(id), |content| {
        let Some(module) = content.module_mut(id) else {
            return false;
        };
        details.title.trim().clone_into(&mut module.title);
        details.summary.trim().clone_into(&mut module.summary);
        module.after = details.after;
        true
    })
    .await
}

/// Puts `activity` in the place of the one with its id.
pub async fn save_activity(ctx: &Ctx, course: CourseId, revision: i64, activity: Activity) -> Result<i64> {
    edit_part(
        ctx,
        course,
        revision,
        Part::Activity(activity.id),
        |content| match content.activity_mut(activity.id) {
            Some(kept) => {
                *kept = activity;
                true
            }
            None => false,
        },
    )
    .await
}

/// Moves a part one place.
pub async fn shift(ctx: &Ctx, course: CourseId, revision: i64, part: Part, way: Way) -> Result<i64> {
    edit(ctx, course, revision, |content| {
        match part {
            Part::Module(id) => content.move_module(id, way),
            Part::Activity(id) => content.move_activity(id, way),
        }
        Ok(())
    })
    .await
}

/// Removes a part.
pub async fn remove(ctx: &Ctx, course: CourseId, revision: i64, part: Part) -> Result<i64> {
    edit(ctx, course, revision, |content| {
        match part {
            Part::Module(id) => content.remove_module(id),
            Part::Activity(id) => content.remove_activity(id),
        }
        Ok(())
    })
    .await
}

/// Changes one part. What is wrong with it is said at its fields, what is wrong
/// elsewhere is not; what may wait until the course is published, waits.
async fn edit_part(
    ctx: &Ctx,
    course: CourseId,
    revision: i64,
    part: Part,
    change: impl FnOnce(&mut Content) -> bool + Send,
) -> Result<i64> {
    edit(ctx, course, revision, |content| {
        if !change(content) {
            return Err(Error::NotFound);
        }
        let place = place(content, part).ok_or(Error::NotFound)?;
        let mut errors = FieldErrors::default();
        for problem in content.check() {
            if let Some(field) = field(&problem, &place)
                && !MAY_WAIT.contains(&problem.code)
            {
                errors.add_problem(field, &problem);
            }
        }
        if content.is_full() {
            let most = (Content::MAX_BYTES >> 20).to_string();
            let text = match part {
                Part::Module(_) => "summary",
                Part::Activity(_) => "markdown",
            };
            errors.add_with(
                text,
                "course-full",
                [("course", content.title.clone()), ("most", most)],
            );
        }
        errors.check()
    })
    .await
}

fn place(content: &Content, part: Part) -> Option<String> {
    content
        .modules
        .iter()
        .enumerate()
        .find_map(|(at, module)| match part {
            Part::Module(id) => (module.id == id).then(|| format!("modules.{at}")),
            Part::Activity(id) => {
                let place = module.activities.iter().position(|activity| activity.id == id)?;
                Some(format!("modules.{at}.activities.{place}"))
            }
        })
}

/// The name of the field in the part at `place` that a problem is about, if it
/// is about that part.
fn field<'a>(problem: &'a Problem, place: &str) -> Option<&'a str> {
    let rest = problem.path.strip_prefix(place)?.strip_prefix('.')?;
    let field = rest.split('.').next().unwrap_or_default();
    (field != "activities").then_some(field)
}
