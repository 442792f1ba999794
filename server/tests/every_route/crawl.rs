//! Follows every link and every form, as everybody.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use axum::http::{Method, StatusCode};

use crate::{
    callers::Caller,
    routes::{self, Finds, ROUTES},
    world::World,
};

/// So many pages of one route are read by each caller: the list of items alone
/// leads to hundreds.
const READ: usize = 40;

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// For each route its addresses, in `harbour` and outside of tenants.
    addresses: BTreeMap<&'static str, BTreeSet<String>>,
    /// Links that a page shows to somebody who then finds nothing there.
    pub(crate) dead: Vec<String>,
}

impl Found {
    /// The addresses of a route.
    pub(crate) fn of(&self, route: &str) -> impl Iterator<Item = &String> {
        self.addresses.get(route).into_iter().flatten()
    }

    /// Follows all links and forms that are shown to `caller`.
    pub(crate) async fn follow(&mut self, world: &World, caller: Caller) {
        let mut seen = BTreeSet::new();
        let mut read: BTreeMap<&str, usize> = BTreeMap::new();
        let mut ahead: VecDeque<(String, String)> = ["/", "/t/harbour", "/styleguide"]
            .map(|start| (start.to_owned(), "the beginning".to_owned()))
            .into();
        while let Some((address, from)) = ahead.pop_front() {
            let path = address.split(['?', '#']).next().unwrap_or_default().to_owned();
            let in_ridge = path.starts_with("/t/ridge");
            let Some(route) = routes::of(&path).filter(|_| !in_ridge && seen.insert(address.clone())) else {
                continue;
            };
            // Whose badge or attempt it is matters: those of others are not theirs.
            if finds(route) != Finds::Holder || caller == Caller::Learner {
                self.addresses.entry(route).or_default().insert(path);
            }
            let count = read.entry(route).or_default();
            *count += 1;
            if *count > READ {
                continue;
            }
            let answer = world.send(Method::GET, &address, caller).await;
            if answer.status == StatusCode::NOT_FOUND && from != "the beginning" {
                self.dead.push(format!("{caller:?}: {from} leads to {address}"));
            }
            let onward = answer.location.iter().cloned().chain(links(&answer.body));
            ahead.extend(onward.map(|to| (to, address.clone())));
        }
    }
}

fn finds(route: &str) -> Finds {
    ROUTES
        .iter()
        .find(|(path, _)| *path == route)
        .map_or(Finds::Anyone, |(_, finds)| *finds)
}

/// Where a page's links and forms lead, on this site.
fn links(html: &str) -> Vec<String> {
    ["href=\"", "action=\"", "src=\""]
        .iter()
        .flat_map(|attribute| html.split(attribute).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .filter(|address| address.starts_with('/') && !address.starts_with("//"))
        .map(|address| address.replace("&amp;", "&"))
        .collect()
}
