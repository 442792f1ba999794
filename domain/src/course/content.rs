use serde::{Deserialize, Serialize};

use crate::{
    id::{ActivityId, AssessmentId, CompetencyId, ModuleId},
    text::text_enum,
};

/// A course as its author writes it: the draft while it is worked on, and the
/// content of a version once it is published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// What it is called.
    pub title: String,
    /// What it is about and for whom, as Markdown.
    #[serde(default)]
    pub summary: String,
    /// The language it is written in (BCP 47).
    pub language: Language,
    /// Its parts, in the order in which they are meant to be taken.
    #[serde(default)]
    pub modules: Vec<Module>,
}

/// A part of a course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Module {
    /// Which one; stays the same over all versions.
    pub id: ModuleId,
    /// What it is called.
    pub title: String,
    /// What it is about, as Markdown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// What has to be done before any of its activities opens.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<Prerequisite>,
    /// What there is to do, in the order in which it is meant to be done.
    #[serde(default)]
    pub activities: Vec<Activity>,
}

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// Which one; stays the same over all versions, and with it a learner's progress.
    pub id: ActivityId,
    /// What it is called.
    pub title: String,
    /// The competencies that it teaches, trains or tests.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub competencies: Vec<CompetencyId>,
    /// What has to be done before it opens.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<Prerequisite>,
    /// How long it takes, in minutes, where the author says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u16>,
    /// What it consists of.
    #[serde(flatten)]
    pub work: Work,
}

/// What an activity consists of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Work {
    /// Something to read, look at and think through.
    Lesson {
        /// Its text.
        #[serde(default)]
        markdown: String,
    },
    /// Items with feedback at once, which decide nothing.
    Practice {
        /// What the items are about.
        #[serde(default)]
        draws: Vec<Draw>,
    },
    /// An assessment, whose result counts.
    Assessment {
        /// Which one; none until the author has chosen.
        #[serde(default)]
        assessment: Option<AssessmentId>,
    },
}

/// So many items about one competency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draw {
    /// About what.
    pub competency: CompetencyId,
    /// How many.
    pub count: u16,
}

/// Something that has to be done first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Prerequisite {
    /// All activities of a module.
    Module(ModuleId),
    /// One activity.
    Activity(ActivityId),
}

/// What a catalogue says about a course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// What it is called.
    pub title: String,
    /// What it is about and for whom, as Markdown.
    pub summary: String,
    /// The language it is written in.
    pub language: Language,
    /// How many parts it has.
    pub modules: usize,
    /// How many things there are to do in it.
    pub activities: usize,
    /// How long it takes, in minutes, as far as its author says so; 0 if not at all.
    pub minutes: u32,
}

/// A BCP 47 language tag, as `lang` takes it: `en`, `pt-BR`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language(String);

/// Not a language tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("language-unknown")]
pub struct UnknownLanguage;

impl Content {
    /// The most characters of a title.
    pub const MAX_TITLE: usize = 120;
    /// The most bytes of a summary.
    pub const MAX_SUMMARY: usize = 4_000;
    /// The most bytes of a course as it is stored: a shelf of books. Each learner's
    /// page reads it whole.
    pub const MAX_BYTES: usize = 2 << 20;
    /// The most modules of a course.
    pub const MAX_MODULES: usize = 40;
    /// The most activities of a module.
    pub const MAX_ACTIVITIES: usize = 60;
    /// The most prerequisites, competencies or draws of one activity.
    pub const MAX_LINKS: usize = 40;
    /// The most items in one draw.
    pub const MAX_DRAW: u16 = 50;
    /// The most minutes that an activity may be said to take: a working day.
    pub const MAX_MINUTES: u16 = 480;

    /// A course with nothing in it yet.
    #[must_use]
    pub fn new(title: String, language: Language) -> Self {
        Self {
            title,
            summary: String::new(),
            language,
            modules: Vec::new(),
        }
    }

    /// Every activity, with the module that it belongs to, in order.
    pub fn activities(&self) -> impl Iterator<Item = (&Module, &Activity)> {
        self.modules
            .iter()
            .flat_map(|module| module.activities.iter().map(move |activity| (module, activity)))
    }

