//! The steps in which an author puts a course together.

use super::{Activity, Content, Module, Prerequisite, Work, WorkKind};
use crate::id::{ActivityId, ModuleId};

/// Which way something moves in its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Towards the beginning.
    Up,
    /// Towards the end.
    Down,
}

/// What it takes to begin an activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewActivity {
    /// Its id.
    pub id: ActivityId,
    /// What it is called.
    pub title: String,
    /// Its kind.
    pub kind: WorkKind,
}

impl Content {
    /// Adds a module at the end. One that is there already stays as it is.
    pub fn add_module(&mut self, id: ModuleId, title: String) {
        if self.module(id).is_none() {
            self.modules.push(Module {
                id,
                title,
                summary: String::new(),
                after: Vec::new(),
                activities: Vec::new(),
            });
        }
    }

    /// Adds an activity at the end of a module. One that is there already stays
    /// as it is. Says whether there is such a module.
    pub fn add_activity(&mut self, module: ModuleId, new: NewActivity) -> bool {
        let known = self.activity(new.id).is_some();
        let Some(module) = self.module_mut(module) else {
            return false;
        };
        if !known {
            module.activities.push(Activity {
                id: new.id,
                title: new.title,
                competencies: Vec::new(),
                after: Vec::new(),
                minutes: None,
                work: Work::empty(new.kind),
            });
        }
        true
    }

    /// A module, to be changed.
    pub fn module_mut(&mut self, id: ModuleId) -> Option<&mut Module> {
        self.modules.iter_mut().find(|module| module.id == id)
    }

    /// An activity, to be changed.
    pub fn activity_mut(&mut self, id: ActivityId) -> Option<&mut Activity> {
        self.modules
            .iter_mut()
            .flat_map(|module| &mut module.activities)
            .find(|activity| activity.id == id)
    }

    /// Moves a module one place. At the end of its way it stays where it is.
    pub fn move_module(&mut self, id: ModuleId, way: Way) {
        if let Some(from) = self.modules.iter().position(|module| module.id == id)
            && let Some(to) = way.from(from, self.modules.len())
        {
            self.modules.swap(from, to);
        }
    }

    /// Moves an activity one place, over the edge of its module into the next
    /// one too. At the end of its way it stays where it is.
    pub fn move_activity(&mut self, id: ActivityId, way: Way) {
        let Some((home, from)) = self.place(id) else {
            return;
        };
        let activities = &mut self.modules[home].activities;
        if let Some(to) = way.from(from, activities.len()) {
            activities.swap(from, to);
        } else if let Some(next) = way.from(home, self.modules.len()) {
            let activity = self.modules[home].activities.remove(from);
            let neighbours = &mut self.modules[next].activities;
            match way {
                Way::Up => neighbours.push(activity),
                Way::Down => neighbours.insert(0, activity),
            }
        }
    }

    /// Removes a module and all that is in it; nothing waits for them any more.
    pub fn remove_module(&mut self, id: ModuleId) {
        let Some(at) = self.modules.iter().position(|module| module.id == id) else {
            return;
        };
        let module = self.modules.remove(at);
        self.forget(Prerequisite::Module(id));
        for activity in module.activities {
            self.forget(Prerequisite::Activity(activity.id));
        }
    }

    /// Removes an activity; nothing waits for it any more.
    pub fn remove_activity(&mut self, id: ActivityId) {
        if let Some((module, at)) = self.place(id) {
            self.modules[module].activities.remove(at);
            self.forget(Prerequisite::Activity(id));
        }
    }

    fn place(&self, id: ActivityId) -> Option<(usize, usize)> {
        self.modules.iter().enumerate().find_map(|(module, in_it)| {
            let at = in_it.activities.iter().position(|activity| activity.id == id)?;
            Some((module, at))
        })
    }

    fn forget(&mut self, gone: Prerequisite) {
        for module in &mut self.modules {
            module.after.retain(|kept| *kept != gone);
            for activity in &mut module.activities {
                activity.after.retain(|kept| *kept != gone);
            }
        }
    }
}

impl Way {
    /// The place after a step from `from` in a list of `length`, if there is one.
    fn from(self, from: usize, length: usize) -> Option<usize> {
        match self {
            Self::Up => from.checked_sub(1),
            Self::Down => Some(from + 1).filter(|to| *to < length),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::course::Language;

    fn module(n: u128) -> ModuleId {
        ModuleId(Uuid::from_u128(n))
    }

    fn activity(n: u128) -> ActivityId {
        ActivityId(Uuid::from_u128(n))
    }

    /// Module 1 with activities 11 and 12, module 2 with 21.
    fn course() -> Content {
        let mut content = Content::new("A course".to_owned(), Language::parse("en").unwrap());
        for (home, ids) in [(1, vec![11, 12]), (2, vec![21])] {
            content.add_module(module(home), format!("Module {home}"));
            for id in ids {
                let new = NewActivity {
                    id: activity(id),
                    title: format!("Activity {id}"),
                    kind: WorkKind::Lesson,
                };
                assert!(content.add_activity(module(home), new));
            }
        }
        content
    }

    fn order(content: &Content) -> Vec<Vec<u128>> {
        content
            .modules
            .iter()
            .map(|module| module.activities.iter().map(|a| a.id.0.as_u128()).collect())
            .collect()
    }

    #[test]
    fn what_is_added_twice_is_there_once() {
        let mut content = course();
        content.add_module(module(1), "Again".to_owned());
        let again = NewActivity {
            id: activity(11),
            title: "Again".to_owned(),
            kind: WorkKind::Practice,
        };
        assert!(content.add_activity(module(2), again.clone()));
        assert_eq!(content, course());
        assert!(!content.add_activity(module(9), again));
    }

    #[test]
    fn an_activity_moves_through_its_module_and_into_the_next() {
        let mut content = course();
        content.move_activity(activity(11), Way::Down);
        assert_eq!(order(&content), [vec![12, 11], vec![21]]);
        content.move_activity(activity(11), Way::Down);
        assert_eq!(order(&content), [vec![12], vec![11, 21]]);
        content.move_activity(activity(11), Way::Up);
        assert_eq!(order(&content), [vec![12, 11], vec![21]]);
        content.move_activity(activity(12), Way::Up);
        content.move_activity(activity(21), Way::Down);
        content.move_activity(activity(99), Way::Down);
        assert_eq!(order(&content), [vec![12, 11], vec![21]]);
    }

    #[test]
    fn a_module_moves_with_all_that_is_in_it() {
        let mut content = course();
        content.move_module(module(2), Way::Up);
        content.move_module(module(2), Way::Up);
        assert_eq!(order(&content), [vec![21], vec![11, 12]]);
    }

    #[test]
    fn nothing_waits_for_what_was_removed() {
        let mut content = course();
        let waits = vec![
            Prerequisite::Module(module(1)),
            Prerequisite::Activity(activity(12)),
        ];
        content.modules[1].after.clone_from(&waits);
        content.modules[1].activities[0].after = waits;
        content.remove_activity(activity(12));
        assert_eq!(content.modules[1].after, [Prerequisite::Module(module(1))]);
        content.remove_module(module(1));
        assert!(content.modules[0].after.is_empty());
        assert!(content.modules[0].activities[0].after.is_empty());
        content.remove_module(module(1));
        assert_eq!(order(&content), [vec![21]]);
    }
}
