//! The demo's content as it is written in `server/demo`: see the README there.

mod items;

use include_dir::{Dir, File, include_dir};
use serde::{Deserialize, de::DeserializeOwned};

use items::Items;
pub(crate) use items::{
    GapAnswer, GapText, ItemKind, ItemText, Number, RegionText, RubricText, VariableText,
};

static FOLDER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/demo");

/// The demo's content cannot be read. It is compiled in, so this is a mistake
/// in the content, and a test finds it.
#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    /// A file that another names.
    #[error("demo content: {0} is missing")]
    Missing(String),
    /// A file is not as its type says.
    #[error("demo content: {file}: {cause}")]
    Unreadable {
        /// Which.
        file: String,
        /// Why.
        cause: toml::de::Error,
    },
}

/// One tenant and everything in it.
#[derive(Debug)]
pub(crate) struct TenantContent {
    pub(crate) tenant: TenantText,
    pub(crate) framework: FrameworkText,
    pub(crate) competencies: Vec<CompetencyText>,
    pub(crate) course: CourseText,
    pub(crate) items: Vec<ItemText>,
    pub(crate) assessments: Vec<AssessmentText>,
    pub(crate) achievements: Vec<AchievementText>,
    pub(crate) people: Vec<PersonText>,
    folder: &'static Dir<'static>,
}

impl TenantContent {
    /// Every tenant of the demo.
    pub(crate) fn all() -> Result<Vec<Self>, ContentError> {
        FOLDER.dirs().map(Self::read).collect()
    }

    /// A lesson's Markdown.
    pub(crate) fn lesson(&self, path: &str) -> Result<&'static str, ContentError> {
        file(self.folder, path)?
            .contents_utf8()
            .ok_or_else(|| ContentError::Missing(path.to_owned()))
    }

    /// The pictures: their names within the tenant, and their bytes.
    pub(crate) fn pictures(&self) -> Vec<(String, &'static [u8])> {
        let inside = self.folder.path();
        let images = self.folder.get_dir(inside.join("images"));
        images
            .into_iter()
            .flat_map(Dir::files)
            .filter_map(|file| {
                let name = file.path().strip_prefix(inside).ok()?.to_str()?;
                Some((name.to_owned(), file.contents()))
            })
            .collect()
    }

    fn read(folder: &'static Dir<'static>) -> Result<Self, ContentError> {
        let Frameworks {
            framework,
            competency,
        } = parse(file(folder, "competencies.toml")?)?;
        let Assessments { assessment } = parse(file(folder, "assessments.toml")?)?;
        let Achievements { achievement } = parse(file(folder, "achievements.toml")?)?;
        let People { person } = parse(file(folder, "people.toml")?)?;
        let mut items = Vec::new();
        for source in folder
            .get_dir(folder.path().join("items"))
            .into_iter()
            .flat_map(Dir::files)
        {
            items.extend(parse::<Items>(source)?.item);
        }
        Ok(Self {
            tenant: parse(file(folder, "tenant.toml")?)?,
            framework,
            competencies: competency,
            course: parse(file(folder, "course.toml")?)?,
            items,
            assessments: assessment,
            achievements: achievement,
            people: person,
            folder,
        })
    }
}

fn file(folder: &'static Dir<'static>, name: &str) -> Result<&'static File<'static>, ContentError> {
    let path = folder.path().join(name);
    folder
        .get_file(&path)
        .ok_or_else(|| ContentError::Missing(path.display().to_string()))
}

fn parse<T: DeserializeOwned>(file: &File<'_>) -> Result<T, ContentError> {
    let text = file.contents_utf8().unwrap_or_default();
    toml::from_str(text).map_err(|cause| ContentError::Unreadable {
        file: file.path().display().to_string(),
        cause,
    })
}

/// `tenant.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TenantText {
    pub(crate) slug: String,
    pub(crate) name: String,
    pub(crate) tagline: String,
    pub(crate) languages: Vec<String>,
    pub(crate) accent: String,
    pub(crate) sign_up: String,
    pub(crate) allows_suspension: bool,
    pub(crate) description: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Frameworks {
    framework: FrameworkText,
    competency: Vec<CompetencyText>,
}

/// `[framework]` in `competencies.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FrameworkText {
    pub(crate) title: String,
    pub(crate) code: String,
}

/// `[[competency]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CompetencyText {
    pub(crate) code: String,
    pub(crate) level: String,
    pub(crate) statement: String,
    pub(crate) parent: Option<String>,
}

/// `course.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CourseText {
    pub(crate) slug: String,
    pub(crate) title: String,
    pub(crate) language: String,
    pub(crate) summary: String,
    pub(crate) module: Vec<ModuleText>,
}

/// `[[module]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ModuleText {
    pub(crate) key: String,
    pub(crate) title: String,
    pub(crate) summary: String,
    pub(crate) activity: Vec<ActivityText>,
}

/// `[[module.activity]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ActivityText {
    pub(crate) key: String,
    pub(crate) title: String,
    pub(crate) kind: ActivityKind,
    pub(crate) competencies: Vec<String>,
    pub(crate) file: Option<String>,
    #[serde(default)]
    pub(crate) items: Vec<DrawText>,
    pub(crate) assessment: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ActivityKind {
    Lesson,
    Practice,
    Assessment,
}

/// So many items of a competency.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DrawText {
    pub(crate) competency: String,
    pub(crate) n: u16,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Assessments {
    assessment: Vec<AssessmentText>,
}

/// `[[assessment]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AssessmentText {
    pub(crate) key: String,
    pub(crate) title: String,
    pub(crate) instructions: String,
    pub(crate) mode: AssessmentMode,
    pub(crate) competency: Option<String>,
    #[serde(default)]
    pub(crate) draws: Vec<DrawText>,
    pub(crate) pass_percent: Option<u8>,
    pub(crate) time_limit_minutes: Option<u32>,
    pub(crate) tries: u8,
    pub(crate) cooldown_minutes: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum AssessmentMode {
    Gate,
    Fixed,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Achievements {
    achievement: Vec<AchievementText>,
}

/// `[[achievement]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AchievementText {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) level: String,
    pub(crate) tags: Vec<String>,
    pub(crate) alignments: Vec<String>,
    pub(crate) requires: RequiresText,
    pub(crate) description: String,
    pub(crate) criteria: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RequiresText {
    pub(crate) all: Vec<RequirementText>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RequirementText {
    Competency(String),
    Assessment(String),
    Badge(String),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct People {
    person: Vec<PersonText>,
}

/// `[[person]]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PersonText {
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) role: String,
    pub(crate) progress: Option<String>,
    pub(crate) accuracy: Option<f64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_can_be_read() {
        let tenants = TenantContent::all().unwrap();
        assert_eq!(tenants.len(), 2);
        for content in &tenants {
            for activity in content.course.module.iter().flat_map(|module| &module.activity) {
                if let Some(file) = &activity.file {
                    content.lesson(file).unwrap();
                }
            }
        }
        let items: usize = tenants.iter().map(|tenant| tenant.items.len()).sum();
        assert!(items >= 60, "{items}");
    }
}
