use std::collections::BTreeMap;

use domain::{
    course::{Activity, ActivityOutline, Language, Outline, State, Work, markdown},
    id::{ActivityId, CourseId, FileId},
    tenancy::Permission,
};

use super::{
    Target,
    place::{enrolment, place_of},
    show::{by_slug, targets},
};
use crate::{Ctx, Error, Result, files};

/// An activity that a learner has opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// In which course.
    pub course: CourseId,
    /// The course's part of the address.
    pub slug: String,
    /// What the course is called.
    pub course_title: String,
    /// The language it is written in.
    pub language: Language,
    /// What the module is called.
    pub module_title: String,
    /// What there is to do.
    pub activity: Activity,
    /// How far the learner is with it.
    pub state: State,
    /// What it is for.
    pub targets: Vec<Target>,
    /// The files that its text names.
    pub files: BTreeMap<String, FileId>,
    /// The whole course.
    pub outline: Outline,
    /// What comes before it.
    pub previous: Option<Neighbour>,
    /// What comes after it.
    pub next: Option<Neighbour>,
}

/// The activity before or after another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbour {
    /// Which one.
    pub id: ActivityId,
    /// What it is called.
    pub title: String,
    /// Whether it is open.
    pub is_open: bool,
}

/// Opens an activity of the course whose address is `slug`, for a member who
/// takes it. What they do not take, or may not open yet, is not found.
pub async fn open(ctx: &Ctx, slug: &str, id: ActivityId) -> Result<Opened> {
    ctx.require(Permission::Learn)?;
    let tx = ctx.read().await?;
    let row = by_slug(&tx, slug).await?;
    let taken = enrolment(&tx, ctx.person()?, row.id)
        .await?
        .ok_or(Error::NotFound)?;
    let place = place_of(&tx, &row, &taken).await?;
    let activity = place.open(id)?.clone();
    let targets = targets(&tx, activity.competencies.iter().copied()).await?;
    let files = match &activity.work {
        Work::Lesson { markdown } => {
            let found = markdown::references(markdown);
            files::named(&tx, found.files.into_iter().chain(found.optional)).await?
        }
        Work::Practice { .. } | Work::Assessment { .. } => BTreeMap::new(),
    };
    let all: Vec<&ActivityOutline> = place.outline.activities().collect();
    let at = all.iter().position(|one| one.id == id).ok_or(Error::NotFound)?;
    let neighbour = |at: Option<usize>| at.and_then(|at| all.get(at)).map(|one| Neighbour::from(*one));
    let module = place.content.activity(id).map(|(module, _)| module);
    Ok(Opened {
        course: row.id,
        slug: row.slug,
        course_title: place.content.title.clone(),
        language: place.content.language.clone(),
        module_title: module.map(|module| module.title.clone()).unwrap_or_default(),
        state: all[at].state,
        previous: neighbour(at.checked_sub(1)),
        next: neighbour(at.checked_add(1)),
        activity,
        targets,
        files,
        outline: place.outline,
    })
}

impl From<&ActivityOutline> for Neighbour {
    fn from(one: &ActivityOutline) -> Self {
        Self {
            id: one.id,
            title: one.title.clone(),
            is_open: one.state != State::Locked,
        }
    }
}
