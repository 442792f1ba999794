//! Answering with a file.
//!
//! The file comes by itself, before or after the rest of an answer, and the answer
//! holds its id. There is one for each response: another one takes its place.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use domain::{
    Timestamp,
    assessment::{ControlView, Identifier, Interaction, Item, ItemView, Response, UploadType, Value},
    course::FileName,
    id::{AnswerFileId, AttemptId, FileId, PersonId, TenantId},
};
use entity::{
    TenantTx,
    assessment::{answer_file, response},
};
use object_store::{ObjectStoreExt, PutPayload};
use sea_orm::ColumnTrait;
use uuid::Uuid;

use super::{
    save::{Saving, keep, refused},
    sitting::{Sitting, answer_of},
};
use crate::{
    Ctx, Error, Result,
    assessment::{files_of, learner},
    files::{Download, File, Kept, kind_of, made_sound},
    job::{self, Job},
};

/// A learner may send so many bytes, and so many files, within [`PERIOD`] over all
/// attempts.
const MOST_BYTES: u64 = 500 << 20;
const MOST_FILES: u64 = 200;
const PERIOD: Duration = Duration::from_hours(24);
/// What was stored so long ago has its row, or gets none any more.
const ON_THE_WAY: Duration = Duration::from_hours(1);

/// A file on its way in.
#[derive(Debug, Clone)]
pub struct FileSent {
    /// Its id: the same form sent twice stores one.
    pub id: AnswerFileId,
    /// The question that it answers.
    pub position: usize,
    /// The field of that question that takes it.
    pub field: String,
    /// What the browser said it is called.
    pub name: String,
    /// What it is. The field `file`.
    pub bytes: Vec<u8>,
}

/// What is asked of who is to send a file.
#[derive(Debug, Clone)]
pub struct FileAsked {
    /// What the assessment is called.
    pub title: String,
    /// How many questions the form has.
    pub length: usize,
    /// The language of the question.
    pub language: String,
    /// What is asked, as Markdown.
    pub prompt: String,
    /// The files that it names.
    pub files: BTreeMap<String, FileId>,
    /// What sorts of file are taken; none named: all there are.
    pub accepts: BTreeSet<UploadType>,
    /// What has been sent so far.
    pub sent: Option<SentFile>,
}

/// A file that came with an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentFile {
    /// Its id.
    pub id: AnswerFileId,
    /// What it is called.
    pub name: String,
}

/// What the person is asked for, in their own attempt while it takes answers.
///
/// Refused as [`save`](super::save()) refuses.
pub async fn file_asked(ctx: &Ctx, attempt: AttemptId, position: usize, field: &str) -> Result<FileAsked> {
    let tx = ctx.read().await?;
    let sitting = Sitting::own(&tx, attempt, learner(ctx)?).await?;
    may_send(&sitting, position, ctx.now())?;
    let item = sitting.item(&tx, position).await?;
    let view = ItemView::new(&item, sitting.seed(sitting.response(position)?));
    let (response, accepts) = asked(&item, &view, field)?;
    let prompt = view.interactions().find(|it| it.field == field);
    let sent = row_for(&tx, attempt, position, &response).await?;
    Ok(FileAsked {
        title: sitting.assessment.title.clone(),
        length: sitting.responses.len(),
        prompt: prompt.map(|it| it.prompt.clone()).unwrap_or_default(),
        files: files_of(&tx, [&view]).await?,
        language: view.language,
        accepts,
        sent: sent.map(SentFile::from),
    })
}

