use std::collections::{BTreeMap, BTreeSet};

use domain::{
    assessment::{
        Fingerprint, Item, Purpose, SourceKind, cartridge,
        moodle::{self, MAX_QUESTIONS},
        qti::{self, Import, Package, Place, Refusal, RefusalCode},
    },
    course::FileName,
    id::{CompetencyId, FileId, ItemId, RefusedItemId},
};
use entity::assessment::item;
use sea_orm::ColumnTrait;
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

use super::{Destination, ExchangeError, Outcome, Report, competency_of, kept};
use crate::{
    Ctx, Error, FieldErrors, Result,
    assessment::item::{Content, create},
    files::{self, Audience, Upload},
};

/// Items of a competency among which one that asks the same is looked for: the
/// latest.
const COMPARED: u64 = 2_000;
/// So many of them are held at once.
const AT_ONCE: u64 = 100;
/// Files that one question may name.
const MOST_FILES: usize = 50;
/// Where a package's list of what is in it stands.
const MANIFEST: &str = "imsmanifest.xml";

/// An import while it goes on.
pub(super) struct Importer<'a> {
    ctx: &'a Ctx,
    pub(super) competency: CompetencyId,
    pub(super) purpose: Purpose,
    /// What the file is called that is imported.
    pub(super) file_name: &'a str,
    package: Option<Package<&'a [u8]>>,
    /// What texts call the files that were looked at already, by where they stand; or
    /// why they were not taken.
    stored: BTreeMap<String, Result<String, FieldErrors>>,
    /// Which item for the competency asks what; none if that doesn't matter.
    known: Option<BTreeMap<Fingerprint, ItemId>>,
    /// Questions that were met.
    met: usize,
    /// What is tried again, if it is that: under which id it is kept, and the line of
    /// its file in which it begins.
    again: Option<(RefusedItemId, u32)>,
}

/// A question as it stands in a file.
pub(super) struct Question {
    kind: SourceKind,
    path: String,
    /// What the file calls it, as long as it was not read.
    name: String,
    category: String,
    /// The line of the file that its document's first line is.
    line: u32,
    bytes: Vec<u8>,
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
            competency,
            purpose: to.purpose,
            file_name,
            package: None,
            stored: BTreeMap::new(),
            known,
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
    pub(super) async fn whole(mut self, bytes: &'a [u8]) -> Result<Vec<Report>, ExchangeError> {
        if !bytes.starts_with(b"PK") {
            return Ok(self.document(String::new(), bytes).await?);
        }
        let package = Package::open(bytes)?;
        let mut reports = Vec::new();
        for path in &package.others {
            reports.push(Report {
                path: path.clone(),
                identifier: String::new(),
                category: String::new(),
                outcome: nothing_of(RefusalCode::NotAnItem.as_str(), path),
            });
        }
        let items = package.items.clone();
        self.package = Some(package);
        for listed in items {
            let read = self.package.as_ref().map(|package| package.item(&listed));
            match read {
                Some(Ok(bytes)) => reports.append(&mut self.document(listed.path, &bytes).await?),
                _ => reports.push(Report {
                    outcome: nothing_of("package", &listed.path),
                    path: listed.path,
                    identifier: listed.identifier,
                    category: String::new(),
                }),
            }
        }
        Ok(reports)
    }

    /// All questions of a document that stands there in a package.
    async fn document(&mut self, path: String, bytes: &[u8]) -> Result<Vec<Report>> {
        let kind = SourceKind::of(bytes);
        let split = match kind {
            SourceKind::Qti => {
                let question = Question {
                    kind,
                    path,
                    name: String::new(),
                    category: String::new(),
                    line: 1,
                    bytes: bytes.to_vec(),
                };
                return Ok(vec![self.one(question).await?]);
            }
            SourceKind::Moodle => moodle::split(bytes),
            SourceKind::Cartridge => cartridge::split(bytes),
        };
        // A package of banks holds no more than a bank alone.
        let split = split.and_then(|parts| {
            self.met += parts.len();
            let code = RefusalCode::TooLarge;
            let place = Place::default();
            (self.met <= MAX_QUESTIONS)
                .then_some(parts)
                .ok_or(Refusal { code, place })
        });
        let parts = match split {
            Ok(parts) => parts,
            Err(Refusal { code, place }) => {
                let outcome = Outcome::Refused {
                    code: code.to_string(),
                    place,
                    kept: None,
                };
                return Ok(vec![Report {
                    path,
                    identifier: String::new(),
                    category: String::new(),
                    outcome,
                }]);
            }
        };
        let mut reports = Vec::with_capacity(parts.len());
        for part in parts {
            let question = Question {
                kind,
                path: path.clone(),
                name: part.name,
                category: part.category,
                line: part.line,
                bytes: part.source.into_bytes(),
            };
            reports.push(self.one(question).await?);
        }
        Ok(reports)
    }

