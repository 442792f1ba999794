//! The pages and islands of Cairn.
//!
//! Pages are drawn on the server and need no script. Islands are the few parts
//! that script makes better; they alone are compiled for the browser.

#![expect(
    unreachable_pub,
    reason = "the component and server macros make their items public"
)]

pub mod islands;

#[cfg(feature = "ssr")]
mod failure;
#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
mod given_back;
#[cfg(feature = "ssr")]
pub mod i18n;
#[cfg(feature = "ssr")]
mod in_path;
#[cfg(feature = "ssr")]
pub mod mail;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
mod pages;
#[cfg(feature = "ssr")]
mod routes;
#[cfg(feature = "ssr")]
mod server_functions;
#[cfg(feature = "ssr")]
mod ui;
#[cfg(feature = "ssr")]
mod upload;
#[cfg(feature = "ssr")]
mod visit;

#[cfg(feature = "ssr")]
mod site;

#[cfg(feature = "ssr")]
pub use failure::explain;
#[cfg(feature = "ssr")]
pub use routes::Routes;
#[cfg(feature = "ssr")]
pub use site::{Assets, Site, paths, router};

/// Wakes the islands of the page that the browser has loaded.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
