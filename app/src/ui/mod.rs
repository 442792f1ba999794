//! The parts that pages are made of. What each looks like, and its markup, is
//! in style/README.md; `/styleguide` shows them all.
//!
//! Every part ends as an `AnyView`: the types of views nest as deep as pages
//! do, and the compiler gives up on them.

mod action;
mod badge;
mod card;
mod field;
pub(crate) mod frame;
mod logo;
mod message;
mod moment;
mod navigation;
mod progress;
mod question;
mod table;
mod trail;
mod upload;

pub(crate) use action::PostButton;
pub(crate) use badge::{Badge, Badges, Check, Finding, Holding, Verdict};
pub(crate) use card::{Card, PersonName, Stats};
pub(crate) use field::{
    Choice, Choices, ErrorSummary, Hidden, Select, TextArea, TextField, Tick, id_of, in_textarea, reason_at,
    value_of,
};
pub(crate) use frame::Layout;
pub(crate) use message::{Confirm, Empty, Notice, Tag, Tone};
pub(crate) use moment::{Day, Moment, day, day_in, moment};
pub(crate) use navigation::{Crumbs, Onward, Pages, Place, Side, Tabs, Turns};
pub(crate) use progress::{Cairn, Mastery, Progress};
pub(crate) use question::{Answer, Answers, Feedback, Match, Numbered, Order, Pair, Palette, Row};
pub(crate) use table::Table;
pub(crate) use trail::{Event, History, Module, Standing, Stop, Trail};
pub(crate) use upload::{EmblemForm, FileField};