/// Stores a file and makes it the answer to what asked for it, in place of one
/// that came before.
///
/// At the field `file`: what is wrong with it, `answer-file-sort` where another sort
/// was asked for, `answer-files-too-many` where the person has sent too much within
/// a day. Refused as [`save`](super::save()) refuses. Not found: the id is that of a
/// file that came with another attempt.
pub async fn send_file(ctx: &Ctx, attempt: AttemptId, sent: FileSent) -> Result<()> {
    let person = learner(ctx)?;
    let (response, accepts) = {
        let tx = ctx.read().await?;
        let sitting = Sitting::own(&tx, attempt, person).await?;
        if has_come(&tx, attempt, sent.id).await? {
            return Ok(());
        }
        may_send(&sitting, sent.position, ctx.now())?;
        may_send_so_much(&tx, person, sent.bytes.len() as u64, ctx.now()).await?;
        let item = sitting.item(&tx, sent.position).await?;
        let view = ItemView::new(&item, sitting.seed(sitting.response(sent.position)?));
        asked(&item, &view, &sent.field)?
    };
    let kind = kind_of(&sent.bytes)?;
    let sort = kind.sort().ok_or_else(|| Error::field("file", "file-kind"))?;
    if !accepts.is_empty() && !accepts.contains(&sort) {
        return Err(Error::field("file", "answer-file-sort"));
    }
    let name = FileName::tidy(&sent.name).or_else(|_| FileName::parse("answer"));
    let name = name.map_err(|reason| Error::field("file", reason.to_string()))?;
    let sound = made_sound(name, kind, sent.bytes, Kept::IN_A_TEXT).await?;
    let row = answer_file::Model {
        tenant_id: ctx.tenant(),
        id: sent.id,
        attempt_id: attempt,
        position: i64::try_from(sent.position).map_err(|_| Error::NotFound)?,
        response: response.to_string(),
        person_id: person,
        name: sound.name.to_string(),
        media_type: sound.kind.media_type().to_owned(),
        size: i64::try_from(sound.bytes.len()).unwrap_or(i64::MAX),
        sha256: sound.sha256,
        place: ctx.new_id::<AnswerFileId>().0,
        stored_at: ctx.now(),
    };
    // Whatever happens on the way, bytes that no row has are found again.
    let tx = ctx.write().await?;
    forget(ctx, &tx, row.place, ctx.now().after(ON_THE_WAY)).await?;
    tx.commit().await?;
    let store = &ctx.installation().files.0;
    store
        .put(&path(row.tenant_id, row.place), PutPayload::from(sound.bytes))
        .await?;
    put_in_place(ctx, &response, row).await
}

/// Makes it the answer. The one that was there before is given up.
async fn put_in_place(ctx: &Ctx, response: &Identifier, row: answer_file::Model) -> Result<()> {
    let tx = ctx.write().await?;
    let position = usize::try_from(row.position).map_err(|_| Error::NotFound)?;
    let sitting = Sitting::own_locked(&tx, row.attempt_id, row.person_id).await?;
    // The same form, sent twice at once: the other was first.
    if has_come(&tx, row.attempt_id, row.id).await? {
        return Ok(());
    }
    may_send_so_much(&tx, row.person_id, row.size.unsigned_abs(), ctx.now()).await?;
    remove(ctx, &tx, &sitting, position, response).await?;
    tx.insert::<answer_file::Entity>(row.clone()).await?;
    let mut answer = answer_of(sitting.response(position)?)?;
    answer.values.insert(response.clone(), Value::File(row.id));
    keep(ctx, &tx, &sitting, position, &answer, Saving::Deliberate(0)).await?;
    Ok(tx.commit().await?)
}

/// Takes the file away that was sent there; the rest of the answer stays.
///
/// Refused as [`save`](super::save()) refuses.
pub async fn remove_file(ctx: &Ctx, attempt: AttemptId, position: usize, field: &str) -> Result<()> {
    let tx = ctx.write().await?;
    let sitting = Sitting::own_locked(&tx, attempt, learner(ctx)?).await?;
    let item = sitting.item(&tx, position).await?;
    let view = ItemView::new(&item, sitting.seed(sitting.response(position)?));
    let (response, _) = asked(&item, &view, field)?;
    remove(ctx, &tx, &sitting, position, &response).await?;
    let mut answer = answer_of(sitting.response(position)?)?;
    answer.values.remove(&response);
    keep(ctx, &tx, &sitting, position, &answer, Saving::Deliberate(0)).await?;
    Ok(tx.commit().await?)
}

