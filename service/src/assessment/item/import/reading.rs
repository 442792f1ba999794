//! What of an import keeps a processor busy: taking files apart, reading questions,
//! holding them against others. It is done aside, and no transaction is open meanwhile.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use domain::{
    assessment::{
        Document, Fingerprint, SourceKind, cartridge, moodle,
        qti::{self, Import, Package, Refusal},
    },
    course::{FileName, FileNameProblem},
    id::{CompetencyId, ItemId, RefusedItemId, TenantId},
};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use uuid::{Builder, Uuid};

use crate::{Result, aside::aside};

/// So many files are taken apart at once: each may take some hundred megabytes.
static DESKS: Semaphore = Semaphore::const_new(2);

/// Files that one question may name.
pub(super) const MOST_FILES: usize = 50;
/// Where a package's list of what is in it stands.
const MANIFEST: &str = "imsmanifest.xml";

/// Does such work when there is a place for it.
pub(super) async fn reading<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    aside(&DESKS, "reading what is brought in", work).await
}

/// A package that came as a file.
pub(super) type Opened = Arc<Package<Vec<u8>>>;

/// Makes ids that the same things of a tenant have whenever they come (RFC 9562 §5.8).
#[derive(Debug, Clone, Copy)]
pub(super) struct Ids(pub(super) TenantId);

impl Ids {
    fn of(self, parts: &[&[u8]]) -> Uuid {
        let mut hash = Sha256::new_with_prefix(self.0.0.as_bytes());
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash.finalize()[..16]);
        Builder::from_custom_bytes(bytes).into_uuid()
    }
}

/// A question as it stands in a file.
pub(super) struct Question {
    pub(super) kind: SourceKind,
    /// Where in the package; empty where the file is none.
    pub(super) path: String,
    /// What the file calls it, as long as it was not read.
    pub(super) name: String,
    pub(super) category: String,
    /// The line of the file that its document's first line is.
    pub(super) line: u32,
    /// Under which it is kept if it is refused. Files that it names make no other one of
    /// it: with a picture put right, it is what was refused before.
    pub(super) kept_as: RefusedItemId,
    bytes: Vec<u8>,
    package: Option<Opened>,
}

/// A question that was read.
pub(super) struct Read {
    pub(super) document: Arc<Document>,
    pub(super) import: Import,
    /// Where the files are that it names.
    pub(super) files: BTreeSet<String>,
    /// The draft's id: by what it is and the competency that it is brought in for. Not
    /// by its pool, since what is practised should not be asked in an assessment.
    pub(super) id: ItemId,
    /// The id that it had when competencies did not matter.
    pub(super) earlier: ItemId,
}

/// A file that a question names.
pub(super) struct Named {
    pub(super) id: Uuid,
    pub(super) name: Result<FileName, FileNameProblem>,
    pub(super) bytes: Vec<u8>,
}

/// The questions of a document that stands at that path of a package, or alone.
pub(super) fn questions(
    ids: Ids,
    path: &str,
    bytes: Vec<u8>,
    package: Option<&Opened>,
) -> Result<Vec<Question>, Refusal> {
    let kind = SourceKind::of(&bytes);
    let one = |name: String, category: String, line: u32, bytes: Vec<u8>| Question {
        kind,
        path: path.to_owned(),
        name,
        category,
        line,
        kept_as: RefusedItemId(ids.of(&[b"refused", &bytes])),
        bytes,
        package: package.cloned(),
    };
    let parts = match kind {
        SourceKind::Qti => return Ok(vec![one(String::new(), String::new(), 1, bytes)]),
        SourceKind::Moodle => moodle::split(&bytes)?,
        SourceKind::Cartridge => cartridge::split(&bytes)?,
    };
    let parts = parts.into_iter();
    Ok(parts
        .map(|part| one(part.name, part.category, part.line, part.source.into_bytes()))
        .collect())
}

