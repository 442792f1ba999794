//! A course's outline: what is in it, in which order, and whether it can be
//! published.

use axum::{extract::Path, response::Response};
use domain::{
    Problem,
    course::{Module, Way},
};
use leptos::prelude::*;
use service::{
    Error,
    course::{self, Draft, Part},
    draft::Stage,
};

use super::{CoursePath, course_id, problems::Problems, revision};
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    page::{Page, see_other},
    pages::{
        authoring::draft::Noun,
        course::kind,
        teach::{Desk, TeachFrame},
    },
    ui::{Empty, Layout, Notice, PostButton, Tone},
    visit::Author,
};

pub(super) async fn show(Author(place): Author, Path((_, id)): CoursePath) -> Result<Page, Failure> {
    let id = course_id(&id)?;
    let draft = course::draft(&place.ctx, id).await?;
    let problems = course::problems(&place.ctx, id).await?;
    let desk = Desk::new(&place);
    let here = desk.path(&format!("/courses/{id}"));
    let seen_at = place.path(&format!("/courses/{}", draft.slug));
    let above = vec![crate::ui::Place::new(desk.path(""), place.t("teach-courses"))];
    let page = place.page(draft.content.title.clone(), move || {
        view! {
            <TeachFrame desk above>
                <Head draft=draft.clone() here=here.clone() seen_at />
                <Publishing draft=draft.clone() problems here=here.clone() />
                <Outline draft here />
            </TeachFrame>
        }
    });
    Ok(page.layout(Layout::Wide))
}

pub(super) async fn order(
    Author(place): Author,
    Path((_, id)): CoursePath,
    form: Form,
) -> Result<Response, Failure> {
    let id = course_id(&id)?;
    let way = match form.text("way") {
        "up" => Way::Up,
        "down" => Way::Down,
        _ => return Err(Error::NotFound.into()),
    };
    let part = match (form.parsed("module"), form.parsed("activity")) {
        (Some(module), _) => Part::Module(module),
        (None, Some(activity)) => Part::Activity(activity),
        (None, None) => return Err(Error::NotFound.into()),
    };
    course::shift(&place.ctx, id, revision(&form), part, way).await?;
    Ok(see_other(
        &Desk::new(&place).path(&format!("/courses/{id}#outline")),
    ))
}

#[component]
fn Head(draft: Draft, here: String, seen_at: String) -> AnyView {
    let version = draft
        .published
        .as_ref()
        .map(|version| view! { <span class="muted">{t!("draft-version", number = version.number)}</span> });
    let away = if draft.stage == Stage::Withdrawn {
        (format!("{here}/restore"), t!("teach-restore"))
    } else {
        (format!("{here}/archive"), t!("teach-archive"))
    };
    view! {
        <div class="page-head">
            <h1>{draft.content.title}</h1>
            <p class="meta">
                {Noun::Course.tag(draft.stage)}
                {version}
                <span>{t!("teach-learners-count", count = draft.learners)}</span>
            </p>
        </div>
        <div class="row">
            <a class="button secondary" href=format!("{here}/about")>{t!("teach-basics")}</a>
            {draft.published.map(|_| view! {
                <a class="button quiet" href=seen_at>{t!("teach-see-as-learner")}</a>
            })}
            {draft.published.map(|_| view! {
                <PostButton action=away.0 text=away.1 class="button quiet" />
            })}
        </div>
    }
    .into_any()
}

/// What stands between the draft and its learners.
#[component]
fn Publishing(draft: Draft, problems: Vec<Problem>, here: String) -> AnyView {
    if draft.published.is_some_and(|version| !version.outdated) {
        return view! {
            <Notice tone=Tone::Good><p>{t!("teach-all-published")}</p></Notice>
        }
        .into_any();
    }
    if problems.is_empty() {
        let words = if draft.published.is_some() {
            t!("teach-publish-changes")
        } else {
            t!("teach-publish-first")
        };
        return view! {
            <Notice tone=Tone::Info title=t!("teach-ready")>
                <p>{words}</p>
                <PostButton
                    action=format!("{here}/publish")
                    text=t!("teach-publish")
                    fields=vec![("revision", draft.revision.to_string())]
                />
            </Notice>
        }
        .into_any();
    }
    view! { <Problems problems content=draft.content here /> }.into_any()
}

