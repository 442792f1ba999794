use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use domain::{
    assessment::{
        Fingerprint, Purpose, SourceKind,
        moodle::MAX_QUESTIONS,
        qti::{Package, Place, Refusal, RefusalCode},
    },
    id::{CompetencyId, FileId, ItemId, RefusedItemId},
};
use entity::assessment::item;
use sea_orm::{ColumnTrait, Condition};

use super::{
    Destination, ExchangeError, Outcome, Report, competency_of, kept,
    known::asked_already,
    reading::{Ids, MOST_FILES, Named, Question, Read, questions, reading},
};
use crate::{
    Ctx, Error, FieldErrors, Result,
    assessment::item::{Content, create},
    files::{self, Audience, Upload},
};

/// An import while it goes on.
pub(super) struct Importer<'a> {
    ctx: &'a Ctx,
    ids: Ids,
    pub(super) competency: CompetencyId,
    pub(super) purpose: Purpose,
    /// What the file is called that is imported.
    pub(super) file_name: &'a str,
    /// What texts call the files that were looked at already, by where they stand; or
    /// why they were not taken.
    stored: BTreeMap<String, Result<String, FieldErrors>>,
    /// Which item for the competency asks what; none if that doesn't matter.
    known: Option<BTreeMap<Fingerprint, ItemId>>,
    /// What is kept of what was refused before.
    kept: BTreeSet<RefusedItemId>,
    /// Questions that were met.
    met: usize,
    /// What is tried again, if it is that: under which id it is kept, and the line of
    /// its file in which it begins.
    again: Option<(RefusedItemId, u32)>,
}

impl<'a> Importer<'a> {
    pub(super) async fn new(ctx: &'a Ctx, to: &Destination, file_name: &'a str) -> Result<Self> {
        let competency = competency_of(ctx, &to.competency).await?;
        let known = if to.duplicates {
            None
        } else {
            Some(asked_already(ctx, competency).await?)
        };
        Ok(Self {
            ctx,
            ids: Ids(ctx.tenant()),
            competency,
            purpose: to.purpose,
            file_name,
            stored: BTreeMap::new(),
            known,
            kept: kept::ids(ctx).await?,
            met: 0,
            again: None,
        })
    }

    /// The same for what is kept under that id, which began in that line of its file.
    pub(super) fn again(mut self, id: RefusedItemId, line: u32) -> Self {
        self.again = Some((id, line));
        self
    }

    /// All questions of a file.
    pub(super) async fn whole(mut self, bytes: Vec<u8>) -> Result<Vec<Report>, ExchangeError> {
        let ids = self.ids;
        if !bytes.starts_with(b"PK") {
            let found = reading(move || questions(ids, "", bytes, None)).await?;
            return Ok(self.document(String::new(), found).await?);
        }
        let package = Arc::new(reading(move || Package::open(bytes)).await??);
        let mut reports = Vec::new();
        for path in &package.others {
            reports.push(Report {
                path: path.clone(),
                identifier: String::new(),
                category: String::new(),
                outcome: nothing_of(RefusalCode::NotAnItem.as_str(), path),
            });
        }
        for listed in &package.items {
            let (from, resource) = (Arc::clone(&package), listed.clone());
            let found = reading(move || {
                let bytes = from.item(&resource).ok()?;
                Some(questions(ids, &resource.path, bytes, Some(&from)))
            });
            match found.await? {
                Some(found) => reports.append(&mut self.document(listed.path.clone(), found).await?),
                None => reports.push(Report {
                    path: listed.path.clone(),
                    identifier: listed.identifier.clone(),
                    category: String::new(),
                    outcome: nothing_of("package", &listed.path),
                }),
            }
        }
        Ok(reports)
    }

