//! The parts of pages that script makes better. Each works as plain HTML first;
//! the browser wakes it when its script has come.

#![expect(
    missing_docs,
    reason = "the macros make types of what islands and functions take"
)]

pub mod attempt;
mod error;
#[cfg(feature = "hydrate")]
mod listen;
mod live_preview;
mod mark_draft;

pub use error::CallError;
pub use live_preview::{LivePreview, LivePreviewProps, PreviewMarkdown, preview_markdown};
pub use mark_draft::{KeepMark, MarkDraft, MarkDraftProps, keep_mark};
