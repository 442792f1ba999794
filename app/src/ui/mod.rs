//! The parts that pages are made of.

mod field;
pub(crate) mod frame;

pub(crate) use field::{Choice, Choices, ErrorSummary, Select, TextArea, TextField, Tick};
