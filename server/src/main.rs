//! The binary `cairn`.
fn main() {}
