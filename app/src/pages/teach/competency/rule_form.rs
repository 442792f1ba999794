//! The fields of a rule, kind by kind.

use std::str::FromStr;

use domain::{
    mastery::{Combine, GateTables, Percent, Rule},
    text::UnknownWord,
};
use leptos::prelude::*;
use service::FieldErrors;

use crate::{form::Form, i18n::t, ui::TextField};

/// The kinds of rule that have a form of their own. One that is joined of
/// others is shown in words and kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Gate,
    CutScore,
    Combined(Combine),
    NOfM,
    RubricLevel,
    Assessors,
}

impl Kind {
    pub(super) const ALL: [Self; 8] = [
        Self::Gate,
        Self::CutScore,
        Self::Combined(Combine::Highest),
        Self::Combined(Combine::Latest),
        Self::Combined(Combine::DecayingAverage),
        Self::NOfM,
        Self::RubricLevel,
        Self::Assessors,
    ];

    pub(super) fn of(rule: &Rule) -> Option<Self> {
        match rule {
            Rule::SequentialGate { .. } => Some(Self::Gate),
            Rule::CutScore { .. } => Some(Self::CutScore),
            Rule::CombinedScore { combine, .. } => Some(Self::Combined(*combine)),
            Rule::NOfM { .. } => Some(Self::NOfM),
            Rule::RubricLevel { .. } => Some(Self::RubricLevel),
            Rule::MarkedByAssessor { .. } => Some(Self::Assessors),
            Rule::All { .. } | Rule::Any { .. } | Rule::AtLeast { .. } => None,
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Gate => "gate",
            Self::CutScore => "cut-score",
            Self::Combined(combine) => combine.as_str(),
            Self::NOfM => "n-of-m",
            Self::RubricLevel => "rubric-level",
            Self::Assessors => "assessors",
        }
    }

    /// Its fields and what they hold before anything was typed.
    fn fields(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Gate => &[("tries", "3"), ("cooldown-hours", "24")],
            Self::CutScore => &[
                ("items", "10"),
                ("cut", "80"),
                ("tries", "2"),
                ("cooldown-hours", "24"),
            ],
            Self::Combined(_) => &[("items", "10"), ("cut", "80"), ("tries", "3")],
            Self::NOfM => &[("n", "8"), ("m", "10"), ("answers", "20")],
            Self::RubricLevel => &[("level", "2"), ("assessors", "1")],
            Self::Assessors => &[("assessors", "1")],
        }
    }

    /// The form for this kind: with the figures of `rule` if it is of this kind.
    pub(super) fn filled(self, rule: &Rule, version: i64) -> Form {
        let figures = if Self::of(rule) == Some(self) {
            figures(rule)
        } else {
            Vec::new()
        };
        let fields = self.fields().iter().map(|(name, usual)| {
            let figure = figures.iter().find(|(known, _)| known == name);
            let value = figure.map_or_else(|| (*usual).to_owned(), |(_, value)| value.to_string());
            (format!("rule.{name}"), value)
        });
        Form::filled(fields.chain([
            ("version".to_owned(), version.to_string()),
            ("kind".to_owned(), self.word().to_owned()),
        ]))
    }

    /// The rule that the form says, with the assessment that `known` named.
    pub(super) fn read(self, form: &Form, known: &Rule) -> Result<Rule, FieldErrors> {
        let mut errors = FieldErrors::default();
        let assessment = match known {
            Rule::SequentialGate { assessment, .. }
            | Rule::CutScore { assessment, .. }
            | Rule::CombinedScore { assessment, .. }
            | Rule::NOfM { assessment, .. } => *assessment,
            _ => None,
        };
        let figure = |name: &str, errors: &mut FieldErrors| number(form, name, errors);
        let rule = match self {
            Self::Gate => Rule::SequentialGate {
                assessment,
                tables: GateTables::Gate1,
                tries: small(figure("tries", &mut errors)),
                cooldown_hours: figure("cooldown-hours", &mut errors),
            },
            Self::CutScore => {
                let (items, cut) = (figure("items", &mut errors), percent(form, &mut errors));
                let tries = small(figure("tries", &mut errors));
                let cooldown_hours = figure("cooldown-hours", &mut errors);
                let Some(cut) = cut else {
                    return Err(errors);
                };
                Rule::CutScore {
                    assessment,
                    items,
                    cut,
                    tries,
                    cooldown_hours,
                }
            }
            Self::Combined(combine) => {
                let (items, cut) = (figure("items", &mut errors), percent(form, &mut errors));
                let tries = small(figure("tries", &mut errors));
                let Some(cut) = cut else {
                    return Err(errors);
                };
                Rule::CombinedScore {
                    assessment,
                    combine,
                    items,
                    cut,
                    tries,
                }
            }
            Self::NOfM => Rule::NOfM {
                assessment,
                n: figure("n", &mut errors),
                m: figure("m", &mut errors),
                answers: figure("answers", &mut errors),
            },
            Self::RubricLevel => Rule::RubricLevel {
                level: small(figure("level", &mut errors)),
                assessors: small(figure("assessors", &mut errors)),
            },
            Self::Assessors => Rule::MarkedByAssessor {
                assessors: small(figure("assessors", &mut errors)),
            },
        };
        if errors.is_empty() { Ok(rule) } else { Err(errors) }
    }
}