#[component]
fn Outline(draft: Draft, here: String) -> AnyView {
    let add = format!("{here}/add");
    let revision = draft.revision;
    let modules = draft.content.modules;
    let last = modules.len().saturating_sub(1);
    let list = if modules.is_empty() {
        view! { <Empty title=t!("teach-no-modules")><p>{t!("teach-no-modules-text")}</p></Empty> }.into_any()
    } else {
        modules
            .into_iter()
            .enumerate()
            .map(|(at, module)| {
                let ends = (at == 0, at == last);
                view! { <ModulePanel module number=at + 1 ends revision here=here.clone() /> }
            })
            .collect_view()
            .into_any()
    };
    view! {
        <section class="section flow" id="outline" aria-labelledby="outline-title">
            <h2 id="outline-title">{t!("teach-outline")}</h2>
            {list}
            <p><a class="button secondary" href=add>{t!("teach-add-module")}</a></p>
        </section>
    }
    .into_any()
}

#[component]
fn ModulePanel(module: Module, number: usize, ends: (bool, bool), revision: i64, here: String) -> AnyView {
    let edit = format!("{here}/modules/{}", module.id);
    let order = format!("{here}/order");
    let field = ("module", module.id.to_string());
    let activities = module
        .activities
        .into_iter()
        .map(|activity| {
            let edit = format!("{here}/activities/{}", activity.id);
            let field = ("activity", activity.id.to_string());
            view! {
                <tr>
                    <th scope="row"><a href=edit>{activity.title.clone()}</a></th>
                    <td>{kind(activity.work.kind())}</td>
                    <td>
                        <Steps
                            action=order.clone()
                            field
                            title=activity.title
                            ends=(false, false)
                            revision
                        />
                    </td>
                </tr>
            }
        })
        .collect_view();
    let caption = format!("m-{}", module.id);
    view! {
        <section class="panel flow">
            <div class="row apart">
                <h3 id=caption.clone()>{t!("course-module", number = number, title = module.title.clone())}</h3>
                <div class="row">
                    <Steps action=order.clone() field title=module.title.clone() ends revision />
                    <a class="button quiet small" href=edit.clone()>
                        {t!("teach-change")}<span class="sr">" "{module.title.clone()}</span>
                    </a>
                </div>
            </div>
            <div class="scroll" role="region" tabindex="0" aria-labelledby=caption>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{t!("teach-activity")}</th>
                            <th scope="col">{t!("teach-kind")}</th>
                            <th scope="col">{t!("teach-order")}</th>
                        </tr>
                    </thead>
                    <tbody>{activities}</tbody>
                </table>
            </div>
            <p>
                <a class="button secondary small" href=format!("{edit}/add")>
                    {t!("teach-add-activity")}<span class="sr">" "{module.title}</span>
                </a>
            </p>
        </section>
    }
    .into_any()
}

/// The buttons that move a part up and down.
#[component]
fn Steps(
    action: String,
    field: (&'static str, String),
    title: String,
    /// Is it the first, the last?
    ends: (bool, bool),
    revision: i64,
) -> AnyView {
    let step = |way: &'static str, at_end: bool, label: String, sign: &'static str| {
        view! {
            <form class="inline" method="post" action=action.clone()>
                <input type="hidden" name="revision" value=revision />
                <input type="hidden" name=field.0 value=field.1.clone() />
                <button class="step" name="way" value=way disabled=at_end aria-label=label>
                    {sign}
                </button>
            </form>
        }
    };
    view! {
        <span class="row">
            {step("up", ends.0, t!("ui-move-up", text = title.clone()), "↑")}
            {step("down", ends.1, t!("ui-move-down", text = title), "↓")}
        </span>
    }
    .into_any()
}