/// Removes the row of what was sent there, if anything was, and gives its bytes up.
async fn remove(
    ctx: &Ctx,
    tx: &TenantTx,
    sitting: &Sitting,
    position: usize,
    response: &Identifier,
) -> Result<()> {
    let Some(row) = row_for(tx, sitting.row.id, position, response).await? else {
        return Ok(());
    };
    tx.remove::<answer_file::Entity>()
        .filter(answer_file::Column::Id.eq(row.id))
        .apply()
        .await?;
    forget(ctx, tx, row.place, ctx.now()).await
}

/// Queues the removal of what is in that place, unless a row has it then.
async fn forget(ctx: &Ctx, tx: &TenantTx, place: Uuid, at: Timestamp) -> Result<()> {
    let job = Job::ForgetAnswerFile {
        tenant: ctx.tenant(),
        place,
    };
    job::later(tx.unowned(), ctx.installation(), &job, at).await
}

/// Removes the bytes in that place, if no row has them.
pub(crate) async fn forget_file(ctx: &Ctx, place: Uuid) -> Result<()> {
    let known = ctx
        .read()
        .await?
        .rows::<answer_file::Entity>()
        .filter(answer_file::Column::Place.eq(place))
        .count()
        .await?;
    if known > 0 {
        return Ok(());
    }
    match ctx
        .installation()
        .files
        .0
        .delete(&path(ctx.tenant(), place))
        .await
    {
        Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
        Err(cause) => Err(cause.into()),
    }
}

/// Whether the file of that id has come with this attempt. Not found: it came with
/// another.
async fn has_come(tx: &TenantTx, attempt: AttemptId, file: AnswerFileId) -> Result<bool> {
    match with_id(tx, file).await? {
        None => Ok(false),
        Some(row) if row.attempt_id == attempt => Ok(true),
        Some(_) => Err(Error::NotFound),
    }
}

/// Whether an answer at that position would be taken at this moment.
fn may_send(sitting: &Sitting, position: usize, now: Timestamp) -> Result<()> {
    let row = sitting.response(position)?;
    sitting.attempt.open(now).map_err(refused)?;
    sitting
        .assessment
        .may_answer(position, row.score.is_some(), sitting.next())
        .map_err(refused)
}

async fn may_send_so_much(tx: &TenantTx, person: PersonId, bytes: u64, now: Timestamp) -> Result<()> {
    let sent = tx
        .rows::<answer_file::Entity>()
        .filter(answer_file::Column::PersonId.eq(person))
        .filter(answer_file::Column::StoredAt.gt(now.before(PERIOD)))
        .limit(MOST_FILES)
        .all()
        .await?;
    let all = sent.iter().map(|row| row.size.unsigned_abs());
    let all = all.fold(bytes, u64::saturating_add);
    if all > MOST_BYTES || sent.len() as u64 >= MOST_FILES {
        return Err(Error::field("file", "answer-files-too-many"));
    }
    Ok(())
}

/// The response that the field fills, and what sorts of file it takes.
fn asked(item: &Item, view: &ItemView, field: &str) -> Result<(Identifier, BTreeSet<UploadType>)> {
    let named = item.interactions().zip(view.interactions());
    let found = named.into_iter().find_map(|(interaction, it)| match &it.control {
        ControlView::Upload { accepts } if it.field == field => {
            Some((interaction.response().clone(), accepts.clone()))
        }
        _ => None,
    });
    found.ok_or(Error::NotFound)
}

/// The answer with the files that came for it, whatever the form said of them: only
/// sending one and taking it away change which those are.
pub(super) async fn with_files(
    tx: &TenantTx,
    row: &response::Model,
    item: &Item,
    mut answer: Response,
) -> Result<Response> {
    let position = usize::try_from(row.position).map_err(|_| Error::NotFound)?;
    let asks = |it: &&Interaction| matches!(it, Interaction::Upload(_));
    let asking: Vec<&Interaction> = item.interactions().filter(asks).collect();
    for response in asking.into_iter().map(Interaction::response) {
        match row_for(tx, row.attempt_id, position, response).await? {
            Some(file) => answer.values.insert(response.clone(), Value::File(file.id)),
            None => answer.values.remove(response),
        };
    }
    Ok(answer)
}