    /// Every assessment that it asks, with the activity that asks it, in order.
    pub fn assessments(&self) -> impl Iterator<Item = (ActivityId, AssessmentId)> {
        self.activities().filter_map(|(_, activity)| match activity.work {
            Work::Assessment { assessment } => Some((activity.id, assessment?)),
            _ => None,
        })
    }

    /// One activity and its module.
    #[must_use]
    pub fn activity(&self, id: ActivityId) -> Option<(&Module, &Activity)> {
        self.activities().find(|(_, activity)| activity.id == id)
    }

    /// One module.
    #[must_use]
    pub fn module(&self, id: ModuleId) -> Option<&Module> {
        self.modules.iter().find(|module| module.id == id)
    }

    /// What a catalogue says about it.
    #[must_use]
    pub fn about(&self) -> About {
        About {
            title: self.title.clone(),
            summary: self.summary.clone(),
            language: self.language.clone(),
            modules: self.modules.len(),
            activities: self.activities().count(),
            minutes: self
                .activities()
                .filter_map(|(_, activity)| activity.minutes)
                .map(u32::from)
                .sum(),
        }
    }
}

text_enum! {
    /// The kinds of activity.
    pub enum WorkKind {
        /// [`Work::Lesson`].
        Lesson = "lesson",
        /// [`Work::Practice`].
        Practice = "practice",
        /// [`Work::Assessment`].
        Assessment = "assessment",
    }
}

impl Work {
    /// Which kind it is.
    #[must_use]
    pub fn kind(&self) -> WorkKind {
        match self {
            Self::Lesson { .. } => WorkKind::Lesson,
            Self::Practice { .. } => WorkKind::Practice,
            Self::Assessment { .. } => WorkKind::Assessment,
        }
    }

    /// Work of a kind, with nothing in it yet.
    #[must_use]
    pub fn empty(kind: WorkKind) -> Self {
        match kind {
            WorkKind::Lesson => Self::Lesson {
                markdown: String::new(),
            },
            WorkKind::Practice => Self::Practice { draws: Vec::new() },
            WorkKind::Assessment => Self::Assessment { assessment: None },
        }
    }
}

impl Language {
    /// Checks the form of a tag (RFC 5646 §2.1, without looking subtags up): 2
    /// or 3 letters, then subtags of up to 8 letters and digits.
    pub fn parse(text: &str) -> Result<Self, UnknownLanguage> {
        let mut parts = text.split('-');
        let primary = parts.next().unwrap_or_default();
        let is_tag = text.len() <= 35
            && (2..=3).contains(&primary.len())
            && primary.bytes().all(|b| b.is_ascii_alphabetic())
            && parts
                .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
        if is_tag {
            Ok(Self(text.to_owned()))
        } else {
            Err(UnknownLanguage)
        }
    }
}

crate::text::text_type!(Language, UnknownLanguage);

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_course_is_written_as_it_is_read() {
        let id = "0198f2a0-0000-7000-8000-00000000000";
        let text = json!({
            "title": "Safe handovers", "summary": "", "language": "en",
            "modules": [{
                "id": format!("{id}1"), "title": "Notes",
                "activities": [
                    {"id": format!("{id}2"), "title": "Why", "minutes": 10, "kind": "lesson", "markdown": "Because."},
                    {"id": format!("{id}3"), "title": "Try", "after": [{"activity": format!("{id}2")}],
                     "kind": "practice", "draws": [{"competency": format!("{id}9"), "count": 4}]},
                    {"id": format!("{id}4"), "title": "Show", "after": [{"module": format!("{id}1")}],
                     "kind": "assessment", "assessment": null},
                ],
            }],
        });
        let content: Content = serde_json::from_value(text.clone()).unwrap();
        assert_eq!(serde_json::to_value(&content).unwrap(), text);
        let about = content.about();
        assert_eq!((about.modules, about.activities, about.minutes), (1, 3, 10));
    }

    #[test]
    fn a_language_is_a_tag() {
        for tag in ["en", "pt-BR", "zh-Hant-TW", "gsw"] {
            assert_eq!(Language::parse(tag).unwrap().as_str(), tag);
        }
        for text in ["", "e", "english", "en_GB", "en-", "en-\u{e9}", "en\" onload=\""] {
            assert_eq!(Language::parse(text), Err(UnknownLanguage), "{text}");
        }
    }
}
