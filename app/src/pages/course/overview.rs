//! A course's own page: what it is about, what is in it, and the way in.

use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use domain::course::{ActivityOutline, ModuleOutline, Outline};
use leptos::prelude::*;
use service::course::{self, CoursePage, Enrolment, Target};

use super::{minutes, note, stops, text};
use crate::{
    failure::Failure,
    i18n::t,
    page::{Page, see_done},
    ui::{Crumbs, Day, Layout, Module, Notice, Place, PostButton, Progress, Tone},
    visit::{InTenant, Member},
};

pub(super) async fn show(place: InTenant, Path((_, slug)): Path<(String, String)>) -> Result<Page, Failure> {
    let page = course::show(&place.ctx, &slug).await?;
    let here = place.path(&format!("/courses/{}", page.slug));
    let home = Place::new(place.path(""), place.tenant.name.clone());
    let competencies = place.path("/competencies");
    let way_in = way_in(&place, &page, &here);
    let files = text::links(&place, page.files.clone());
    let page = place.page(page.about.title.clone(), move || {
        let CoursePage {
            about,
            outline,
            targets,
            enrolment,
            ..
        } = page;
        let next = outline.next.map(|id| format!("{here}/{id}"));
        let title = about.title.clone();
        view! {
            <Crumbs places=vec![home] />
            <div class="page-head" lang=about.language.to_string()>
                <h1>{about.title}</h1>
                {text::text(&about.summary, &files)}
            </div>
            <p class="meta">
                <span>{t!("course-modules", count = about.modules)}</span>
                <span>{t!("course-activities", count = about.activities)}</span>
                {(about.minutes > 0).then(|| view! { <span>{minutes(about.minutes)}</span> })}
            </p>
            {match enrolment {
                Some(enrolment) => view! {
                    <Standing enrolment title outline=outline.clone() next here=here.clone() />
                }.into_any(),
                None => way_in.draw(),
            }}
            <section class="section" aria-labelledby="content">
                <h2 id="content">{t!("course-content")}</h2>
                {outline.modules.iter().enumerate().map(|(at, module)| {
                    let title = t!("course-module", number = at + 1, title = module.title.clone());
                    let about = text::plain(&module.summary, 300);
                    if enrolment.is_some() {
                        let open = module.activities.iter().any(|activity| Some(activity.id) == outline.next);
                        view! { <Module title about stops=stops(module, &here, None) open /> }.into_any()
                    } else {
                        view! { <Contents title about module=module.clone() /> }.into_any()
                    }
                }).collect_view()}
            </section>
            <Targets targets base=competencies />
        }
    });
    Ok(page.layout(Layout::Narrow))
}

pub(super) async fn enrol(
    place: Member,
    Path((_, slug)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let page = course::show(&place.ctx, &slug).await?;
    course::enrol(&place.ctx, page.id).await?;
    let here = place.path(&format!("/courses/{}", page.slug));
    Ok(see_done(&here, "enrolled"))
}

pub(super) async fn move_on(
    place: Member,
    Path((_, slug)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let page = course::show(&place.ctx, &slug).await?;
    course::move_on(&place.ctx, page.id).await?;
    let here = place.path(&format!("/courses/{}", page.slug));
    Ok(see_done(&here, "moved-on").into_response())
}

/// What somebody who does not take the course can do to take it.
enum WayIn {
    /// A member begins.
    Begin(String),
    /// Somebody who is signed in joins first.
    Join(String),
    /// A visitor signs in first.
    SignIn(String),
    /// Nobody can.
    Closed,
}

fn way_in(place: &InTenant, page: &CoursePage, here: &str) -> WayIn {
    if !page.can_enrol {
        WayIn::Closed
    } else if place.ctx.actor().role.is_some() {
        WayIn::Begin(format!("{here}/enrol"))
    } else if place.person.is_some() {
        WayIn::Join(place.path("/join"))
    } else {
        WayIn::SignIn(format!("/sign-in?back={here}"))
    }
}

impl WayIn {
    fn draw(self) -> AnyView {
        match self {
            Self::Begin(action) => view! {
                <p><PostButton action text=t!("course-begin") class="button large" /></p>
            }
            .into_any(),
            Self::Join(href) => view! {
                <p><a class="button large" href=href>{t!("course-join")}</a></p>
            }
            .into_any(),
            Self::SignIn(href) => view! {
                <p><a class="button large" href=href>{t!("course-sign-in")}</a></p>
            }
            .into_any(),
            Self::Closed => {
                view! { <Notice tone=Tone::Info><p>{t!("course-closed")}</p></Notice> }.into_any()
            }
        }
    }
}

/// How far a learner is, and the way on.
#[component]
fn Standing(
    enrolment: Enrolment,
    title: String,
    outline: Outline,
    next: Option<String>,
    here: String,
) -> AnyView {
    let done = t!("course-done-of", done = outline.done, total = outline.total);
    view! {
        <Progress
            done=u32::try_from(outline.done).unwrap_or(u32::MAX)
            of=u32::try_from(outline.total).unwrap_or(u32::MAX)
            label=title
            text=done
        />
        {enrolment.completed_at.map(|at| view! {
            <Notice tone=Tone::Good title=t!("course-complete")>
                <p>{t!("course-complete-since")}" "<Day at=at /></p>
                <p><a href="/wallet">{t!("course-see-badges")}</a></p>
            </Notice>
        })}
        {enrolment.is_behind.then(|| view! {
            <Notice tone=Tone::Info title=t!("course-newer")>
                <p>{t!("course-newer-text")}</p>
                <PostButton
                    action=format!("{here}/move-on")
                    text=t!("course-move-on")
                    class="button secondary"
                />
            </Notice>
        })}
        {next.map(|next| {
            let words = if outline.done == 0 { t!("course-start") } else { t!("course-continue") };
            view! { <p><a class="button large" href=next>{words}</a></p> }
        })}
    }
    .into_any()
}

/// What is in a module, for somebody who cannot open it.
#[component]
fn Contents(title: String, about: String, module: ModuleOutline) -> AnyView {
    let line = |activity: &ActivityOutline| {
        view! { <li data-state="open"><span>{activity.title.clone()}</span><small>{note(activity)}</small></li> }
    };
    view! {
        <details class="module">
            <summary>{title}{(!about.is_empty()).then(|| view! { <small>{about}</small> })}</summary>
            <ol class="trail" role="list">{module.activities.iter().map(line).collect_view()}</ol>
        </details>
    }
    .into_any()
}

/// What one can do after it.
#[component]
fn Targets(targets: Vec<Target>, base: String) -> AnyView {
    if targets.is_empty() {
        return ().into_any();
    }
    let lines = targets
        .into_iter()
        .map(|target| view! { <li><a href=format!("{base}/{}", target.id)>{target.statement}</a></li> })
        .collect_view();
    view! {
        <section class="section" aria-labelledby="targets">
            <h2 id="targets">{t!("course-targets")}</h2>
            <div class="prose"><ul>{lines}</ul></div>
        </section>
    }
    .into_any()
}