/// The files that came with an attempt, where one of these questions takes any.
pub(crate) async fn sent_files<'a>(
    tx: &TenantTx,
    attempt: AttemptId,
    views: impl IntoIterator<Item = &'a ItemView>,
) -> Result<Vec<SentFile>> {
    let takes_files = |view: &ItemView| {
        let mut all = view.interactions();
        all.any(|it| matches!(it.control, ControlView::Upload { .. }))
    };
    if !views.into_iter().any(takes_files) {
        return Ok(Vec::new());
    }
    let rows = tx
        .rows::<answer_file::Entity>()
        .filter(answer_file::Column::AttemptId.eq(attempt))
        .all()
        .await?;
    Ok(rows.into_iter().map(SentFile::from).collect())
}

/// A file of the person's own attempt.
pub async fn own_file(ctx: &Ctx, attempt: AttemptId, file: AnswerFileId) -> Result<Download> {
    let person = learner(ctx)?;
    let row = known(&ctx.read().await?, attempt, file).await?;
    let own = row.filter(|row| row.person_id == person);
    own.map(download).ok_or(Error::NotFound)
}

/// The same for who marks them: what learners call their files may tell who they are.
pub(crate) async fn unnamed_files<'a>(
    tx: &TenantTx,
    attempt: AttemptId,
    views: impl IntoIterator<Item = &'a ItemView>,
) -> Result<Vec<SentFile>> {
    let sent = sent_files(tx, attempt, views).await?;
    let unnamed = sent.into_iter().map(|file| SentFile {
        name: unnamed(&file.name),
        ..file
    });
    Ok(unnamed.collect())
}

/// A file of somebody's attempt without its name, at that position if it is said. The
/// caller makes sure that the actor may see it.
pub(crate) async fn any_file(
    tx: &TenantTx,
    attempt: AttemptId,
    position: Option<i64>,
    file: AnswerFileId,
) -> Result<Download> {
    let row = known(tx, attempt, file).await?;
    let found = row.filter(|row| position.is_none_or(|position| row.position == position));
    let mut found = found.map(download).ok_or(Error::NotFound)?;
    found.file.name = unnamed(&found.file.name);
    Ok(found)
}

fn unnamed(name: &str) -> String {
    let ending = name.rsplit('.').next().unwrap_or_default();
    format!("answer.{ending}")
}

async fn with_id(tx: &TenantTx, file: AnswerFileId) -> Result<Option<answer_file::Model>> {
    Ok(tx
        .rows::<answer_file::Entity>()
        .filter(answer_file::Column::Id.eq(file))
        .one()
        .await?)
}

async fn known(tx: &TenantTx, attempt: AttemptId, file: AnswerFileId) -> Result<Option<answer_file::Model>> {
    let found = with_id(tx, file).await?;
    Ok(found.filter(|row| row.attempt_id == attempt))
}

async fn row_for(
    tx: &TenantTx,
    attempt: AttemptId,
    position: usize,
    response: &Identifier,
) -> Result<Option<answer_file::Model>> {
    let position = i64::try_from(position).map_err(|_| Error::NotFound)?;
    Ok(tx
        .rows::<answer_file::Entity>()
        .filter(answer_file::Column::AttemptId.eq(attempt))
        .filter(answer_file::Column::Position.eq(position))
        .filter(answer_file::Column::Response.eq(response.as_str()))
        .one()
        .await?)
}

/// Where the bytes are that learners sent, apart from the tenant's other files.
fn path(tenant: TenantId, place: Uuid) -> object_store::path::Path {
    object_store::path::Path::from(format!("{tenant}/answers/{place}"))
}

fn download(row: answer_file::Model) -> Download {
    Download {
        place: path(row.tenant_id, row.place),
        sha256: row.sha256,
        file: File {
            id: FileId(row.id.0),
            name: row.name,
            media_type: row.media_type,
            size: row.size.unsigned_abs(),
            is_public: false,
            created_at: row.stored_at,
        },
    }
}

impl From<answer_file::Model> for SentFile {
    fn from(row: answer_file::Model) -> Self {
        Self {
            id: row.id,
            name: row.name,
        }
    }
}
