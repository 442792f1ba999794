//! The road from an answer to an award, on a real database.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

mod analysis;
mod appeals;
mod attempts;
mod awards;
mod badges;
mod bank;
mod comments;
mod courses;
mod deadlines;
mod delivery;
mod double_marking;
mod drawing;
mod gate;
mod late;
mod log;
mod marking;
mod offers;
mod paper;
mod practice;
mod programs;
mod reaching;
mod regrades;
mod sent_files;
mod suspension;
mod variants;
mod world;
