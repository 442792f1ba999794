//! The site's routes, with a list of them: a test walks over every one as every
//! kind of caller.

use axum::{Router, routing::MethodRouter};

use crate::Site;

/// A router that remembers its paths.
#[derive(Debug, Default)]
pub(crate) struct Routes {
    router: Router<Site>,
    paths: Vec<&'static str>,
}

impl Routes {
    /// None yet.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// One more.
    pub(crate) fn route(mut self, path: &'static str, methods: MethodRouter<Site>) -> Self {
        self.router = self.router.route(path, methods);
        self.paths.push(path);
        self
    }

    /// All of another area's.
    pub(crate) fn merge(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.paths.extend(other.paths);
        self
    }

    /// The router alone, and the list.
    pub(crate) fn into_parts(self) -> (Router<Site>, Vec<&'static str>) {
        (self.router, self.paths)
    }
}
