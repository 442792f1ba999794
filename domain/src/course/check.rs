//! What an author has to put right before a course can be published.

use std::collections::{BTreeMap, BTreeSet};

use super::{Activity, Content, Draw, Module, Prerequisite, Work, markdown};
use crate::{
    Problem,
    id::{ActivityId, ModuleId},
    text::is_unprintable,
};

impl Content {
    /// What its author has to put right before it can be published. What lies
    /// outside of it (whether competencies, assessments and files exist) is
    /// not looked at here.
    #[must_use]
    pub fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        title(&self.title, "title", &mut problems);
        summary(&self.summary, "summary", &mut problems);
        if self.modules.is_empty() {
            problems.push(Problem::at("modules", "course-empty"));
        }
        at_most("modules", self.modules.len(), Self::MAX_MODULES, &mut problems);
        self.ids_once(&mut problems);
        let mut before = Earlier::default();
        for (index, module) in self.modules.iter().enumerate() {
            module_problems(module, &mut before, &mut problems, &format!("modules.{index}"));
        }
        problems
    }

    /// Whether it is small enough and sound enough to be kept at all, as a
    /// draft too.
    #[must_use]
    pub fn fits(&self) -> bool {
        self.title.chars().count() <= Self::MAX_TITLE
            && self.summary.len() <= Self::MAX_SUMMARY
            && self.modules.len() <= Self::MAX_MODULES
            && self.modules.iter().all(|module| {
                module.title.chars().count() <= Self::MAX_TITLE
                    && module.summary.len() <= Self::MAX_SUMMARY
                    && module.after.len() <= Self::MAX_LINKS
                    && module.activities.len() <= Self::MAX_ACTIVITIES
                    && module.activities.iter().all(Activity::fits)
            })
            && !self.is_full()
    }

    /// Whether it takes more than [`MAX_BYTES`](Self::MAX_BYTES), all lessons together.
    #[must_use]
    pub fn is_full(&self) -> bool {
        serde_json::to_vec(self).map_or(true, |written| written.len() > Self::MAX_BYTES)
    }

    fn ids_once(&self, problems: &mut Vec<Problem>) {
        let mut modules = BTreeSet::new();
        let mut activities = BTreeSet::new();
        for (index, module) in self.modules.iter().enumerate() {
            if !modules.insert(module.id) {
                problems.push(Problem::at(format!("modules.{index}"), "id-twice"));
            }
            for (place, activity) in module.activities.iter().enumerate() {
                if !activities.insert(activity.id) {
                    problems.push(Problem::at(
                        format!("modules.{index}.activities.{place}"),
                        "id-twice",
                    ));
                }
            }
        }
    }
}

impl Activity {
    fn fits(&self) -> bool {
        self.title.chars().count() <= Content::MAX_TITLE
            && self.competencies.len() <= Content::MAX_LINKS
            && self.after.len() <= Content::MAX_LINKS
            && match &self.work {
                Work::Lesson { markdown } => markdown.len() <= markdown::MAX_BYTES,
                Work::Practice { draws } => draws.len() <= Content::MAX_LINKS,
                Work::Assessment { .. } => true,
            }
    }
}

/// What stands before the place that is looked at. Only that can be a
/// prerequisite: so nothing ever waits for itself, and a learner who follows
/// the outline never meets a closed door.
#[derive(Default)]
struct Earlier {
    modules: BTreeSet<ModuleId>,
    activities: BTreeSet<ActivityId>,
}

impl Earlier {
    fn holds(&self, prerequisite: Prerequisite) -> bool {
        match prerequisite {
            Prerequisite::Module(id) => self.modules.contains(&id),
            Prerequisite::Activity(id) => self.activities.contains(&id),
        }
    }

    fn check(&self, after: &[Prerequisite], path: &str, problems: &mut Vec<Problem>) {
        let path = format!("{path}.after");
        at_most(&path, after.len(), Content::MAX_LINKS, problems);
        if !after.iter().all(|prerequisite| self.holds(*prerequisite)) {
            problems.push(Problem::at(path, "prerequisite-not-earlier"));
        }
    }
}