    /// All questions that were found in a document.
    async fn document(&mut self, path: String, found: Result<Vec<Question>, Refusal>) -> Result<Vec<Report>> {
        // A package of banks holds no more than a bank alone.
        let found = found.and_then(|found| {
            let banked = found.iter().filter(|it| it.kind != SourceKind::Qti);
            self.met += banked.count();
            let code = RefusalCode::TooLarge;
            let place = Place::default();
            (self.met <= MAX_QUESTIONS)
                .then_some(found)
                .ok_or(Refusal { code, place })
        });
        let found = match found {
            Ok(found) => found,
            Err(refusal) => {
                return Ok(vec![Report {
                    path,
                    identifier: String::new(),
                    category: String::new(),
                    outcome: refused(refusal),
                }]);
            }
        };
        let mut reports = Vec::with_capacity(found.len());
        for question in found {
            reports.push(self.one(question).await?);
        }
        Ok(reports)
    }

    async fn one(&mut self, mut question: Question) -> Result<Report> {
        if let Some((_, line)) = self.again {
            question.line = line;
        }
        let question = Arc::new(question);
        let (asked, ids, competency) = (Arc::clone(&question), self.ids, self.competency);
        let (identifier, outcome) = match reading(move || asked.read(ids, competency)).await? {
            Ok(read) => (read.import.identifier.clone(), self.take(&question, read).await?),
            Err(refusal) => (question.name.clone(), refused(refusal)),
        };
        let outcome = match outcome {
            Outcome::Refused { code, place, .. } => self.keep(&question, &identifier, code, place).await?,
            taken => {
                self.no_longer_keep(&question).await?;
                taken
            }
        };
        Ok(Report {
            path: question.path.clone(),
            identifier,
            category: question.category.clone(),
            outcome,
        })
    }

    /// Keeps what was refused, and says where in the whole file it stands.
    async fn keep(
        &self,
        question: &Arc<Question>,
        identifier: &str,
        code: String,
        place: Place,
    ) -> Result<Outcome> {
        let place = in_file(place, question.line);
        let asked = Arc::clone(question);
        let kept = match reading(move || asked.alone()).await? {
            Some(source) => {
                let id = self.again.map_or(question.kept_as, |(id, _)| id);
                let refusal = kept::Refusal {
                    file_name: self.file_name,
                    identifier,
                    code: &code,
                    place: &place,
                    begins: question.line,
                    purpose: self.purpose,
                };
                kept::keep(self.ctx, id, refusal, source).await?
            }
            None => None,
        };
        Ok(Outcome::Refused { code, place, kept })
    }

    /// What is here by now waits no longer, whichever way it came.
    async fn no_longer_keep(&mut self, question: &Question) -> Result<()> {
        if let Some((id, _)) = self.again {
            kept::taken(self.ctx, id).await?;
        }
        if self.kept.remove(&question.kept_as) {
            kept::taken(self.ctx, question.kept_as).await?;
        }
        Ok(())
    }

    /// Makes a draft of a question that was read, unless there is one.
    async fn take(&mut self, question: &Arc<Question>, read: Read) -> Result<Outcome> {
        if let Some(item) = self.is_there(&read).await? {
            return Ok(Outcome::AlreadyThere { item });
        }
        match self.store_and_create(question, read).await {
            Err(Error::Invalid(errors)) => Ok(first(&errors)),
            other => other,
        }
    }

