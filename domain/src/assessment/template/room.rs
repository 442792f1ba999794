//! How much may come of a template.

use crate::assessment::{
    Fault,
    expression::{Held, Scalar},
};

/// Bytes that the values of one variant take in its texts and rules: each may
/// stand there many times.
const BYTES: usize = 1_000_000;

/// What is left of it.
#[derive(Debug)]
pub(super) struct Room(usize);

impl Room {
    /// That of one variant.
    pub(super) const fn of_a_variant() -> Self {
        Self(BYTES)
    }

    /// Takes so many bytes, if there are as many left.
    pub(super) fn take(&mut self, bytes: usize) -> Result<(), Fault> {
        self.0 = self.0.checked_sub(bytes).ok_or(Fault::TooLarge)?;
        Ok(())
    }

    /// Takes what a value takes in a rule.
    pub(super) fn take_value(&mut self, held: &Held) -> Result<(), Fault> {
        for scalar in held.values() {
            let letters = match scalar {
                Scalar::String(text) | Scalar::Uri(text) => text.len(),
                _ => 0,
            };
            self.take(size_of::<Scalar>() + letters)?;
        }
        Ok(())
    }
}
