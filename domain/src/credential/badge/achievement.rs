//! What a badge is for (Open Badges 3.0 §B.1.1, §B.1.4 and §B.1.18).

use serde_json::Value;

use super::{Image, members::Members};

/// An `Achievement`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Achievement {
    /// The URL of this version of the achievement.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What it stands for.
    pub description: String,
    /// What has to be done for it.
    pub criteria: Criteria,
    /// Its picture.
    pub image: Option<Image>,
    /// A kind of the standard's list, such as `Badge`, `Certificate` or `MicroCredential`.
    pub achievement_type: Option<String>,
    /// What it attests, in frameworks.
    pub alignments: Vec<Alignment>,
    /// How well it can be done.
    pub results: Vec<ResultDescription>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// Which version this is.
    pub version: Option<String>,
    /// The language of its texts (BCP 47).
    pub language: Option<String>,
}

/// What has to be done for an achievement. One of the two is needed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Criteria {
    /// A page that says it.
    pub id: Option<String>,
    /// The same in words, in Markdown.
    pub narrative: Option<String>,
}

/// An `Alignment` with a node of a framework.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alignment {
    /// What the competency is called.
    pub name: String,
    /// Where it is defined.
    pub url: String,
    /// What it says.
    pub description: Option<String>,
    /// The framework's name.
    pub framework: Option<String>,
    /// Its code in the framework.
    pub code: Option<String>,
    /// A kind of the standard's list, such as `CFItem` or `ceasn:Competency`.
    pub target_type: Option<String>,
}

/// How well an achievement can be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultDescription {
    /// The URI by which results refer to it.
    pub id: String,
    /// What is measured.
    pub name: String,
    /// A kind of the standard's list, such as `Percent` or `RubricCriterionLevel`.
    pub result_type: String,
    /// The values there are, from the lowest.
    pub allowed_values: Vec<String>,
    /// The value that is needed.
    pub required_value: Option<String>,
    /// The highest value.
    pub value_max: Option<String>,
    /// The lowest value.
    pub value_min: Option<String>,
    /// The levels of the rubric.
    pub levels: Vec<RubricLevel>,
    /// The URI of the level that is needed.
    pub required_level: Option<String>,
}

/// A `RubricCriterionLevel`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RubricLevel {
    /// The URI by which results refer to it.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What is seen at this level.
    pub description: Option<String>,
    /// What it is worth.
    pub points: Option<String>,
}

impl Achievement {
    pub(super) fn to_json(&self) -> Value {
        Members::typed("Achievement")
            .set("id", self.id.as_str())
            .text("achievementType", self.achievement_type.as_deref())
            .set("name", self.name.as_str())
            .set("description", self.description.as_str())
            .set("criteria", self.criteria.to_json())
            .some("image", self.image.as_ref().map(Image::to_json))
            .list("alignment", self.alignments.iter().map(Alignment::to_json))
            .list(
                "resultDescription",
                self.results.iter().map(ResultDescription::to_json),
            )
            .list("tag", self.tags.iter().map(String::as_str))
            .text("version", self.version.as_deref())
            .text("inLanguage", self.language.as_deref())
            .into_value()
    }
}

impl Criteria {
    fn to_json(&self) -> Value {
        Members::new()
            .text("id", self.id.as_deref())
            .text("narrative", self.narrative.as_deref())
            .into_value()
    }
}

impl Alignment {
    fn to_json(&self) -> Value {
        Members::typed("Alignment")
            .set("targetName", self.name.as_str())
            .set("targetUrl", self.url.as_str())
            .text("targetDescription", self.description.as_deref())
            .text("targetFramework", self.framework.as_deref())
            .text("targetCode", self.code.as_deref())
            .text("targetType", self.target_type.as_deref())
            .into_value()
    }
}

impl ResultDescription {
    fn to_json(&self) -> Value {
        Members::typed("ResultDescription")
            .set("id", self.id.as_str())
            .set("name", self.name.as_str())
            .set("resultType", self.result_type.as_str())
            .list("allowedValue", self.allowed_values.iter().map(String::as_str))
            .text("requiredValue", self.required_value.as_deref())
            .text("valueMax", self.value_max.as_deref())
            .text("valueMin", self.value_min.as_deref())
            .list(
                "rubricCriterionLevel",
                self.levels.iter().map(RubricLevel::to_json),
            )
            .text("requiredLevel", self.required_level.as_deref())
            .into_value()
    }
}

impl RubricLevel {
    fn to_json(&self) -> Value {
        Members::typed("RubricCriterionLevel")
            .set("id", self.id.as_str())
            .set("name", self.name.as_str())
            .text("description", self.description.as_deref())
            .text("points", self.points.as_deref())
            .into_value()
    }
}
