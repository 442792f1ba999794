//! What is the person's own.

pub mod wallet_item;
