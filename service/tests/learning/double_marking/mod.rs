//! Marking by two, and what becomes of marks that differ.

mod agreed;
mod begun;
mod shares;

use std::collections::BTreeMap;

use domain::{
    assessment::{AttemptState, DoubleMarking, Identifier, Mark, MarkingStage, Points},
    id::{AssessmentId, AttemptId, MarkingId},
    tenancy::Role,
};
use entity::assessment::marking as table;
use sea_orm::ColumnTrait;
use serde_json::json;
use service::{
    Ctx,
    assessment::{
        attempt,
        marking::{self, Wanted},
    },
};

use crate::world::{World, cut_score, essay};

/// An assessment of one text, of which such a share is marked by two.
async fn one_essay(world: &World, share: u8) -> AssessmentId {
    let competency = world.competency(cut_score(1, 60)).await;
    world.item(competency, "assessment", &essay()).await;
    let more = json!({ "passRule": cut_score(1, 60) });
    let assessment = world.assessment(competency, 1, more).await;
    set(world, assessment, share, 0).await.unwrap();
    assessment
}

async fn set(world: &World, assessment: AssessmentId, share: u8, tolerance: i64) -> service::Result<()> {
    let author = world.member(Role::Instructor).await;
    let seen = marking::double_marking(&author, assessment).await.unwrap();
    let next = DoubleMarking {
        share,
        tolerance: Points::from_hundredths(tolerance),
    };
    marking::set_double_marking(&author, assessment, seen, next).await
}

fn says(level: &str) -> BTreeMap<Identifier, Mark> {
    let mark = json!({ "levels": { "clear": level }, "comment": format!("It is {level}.") });
    BTreeMap::from([("R".parse().unwrap(), serde_json::from_value(mark).unwrap())])
}

async fn next(ctx: &Ctx, assessment: AssessmentId) -> Option<MarkingId> {
    marking::claim_next(ctx, assessment).await.unwrap()
}

async fn settle(ctx: &Ctx, assessment: AssessmentId) -> service::Result<Option<MarkingId>> {
    let wanted = Wanted {
        in_dispute: true,
        ..Wanted::from(assessment)
    };
    marking::claim_next(ctx, wanted).await
}

/// The next piece is taken and marked so.
async fn marks(ctx: &Ctx, assessment: AssessmentId, level: &str) -> MarkingId {
    let piece = next(ctx, assessment).await.unwrap();
    marking::mark(ctx, piece, MarkingStage::First, says(level))
        .await
        .unwrap();
    piece
}

async fn state(learner: &Ctx, id: AttemptId) -> AttemptState {
    attempt::result(learner, id).await.unwrap().state
}

async fn row(world: &World, piece: MarkingId) -> table::Model {
    let found = world.look().await;
    let found = found.rows::<table::Entity>().filter(table::Column::Id.eq(piece));
    found.one().await.unwrap().unwrap()
}
