//! How far something that is written as a draft and published has come.

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Never published.
    Draft,
    /// Published, and in use.
    Published,
    /// Put away, or retired: new work does not use it.
    Withdrawn,
}
