use std::collections::{BTreeMap, BTreeSet};

use domain::{
    assessment::{
        Purpose,
        qti::{self, Change, Import, Package, PackageProblem, Place, Refusal},
    },
    course::FileName,
    id::{CompetencyId, FileId, ItemId},
    tenancy::Permission,
};
use entity::{assessment::item, competency::competency};
use sea_orm::ColumnTrait;
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

use super::{Content, create};
use crate::{
    Ctx, Error, FieldErrors, Result,
    files::{self, Audience, Upload},
};

/// Where imported items go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    /// The code of the competency that they show.
    pub competency: String,
    /// Whose pool they are in.
    pub purpose: Purpose,
}

/// What became of one item of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Its path in the package; empty where the file is the item.
    pub path: String,
    /// Its own identifier.
    pub identifier: String,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// What became of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Outcome {
    /// It is a draft now, and as it was in the file where no change is named.
    Imported {
        /// The draft.
        item: ItemId,
        /// What is not as it was in the file.
        changes: Vec<Change>,
    },
    /// The same item was imported before, and stays as it is now.
    AlreadyThere {
        /// It.
        item: ItemId,
    },
    /// It was not taken.
    Refused {
        /// Why: a code of [`qti::RefusalCode`], of a form's field, or `package`.
        code: String,
        /// Where in the item's file, or which field or file.
        place: Place,
    },
}

/// Imports a QTI item, or a package of items with the files that they name, as
/// drafts. Every item goes its own way: one that is refused keeps no other out.
///
/// An item is known again by its identifier and its bytes: the same file twice
/// makes no second draft, and nothing that was changed since is lost.
pub async fn import(ctx: &Ctx, to: &Destination, bytes: &[u8]) -> Result<Vec<Report>, ExchangeError> {
    ctx.require(Permission::Author)?;
    let competency = competency_of(ctx, &to.competency).await?;
    let mut importer = Importer {
        ctx,
        competency,
        purpose: to.purpose,
        package: None,
        stored: BTreeMap::new(),
    };
    if !bytes.starts_with(b"PK") {
        return Ok(vec![importer.one(String::new(), bytes).await?]);
    }
    let package = Package::open(bytes)?;
    let mut reports = Vec::new();
    for path in &package.others {
        reports.push(Report {
            path: path.clone(),
            identifier: String::new(),
            outcome: refused(qti::RefusalCode::NotAnItem.as_str(), path),
        });
    }
    let items = package.items.clone();
    importer.package = Some(package);
    for listed in items {
        let read = importer.package.as_ref().map(|package| package.item(&listed));
        match read {
            Some(Ok(bytes)) => reports.push(importer.one(listed.path, &bytes).await?),
            _ => reports.push(Report {
                outcome: refused("package", &listed.path),
                path: listed.path,
                identifier: listed.identifier,
            }),
        }
    }
    Ok(reports)
}

/// Why nothing was imported or exported.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// The package could not be opened or made.
    #[error(transparent)]
    Package(#[from] PackageProblem),
    /// The use case failed.
    #[error(transparent)]
    Service(#[from] Error),
}

struct Importer<'a> {
    ctx: &'a Ctx,
    competency: CompetencyId,
    purpose: Purpose,
    package: Option<Package<'a>>,
    /// What texts call the files that were looked at already, by their paths in the
    /// package; or why they were not taken.
    stored: BTreeMap<String, Result<String, FieldErrors>>,
}

impl Importer<'_> {
    async fn one(&mut self, path: String, bytes: &[u8]) -> Result<Report> {
        let mut wanted = BTreeSet::new();
        let read = qti::read(bytes, &mut |address| {
            let file = self.package.as_ref()?.beside(&path, address)?;
            wanted.insert(file.clone());
            Some(file)
        });
        let import = match read {
            Ok(import) => import,
            Err(Refusal { code, place }) => {
                let code = code.to_string();
                let outcome = Outcome::Refused { code, place };
                let identifier = String::new();
                return Ok(Report {
                    path,
                    identifier,
                    outcome,
                });
            }
        };
        let identifier = import.identifier.clone();
        let id = ItemId(self.derived(&[b"item", identifier.as_bytes(), bytes]));
        let outcome = if self.is_there(id).await? {
            Outcome::AlreadyThere { item: id }
        } else {
            match self.take(id, &path, bytes, import, wanted).await {
                Ok(outcome) => outcome,
                Err(Error::Invalid(errors)) => first(&errors),
                Err(error) => return Err(error),
            }
        };
        Ok(Report {
            path,
            identifier,
            outcome,
        })
    }

    /// Stores the files that an item names, and the item.
    async fn take(
        &mut self,
        id: ItemId,
        path: &str,
        bytes: &[u8],
        import: Import,
        wanted: BTreeSet<String>,
    ) -> Result<Outcome> {
        for file in &wanted {
            if let Err(errors) = self.stored(file).await? {
                return Ok(refused(&code(errors), file));
            }
        }
        // Once more, now that it is known what the files are called here.
        let import = if wanted.is_empty() {
            import
        } else {
            let named = qti::read(bytes, &mut |address| {
                let file = self.package.as_ref()?.beside(path, address)?;
                self.stored.get(&file)?.as_ref().ok().cloned()
            });
            named.unwrap_or(import)
        };
        let content = Content {
            competency: self.competency,
            purpose: self.purpose,
            difficulty: 0.0,
            tags: BTreeSet::new(),
            item: import.item,
        };
        create(self.ctx, id, content).await?;
        let changes = import.changes;
        Ok(Outcome::Imported { item: id, changes })
    }

    /// What a file of the package is called here, once it is stored; each is looked
    /// at once, however many items name it.
    async fn stored(&mut self, path: &str) -> Result<&Result<String, FieldErrors>> {
        if !self.stored.contains_key(path) {
            let stored = match self.store(path).await {
                Ok(name) => Ok(name),
                Err(Error::Invalid(errors)) => Err(errors),
                Err(other) => return Err(other),
            };
            self.stored.insert(path.to_owned(), stored);
        }
        self.stored.get(path).ok_or(Error::NotFound)
    }

    /// Stores a file of the package. One with the same bytes and name is there already.
    async fn store(&self, path: &str) -> Result<String> {
        let missing = || Error::field("file", "file-not-readable");
        let package = self.package.as_ref().ok_or_else(missing)?;
        let bytes = package.file(path).map_err(|_| missing())?;
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

/// The competency with that code. Refused at the field `competency`.
pub(super) async fn competency_of(ctx: &Ctx, code: &str) -> Result<CompetencyId> {
    let tx = ctx.read().await?;
    let found = tx
        .rows::<competency::Entity>()
        .filter(competency::Column::Code.eq(code))
        .one()
        .await?;
    found
        .map(|row| row.id)
        .ok_or_else(|| Error::field("competency", "competency-unknown"))
}

fn refused(code: &str, file: &str) -> Outcome {
    let (code, element) = (code.to_owned(), file.to_owned());
    Outcome::Refused {
        code,
        place: Place { line: 0, element },
    }
}

fn first(errors: &FieldErrors) -> Outcome {
    let field = errors.iter().next().map(|error| error.field.clone());
    refused(&code(errors), &field.unwrap_or_default())
}

fn code(errors: &FieldErrors) -> String {
    errors
        .iter()
        .next()
        .map(|error| error.code.clone())
        .unwrap_or_default()
}
