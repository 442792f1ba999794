use serde::{Deserialize, Serialize};
use url::Url;

use super::Criteria;
use crate::{
    Problem,
    competency::Level,
    text::{is_unprintable, text_enum},
};

/// A badge definition, as its author writes it: the content of a version
/// (Open Badges 3.0, `Achievement`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Achievement {
    /// What it is called.
    pub name: String,
    /// What whoever holds it can do, in a few sentences.
    pub description: String,
    /// What it took to get it, in Markdown, for people to read.
    pub criteria_narrative: String,
    /// What kind of achievement it is.
    pub achievement_type: AchievementType,
    /// How demanding it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Words by which it is found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// What it corresponds to in frameworks of others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alignments: Vec<Alignment>,
    /// What it takes, for the machine.
    pub criteria: Criteria,
}

/// A node of a framework to which an achievement corresponds (Open Badges 3.0, `Alignment`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Alignment {
    /// What the node is called.
    pub target_name: String,
    /// Where it stands, as an `http` or `https` address.
    pub target_url: String,
    /// The framework's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_framework: Option<String>,
    /// The node's code in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_code: Option<String>,
}

text_enum! {
    /// The kinds of achievement that Open Badges 3.0 names (`AchievementType`),
    /// in its own spelling.
    pub enum AchievementType {
        /// Anything accomplished.
        Achievement = "Achievement",
        /// An apprenticeship's certificate.
        ApprenticeshipCertificate = "ApprenticeshipCertificate",
        /// A single assessment.
        Assessment = "Assessment",
        /// A piece of work.
        Assignment = "Assignment",
        /// An associate's degree.
        AssociateDegree = "AssociateDegree",
        /// An award or prize.
        Award = "Award",
        /// A digital badge.
        Badge = "Badge",
        /// A bachelor's degree.
        BachelorDegree = "BachelorDegree",
        /// A certificate.
        Certificate = "Certificate",
        /// A certificate of having completed something.
        CertificateOfCompletion = "CertificateOfCompletion",
        /// A time-limited, renewable certification.
        Certification = "Certification",
        /// Service to a community.
        CommunityService = "CommunityService",
        /// A competency shown.
        Competency = "Competency",
        /// A course completed.
        Course = "Course",
        /// An activity beside the curriculum.
        CoCurricular = "CoCurricular",
        /// A degree.
        Degree = "Degree",
        /// A diploma.
        Diploma = "Diploma",
        /// A doctor's degree.
        DoctoralDegree = "DoctoralDegree",
        /// Practical work in the field.
        Fieldwork = "Fieldwork",
        /// A certificate of high-school equivalence.
        GeneralEducationDevelopment = "GeneralEducationDevelopment",
        /// A journeyman's certificate.
        JourneymanCertificate = "JourneymanCertificate",
        /// A program of several courses.
        LearningProgram = "LearningProgram",
        /// A licence to practise.
        License = "License",
        /// A membership.
        Membership = "Membership",
        /// A doctor's degree in a profession.
        ProfessionalDoctorate = "ProfessionalDoctorate",
        /// A credential for the quality of an organisation.
        QualityAssuranceCredential = "QualityAssuranceCredential",
        /// A master craftsman's certificate.
        MasterCertificate = "MasterCertificate",
        /// A master's degree.
        MasterDegree = "MasterDegree",
        /// A small credential for a small piece of learning.
        MicroCredential = "MicroCredential",
        /// A doctor's degree in research.
        ResearchDoctorate = "ResearchDoctorate",
        /// A secondary school's diploma.
        SecondarySchoolDiploma = "SecondarySchoolDiploma",
    }
}

impl Achievement {
    /// The most characters of a name.
    pub const MAX_NAME: usize = 120;
    /// The most characters of a description.
    pub const MAX_DESCRIPTION: usize = 2_000;
    /// The most characters of a criteria narrative.
    pub const MAX_NARRATIVE: usize = 10_000;
    /// The most tags, and the most alignments.
    pub const MAX_LIST: usize = 30;
    /// The most characters of a tag.
    pub const MAX_TAG: usize = 40;
    /// The most characters of a line in an alignment.
    pub const MAX_LINE: usize = 500;

