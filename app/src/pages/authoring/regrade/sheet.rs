//! A regrade: what it would change, how far it has come, what it has changed.

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use domain::{
    assessment::{RegradeState, Remedy},
    id::RegradeId,
};
use leptos::prelude::*;
use service::{
    Error,
    assessment::regrade::{self, NamedChange, NamedTurns, RegradeSheet, Worth},
};

use super::in_words;
use crate::{
    failure::Failure,
    form::Form,
    i18n::t,
    in_path::InPath,
    page::{see_done, see_other},
    pages::{
        assessment::{decision::tone, points_of},
        teach::{Desk, TeachFrame},
    },
    ui::{Layout, Moment, Notice, Place, PostButton, Progress, Stats, Table, Tag, Tone},
    visit::Author,
};

/// A page of work that goes on comes again by itself after so many seconds.
const AGAIN: &str = "10";

pub(super) async fn show(Author(place): Author, InPath(id): InPath<RegradeId>) -> Result<Response, Failure> {
    let sheet = regrade::show(&place.ctx, id).await?;
    let desk = Desk::new(&place);
    let own = desk.path(&format!("/assessments/{}", sheet.assessment));
    let above = vec![
        Place::new(desk.path("/assessments"), place.t("assessment-list-title")),
        Place::new(own.clone(), sheet.assessment_title.clone()),
        Place::new(format!("{own}/answers"), place.t("analysis-title")),
    ];
    let goes_on = matches!(sheet.state, RegradeState::Previewing | RegradeState::Applying);
    let path = desk.path(&format!("/regrades/{id}"));
    let item = desk.path(&format!("/items/{}", sheet.item));
    let groundless = desk.path("/groundless");
    let page = place.page(place.t("regrade-title"), move || {
        view! {
            <TeachFrame desk above>
                <Head sheet=sheet.clone() />
                <Stand sheet=sheet.clone() path=path.clone() />
                <StillAsked sheet=sheet.clone() item />
                <Changing sheet=sheet.clone() />
                <Review count=sheet.groundless.len() path=groundless />
            </TeachFrame>
        }
    });
    let mut response = page.layout(Layout::Wide).into_response();
    if goes_on {
        let headers = response.headers_mut();
        headers.insert(header::REFRESH, HeaderValue::from_static(AGAIN));
    }
    Ok(response)
}

pub(super) async fn send(
    Author(place): Author,
    InPath(id): InPath<RegradeId>,
    form: Form,
) -> Result<Response, Failure> {
    let path = place.path(&format!("/teach/regrades/{id}"));
    match form.text("do") {
        "apply" => regrade::confirm(&place.ctx, id).await?,
        "discard" => {
            regrade::discard(&place.ctx, id).await?;
            return Ok(see_done(&path, "regrade-discarded"));
        }
        _ => {
            regrade::show(&place.ctx, id).await?;
            return Err(Error::Stale.into());
        }
    }
    Ok(see_other(&path))
}

#[component]
fn Head(sheet: RegradeSheet) -> AnyView {
    let (name, at) = sheet.proposed;
    let applied = sheet.applied.map(|(name, at)| {
        view! { <li>{t!("regrade-applied-by", name = name)}" "<Moment at /></li> }
    });
    let finished = sheet
        .finished_at
        .map(|at| view! { <li>{t!("regrade-finished")}" "<Moment at /></li> });
    view! {
        <div class="page-head">
            <h1>{t!("regrade-title")}</h1>
            <p class="lead">{sheet.asked}</p>
            <p>{in_words(sheet.remedy, sheet.by)}</p>
        </div>
        <details>
            <summary>{t!("regrade-record")}</summary>
            <ul>
                <li>{t!("regrade-proposed-by", name = name)}" "<Moment at /></li>
                {applied}
                {finished}
            </ul>
            <h2>{t!("regrade-told")}</h2>
            <p>{sheet.told}</p>
            <h2>{t!("regrade-reason")}</h2>
            <p>{sheet.reason}</p>
        </details>
    }
    .into_any()
}

/// How far it has come, and what can be done now.
#[component]
fn Stand(sheet: RegradeSheet, path: String) -> AnyView {
    let looked = u32::try_from(sheet.looked_at).unwrap_or(u32::MAX);
    let of = u32::try_from(sheet.attempts).unwrap_or(u32::MAX).max(looked);
    let bar = || {
        let text = t!("regrade-looked-at", done = looked, of = of);
        view! { <Progress done=looked of label=t!("regrade-title") text /> }
    };
    let button = |deed: &str, text: String, class: &'static str| {
        let fields = vec![("do", deed.to_owned())];
        view! { <PostButton action=path.clone() text class fields /> }
    };
    let discard = || button("discard", t!("regrade-discard"), "button quiet");
    let again = || view! { <a class="button secondary" href=path.clone()>{t!("regrade-look-again")}</a> };
    match sheet.state {
        RegradeState::Previewing => view! {
            <p>{t!("regrade-previewing")}</p>
            {bar()}
            <div class="buttons">{again()}{discard()}</div>
        }
        .into_any(),
        RegradeState::Ready => view! {
            <Notice tone=Tone::Warn title=t!("regrade-ready")><p>{t!("regrade-ready-text")}</p></Notice>
            <div class="buttons">{button("apply", t!("regrade-apply"), "button")}{discard()}</div>
        }
        .into_any(),
        RegradeState::Applying => view! {
            <p>{t!("regrade-applying")}</p>
            {bar()}
            <div class="buttons">{again()}</div>
        }
        .into_any(),
        RegradeState::Done => {
            view! { <Notice tone=Tone::Good title=t!("regrade-done")><p>{t!("regrade-done-text")}</p></Notice> }
                .into_any()
        }
        RegradeState::Discarded => {
            view! { <Notice tone=Tone::Plain title=t!("regrade-discarded")><p>{t!("regrade-discarded-text")}</p></Notice> }
                .into_any()
        }
    }
}