    async fn one(&mut self, mut question: Question) -> Result<Report> {
        if let Some((_, line)) = self.again {
            question.line = line;
        }
        let mut wanted = BTreeSet::new();
        let read = question.kind.read(&question.bytes, &mut |address| {
            let file = self.path_of(&question, address)?;
            wanted.insert(file.clone());
            Some(file)
        });
        let (identifier, outcome) = match read {
            Ok(import) => (
                import.identifier.clone(),
                self.take(&question, import, wanted).await?,
            ),
            Err(Refusal { code, place }) => {
                let outcome = Outcome::Refused {
                    code: code.to_string(),
                    place,
                    kept: None,
                };
                (question.name.clone(), outcome)
            }
        };
        let outcome = self.keep(&question, &identifier, outcome).await?;
        Ok(Report {
            path: question.path,
            identifier,
            category: question.category,
            outcome,
        })
    }

    /// Keeps what was refused, and says where in the whole file it stands.
    async fn keep(&self, question: &Question, identifier: &str, outcome: Outcome) -> Result<Outcome> {
        let (code, mut place) = match outcome {
            Outcome::Refused { code, place, .. } => (code, place),
            other => return Ok(other),
        };
        if place.line > 0 {
            place.line = place.line.saturating_add(question.line - 1);
        }
        let source = self.alone(question);
        let id = match self.again {
            Some((id, _)) => id,
            None => RefusedItemId(self.derived(&[b"refused", &source])),
        };
        let refusal = kept::Refusal {
            file_name: self.file_name,
            identifier,
            code: &code,
            place: &place,
            begins: question.line,
            purpose: self.purpose,
        };
        let kept = kept::keep(self.ctx, id, refusal, source).await?;
        Ok(Outcome::Refused { code, place, kept })
    }

    /// The question with the files that it may name, as something to be imported by itself.
    fn alone(&self, question: &Question) -> Vec<u8> {
        let xml = std::str::from_utf8(&question.bytes);
        let (Some(package), Ok(xml)) = (&self.package, xml) else {
            return question.bytes.clone();
        };
        let mut files = BTreeMap::new();
        let named = |path: &&str| {
            let name = path.rsplit('/').next().unwrap_or_default();
            let is_other = **path != *question.path && **path != *MANIFEST;
            is_other && (xml.contains(name) || xml.contains(&name.replace(' ', "%20")))
        };
        let mut room = super::MOST_BYTES;
        for path in package.paths().filter(named) {
            // Without its files it may still be kept; with too many it may not.
            let Ok(bytes) = package.file_within(path, room) else {
                return question.bytes.clone();
            };
            room -= bytes.len();
            files.insert(path.to_owned(), bytes);
        }
        if files.is_empty() {
            return question.bytes.clone();
        }
        let name = question.path.strip_suffix(".xml").unwrap_or(&question.path);
        let items = BTreeMap::from([(name.to_owned(), xml.to_owned())]);
        qti::pack(&items, &files).unwrap_or_else(|_| question.bytes.clone())
    }

    /// Makes a draft of a question that was read, unless there is one.
    async fn take(
        &mut self,
        question: &Question,
        import: Import,
        wanted: BTreeSet<String>,
    ) -> Result<Outcome> {
        let id = ItemId(self.derived(&[b"item", import.identifier.as_bytes(), &question.bytes]));
        if self.is_there(id).await? {
            return Ok(Outcome::AlreadyThere { item: id });
        }
        match self.store_and_create(id, question, import, wanted).await {
            Err(Error::Invalid(errors)) => Ok(first(&errors)),
            other => other,
        }
    }

