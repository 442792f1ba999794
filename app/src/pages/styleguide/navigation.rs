use leptos::prelude::*;

use crate::ui::{Crumbs, Onward, Pages, Place, Side, Tabs};

const HERE: &str = "/styleguide";

/// Ways about.
pub(super) fn all() -> AnyView {
    let place = |text: &str| Place::new("#main", text);
    view! {
        <h2 class="section">"Ways about"</h2>
        <Crumbs places=vec![place("Teach"), place("Reading a river"), place("Items")] />
        <Tabs label="Badges" places=vec![
            Place::new(HERE, "All").at(HERE).count(4),
            place("Shared").count(2),
            place("No longer valid"),
        ] />
        <div class="with-side">
            <Side label="Teach" groups=vec![
                ("Reading a river".into(), vec![
                    place("Overview"),
                    Place::new(HERE, "Items").at(HERE).count(64),
                    place("Marking").count(7),
                ]),
                ("Recognition".into(), vec![place("Achievements"), place("Programs")]),
            ] />
            <div>
                <p>"The page itself stands beside its list of places."</p>
                <Pages page=5 of=43 address=|page: u32| format!("{HERE}?page={page}") />
                <Onward
                    label="Lessons"
                    back=Some(place("Velocity and depth"))
                    next=Some(("practice".into(), place("Name what you see")))
                />
            </div>
        </div>
    }
    .into_any()
}