fn module_problems(module: &Module, before: &mut Earlier, problems: &mut Vec<Problem>, path: &str) {
    title(&module.title, &format!("{path}.title"), problems);
    summary(&module.summary, &format!("{path}.summary"), problems);
    before.check(&module.after, path, problems);
    if module.activities.is_empty() {
        problems.push(Problem::at(path, "module-empty"));
    }
    let list = format!("{path}.activities");
    at_most(&list, module.activities.len(), Content::MAX_ACTIVITIES, problems);
    for (index, activity) in module.activities.iter().enumerate() {
        activity_problems(activity, before, problems, &format!("{list}.{index}"));
        before.activities.insert(activity.id);
    }
    before.modules.insert(module.id);
}

fn activity_problems(activity: &Activity, before: &Earlier, problems: &mut Vec<Problem>, path: &str) {
    title(&activity.title, &format!("{path}.title"), problems);
    at_most(
        &format!("{path}.competencies"),
        activity.competencies.len(),
        Content::MAX_LINKS,
        problems,
    );
    before.check(&activity.after, path, problems);
    if activity
        .minutes
        .is_some_and(|minutes| !(1..=Content::MAX_MINUTES).contains(&minutes))
    {
        let problem = Problem::at(format!("{path}.minutes"), "minutes-out-of-range");
        problems.push(problem.with("most", Content::MAX_MINUTES));
    }
    match &activity.work {
        Work::Lesson { markdown } => lesson_problems(markdown, &format!("{path}.markdown"), problems),
        Work::Practice { draws } => draw_problems(draws, &format!("{path}.draws"), problems),
        Work::Assessment { assessment } => {
            if assessment.is_none() {
                problems.push(Problem::at(format!("{path}.assessment"), "assessment-not-chosen"));
            }
        }
    }
}

fn lesson_problems(markdown: &str, path: &str, problems: &mut Vec<Problem>) {
    if markdown.trim().is_empty() {
        problems.push(Problem::at(path, "lesson-empty"));
    } else if markdown.len() > markdown::MAX_BYTES {
        problems.push(Problem::at(path, "text-over-limit").with("most", markdown::MAX_BYTES));
    } else {
        without_description(markdown, path, problems);
    }
}

fn draw_problems(draws: &[Draw], path: &str, problems: &mut Vec<Problem>) {
    if draws.is_empty() {
        problems.push(Problem::at(path, "practice-empty"));
    }
    at_most(path, draws.len(), Content::MAX_LINKS, problems);
    let mut counts = BTreeMap::new();
    for draw in draws {
        *counts.entry(draw.competency).or_insert(0) += 1;
        if !(1..=Content::MAX_DRAW).contains(&draw.count) {
            problems.push(Problem::at(path, "draw-out-of-range").with("most", Content::MAX_DRAW));
        }
    }
    if counts.values().any(|count| *count > 1) {
        problems.push(Problem::at(path, "draw-twice"));
    }
}

fn title(text: &str, path: &str, problems: &mut Vec<Problem>) {
    if text.trim().is_empty() {
        problems.push(Problem::at(path, "title-empty"));
    } else if text.chars().count() > Content::MAX_TITLE {
        problems.push(Problem::at(path, "title-too-long").with("most", Content::MAX_TITLE));
    } else if text.chars().any(is_unprintable) {
        problems.push(Problem::at(path, "title-character"));
    }
}

fn summary(text: &str, path: &str, problems: &mut Vec<Problem>) {
    if text.len() > Content::MAX_SUMMARY {
        problems.push(Problem::at(path, "text-over-limit").with("most", Content::MAX_SUMMARY));
    } else {
        without_description(text, path, problems);
    }
}

fn without_description(markdown: &str, path: &str, problems: &mut Vec<Problem>) {
    for picture in markdown::references(markdown).without_description {
        problems.push(Problem::at(path, "picture-without-description").with("picture", picture));
    }
}

