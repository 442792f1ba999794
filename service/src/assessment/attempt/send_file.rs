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
    assessment::{ControlView, Identifier, Item, ItemView, Response, UploadType, Value},
    course::FileName,
    id::{AnswerFileId, AttemptId, FileId, PersonId},
};
use entity::{TenantTx, assessment::answer_file};
use object_store::{ObjectStoreExt, PutPayload};
use sea_orm::ColumnTrait;

use super::{
    save::{Saving, keep, refused},
    sitting::{Sitting, answer_of},
};
use crate::{
    Ctx, Error, FieldErrors, Result,
    assessment::{files_of, learner},
    files::{Download, File, Kept, kind_of, made_sound, path},
};

/// A learner may send so many bytes, and so many files, within [`PERIOD`] over all
/// attempts.
const MOST_BYTES: u64 = 500 << 20;
const MOST_FILES: u64 = 200;
const PERIOD: Duration = Duration::from_hours(24);

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
/// a day. Refused as [`save`](super::save()) refuses.
pub async fn send_file(ctx: &Ctx, attempt: AttemptId, sent: FileSent) -> Result<()> {
    let person = learner(ctx)?;
    let (response, accepts) = {
        let tx = ctx.read().await?;
        let sitting = Sitting::own(&tx, attempt, person).await?;
        if let Some(row) = with_id(&tx, sent.id).await? {
            let same = row.attempt_id == attempt && row.person_id == person;
            return if same { Ok(()) } else { Err(Error::NotFound) };
        }
        may_send(&sitting, sent.position, ctx.now())?;
        may_send_so_much(&tx, person, sent.bytes.len(), ctx.now()).await?;
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
        stored_at: ctx.now(),
    };
    // Bytes without a row are lost space; a row without bytes would be a file that is not there.
    let store = &ctx.installation().files.0;
    store.put(&place_of(&row), PutPayload::from(sound.bytes)).await?;
    match put_in_place(ctx, &response, &row).await {
        Ok(before) => {
            if let Some(before) = before {
                forget(ctx, &before).await;
            }
            Ok(())
        }
        Err(error) => {
            // Of two forms with one id at once the other was first. What it has stored
            // is at this same place if it is the same.
            let first = with_id(&ctx.read().await?, row.id).await?;
            let first = first.filter(|first| first.sha256 == row.sha256);
            if first.is_none() {
                forget(ctx, &row).await;
            }
            match first {
                Some(first) if first.attempt_id == attempt => Ok(()),
                _ => Err(error),
            }
        }
    }
}

/// Makes it the answer, and says which file was that before.
async fn put_in_place(
    ctx: &Ctx,
    response: &Identifier,
    row: &answer_file::Model,
) -> Result<Option<answer_file::Model>> {
    let tx = ctx.write().await?;
    let position = usize::try_from(row.position).map_err(|_| Error::NotFound)?;
    let sitting = Sitting::own_locked(&tx, row.attempt_id, row.person_id).await?;
    let before = row_for(&tx, row.attempt_id, position, response).await?;
    remove(&tx, before.as_ref()).await?;
    tx.insert::<answer_file::Entity>(row.clone()).await?;
    let mut answer = answer_of(sitting.response(position)?)?;
    answer.values.insert(response.clone(), Value::File(row.id));
    keep(ctx, &tx, &sitting, position, &answer, Saving::Deliberate(0)).await?;
    tx.commit().await?;
    Ok(before)
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
    let before = row_for(&tx, attempt, position, &response).await?;
    remove(&tx, before.as_ref()).await?;
    let mut answer = answer_of(sitting.response(position)?)?;
    answer.values.remove(&response);
    keep(ctx, &tx, &sitting, position, &answer, Saving::Deliberate(0)).await?;
    tx.commit().await?;
    if let Some(before) = before {
        forget(ctx, &before).await;
    }
    Ok(())
}

async fn remove(tx: &TenantTx, row: Option<&answer_file::Model>) -> Result<()> {
    if let Some(row) = row {
        let known = tx.remove::<answer_file::Entity>();
        known.filter(answer_file::Column::Id.eq(row.id)).apply().await?;
    }
    Ok(())
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

async fn may_send_so_much(tx: &TenantTx, person: PersonId, bytes: usize, now: Timestamp) -> Result<()> {
    let sent = tx
        .rows::<answer_file::Entity>()
        .filter(answer_file::Column::PersonId.eq(person))
        .filter(answer_file::Column::StoredAt.gt(now.before(PERIOD)))
        .limit(MOST_FILES)
        .all()
        .await?;
    let all = sent.iter().map(|row| row.size.unsigned_abs());
    let all = all.fold(bytes as u64, u64::saturating_add);
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

/// Whether every file that an answer names came with this attempt, at that
/// position: else what took its place is told at its field.
pub(super) async fn check_files(
    tx: &TenantTx,
    attempt: AttemptId,
    position: i64,
    answer: &Response,
    fields: &[(String, String)],
) -> Result<()> {
    let mut errors = FieldErrors::default();
    for file in answer.files() {
        let is_there = known(tx, attempt, file)
            .await?
            .is_some_and(|row| row.position == position);
        if !is_there {
            let text = file.to_string();
            let field = fields
                .iter()
                .find(|(_, value)| value.trim().eq_ignore_ascii_case(&text));
            let field = field.map(|(name, _)| name.clone()).unwrap_or_default();
            errors.add(&field, "answer-file-gone");
        }
    }
    errors.check()
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

/// Where the bytes are, among the tenant's other files: no two ids are the same.
fn place_of(row: &answer_file::Model) -> object_store::path::Path {
    path(row.tenant_id, FileId(row.id.0), &row.sha256)
}

/// Gives up bytes that no row has any more.
async fn forget(ctx: &Ctx, row: &answer_file::Model) {
    let place = place_of(row);
    if let Err(cause) = ctx.installation().files.0.delete(&place).await {
        tracing::warn!(%cause, %place, "a file that is not wanted any more could not be removed");
    }
}

fn download(row: answer_file::Model) -> Download {
    Download {
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
