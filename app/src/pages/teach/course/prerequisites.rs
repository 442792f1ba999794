//! What has to be done first, as boxes to tick.

use domain::course::{Content, Prerequisite};

use crate::{form::Form, i18n::t, ui::Choice};

/// What stands before `stops` in the course: the only things that can be asked
/// for first.
pub(super) fn choices(content: &Content, stops: impl Fn(Prerequisite) -> bool) -> Vec<Choice> {
    let mut choices = Vec::new();
    for module in &content.modules {
        if stops(Prerequisite::Module(module.id)) {
            return choices;
        }
        for activity in &module.activities {
            if stops(Prerequisite::Activity(activity.id)) {
                return choices;
            }
            choices.push(Choice {
                value: word(Prerequisite::Activity(activity.id)),
                text: activity.title.clone(),
                hint: String::new(),
            });
        }
        choices.push(Choice {
            value: word(Prerequisite::Module(module.id)),
            text: t!("teach-whole-module", title = module.title.clone()),
            hint: String::new(),
        });
    }
    choices
}

/// The boxes that are ticked.
pub(super) fn ticked(after: &[Prerequisite]) -> impl Iterator<Item = (&'static str, String)> {
    after.iter().map(|one| ("after", word(*one)))
}

/// The boxes that came ticked.
pub(super) fn read(form: &Form) -> Vec<Prerequisite> {
    form.texts("after")
        .filter_map(|text| {
            let (kind, id) = text.split_once(':')?;
            match kind {
                "module" => id.parse().ok().map(Prerequisite::Module),
                "activity" => id.parse().ok().map(Prerequisite::Activity),
                _ => None,
            }
        })
        .collect()
}

fn word(prerequisite: Prerequisite) -> String {
    match prerequisite {
        Prerequisite::Module(id) => format!("module:{id}"),
        Prerequisite::Activity(id) => format!("activity:{id}"),
    }
}
