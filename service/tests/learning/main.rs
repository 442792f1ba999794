//! The road from an answer to an award, on a real database.

mod attempts;
mod awards;
mod deadlines;
mod gate;
mod marking;
mod practice;
mod world;
