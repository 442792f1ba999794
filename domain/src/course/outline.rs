//! A course as one learner sees it: what is done, what is open, what waits for what.

use std::collections::BTreeMap;

use super::{Content, Prerequisite, WorkKind};
use crate::id::{ActivityId, ModuleId};

/// How far a learner is with an activity that they have begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Begun.
    Started,
    /// Finished.
    Completed,
}

/// Where an activity stands for a learner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Something else has to be done first.
    Locked,
    /// Can be begun.
    Open,
    /// Begun.
    Started,
    /// Finished.
    Done,
}

/// A course as one learner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// Its parts.
    pub modules: Vec<ModuleOutline>,
    /// How many activities are done.
    pub done: usize,
    /// How many there are.
    pub total: usize,
    /// Where to go on: the first activity that is open and not done.
    pub next: Option<ActivityId>,
}

/// A module as one learner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModuleOutline {
    /// Which one.
    pub id: ModuleId,
    /// What it is called.
    pub title: String,
    /// What it is about, as Markdown.
    pub summary: String,
    /// What there is to do.
    pub activities: Vec<ActivityOutline>,
}

/// An activity as one learner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityOutline {
    /// Which one.
    pub id: ActivityId,
    /// What it is called.
    pub title: String,
    /// Its kind.
    pub kind: WorkKind,
    /// How long it takes, in minutes.
    pub minutes: Option<u16>,
    /// Where it stands.
    pub state: State,
    /// The titles of what has to be done first and is not yet.
    pub waits_for: Vec<String>,
}

impl Outline {
    /// Whether everything is done.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.done == self.total && self.total > 0
    }

    /// Every activity, in order.
    pub fn activities(&self) -> impl Iterator<Item = &ActivityOutline> {
        self.modules.iter().flat_map(|module| &module.activities)
    }
}

/// The course for a learner with this `progress`. Activities that `progress`
/// does not name have not been begun; those of another version are passed over.
///
/// What is begun stays open, and what is done stays done, whatever a later
/// version asks for first.
#[must_use]
pub fn outline(content: &Content, progress: &BTreeMap<ActivityId, Done>) -> Outline {
    let waits = Waits { content, progress };
    let modules: Vec<ModuleOutline> = content
        .modules
        .iter()
        .map(|module| ModuleOutline {
            id: module.id,
            title: module.title.clone(),
            summary: module.summary.clone(),
            activities: module
                .activities
                .iter()
                .map(|activity| {
                    let waits_for = waits.titles(module.after.iter().chain(&activity.after));
                    ActivityOutline {
                        id: activity.id,
                        title: activity.title.clone(),
                        kind: activity.work.kind(),
                        minutes: activity.minutes,
                        state: match progress.get(&activity.id) {
                            Some(Done::Completed) => State::Done,
                            Some(Done::Started) => State::Started,
                            None if waits_for.is_empty() => State::Open,
                            None => State::Locked,
                        },
                        waits_for,
                    }
                })
                .collect(),
        })
        .collect();
    let all = || modules.iter().flat_map(|module| &module.activities);
    Outline {
        done: all().filter(|activity| activity.state == State::Done).count(),
        total: all().count(),
        next: all()
            .find(|activity| matches!(activity.state, State::Open | State::Started))
            .map(|activity| activity.id),
        modules,
    }
}

struct Waits<'a> {
    content: &'a Content,
    progress: &'a BTreeMap<ActivityId, Done>,
}

impl Waits<'_> {
    fn titles<'p>(&self, prerequisites: impl Iterator<Item = &'p Prerequisite>) -> Vec<String> {
        let mut titles: Vec<String> = prerequisites.filter_map(|one| self.missing(*one)).collect();
        titles.dedup();
        titles
    }

    /// The title of what `prerequisite` names, unless it is done. What is not in
    /// the course cannot be done, and holds nobody up.
    fn missing(&self, prerequisite: Prerequisite) -> Option<String> {
        match prerequisite {
            Prerequisite::Activity(id) => {
                let (_, activity) = self.content.activity(id)?;
                (!self.is_done(id)).then(|| activity.title.clone())
            }
            Prerequisite::Module(id) => {
                let module = self.content.module(id)?;
                let done = module.activities.iter().all(|activity| self.is_done(activity.id));
                (!done).then(|| module.title.clone())
            }
        }
    }

    fn is_done(&self, id: ActivityId) -> bool {
        self.progress.get(&id) == Some(&Done::Completed)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::course::{Language, NewActivity};

    fn activity(n: u128) -> ActivityId {
        ActivityId(Uuid::from_u128(n))
    }

    /// Module 1 with activities 11 and 12 (after 11), module 2 (after module 1) with 21.
    fn course() -> Content {
        let mut content = Content::new("A course".to_owned(), Language::parse("en").unwrap());
        for (home, ids) in [(1, vec![11, 12]), (2, vec![21])] {
            let home = ModuleId(Uuid::from_u128(home));
            content.add_module(home, format!("Module {}", home.0.as_u128()));
            for id in ids {
                let new = NewActivity {
                    id: activity(id),
                    title: format!("Activity {id}"),
                    kind: WorkKind::Lesson,
                };
                content.add_activity(home, new);
            }
        }
        content.modules[0].activities[1].after = vec![Prerequisite::Activity(activity(11))];
        content.modules[1].after = vec![Prerequisite::Module(content.modules[0].id)];
        content
    }

    fn states(progress: &[(u128, Done)]) -> Vec<State> {
        let progress = progress.iter().map(|(n, done)| (activity(*n), *done)).collect();
        outline(&course(), &progress)
            .activities()
            .map(|activity| activity.state)
            .collect()
    }

    #[test]
    fn what_comes_first_opens_what_follows() {
        use Done::{Completed, Started};
        use State::{Locked, Open};
        for (progress, expected) in [
            (vec![], [Open, Locked, Locked]),
            (vec![(11, Started)], [State::Started, Locked, Locked]),
            (vec![(11, Completed)], [State::Done, Open, Locked]),
            (
                vec![(11, Completed), (12, Completed)],
                [State::Done, State::Done, Open],
            ),
        ] {
            assert_eq!(states(&progress), expected);
        }
    }

    #[test]
    fn what_is_begun_or_done_stays_so_whatever_a_new_version_asks_for() {
        assert_eq!(
            states(&[(12, Done::Completed), (21, Done::Started)]),
            [State::Open, State::Done, State::Started]
        );
    }

    #[test]
    fn the_outline_says_where_to_go_on_and_what_is_missing() {
        let progress = [(activity(11), Done::Completed), (activity(99), Done::Completed)];
        let view = outline(&course(), &progress.into());
        assert_eq!((view.done, view.total), (1, 3));
        assert_eq!(view.next, Some(activity(12)));
        assert_eq!(view.modules[1].activities[0].waits_for, ["Module 1"]);
        assert!(!view.is_complete());
        let all = [11, 12, 21].map(|n| (activity(n), Done::Completed));
        let view = outline(&course(), &all.into());
        assert!(view.is_complete());
        assert_eq!(view.next, None);
    }

    #[test]
    fn a_course_with_nothing_in_it_is_not_complete() {
        let empty = Content::new("Empty".to_owned(), Language::parse("en").unwrap());
        assert!(!outline(&empty, &BTreeMap::new()).is_complete());
    }
}