    /// Stores the files that an item names, and the item.
    async fn store_and_create(
        &mut self,
        id: ItemId,
        question: &Question,
        import: Import,
        wanted: BTreeSet<String>,
    ) -> Result<Outcome> {
        if question.kind == SourceKind::Moodle {
            // Where a file stands is said within the question.
            self.stored.clear();
        }
        if wanted.len() > MOST_FILES {
            return Ok(nothing_of(RefusalCode::TooLarge.as_str(), ""));
        }
        for file in &wanted {
            if let Err(errors) = self.stored(question, file).await? {
                return Ok(nothing_of(&code(errors), file));
            }
        }
        // Once more, now that it is known what the files are called here.
        let import = if wanted.is_empty() {
            import
        } else {
            let named = question.kind.read(&question.bytes, &mut |address| {
                let file = self.path_of(question, address)?;
                self.stored.get(&file)?.as_ref().ok().cloned()
            });
            named.unwrap_or(import)
        };
        let asks = import.item.fingerprint();
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
            if change.place.line > 0 {
                change.place.line = change.place.line.saturating_add(question.line - 1);
            }
            change
        });
        Ok(Outcome::Imported {
            item: id,
            changes: changes.collect(),
        })
    }

    /// Where the file is that a question calls by that address.
    fn path_of(&self, question: &Question, address: &str) -> Option<String> {
        match question.kind {
            SourceKind::Qti => self.package.as_ref()?.beside(&question.path, address),
            SourceKind::Cartridge => self.package.as_ref()?.beside_bank(&question.path, address),
            SourceKind::Moodle => moodle::is_embedded(address).then(|| address.to_owned()),
        }
    }

    /// What a file is called here, once it is stored; each is looked at once, however
    /// many items name it.
    async fn stored(&mut self, question: &Question, path: &str) -> Result<&Result<String, FieldErrors>> {
        if !self.stored.contains_key(path) {
            let stored = match self.store(question, path).await {
                Ok(name) => Ok(name),
                Err(Error::Invalid(errors)) => Err(errors),
                Err(other) => return Err(other),
            };
            self.stored.insert(path.to_owned(), stored);
        }
        self.stored.get(path).ok_or(Error::NotFound)
    }

    /// Stores a file. One with the same bytes and name is there already.
    async fn store(&self, question: &Question, path: &str) -> Result<String> {
        let missing = || Error::field("file", "file-not-readable");
        let (bytes, path) = match question.kind {
            SourceKind::Qti | SourceKind::Cartridge => {
                let package = self.package.as_ref().ok_or_else(missing)?;
                (package.file(path).ok(), path)
            }
            // Its number says where in the question it stands, not which file it is.
            SourceKind::Moodle => {
                let name = path.split_once('/').map_or(path, |(_, name)| name);
                (moodle::embedded(&question.bytes, path), name)
            }
        };
        let bytes = bytes.ok_or_else(missing)?;
        let id = self.derived(&[b"file", path.as_bytes(), &bytes]);
        let tidy = FileName::tidy(path).map_err(|reason| Error::field("name", reason.to_string()))?;
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

    async fn is_there(&self, id: ItemId) -> Result<bool> {
        let tx = self.ctx.read().await?;
        let known = tx.rows::<item::Entity>().filter(item::Column::Id.eq(id));
        Ok(known.count().await? > 0)
    }

    /// An id that the same things have whenever they come (RFC 9562 §5.8).
    fn derived(&self, parts: &[&[u8]]) -> Uuid {
        let mut hash = Sha256::new_with_prefix(self.ctx.tenant().0.as_bytes());
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash.finalize()[..16]);
        Builder::from_custom_bytes(bytes).into_uuid()
    }
}

/// What the drafts for a competency ask that are not retired.
async fn asked_already(ctx: &Ctx, competency: CompetencyId) -> Result<BTreeMap<Fingerprint, ItemId>> {
    let tx = ctx.read().await?;
    let mut known = BTreeMap::new();
    for turn in 0..COMPARED / AT_ONCE {
        let rows = tx
            .rows::<item::Entity>()
            .filter(item::Column::CompetencyId.eq(competency))
            .filter(item::Column::RetiredAt.is_null())
            .desc(item::Column::CreatedAt)
            .desc(item::Column::Id)
            .offset(turn * AT_ONCE)
            .limit(AT_ONCE)
            .all()
            .await?;
        let is_last = (rows.len() as u64) < AT_ONCE;
        for row in rows {
            let item: Item = serde_json::from_str(&row.draft)?;
            known.insert(item.fingerprint(), row.id);
        }
        if is_last {
            break;
        }
    }
    Ok(known)
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
