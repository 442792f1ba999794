//! The page in the house: every component in every state, for the operator.
//!
//! Its specimens are not texts of the product, and stay in English.

mod credentials;
mod forms;
mod graphic;
mod learning;
mod messages;
mod navigation;

use axum::routing::get;
use leptos::prelude::*;
use service::Error;

use crate::{failure::Failure, page::Page, routes::Routes, ui::Layout, visit::SignedIn};

pub(super) fn routes() -> Routes {
    Routes::new().route("/styleguide", get(show))
}

async fn show(visit: SignedIn) -> Result<Page, Failure> {
    if !visit.person.is_operator {
        return Err(Failure(Error::NotFound));
    }
    let page = visit.page(visit.t("styleguide-title"), specimens);
    Ok(page.layout(Layout::Wide))
}

fn specimens() -> AnyView {
    view! {
        <h1>"Styleguide"</h1>
        {actions()}
        {forms::fields()}
        {messages::all()}
        {navigation::all()}
        {learning::all()}
        {credentials::all()}
        {prose()}
    }
    .into_any()
}

fn actions() -> AnyView {
    view! {
        <h2>"Actions"</h2>
        <div class="row">
            <button class="button">"Primary"</button>
            <button class="button secondary">"Secondary"</button>
            <button class="button quiet">"Quiet"</button>
            <button class="button danger">"Danger"</button>
            <button class="button danger secondary">"Danger, secondary"</button>
            <button class="button" disabled=true>"Disabled"</button>
            <button class="button small">"Small"</button>
            <button class="button large">"Large"</button>
        </div>
    }
    .into_any()
}

fn prose() -> AnyView {
    view! {
        <h2 class="section">"Prose"</h2>
        <article class="prose">
            <p class="lead">"A healthy river repeats itself. Learn its beats, and you can read a mile of it from one bridge."</p>
            <p>
                "Where the water is " <strong>"shallow, quick and broken"</strong> ", you see a " <em>"riffle"</em>
                "; below it, a run (" <a href="#main">"why"</a> "). Type " <code>"0.85 * d / t"</code> ", then press "
                <kbd>"Enter"</kbd> ", or " <mark>"mark it"</mark> "."
            </p>
            <h3>"Measured"</h3>
            <math display="block" tabindex="0">
                <mrow>
                    <mi>"v"</mi><mo>"≈"</mo><mn>"0.85"</mn><mo>"·"</mo>
                    <mfrac><mi>"d"</mi><mi>"t"</mi></mfrac>
                </mrow>
            </math>
            <ul><li>"Riffles carry oxygen."</li><li>"Pools carry fish."</li></ul>
            <ol><li>"Look."</li><li>"Pace it out."</li></ol>
            <blockquote><p>"You cannot hurry a river, but it will hurry you."</p></blockquote>
            <pre tabindex="0"><code>"reach = [Riffle(18), Run(30), Pool(22)]"</code></pre>
            <details><summary>"Transcript of the film"</summary><p>"The camera moves upstream."</p></details>
            <hr />
            <dl><dt>"Bed"</dt><dd>"Cobble"</dd><dt>"Surface"</dt><dd>"Broken"</dd></dl>
        </article>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use hydration_context::SsrSharedContext;
    use leptos::prelude::*;

    use super::specimens;

    #[test]
    fn every_component_finds_its_texts() {
        let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
        let html = owner.with(|| specimens().into_view().to_html());
        owner.unset_with_forced_cleanup();
        assert!(html.contains("Could not be checked:"));
        assert!(!html.contains("ui-"), "a text is missing from the catalogue");
    }
}
