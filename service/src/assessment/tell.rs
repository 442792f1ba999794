//! Telling learners that there is something new about a result.

use domain::id::{AttemptId, PersonId};
use entity::{TenantTx, identity::person};
use sea_orm::EntityTrait;

use crate::{
    Ctx, Error, Result,
    job::{self, Job},
    mail::{Mail, Message},
    tenancy,
};

/// Queues a mail to the learner. `say` makes it of what they are called and of the
/// address of the result.
pub(super) async fn tell(
    ctx: &Ctx,
    tx: &TenantTx,
    learner: PersonId,
    attempt: AttemptId,
    say: impl FnOnce(String, String) -> Message,
) -> Result<()> {
    let learner = person::Entity::find_by_id(learner)
        .one(tx.unowned())
        .await?
        .ok_or(Error::NotFound)?;
    let path = tenancy::path(tx, &format!("/attempts/{attempt}/result")).await?;
    let mail = Mail {
        to: learner.email,
        locale: learner.locale,
        message: say(learner.display_name, ctx.installation().address(&path)),
    };
    job::now(tx.unowned(), ctx.installation(), &Job::SendMail(mail)).await
}
