//! The use cases of Cairn: one function each. It takes a context, loads what it
//! needs, asks the domain, stores the answer together with the jobs that follow
//! from it, and commits once.
//!
//! This is the only layer that holds both a database and a rule.

mod aside;
pub mod assessment;
pub mod audit;
mod chance;
mod clock;
pub mod competency;
pub mod course;
pub mod credential;
mod ctx;
pub mod db;
pub mod draft;
mod error;
pub mod files;
pub mod identity;
mod installation;
pub mod job;
pub mod log;
pub mod mail;
pub mod mastery;
mod paging;
mod picture;
pub mod program;
mod revision;
pub mod tenancy;
#[cfg(feature = "testing")]
pub mod testing;
mod turning;
mod vault;
pub mod wallet;

pub use chance::{Chance, OsChance};
pub use clock::{Clock, SystemClock};
pub use ctx::{Actor, Ctx, PersonCtx, SystemCtx};
pub use error::{Error, FieldError, FieldErrors, Result};
pub use files::Files;
pub use installation::Installation;
pub use paging::Paged;
pub use turning::{Leaf, Mark, NotAMark, Turn};
pub use vault::{MasterKey, Sealed, Vault, VaultError};