impl Question {
    /// Reads it, and finds the files that it names.
    pub(super) fn read(&self, ids: Ids, competency: CompetencyId) -> Result<Read, Refusal> {
        let document = self.kind.open(&self.bytes)?;
        let mut files = BTreeSet::new();
        let import = document.read(&mut |address| {
            let path = self.path_of(address)?;
            files.insert(path.clone());
            Some(path)
        })?;
        let whole: [&[u8]; 3] = [b"item", import.identifier.as_bytes(), &self.bytes];
        let here: [&[u8]; 1] = [competency.0.as_bytes()];
        Ok(Read {
            id: ItemId(ids.of(&[&whole[..], &here[..]].concat())),
            earlier: ItemId(ids.of(&whole)),
            document: Arc::new(document),
            import,
            files,
        })
    }

    /// Where the file is that it calls by that address.
    fn path_of(&self, address: &str) -> Option<String> {
        match self.kind {
            SourceKind::Qti => self.package.as_ref()?.beside(&self.path, address),
            SourceKind::Cartridge => self.package.as_ref()?.beside_bank(&self.path, address),
            SourceKind::Moodle => moodle::is_embedded(address).then(|| address.to_owned()),
        }
    }

    /// The file there, if there is one that can be unpacked.
    pub(super) fn file(&self, ids: Ids, document: &Document, path: &str) -> Option<Named> {
        let (bytes, path) = match self.kind {
            SourceKind::Qti | SourceKind::Cartridge => (self.package.as_ref()?.file(path).ok()?, path),
            // Its number says where in the question it stands, not which file it is.
            SourceKind::Moodle => {
                let name = path.split_once('/').map_or(path, |(_, name)| name);
                (document.embedded(path)?, name)
            }
        };
        Some(Named {
            id: ids.of(&[b"file", path.as_bytes(), &bytes]),
            name: FileName::tidy(path),
            bytes,
        })
    }

    /// The same item with its files called what they are called here, by where they
    /// are, and what it asks.
    pub(super) fn with_files(
        &self,
        document: &Document,
        import: Import,
        called: &BTreeMap<String, String>,
    ) -> (Import, Fingerprint) {
        let import = if called.is_empty() {
            import
        } else {
            let named = document.read(&mut |address| called.get(&self.path_of(address)?).cloned());
            named.unwrap_or(import)
        };
        let asks = import.item.fingerprint();
        (import, asks)
    }

    /// The question with the files that it may name, as something to be brought in by
    /// itself; none if it is larger than what is kept.
    pub(super) fn alone(&self) -> Option<Vec<u8>> {
        if self.bytes.len() > super::MOST_BYTES {
            return None;
        }
        let packed = self.packed().filter(|packed| packed.len() <= super::MOST_BYTES);
        // Without its files it may still be kept.
        Some(packed.unwrap_or_else(|| self.bytes.clone()))
    }

    /// A package of it and its files; none where it has none, or too many.
    fn packed(&self) -> Option<Vec<u8>> {
        let package = self.package.as_ref()?;
        let xml = std::str::from_utf8(&self.bytes).ok()?;
        // What could not be read may name more than was asked for.
        let named = self.kind.open(&self.bytes).ok()?.addresses();
        let named = named.iter().filter_map(|address| self.path_of(address));
        let paths: BTreeSet<_> = named
            .filter(|path| *path != self.path && path != MANIFEST)
            .collect();
        if paths.is_empty() || paths.len() > MOST_FILES {
            return None;
        }
        let mut files = BTreeMap::new();
        let mut room = super::MOST_BYTES;
        for path in paths {
            let bytes = package.file_within(&path, room).ok()?;
            room -= bytes.len();
            files.insert(path, bytes);
        }
        let name = self.path.strip_suffix(".xml").unwrap_or(&self.path);
        let items = BTreeMap::from([(name.to_owned(), xml.to_owned())]);
        qti::pack(&items, &files).ok()
    }
}
