use leptos::prelude::*;

use crate::ui::{Badge, Badges, Check, Finding, Holding, Table, Tone, Verdict};

/// Badges, and what stands behind them.
pub(super) fn all() -> AnyView {
    let lost = Badge {
        tag: Some((Tone::Bad, "Expired".to_owned())),
        ..badge("First aider", Holding::Lost)
    };
    view! {
        <h2 class="section">"Badges"</h2>
        <Badges badges=vec![badge("Riverkeeper", Holding::Held), badge("Safe by water", Holding::Open), lost] />
        <h2 class="section">"Checks"</h2>
        <div class="cols">
            {verdict("valid", Finding::Passed, "This badge is valid")}
            {verdict("not-valid", Finding::Failed, "This badge is not valid")}
            {verdict("not-checked", Finding::Unknown, "This badge could not be checked")}
        </div>
        {certificate()}
        <h2 class="section">"Rubric"</h2>
        {rubric()}
        <h2 class="section">"Strength of a rule"</h2>
        {strength()}
        <h2 class="section">"Editor"</h2>
        {editor()}
    }
    .into_any()
}

fn badge(name: &str, holding: Holding) -> Badge {
    Badge {
        href: "#main".to_owned(),
        image: STONE.to_owned(),
        name: name.to_owned(),
        detail: "Ridgeway College, 2 March 2025".to_owned(),
        holding,
        tag: None,
    }
}

const STONE: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 200 200'%3E\
    %3Cpath fill='%231f5c4d' d='M12 112C4 56 38 14 92 9c60-6 98 30 99 88 1 60-34 92-92 94-56 2-79-26-87-79Z'/%3E\
    %3Cpath fill='%23fff' d='M55 136c-2-11 9-17 37-18 33-1 53 3 54 14 1 10-14 15-46 15-29 0-44-2-45-11Z\
    m14-33c-1-10 10-15 27-15 24-1 35 3 35 13s-12 14-34 14c-20 0-27-3-28-12Z'/%3E%3C/svg%3E";

fn verdict(id: &'static str, finding: Finding, title: &'static str) -> AnyView {
    let check = |finding, text: &str, detail: &str| Check {
        finding,
        text: text.to_owned(),
        detail: detail.to_owned(),
    };
    let checks = vec![
        check(
            Finding::Passed,
            "Signed by its issuer, and unchanged since",
            "did:web:ridgeway.example",
        ),
        check(finding, "Not revoked and not suspended", ""),
    ];
    view! { <Verdict id finding title text="Checked a moment ago" checks /> }.into_any()
}

fn certificate() -> AnyView {
    view! {
        <article class="certificate">
            <div class="badge large"><img src=STONE alt="River reader" width="240" height="240" /></div>
            <div>
                <p class="meta">"Badge"</p>
                <h2>"River reader"</h2>
                <p class="holder">"awarded to " <strong>"Maren Oakfield"</strong></p>
                <p>"Reads flow, bank and bed from sight, and says what a river will do next."</p>
                <dl><dt>"Issued by"</dt><dd>"Ridgeway College"</dd><dt>"On"</dt><dd>"2 March 2025"</dd></dl>
            </div>
        </article>
    }
    .into_any()
}

fn rubric() -> AnyView {
    let level = |(value, text): (&'static str, &'static str)| {
        view! {
            <label>
                <input type="radio" name="observation" value=value checked=value == "Secure" />
                <b>{value}</b>
                <span>{text}</span>
            </label>
        }
    };
    let levels = [
        ("Beginning", "Names some features"),
        ("Secure", "Names all and places them"),
        ("Expert", "Explains why each is there"),
    ];
    view! {
        <fieldset class="field full">
            <legend>"Observation"</legend>
            <div class="levels">{levels.map(level).collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

fn strength() -> AnyView {
    let row = |(accuracy, passes): (&'static str, &'static str)| {
        let said = format!("{passes} %");
        view! {
            <tr>
                <th scope="row">{accuracy}</th>
                <td class="num">{said.clone()}</td>
                <td><meter value=passes max="100" aria-label=said></meter></td>
            </tr>
        }
    };
    view! {
        <Table id="strength" caption="How often a learner would pass" class="strength">
            <thead>
                <tr>
                    <th scope="col">"True accuracy"</th>
                    <th scope="col" class="num">"Passes"</th>
                    <th scope="col">"As a bar"</th>
                </tr>
            </thead>
            <tbody>{[("0.6", "3.2"), ("0.9", "88.9")].map(row).collect_view()}</tbody>
        </Table>
    }
    .into_any()
}

fn editor() -> AnyView {
    view! {
        <div class="editor">
            <div class="part">
                <div class="field">
                    <label for="choice-a">"Choice A"</label>
                    <input id="choice-a" value="A riffle" />
                </div>
                <div class="row">
                    <button class="button secondary small">"Move down"</button>
                    <button class="button danger secondary small">"Remove"</button>
                </div>
            </div>
            <section class="preview" aria-label="Preview">
                <p class="label">"As a learner sees it"</p>
                <p>"A riffle"</p>
            </section>
        </div>
    }
    .into_any()
}
