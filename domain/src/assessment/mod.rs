//! Items, responses, scores, assessments and attempts.
//!
//! The information model is QTI 3's: an [`Item`] has a body with
//! [`Interaction`]s, and beside it [`ResponseDeclaration`]s that hold the key
//! and the scoring. Keeping the two apart is what makes [`ItemView`], the part
//! that a browser may get, safe by construction: it is built from the body
//! alone.
//!
//! An answer's way: form → [`Response`] → [`score`] → [`Score`] →
//! [`FeedbackView`]. An assessment's way: [`Assessment`] → [`draw`] → [`Form`]
//! → [`Attempt`].

mod chance;
mod code;
mod decimal;
mod declaration;
mod definition;
mod identifier;
mod interaction;
mod item;
mod limits;
mod points;
mod rubric;
mod value;

pub use code::{Args, FieldFault, FieldFaultCode, Problem, ProblemCode};
pub use decimal::{Decimal, NotADecimal};
pub use declaration::{
    BaseType, Cardinality, Comparison, MapEntry, MapKey, Mapping, NumberRules, ResponseDeclaration, Scoring,
    TextRules, Tolerance, Unit, WhiteSpace,
};
pub use definition::{Assessment, FeedbackPolicy, FeedbackTime, Layout, Mode, Section, Selection, Unseen};
pub use identifier::{Identifier, NotAnIdentifier};
pub use interaction::{
    AssociableChoice, ChoiceInteraction, ExtendedTextInteraction, Interaction, MatchInteraction,
    NumericEntryInteraction, OrderInteraction, SimpleChoice, TextEntryInteraction, UnitEntry,
};
pub use item::{Block, ChoiceFeedback, Feedback, Item, OutcomeDeclaration};
pub use points::Points;
pub use rubric::{Criterion, Level, Mark, Rubric};
pub use value::{DirectedPair, Quantity, Response, Value};
