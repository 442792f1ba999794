//! The fields of an activity, drawn and read.

use domain::{
    course::{Activity, Draw, Prerequisite, Work},
    id::CompetencyId,
};
use leptos::prelude::*;
use service::{FieldErrors, competency::Competency};

use super::{activity::Bench, prerequisites};
use crate::{
    form::Form,
    i18n::t,
    ui::{Choice, Choices, Select, Table, TextArea, TextField, id_of, reason_at, value_of},
};

/// What the form shows before anything was typed.
pub(super) fn filled(revision: i64, activity: &Activity) -> Form {
    let mut fields = vec![
        ("revision".to_owned(), revision.to_string()),
        ("title".to_owned(), activity.title.clone()),
        (
            "minutes".to_owned(),
            activity.minutes.map(|some| some.to_string()).unwrap_or_default(),
        ),
    ];
    fields.extend(
        activity
            .competencies
            .iter()
            .map(|id| ("competencies".to_owned(), id.to_string())),
    );
    fields.extend(prerequisites::ticked(&activity.after).map(|(name, value)| (name.to_owned(), value)));
    match &activity.work {
        Work::Lesson { markdown } => fields.push(("markdown".to_owned(), markdown.clone())),
        Work::Practice { draws } => fields.extend(
            draws
                .iter()
                .map(|draw| (draw_field(draw.competency), draw.count.to_string())),
        ),
        Work::Assessment { assessment } => fields.push((
            "assessment".to_owned(),
            assessment.map(|id| id.to_string()).unwrap_or_default(),
        )),
    }
    Form::filled(fields)
}

/// The activity as the form has it.
pub(super) fn read(form: &Form, mut activity: Activity) -> Result<Activity, FieldErrors> {
    let mut errors = FieldErrors::default();
    form.text("title").trim().clone_into(&mut activity.title);
    activity.minutes = form.parsed("minutes");
    if activity.minutes.is_none() && !form.text("minutes").trim().is_empty() {
        errors.add("minutes", "not-a-whole-number");
    }
    activity.competencies = form
        .texts("competencies")
        .filter_map(|id| id.parse().ok())
        .collect();
    activity.after = prerequisites::read(form);
    match &mut activity.work {
        // Browsers send CR LF.
        Work::Lesson { markdown } => *markdown = form.text("markdown").replace("\r\n", "\n"),
        Work::Practice { draws } => *draws = read_draws(form, &mut errors),
        Work::Assessment { assessment } => *assessment = form.parsed("assessment"),
    }
    if errors.is_empty() {
        Ok(activity)
    } else {
        Err(errors)
    }
}

fn read_draws(form: &Form, errors: &mut FieldErrors) -> Vec<Draw> {
    let mut draws = Vec::new();
    for (name, value) in form.iter() {
        let Some(competency) = name.strip_prefix("draws.").and_then(|id| id.parse().ok()) else {
            continue;
        };
        match value.trim() {
            "" | "0" => {}
            text => match text.parse() {
                Ok(count) => draws.push(Draw { competency, count }),
                Err(_) => errors.add("draws", "not-a-whole-number"),
            },
        }
    }
    draws
}

fn draw_field(competency: CompetencyId) -> String {
    format!("draws.{competency}")
}

/// The fields.
#[component]
pub(super) fn Fields(bench: Bench) -> AnyView {
    let Bench {
        content,
        activity,
        competencies,
        assessments,
    } = bench;
    let choices = prerequisites::choices(&content, |at| at == Prerequisite::Activity(activity.id));
    view! {
        <TextField name="title" label=t!("teach-title-field") />
        {match activity.work {
            Work::Lesson { .. } => view! {
                <TextArea
                    name="markdown"
                    label=t!("teach-lesson-field")
                    hint=t!("teach-markdown-hint")
                    rows=24
                    class="full"
                />
            }.into_any(),
            Work::Practice { .. } => view! { <Draws competencies=competencies.clone() /> }.into_any(),
            Work::Assessment { .. } => {
                let mut options = vec![(String::new(), t!("teach-no-assessment"))];
                options.extend(assessments.into_iter().map(|(id, title)| (id.to_string(), title)));
                view! {
                    <Select
                        name="assessment"
                        label=t!("teach-assessment-field")
                        hint=t!("teach-assessment-hint")
                        options
                    />
                }.into_any()
            }
        }}
        <TextField
            name="minutes"
            label=t!("teach-minutes-field")
            hint=t!("teach-minutes-hint")
            inputmode="numeric"
            required=false
            class="short"
        />
        {(!competencies.is_empty()).then(|| view! {
            <Choices
                name="competencies"
                legend=t!("teach-competencies-field")
                choices=competencies.into_iter().map(choice).collect()
                many=true
            />
        })}
        {(!choices.is_empty()).then(|| view! {
            <Choices
                name="after"
                legend=t!("teach-after-field")
                hint=t!("teach-after-hint")
                choices
                many=true
            />
        })}
    }
    .into_any()
}

fn choice((_, competency): (usize, Competency)) -> Choice {
    Choice {
        value: competency.id.to_string(),
        text: competency.statement,
        hint: competency.code,
    }
}

/// How many items of which competency are practised.
#[component]
fn Draws(competencies: Vec<(usize, Competency)>) -> AnyView {
    let rows = competencies
        .into_iter()
        .map(|(_, competency)| {
            let name = draw_field(competency.id);
            let id = id_of(&name);
            let value = value_of(&name);
            view! {
                <tr>
                    <th scope="row"><label for=id.clone()>{competency.statement}</label></th>
                    <td>{competency.code}</td>
                    <td>
                        <div class="field short">
                            <input id=id name=name value=value inputmode="numeric" size="3" />
                        </div>
                    </td>
                </tr>
            }
        })
        .collect_view();
    let reason = reason_at("draws");
    let described = reason.is_some().then_some("f-draws-error");
    let class = if reason.is_some() {
        "field full invalid"
    } else {
        "field full"
    };
    view! {
        <div
            class=class
            id="f-draws"
            role="group"
            aria-labelledby="draws"
            aria-describedby=described
        >
            {reason.map(|text| view! { <p class="error" id="f-draws-error">{text}</p> })}
            <Table id="draws" caption=t!("teach-draws-caption")>
                <thead>
                    <tr>
                        <th scope="col">{t!("teach-competency")}</th>
                        <th scope="col">{t!("teach-code-field")}</th>
                        <th scope="col">{t!("teach-how-many")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </Table>
        </div>
    }
    .into_any()
}
