//! What is the person's own.

pub mod wallet_item;
pub mod wallet_offer;