    /// What its author has to put right before it can be published.
    #[must_use]
    pub fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        check_line("name", &self.name, Self::MAX_NAME, &mut problems);
        check_text(
            "description",
            &self.description,
            Self::MAX_DESCRIPTION,
            &mut problems,
        );
        check_text(
            "criteria-narrative",
            &self.criteria_narrative,
            Self::MAX_NARRATIVE,
            &mut problems,
        );
        for (name, length) in [("tags", self.tags.len()), ("alignments", self.alignments.len())] {
            if length > Self::MAX_LIST {
                problems.push(Problem::at(name, "list-too-long").with("most", Self::MAX_LIST));
            }
        }
        for (index, tag) in self.tags.iter().take(Self::MAX_LIST).enumerate() {
            check_line(&format!("tags.{index}"), tag, Self::MAX_TAG, &mut problems);
        }
        for (index, alignment) in self.alignments.iter().take(Self::MAX_LIST).enumerate() {
            let place = format!("alignments.{index}");
            problems.extend(
                alignment
                    .check()
                    .into_iter()
                    .map(|problem| problem.within(&place)),
            );
        }
        problems.extend(
            self.criteria
                .check()
                .into_iter()
                .map(|problem| problem.within("criteria")),
        );
        problems
    }
}

impl Alignment {
    fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        check_line(
            "target-name",
            &self.target_name,
            Achievement::MAX_LINE,
            &mut problems,
        );
        for (name, line) in [
            ("target-framework", &self.target_framework),
            ("target-code", &self.target_code),
        ] {
            if let Some(line) = line {
                check_line(name, line, Achievement::MAX_LINE, &mut problems);
            }
        }
        let is_web = |url: Url| matches!(url.scheme(), "http" | "https");
        if self.target_url.len() > 2_000 || !Url::parse(&self.target_url).is_ok_and(is_web) {
            problems.push(Problem::at("target-url", "url-invalid"));
        }
        problems
    }
}

fn check_line(path: &str, line: &str, most: usize, problems: &mut Vec<Problem>) {
    check_text(path, line, most, problems);
    if line.chars().any(is_unprintable) {
        problems.push(Problem::at(path, "text-unprintable"));
    }
}

fn check_text(path: &str, text: &str, most: usize, problems: &mut Vec<Problem>) {
    if text.trim().is_empty() {
        problems.push(Problem::at(path, "text-empty"));
    } else if text.chars().count() > most {
        problems.push(Problem::at(path, "text-too-long").with("most", most));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn sample() -> Achievement {
        serde_json::from_value(json!({
            "name": "Tide tables",
            "description": "Reads a tide table and plans a passage by it.",
            "criteria-narrative": "Passed the *tides* gate.",
            "achievement-type": "MicroCredential",
            "level": 3,
            "tags": ["navigation"],
            "alignments": [{"target-name": "Plan a passage", "target-url": "https://frameworks.example/nav/7", "target-code": "NAV.7"}],
            "criteria": {"kind": "competency-mastered", "competency": "00000000-0000-0000-0000-000000000001"}
        }))
        .unwrap()
    }

    #[test]
    fn a_sound_definition_has_no_problems_and_survives_storing() {
        let achievement = sample();
        assert_eq!(achievement.check(), []);
        let text = serde_json::to_string(&achievement).unwrap();
        assert_eq!(serde_json::from_str::<Achievement>(&text).unwrap(), achievement);
    }

    #[test]
    fn each_problem_is_shown_at_its_field() {
        let broken = Achievement {
            name: "Tide\u{202e}tables".into(),
            description: " ".into(),
            criteria_narrative: "x".repeat(10_001),
            tags: vec!["ok".into(), String::new()],
            alignments: vec![Alignment {
                target_name: "N".into(),
                target_url: "javascript:alert(1)".into(),
                target_framework: None,
                target_code: Some("\n".into()),
            }],
            criteria: Criteria::Any { of: vec![] },
            ..sample()
        };
        let problems = broken.check();
        let found: Vec<_> = problems
            .iter()
            .map(|p| format!("{} {}", p.path, p.code))
            .collect();
        assert_eq!(
            found,
            [
                "name text-unprintable",
                "description text-empty",
                "criteria-narrative text-too-long",
                "tags.1 text-empty",
                "alignments.0.target-code text-empty",
                "alignments.0.target-code text-unprintable",
                "alignments.0.target-url url-invalid",
                "criteria.of criteria-empty",
            ]
        );
    }

    #[test]
    fn a_list_without_end_is_one_problem() {
        let endless = Achievement {
            tags: vec!["t".into(); 1_000],
            ..sample()
        };
        assert_eq!(endless.check().len(), 1);
    }

    #[test]
    fn types_are_spelt_as_the_standard_spells_them() {
        assert_eq!(AchievementType::ALL.len(), 31);
        for kind in AchievementType::ALL {
            assert_eq!(format!("{kind:?}"), kind.as_str());
        }
    }
}