fn at_most(path: &str, count: usize, most: usize, problems: &mut Vec<Problem>) {
    if count > most {
        problems.push(Problem::at(path, "too-many").with("most", most));
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::{course::Language, id::CompetencyId};

    fn lesson(n: u128, after: Vec<Prerequisite>) -> Activity {
        Activity {
            id: ActivityId(Uuid::from_u128(n)),
            title: format!("Lesson {n}"),
            competencies: Vec::new(),
            after,
            minutes: None,
            work: Work::Lesson {
                markdown: "Text.".to_owned(),
            },
        }
    }

    fn module(n: u128, activities: Vec<Activity>) -> Module {
        Module {
            id: ModuleId(Uuid::from_u128(n)),
            title: format!("Module {n}"),
            summary: String::new(),
            after: Vec::new(),
            activities,
        }
    }

    fn course(modules: Vec<Module>) -> Content {
        Content {
            modules,
            ..Content::new("A course".to_owned(), Language::parse("en").unwrap())
        }
    }

    fn activity(n: u128) -> Prerequisite {
        Prerequisite::Activity(ActivityId(Uuid::from_u128(n)))
    }

    fn codes(content: &Content) -> Vec<(&'static str, String)> {
        content
            .check()
            .into_iter()
            .map(|problem| (problem.code, problem.path))
            .collect()
    }

    #[test]
    fn a_course_with_lessons_one_after_the_other_can_be_published() {
        let mut second = module(2, vec![lesson(12, vec![activity(11)])]);
        second.after = vec![Prerequisite::Module(ModuleId(Uuid::from_u128(1)))];
        let content = course(vec![module(1, vec![lesson(11, vec![])]), second]);
        assert_eq!(codes(&content), []);
        assert!(content.fits());
    }

    #[test]
    fn nothing_waits_for_itself_or_for_what_comes_later() {
        for after in [activity(11), activity(12), activity(99)] {
            let content = course(vec![module(1, vec![lesson(11, vec![after]), lesson(12, vec![])])]);
            assert_eq!(
                codes(&content),
                [(
                    "prerequisite-not-earlier",
                    "modules.0.activities.0.after".to_owned()
                )]
            );
        }
        let mut inside_itself = module(1, vec![lesson(11, vec![])]);
        inside_itself.after = vec![Prerequisite::Module(inside_itself.id)];
        assert_eq!(
            codes(&course(vec![inside_itself]))[0].0,
            "prerequisite-not-earlier"
        );
    }

    #[test]
    fn each_gap_is_named_where_it_is() {
        let with = |work: Work| {
            course(vec![module(
                1,
                vec![Activity {
                    work,
                    ..lesson(11, vec![])
                }],
            )])
        };
        let draw = |n, count| Draw {
            competency: CompetencyId(Uuid::from_u128(n)),
            count,
        };
        let written = |markdown: &str| {
            with(Work::Lesson {
                markdown: markdown.to_owned(),
            })
        };
        for (content, code, path) in [
            (course(vec![]), "course-empty", "modules"),
            (course(vec![module(1, vec![])]), "module-empty", "modules.0"),
            (
                course(vec![module(1, vec![lesson(11, vec![]), lesson(11, vec![])])]),
                "id-twice",
                "modules.0.activities.1",
            ),
            (written("  "), "lesson-empty", "modules.0.activities.0.markdown"),
            (
                written("![](map.png)"),
                "picture-without-description",
                "modules.0.activities.0.markdown",
            ),
            (
                with(Work::Practice { draws: vec![] }),
                "practice-empty",
                "modules.0.activities.0.draws",
            ),
            (
                with(Work::Practice {
                    draws: vec![draw(1, 0)],
                }),
                "draw-out-of-range",
                "modules.0.activities.0.draws",
            ),
            (
                with(Work::Practice {
                    draws: vec![draw(1, 2), draw(1, 3)],
                }),
                "draw-twice",
                "modules.0.activities.0.draws",
            ),
            (
                with(Work::Assessment { assessment: None }),
                "assessment-not-chosen",
                "modules.0.activities.0.assessment",
            ),
        ] {
            assert_eq!(codes(&content), [(code, path.to_owned())]);
        }
    }

    #[test]
    fn what_is_too_large_does_not_fit() {
        let mut content = course(vec![module(1, vec![lesson(11, vec![]); 61])]);
        assert!(!content.fits());
        content.modules[0].activities.truncate(1);
        assert!(content.fits());
        content.modules[0].activities[0].work = Work::Lesson {
            markdown: "x".repeat(markdown::MAX_BYTES + 1),
        };
        assert!(!content.fits());
    }

    #[test]
    fn lessons_that_fit_may_be_too_much_together() {
        let mut long = lesson(11, vec![]);
        long.work = Work::Lesson {
            markdown: "x".repeat(markdown::MAX_BYTES),
        };
        let of = |lessons| course(vec![module(1, vec![long.clone(); lessons])]);
        assert!(of(20).fits() && !of(20).is_full());
        assert!(of(21).is_full() && !of(21).fits());
    }
}