    /// Stores the files that an item names, and the item.
    async fn store_and_create(&mut self, question: &Arc<Question>, read: Read) -> Result<Outcome> {
        if question.kind == SourceKind::Moodle {
            // Where a file stands is said within the question.
            self.stored.clear();
        }
        if read.files.len() > MOST_FILES {
            return Ok(nothing_of(RefusalCode::TooLarge.as_str(), ""));
        }
        let mut called = BTreeMap::new();
        for path in &read.files {
            match self.stored(question, &read, path).await? {
                Ok(name) => called.insert(path.clone(), name.clone()),
                Err(errors) => return Ok(nothing_of(&code(errors), path)),
            };
        }
        // Once more, now that it is known what the files are called here.
        let asked = Arc::clone(question);
        let Read {
            document, import, id, ..
        } = read;
        let (import, asks) = reading(move || asked.with_files(&document, import, &called)).await?;
        if let Some(item) = self.known.as_ref().and_then(|known| known.get(&asks)) {
            return Ok(Outcome::Duplicate { item: *item });
        }
        let content = Content {
            competency: self.competency,
            purpose: self.purpose,
            difficulty: 0.0,
            tags: import.tags,
            item: import.item,
        };
        create(self.ctx, id, content).await?;
        if let Some(known) = &mut self.known {
            known.insert(asks, id);
        }
        let changes = import.changes.into_iter().map(|mut change| {
            change.place = in_file(change.place, question.line);
            change
        });
        Ok(Outcome::Imported {
            item: id,
            changes: changes.collect(),
        })
    }

    /// What a file is called here, once it is stored; each is looked at once, however
    /// many items name it.
    async fn stored(
        &mut self,
        question: &Arc<Question>,
        read: &Read,
        path: &str,
    ) -> Result<&Result<String, FieldErrors>> {
        if !self.stored.contains_key(path) {
            let stored = match self.store(question, read, path).await {
                Ok(name) => Ok(name),
                Err(Error::Invalid(errors)) => Err(errors),
                Err(other) => return Err(other),
            };
            self.stored.insert(path.to_owned(), stored);
        }
        self.stored.get(path).ok_or(Error::NotFound)
    }

    /// Stores a file. One with the same bytes and name is there already.
    async fn store(&self, question: &Arc<Question>, read: &Read, path: &str) -> Result<String> {
        let (asked, document) = (Arc::clone(question), Arc::clone(&read.document));
        let (ids, path) = (self.ids, path.to_owned());
        let named = reading(move || asked.file(ids, &document, &path)).await?;
        let missing = || Error::field("file", "file-not-readable");
        let Named { id, name, bytes } = named.ok_or_else(missing)?;
        let tidy = name.map_err(|reason| Error::field("name", reason.to_string()))?;
        // Names are the tenant's: another package may have another picture of that name.
        let mark = &id.simple().to_string()[..8];
        let upload = Upload {
            id: FileId(id),
            name: format!("qti/{mark}/{tidy}"),
            audience: Audience::Members,
            bytes,
        };
        Ok(files::upload(self.ctx, upload).await?.name)
    }

    /// The draft that the same question made before. One that it made when competencies
    /// did not matter counts where it is.
    async fn is_there(&self, read: &Read) -> Result<Option<ItemId>> {
        let earlier = Condition::all()
            .add(item::Column::Id.eq(read.earlier))
            .add(item::Column::CompetencyId.eq(self.competency));
        let tx = self.ctx.read().await?;
        let known = tx
            .rows::<item::Entity>()
            .filter(Condition::any().add(item::Column::Id.eq(read.id)).add(earlier))
            .one()
            .await?;
        Ok(known.map(|row| row.id))
    }
}

/// Where something stands in the whole file, of which the question begins in that line.
fn in_file(mut place: Place, begins: u32) -> Place {
    if place.line > 0 {
        place.line = place.line.saturating_add(begins.saturating_sub(1));
    }
    place
}

fn refused(Refusal { code, place }: Refusal) -> Outcome {
    Outcome::Refused {
        code: code.to_string(),
        place,
        kept: None,
    }
}

fn nothing_of(code: &str, file: &str) -> Outcome {
    let (code, element) = (code.to_owned(), file.to_owned());
    Outcome::Refused {
        code,
        place: Place { line: 0, element },
        kept: None,
    }
}

fn first(errors: &FieldErrors) -> Outcome {
    let field = errors.iter().next().map(|error| error.field.clone());
    nothing_of(&code(errors), &field.unwrap_or_default())
}

fn code(errors: &FieldErrors) -> String {
    errors
        .iter()
        .next()
        .map(|error| error.code.clone())
        .unwrap_or_default()
}
