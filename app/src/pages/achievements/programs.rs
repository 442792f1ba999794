//! `/t/{tenant}/admin/programs`: what stacks into what, how far its parts are,
//! and where the members are stuck.

use domain::{
    id::AchievementId,
    program::{Branch, Part, Program, Requirement},
};
use leptos::prelude::*;
use service::program::{self, Programs};

use crate::{
    failure::Failure,
    i18n::t,
    page::Page,
    pages::{
        admin::frame::{self, ACHIEVEMENTS, PROGRAMS},
        authoring::draft::Noun,
    },
    ui::{Empty, Tag, Tone},
    visit::{InTenant, Member},
};

pub(super) async fn show(Member(place): Member) -> Result<Page, Failure> {
    let found = program::programs(&place.ctx).await?;
    let (title, inside) = (place.t(PROGRAMS.1), place.clone());
    Ok(frame::page(&place, PROGRAMS, title, move || {
        let begin = inside.path(&format!("{}/new?program=yes", ACHIEVEMENTS.0));
        let nothing = found.programs.is_empty().then(|| {
            view! {
                <Empty title=t!("programs-none")>
                    <p>{t!("programs-none-text")}</p>
                    <p>{t!("programs-none-how")}</p>
                </Empty>
            }
        });
        let sections = found.programs.iter().map(|program| {
            let drawn = Drawn {
                found: &found,
                place: &inside,
            };
            drawn.program(program)
        });
        view! {
            <div class="row apart">
                <h1>{t!(PROGRAMS.1)}</h1>
                <a class="button" href=begin>{t!("programs-new")}</a>
            </div>
            <p class="lead">{t!("programs-lead")}</p>
            {nothing}
            {sections.collect_view()}
        }
    }))
}

/// The programs with what there is to say about their parts.
struct Drawn<'a> {
    found: &'a Programs,
    place: &'a InTenant,
}

impl Drawn<'_> {
    fn program(&self, program: &Program) -> AnyView {
        let whole = &program.whole;
        let faults = program.parts().iter().filter(|part| part.fault.is_some()).count()
            + usize::from(whole.fault.is_some());
        let (tone, problems) = if faults == 0 {
            (Tone::Good, t!("programs-sound"))
        } else {
            (Tone::Warn, t!("programs-problems", count = faults))
        };
        let heading = format!("program-{}", program.id);
        let labelled = heading.clone();
        let build_on = self
            .place
            .path(&format!("{}/new?on={}", ACHIEVEMENTS.0, program.id));
        let name = self.name(whole.requirement);
        let takes = whole
            .takes
            .as_ref()
            .map(|branch| view! { <ul class="stacked" role="list">{self.branch(program.id, branch)}</ul> });
        view! {
            <section class="section panel" aria-labelledby=labelled>
                <h2 id=heading><a href=self.editor(whole.requirement)>{name.clone()}</a></h2>
                <p class="meta">
                    {self.stage(whole.requirement)}
                    <Tag tone text=problems />
                    <span>{self.holders(whole.requirement)}</span>
                </p>
                {fault(whole)}
                {takes}
                <p><a href=build_on>{t!("programs-build-on")}<span class="sr">" "{name}</span></a></p>
            </section>
        }
        .into_any()
    }

    /// The parts of `badge` as list items.
    fn branch(&self, badge: AchievementId, branch: &Branch) -> AnyView {
        match branch {
            Branch::Part(part) => self.part(badge, part),
            Branch::Join { needed, of } => {
                let joined = if *needed == of.len() {
                    t!("achievement-join-all")
                } else if *needed == 1 {
                    t!("achievement-join-any")
                } else {
                    t!("achievement-join-at-least", n = *needed, of = of.len())
                };
                let parts = of.iter().map(|part| self.branch(badge, part));
                view! { <li><p class="hint">{joined}</p><ul role="list">{parts.collect_view()}</ul></li> }
                    .into_any()
            }
        }
    }

    fn part(&self, badge: AchievementId, part: &Part) -> AnyView {
        let it = part.requirement;
        let kind = match it {
            Requirement::Badge(_) => t!("programs-kind-badge"),
            Requirement::Competency(_) => t!("programs-kind-competency"),
            Requirement::Assessment(_) => t!("programs-kind-assessment"),
        };
        let name = self.name(it);
        let title = if self.found.named.contains_key(&it) {
            view! { <a href=self.editor(it)>{name}</a> }.into_any()
        } else {
            name.into_any()
        };
        let stuck = self.found.census.stuck(badge, it);
        let stuck =
            (stuck > 0).then(|| view! { <span class="stuck">{t!("programs-stuck", count = stuck)}</span> });
        let is_above = matches!(it, Requirement::Badge(_)) && part.takes.is_none() && part.fault.is_none();
        let above = is_above.then(|| view! { <span>{t!("programs-above")}</span> });
        let takes = part
            .takes
            .as_ref()
            .map(|branch| view! { <ul role="list">{self.branch(badge_of(it, badge), branch)}</ul> });
        view! {
            <li>
                <p class="what">{title}</p>
                <p class="meta">
                    <span>{kind}</span>
                    {self.stage(it)}
                    <span>{self.holders(it)}</span>
                    {stuck}
                    {above}
                </p>
                {fault(part)}
                {takes}
            </li>
        }
        .into_any()
    }

    fn name(&self, it: Requirement) -> String {
        let named = self.found.named.get(&it);
        named.map_or_else(|| t!("achievement-part-gone"), |named| named.name.clone())
    }

    /// Badges and assessments have stages; a competency has none.
    fn stage(&self, it: Requirement) -> Option<AnyView> {
        let stage = self.found.named.get(&it)?.stage?;
        let noun = match it {
            Requirement::Assessment(_) => Noun::Assessment,
            Requirement::Badge(_) | Requirement::Competency(_) => Noun::Achievement,
        };
        Some(noun.tag(stage))
    }

    fn holders(&self, it: Requirement) -> String {
        let census = &self.found.census;
        let key = match it {
            Requirement::Badge(_) => "programs-holders",
            Requirement::Competency(_) => "programs-masters",
            Requirement::Assessment(_) => "programs-passed",
        };
        t!(key, count = census.holders(it), of = census.people())
    }

    fn editor(&self, it: Requirement) -> String {
        self.place.path(&match it {
            Requirement::Badge(id) => format!("{}/{id}", ACHIEVEMENTS.0),
            Requirement::Competency(id) => format!("/teach/competencies/{id}"),
            Requirement::Assessment(id) => format!("/teach/assessments/{id}"),
        })
    }
}

fn badge_of(it: Requirement, otherwise: AchievementId) -> AchievementId {
    match it {
        Requirement::Badge(id) => id,
        _ => otherwise,
    }
}

fn fault(part: &Part) -> Option<AnyView> {
    let fault = part.fault?;
    Some(view! { <p class="error">{t!(&format!("programs-fault-{fault}"))}</p> }.into_any())
}
