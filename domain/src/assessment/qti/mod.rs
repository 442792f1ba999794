//! Items as files that other systems read and write: QTI 3.0, and 2.1 and 2.2 in.
//!
//! The item model is QTI's own, so that most of an item has one place there and
//! here. [`read()`] says what it could not carry; what QTI has no expression for
//! is written with its own way out, a custom operator. A response scores the
//! same before [`write()`] and after [`read()`].

mod addresses;
mod extension;
pub(in crate::assessment) mod html;
mod package;
pub(in crate::assessment) mod read;
mod report;
#[cfg(test)]
mod tests;
mod write;
pub(in crate::assessment) mod xml;

pub(in crate::assessment) use addresses::addresses;
pub(in crate::assessment) use package::unescaped;
pub use package::{MAX_ITEMS, MAX_PACKAGE, Package, PackageProblem, Resource, pack};
pub use read::read;
pub use report::{Change, ChangeCode, Import, Place, Refusal, RefusalCode};
pub use write::write;