impl FromStr for Kind {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.word() == text)
            .ok_or(UnknownWord)
    }
}

fn figures(rule: &Rule) -> Vec<(&'static str, u16)> {
    match rule {
        Rule::SequentialGate {
            tries,
            cooldown_hours,
            ..
        } => {
            vec![("tries", u16::from(*tries)), ("cooldown-hours", *cooldown_hours)]
        }
        Rule::CutScore {
            items,
            cut,
            tries,
            cooldown_hours,
            ..
        } => vec![
            ("items", *items),
            ("cut", u16::from(cut.get())),
            ("tries", u16::from(*tries)),
            ("cooldown-hours", *cooldown_hours),
        ],
        Rule::CombinedScore {
            items, cut, tries, ..
        } => vec![
            ("items", *items),
            ("cut", u16::from(cut.get())),
            ("tries", u16::from(*tries)),
        ],
        Rule::NOfM { n, m, answers, .. } => vec![("n", *n), ("m", *m), ("answers", *answers)],
        Rule::RubricLevel { level, assessors } => {
            vec![("level", u16::from(*level)), ("assessors", u16::from(*assessors))]
        }
        Rule::MarkedByAssessor { assessors } => vec![("assessors", u16::from(*assessors))],
        Rule::All { .. } | Rule::Any { .. } | Rule::AtLeast { .. } => Vec::new(),
    }
}

fn number(form: &Form, name: &str, errors: &mut FieldErrors) -> u16 {
    let field = format!("rule.{name}");
    form.parsed(&field).unwrap_or_else(|| {
        errors.add(field, "not-a-whole-number");
        0
    })
}

/// Beyond what fits, the largest that does: the check of the rule refuses it.
fn small(figure: u16) -> u8 {
    u8::try_from(figure).unwrap_or(u8::MAX)
}

fn percent(form: &Form, errors: &mut FieldErrors) -> Option<Percent> {
    let typed = form
        .parsed::<u8>("rule.cut")
        .and_then(|percent| Percent::try_from(percent).ok());
    if typed.is_none() {
        errors.add("rule.cut", "percent-out-of-range");
    }
    typed
}

/// The fields of a kind.
#[component]
pub(super) fn RuleFields(kind: Kind) -> AnyView {
    kind.fields()
        .iter()
        .map(|(name, _)| {
            view! {
                <TextField
                    name=format!("rule.{name}")
                    label=t!(&format!("teach-rule-field-{name}"))
                    inputmode="numeric"
                    class="short"
                />
            }
        })
        .collect_view()
        .into_any()
}
