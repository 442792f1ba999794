//! What saving an answer costs once there are many: as much as at the beginning,
//! or the installation slows down as it grows.

use std::time::Duration;

use domain::id::AttemptId;
use sea_orm::{ConnectionTrait, DbBackend};
use serde::Serialize;
use service::{Error, db::Scope};

use super::{
    BenchError, answers,
    rate::{AT_ONCE, Fared, at_once},
};
use crate::demo::{DemoClock, load::Loaded};

/// So many responses are stored at each measurement.
const RESPONSES: [u64; 3] = [10_000, 1_000_000, 10_000_000];
/// An attempt that is made up has so many of them.
const OF_ONE_ATTEMPT: u64 = 100;
/// So many attempts are made up in one transaction.
const BATCH: u64 = 2_000;

/// How saving fared with so many responses in the table.
#[derive(Debug, Serialize)]
pub(super) struct Stored {
    responses: u64,
    saved: Fared,
    /// What one save costs, of what it costs with the fewest.
    cost: f64,
}

pub(super) async fn measure(
    loaded: &Loaded<'_>,
    clock: &DemoClock,
    time: Duration,
) -> Result<Vec<Stored>, BenchError> {
    let typists = answers::typists(loaded, clock, "model", 1).await?;
    let model = typists.first().ok_or(Error::NotFound)?.attempt;
    let mut made = 0;
    let mut measured: Vec<Stored> = Vec::new();
    for responses in RESPONSES {
        while made < responses / OF_ONE_ATTEMPT {
            let next = (made + BATCH).min(responses / OF_ONE_ATTEMPT);
            make_up(loaded, model, made, next).await?;
            made = next;
        }
        let typists = answers::typists(loaded, clock, &format!("after-{responses}"), AT_ONCE).await?;
        let saved = at_once(time, typists).await?;
        let first = measured
            .first()
            .map_or(saved.per_second, |first| first.saved.per_second);
        measured.push(Stored {
            responses,
            cost: (first / saved.per_second * 100.0).round() / 100.0,
            saved,
        });
    }
    Ok(measured)
}

/// Makes up attempts like `model`, numbered from `from` to before `to`, with their
/// responses. Their ids are random: nothing lies conveniently beside its neighbour.
async fn make_up(loaded: &Loaded<'_>, model: AttemptId, from: u64, to: u64) -> Result<(), BenchError> {
    let db = &loaded.installation.db;
    let (id, model) = match db.engine() {
        DbBackend::Sqlite => ("randomblob(16)", format!("x'{}'", model.0.simple())),
        _ => ("gen_random_uuid()", format!("'{model}'")),
    };
    // Far from the number of any real attempt.
    let (from, to) = (from + 1_000, to + 1_000);
    let attempts = format!(
        "WITH RECURSIVE made (number) AS (SELECT {from} UNION ALL SELECT number + 1 FROM made WHERE number + 1 < {to})
         INSERT INTO attempt (tenant_id, id, person_id, assessment_id, assessment_version_id, number, seed, state,
                              started_at, submitted_at, scored_at, counted_at)
         SELECT tenant_id, {id}, person_id, assessment_id, assessment_version_id, made.number, seed, 'scored',
                started_at, started_at, started_at, started_at
         FROM attempt, made WHERE id = {model}"
    );
    let responses = format!(
        "WITH RECURSIVE made (position) AS (SELECT 0 UNION ALL SELECT position + 1 FROM made WHERE position + 1 < {OF_ONE_ATTEMPT})
         INSERT INTO response (tenant_id, attempt_id, position, item_id, item_version_id, competency_id, answer, sequence, saved_at)
         SELECT attempt.tenant_id, attempt.id, made.position, response.item_id, response.item_version_id,
                response.competency_id, '{{}}', 1, started_at
         FROM attempt, made, response
         WHERE attempt.number >= {from} AND attempt.number < {to} AND response.attempt_id = {model} AND response.position = 0"
    );
    let tx = db.write(Scope::System).await.map_err(Error::from)?;
    for statement in [attempts, responses] {
        tx.execute_unprepared(&statement).await.map_err(Error::from)?;
    }
    tx.commit().await.map_err(Error::from)?;
    Ok(())
}