/// What else is to be done, where new attempts are asked the same.
#[component]
fn StillAsked(sheet: RegradeSheet, item: String) -> AnyView {
    let helps_itself = matches!(sheet.remedy, Remedy::KeyOf(_));
    if helps_itself || !sheet.still_asked || sheet.state == RegradeState::Discarded {
        return ().into_any();
    }
    view! {
        <Notice tone=Tone::Warn title=t!("regrade-still-asked")>
            <p>{t!("regrade-still-asked-text")}</p>
            <p><a href=item>{t!("analysis-edit")}</a></p>
        </Notice>
    }
    .into_any()
}

#[component]
fn Changing(sheet: RegradeSheet) -> AnyView {
    if sheet.state == RegradeState::Discarded {
        return ().into_any();
    }
    let (title, lead) = if sheet.state.is_in_force() {
        (t!("regrade-changed"), t!("regrade-changed-text"))
    } else {
        (t!("regrade-would-change"), t!("regrade-would-change-text"))
    };
    let goes_on = matches!(sheet.state, RegradeState::Previewing | RegradeState::Applying);
    let figures = vec![
        (t!("regrade-people"), sheet.changes.people.to_string()),
        (t!("regrade-attempts"), sheet.changes.attempts.to_string()),
        (t!("regrade-released"), sheet.changes.released.to_string()),
        (t!("regrade-now-passed"), sheet.changes.now_passed.to_string()),
        (
            t!("regrade-no-longer-passed"),
            sheet.changes.no_longer_passed.to_string(),
        ),
    ];
    view! {
        <section class="section">
            <h2>{title}</h2>
            <p>{lead}</p>
            <Stats figures />
            <Turned id="competencies" caption=t!("regrade-competencies") named=sheet.competencies />
            <Turned id="badges" caption=t!("regrade-badges") named=sheet.badges />
            <Listed changes=sheet.listed total=sheet.changes.attempts goes_on />
        </section>
    }
    .into_any()
}

/// How many gain and lose what.
#[component]
fn Turned(id: &'static str, caption: String, named: Vec<NamedTurns>) -> AnyView {
    if named.is_empty() {
        return ().into_any();
    }
    let rows = named.into_iter().map(|it| {
        view! {
            <tr>
                <th scope="row">{it.name}</th>
                <td class="num">{it.turns.gained}</td>
                <td class="num">{it.turns.lost}</td>
            </tr>
        }
    });
    view! {
        <Table id caption>
            <thead><tr>
                <th scope="col">{t!("regrade-what")}</th>
                <th scope="col" class="num">{t!(&format!("regrade-{id}-gained"))}</th>
                <th scope="col" class="num">{t!(&format!("regrade-{id}-lost"))}</th>
            </tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </Table>
    }
    .into_any()
}

#[component]
fn Listed(changes: Vec<NamedChange>, total: u64, goes_on: bool) -> AnyView {
    if changes.is_empty() {
        let nobody = if goes_on {
            t!("regrade-nobody-yet")
        } else {
            t!("regrade-nobody")
        };
        return view! { <p class="muted">{nobody}</p> }.into_any();
    }
    let shown = changes.len();
    let rows = changes.into_iter().map(|it| {
        let name = it.name.unwrap_or_else(|| t!("regrade-somebody"));
        view! {
            <tr>
                <th scope="row">{name}<p class="muted">{t!("assessment-attempt", number = it.change.number)}</p></th>
                <td><Valued worth=it.change.before /></td>
                <td><Valued worth=it.change.after /></td>
            </tr>
        }
    });
    view! {
        <Table id="changes" caption=t!("regrade-listed", shown = shown, total = total)>
            <thead><tr>
                <th scope="col">{t!("regrade-whose")}</th>
                <th scope="col">{t!("regrade-before")}</th>
                <th scope="col">{t!("regrade-after")}</th>
            </tr></thead>
            <tbody>{rows.collect_view()}</tbody>
        </Table>
    }
    .into_any()
}

/// Points, and whether that is a pass.
#[component]
fn Valued(worth: Worth) -> AnyView {
    let outcome = worth.outcome.map(|outcome| {
        view! { " "<Tag tone=tone(outcome) text=t!(&format!("decision-assessment-{outcome}")) /> }
    });
    view! { {points_of(worth.points, worth.max)}{outcome} }.into_any()
}

/// The badges whose ground is gone by this.
#[component]
fn Review(count: usize, path: String) -> AnyView {
    if count == 0 {
        return ().into_any();
    }
    view! {
        <Notice tone=Tone::Warn title=t!("regrade-review", count = count)>
            <p>{t!("groundless-lead")}</p>
            <p><a href=path>{t!("regrade-review-link")}</a></p>
        </Notice>
    }
    .into_any()
}
