//! Checkpoints (C2SP tlog-checkpoint): how large a log is, and its root.

use std::str::FromStr;

use base64::{Engine, engine::general_purpose::STANDARD};

use super::tree::Hash;

/// How large a log is, and its root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name.
    pub origin: String,
    /// How many entries it has.
    pub size: u64,
    /// The root of the tree of all of them.
    pub root: Hash,
}

/// The text is not a checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a checkpoint")]
pub struct NotACheckpoint;

impl Checkpoint {
    /// The text that is signed.
    #[must_use]
    pub fn to_text(&self) -> String {
        let Self { origin, size, root } = self;
        format!("{origin}\n{size}\n{}\n", STANDARD.encode(root))
    }
}

impl FromStr for Checkpoint {
    type Err = NotACheckpoint;

    /// Reads the first three lines; what may follow is for others.
    fn from_str(text: &str) -> Result<Self, NotACheckpoint> {
        let mut lines = text.lines();
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
            return Err(NotACheckpoint);
        };
        let root = STANDARD.decode(root).map_err(|_| NotACheckpoint)?;
        let checkpoint = Self {
            origin: origin.to_owned(),
            size: size.parse().map_err(|_| NotACheckpoint)?,
            root: root.try_into().map_err(|_| NotACheckpoint)?,
        };
        // A number has one spelling.
        if origin.is_empty() || checkpoint.size.to_string() != size {
            return Err(NotACheckpoint);
        }
        Ok(checkpoint)
    }
}
