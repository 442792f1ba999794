//! Items, responses, scores, assessments and attempts.
//!
//! The information model is QTI 3's: an [`Item`] has a body with
//! [`Interaction`]s, and beside it [`ResponseDeclaration`]s that hold the key
//! and the scoring. Keeping the two apart is what makes [`ItemView`], the part
//! that a browser may get, safe by construction: it is built from the body
//! alone.
//!
//! An answer's way: form → [`Response`] → [`score()`] → [`Score`] →
//! [`FeedbackView`]. An assessment's way: [`Assessment`] → [`draw()`] → [`Form`]
//! → [`Attempt`].

pub mod agreement;
pub mod analysis;
mod annotation;
mod attempt;
pub mod cartridge;
mod chance;
mod check;
mod code;
mod decimal;
mod declaration;
mod definition;
mod delivery;
mod double;
mod draw;
mod expression;
mod feedback;
mod fingerprint;
mod flow;
mod form;
mod identifier;
#[cfg(test)]
mod imported;
mod interaction;
mod item;
mod kind;
mod labels;
mod late;
mod limits;
pub mod moodle;
mod number_entry;
mod pass;
mod percent;
mod points;
pub mod qti;
mod remedy;
mod review;
mod rubric;
mod rules;
#[cfg(test)]
mod sample;
mod score;
mod shape;
mod source;
mod tag;
mod template;
mod value;
mod view;

pub use annotation::{Annotation, Segment, segments, sentences};
pub use attempt::{Attempt, AttemptEvent, AttemptRefusal, AttemptState, GRACE, Save, Sequence, StartRefusal};
pub use code::{Args, FieldFault, FieldFaultCode, Problem, ProblemCode};
pub use decimal::{Decimal, NotADecimal};
pub use declaration::{
    AreaEntry, AreaMapping, BaseType, Cardinality, Comparison, MapEntry, MapKey, Mapping, NumberRules,
    ResponseDeclaration, Scoring, TextRules, Tolerance, Unit, WhiteSpace,
};
pub use definition::{
    Assessment, FeedbackPolicy, FeedbackTime, Layout, Mode, Navigation, Section, Selection, Unseen,
};
pub use delivery::{Accommodation, Window};
pub use double::{DoubleMarking, MarkingStage};
pub use draw::{DrawProblem, Form, FormItem, Narrowing, Need, PoolItem, draw};
pub use expression::{
    Area, Expression, Fault, FloatRef, IntegerRef, Literal, MathConstant, MathFunction, Operation, Operator,
    Rounding, Statistic, ToleranceMode,
};
pub use feedback::{AnswerView, ChoiceSaid, FeedbackView, Hindsight, InteractionFeedback};
pub use fingerprint::Fingerprint;
pub use flow::{Flow, Run};
pub use identifier::{Identifier, NotAnIdentifier};
pub use interaction::{
    AssociableChoice, AssociateInteraction, ChoiceInteraction, ExtendedTextInteraction, Gap,
    GapMatchInteraction, GraphicAssociateInteraction, GraphicGapMatchInteraction, GraphicOrderInteraction,
    Hotspot, HotspotInteraction, Hottext, HottextInteraction, InlineChoiceInteraction, Interaction,
    MatchInteraction, Movable, NumericEntryInteraction, OrderInteraction, Picture, PositionObjectInteraction,
    SelectPointInteraction, SimpleChoice, SliderInteraction, TextEntryInteraction, UnitEntry,
    UploadInteraction, UploadType,
};
pub use item::{Block, ChoiceFeedback, Feedback, Item, OutcomeDeclaration, OutcomeFeedback, Passage};
pub use kind::{ItemKind, Purpose, PurposeProblem};
pub use late::{LatePolicy, LateVerdict};
pub use pass::PassMark;
pub use points::Points;
pub use remedy::{
    Amendment, Correction, Difference, DifferenceCode, RegradeState, Remedy, corrected, may_score,
};
pub use review::{ReviewRefusal, ReviewState, ReviewStep};
pub use rubric::{Criterion, Level, Mark, Rubric, mark};
pub use rules::{
    Branch, Condition, LookupRow, LookupTable, ResponseAction, ResponseProcessing, ResponseRule, Rule,
};
pub use score::{Reason, ReasonCode, ResponseScore, Score, Verdict, max_score, score};
pub use shape::{NotAShape, Point, SHAPES, Shape};
pub use source::{Document, SourceKind};
pub use tag::{Tag, TagProblem};
pub use template::{
    Formula, FormulaError, FormulaFault, NumberRange, RangeFault, RulePlace, Template, TemplateAction,
    TemplateDeclaration, TemplateRule, VariableSource, VariableTypes, Variables, Variant, VariantProblem,
    is_variable_name, variants,
};
pub use value::{DirectedPair, Pair, Quantity, Response, Value};
pub use view::{
    AssociableView, BlockView, ChoiceView, ControlView, InteractionView, ItemView, PassageView, RegionView,
};
