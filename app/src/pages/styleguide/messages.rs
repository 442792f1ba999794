use leptos::prelude::*;

use crate::ui::{Empty, Event, History, Notice, PersonName, PostButton, Stats, Table, Tag, Tone};

/// What pages say, and the tables and people they say it of.
pub(super) fn all() -> AnyView {
    view! {
        <h2 class="section">"Messages"</h2>
        <Notice tone=Tone::Info><p>"The course changes on 1 December. You finish the version you began."</p></Notice>
        <Notice tone=Tone::Good title="Saved"><p>"Draft 3 is saved."</p></Notice>
        <Notice tone=Tone::Warn title="No connection"><p>"Your answers are kept here, and sent when you are back."</p></Notice>
        <Notice tone=Tone::Bad title="That did not work"><p>"Try again in a minute. Nothing was lost."</p></Notice>
        <p class="row">
            <Tag text="Draft" />
            <Tag tone=Tone::Info text="Published" />
            <Tag tone=Tone::Good text="Mastered" />
            <Tag tone=Tone::Warn text="Nearly" />
            <Tag tone=Tone::Bad text="Revoked" />
        </p>
        <Empty title="No badges yet">
            <p>"The first one comes when you have shown what a course asks for."</p>
            <a class="button" href="#main">"Find a course"</a>
        </Empty>
        <div class="section">
            // As `Confirm` draws it, but this page has its heading already.
            <section class="confirm">
                <h2>"Revoke River reader?"</h2>
                <p>"Maren Oakfield is told, and the Riverkeeper badge that rests on it falls too."</p>
                <div class="buttons">
                    <button class="button danger">"Revoke both badges"</button>
                    <a class="button quiet" href="#main">"Keep them"</a>
                </div>
            </section>
        </div>
        <h2 class="section">"Figures and tables"</h2>
        <Stats figures=vec![
            ("Badges held".into(), "4".into()),
            ("Competencies shown".into(), "11".into()),
            ("Public links".into(), "2".into()),
        ] />
        {table()}
        <h2 class="section">"History"</h2>
        <History events=vec![
            event(Tone::Bad, "Badge revoked: item 14 was keyed wrongly", "3 June 2025"),
            event(Tone::Good, "Badge issued", "14 May 2025"),
            event(Tone::Plain, "Decision made: 12 of 13", "14 May 2025"),
        ] />
    }
    .into_any()
}

fn table() -> AnyView {
    let rows = [
        ("Ines Fallow", "Instructor", Tone::Good, "Active", 3),
        ("Kit Larkspur", "Learner", Tone::Warn, "Invited", 0),
        ("Wren Bexley", "Learner", Tone::Bad, "Suspended", 1),
    ]
    .map(|(name, role, tone, state, badges)| {
        view! {
            <tr>
                <th scope="row"><PersonName name=name detail="someone@harbour.example" /></th>
                <td>{role}</td>
                <td><Tag tone text=state /></td>
                <td class="num">{badges}</td>
                <td><PostButton action="/styleguide" text="Change" what=name class="button secondary small" /></td>
            </tr>
        }
    });
    view! {
        <Table id="people" caption="People 1 to 3 of 212">
            <thead>
                <tr>
                    <th scope="col">"Name"</th>
                    <th scope="col">"Role"</th>
                    <th scope="col">"State"</th>
                    <th scope="col" class="num">"Badges"</th>
                    <th scope="col"><span class="sr">"Deeds"</span></th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </Table>
    }
    .into_any()
}

fn event(tone: Tone, text: &str, when: &str) -> Event {
    Event {
        tone,
        text: text.to_owned(),
        href: None,
        when: when.to_owned(),
        at: "2025-05-14T09:12:00Z".to_owned(),
    }
}
