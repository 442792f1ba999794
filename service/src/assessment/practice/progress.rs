use std::collections::BTreeMap;

use domain::{
    course::{Draw, Practised},
    id::{CompetencyId, PersonId},
};
use entity::{TenantTx, assessment::item, mastery::practice_answer};
use sea_orm::{ColumnTrait, ExprTrait, FromQueryResult, sea_query::Expr};

use super::next::practisable_items;
use crate::{Ctx, Result, assessment::learner};

/// How far the person is with what an activity draws.
pub async fn practised(ctx: &Ctx, draws: &[Draw]) -> Result<Practised> {
    practised_by(&ctx.read().await?, learner(ctx)?, draws).await
}

/// The same, within a transaction.
pub(crate) async fn practised_by(tx: &TenantTx, person: PersonId, draws: &[Draw]) -> Result<Practised> {
    let about = || draws.iter().map(|draw| draw.competency);
    let answers: Vec<Answers> = tx
        .rows::<practice_answer::Entity>()
        .filter(practice_answer::Column::PersonId.eq(person))
        .filter(practice_answer::Column::CompetencyId.is_in(about()))
        .grouped(
            [practice_answer::Column::CompetencyId],
            [(Expr::col(practice_answer::Column::Id).count(), "answers")],
        )
        .await?;
    let items: Vec<Items> = practisable_items(tx)
        .filter(item::Column::DrawnCompetencyId.is_in(about()))
        .grouped(
            [item::Column::DrawnCompetencyId],
            [(Expr::col(item::Column::Id).count(), "items")],
        )
        .await?;
    let count = |of: i64| u64::try_from(of).unwrap_or(0);
    let answers = answers
        .into_iter()
        .map(|row| (row.competency_id, count(row.answers)));
    let items = items
        .into_iter()
        .map(|row| (row.drawn_competency_id, count(row.items)));
    let (answers, items): (Counts, Counts) = (answers.collect(), items.collect());
    let of = |counts: &Counts, id: CompetencyId| counts.get(&id).copied().unwrap_or(0);
    Ok(Practised::of_draws(
        draws,
        |id| of(&answers, id),
        |id| of(&items, id),
    ))
}

type Counts = BTreeMap<CompetencyId, u64>;

#[derive(Debug, FromQueryResult)]
struct Answers {
    competency_id: CompetencyId,
    answers: i64,
}

#[derive(Debug, FromQueryResult)]
struct Items {
    drawn_competency_id: CompetencyId,
    items: i64,
}
