//! Every route as every kind of caller. Who finds what stands in one list
//! ([`routes::ROUTES`]); a route that is not on it fails.
//!
//! Addresses with real rows in them come from following every link and form of
//! the demo, so a page that nothing leads to fails as well.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

mod callers;
mod crawl;
mod database;
mod routes;
mod world;

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};

use callers::Caller;
use crawl::Found;
use routes::{Finds, NOT_LINKED, ROUTES};
use world::{Answer, World};

/// At most so many addresses of a route are tried: rows differ, routes do not.
const ADDRESSES: usize = 3;

#[test]
fn the_list_is_whole() {
    let listed: BTreeSet<&str> = ROUTES.iter().map(|(path, _)| *path).collect();
    assert_eq!(listed.len(), ROUTES.len(), "a route stands on the list twice");
    let served: BTreeSet<&str> = server::http::paths().into_iter().collect();
    let missing: Vec<_> = served.difference(&listed).collect();
    assert!(
        missing.is_empty(),
        "say in routes.rs who finds these: {missing:#?}"
    );
    let gone: Vec<_> = listed.difference(&served).collect();
    assert!(gone.is_empty(), "nothing answers here any more: {gone:#?}");
}

#[tokio::test]
async fn everybody_finds_what_is_theirs_and_nothing_else() {
    let mut world = World::new().await;
    let mut found = Found::default();
    found.follow(&world, Caller::Learner).await;
    let assessments = found.of("/t/{tenant}/assessments/{assessment}");
    let attempt = world.begin_one_of(assessments, Caller::Learner).await;
    world.come_from_another_browser(Caller::Learner).await;
    for caller in Caller::ALL {
        found.follow(&world, caller).await;
    }
    assert!(found.dead.is_empty(), "{:#?}", found.dead);

    let before = database::rows(&world.installation).await;
    let mut faults = Vec::new();
    for (path, finds) in ROUTES {
        if let Some(form) = routes::content(path, &attempt) {
            for caller in Caller::ALL.into_iter().filter(|caller| !finds.lets_in(*caller)) {
                faults.extend(called(&world, path, *finds, caller, &form).await);
            }
            continue;
        }
        let mut addresses: Vec<String> = found.of(path).take(ADDRESSES).cloned().collect();
        let is_linked = !NOT_LINKED.iter().any(|(unlinked, _)| unlinked == path);
        if addresses.is_empty() == is_linked {
            faults.push(format!("{path}: expected to be linked: {is_linked}"));
        }
        if addresses.is_empty() {
            addresses.push(routes::with_unknown_ids(path));
        }
        for address in &addresses {
            for caller in Caller::ALL {
                faults.extend(tried(&world, address, *finds, caller, is_linked).await);
            }
            faults.extend(tried_next_door(&world, path, address).await);
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));

    let after = database::rows(&world.installation).await;
    for (table, rows) in &before {
        assert!(
            after.get(table) == Some(rows),
            "somebody who may not changed {table}"
        );
    }
    for (path, finds) in ROUTES {
        for caller in Caller::ALL.into_iter().filter(|caller| finds.lets_in(*caller)) {
            if let Some(form) = routes::content(path, &attempt) {
                assert_eq!(called(&world, path, *finds, caller, &form).await, None);
            }
        }
    }
}

/// What is wrong with how `caller` is met at `address`.
async fn tried(world: &World, address: &str, finds: Finds, caller: Caller, exists: bool) -> Vec<String> {
    let mut faults = Vec::new();
    if finds.lets_in(caller) {
        let answer = world.send(Method::GET, address, caller).await;
        if exists && !answer.is_open() {
            faults.push(format!("{caller:?} does not find {address}: {answer:?}"));
        }
        return faults;
    }
    for method in [Method::GET, Method::POST] {
        let answer = world.send(method.clone(), address, caller).await;
        if !answer.is_closed_to(caller) {
            faults.push(format!("{caller:?} finds {method} {address}: {answer:?}"));
        }
    }
    faults
}

/// What is wrong with how a server function answers `caller`.
async fn called(world: &World, path: &str, finds: Finds, caller: Caller, form: &str) -> Option<String> {
    let answer = world.send_form(Method::POST, path, caller, form.to_owned()).await;
    let is_right = if finds.lets_in(caller) {
        answer.status == StatusCode::OK
    } else {
        matches!(answer.status, StatusCode::NOT_FOUND | StatusCode::FORBIDDEN)
    };
    (!is_right).then(|| format!("{caller:?} calls {path}: {answer:?}"))
}

/// A row of one tenant under another tenant's address: nobody can tell it from
/// one that does not exist, not even that tenant's owner.
async fn tried_next_door(world: &World, path: &str, address: &str) -> Vec<String> {
    let names_row = path.starts_with("/t/{tenant}/") && path.matches('{').count() > 1;
    if !names_row {
        return Vec::new();
    }
    let mut faults = Vec::new();
    let moved = address.replacen("/t/harbour/", "/t/ridge/", 1);
    let nowhere = routes::with_unknown_ids(path).replacen("/t/harbour/", "/t/ridge/", 1);
    for method in [Method::GET, Method::POST] {
        let there = world.send(method.clone(), &moved, Caller::Neighbour).await;
        let none = world.send(method.clone(), &nowhere, Caller::Neighbour).await;
        if there.status != none.status || there.status == StatusCode::OK {
            faults.push(format!(
                "the neighbour tells {method} {moved} ({there:?}) from {nowhere} ({none:?})"
            ));
        }
    }
    faults
}

impl Answer {
    /// There is a page, or the way on to one.
    fn is_open(&self) -> bool {
        match self.status {
            StatusCode::OK | StatusCode::METHOD_NOT_ALLOWED => true,
            StatusCode::SEE_OTHER => !self.leads_to_sign_in(),
            _ => false,
        }
    }

    /// There is nothing, or for somebody who is not signed in: the way to sign in.
    fn is_closed_to(&self, caller: Caller) -> bool {
        match self.status {
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => true,
            // With what was typed, to be sent again by whoever signs in.
            StatusCode::FORBIDDEN => caller == Caller::Visitor,
            StatusCode::SEE_OTHER => caller == Caller::Visitor && self.leads_to_sign_in(),
            _ => false,
        }
    }

    fn leads_to_sign_in(&self) -> bool {
        self.location
            .as_deref()
            // A form has no address to come back to.
            .is_some_and(|to| to == "/sign-in" || to.starts_with("/sign-in?back="))
    }
}
