//! Zip archives (APPNOTE 6.3), as packages have them: stored or deflated, no
//! encryption, no more than four gigabytes.
//!
//! What is read is what the central directory lists: a name stands there once,
//! stays within the folder, and no file gets larger than it says and than
//! anything needs to be.

use std::{collections::BTreeMap, io::Read, ops::Range};

use flate2::{Compression, read::DeflateDecoder, read::DeflateEncoder};

use super::PackageProblem;

/// Files of one archive.
const MOST_FILES: usize = 10_000;
/// Bytes of one file once it is unpacked.
pub(super) const MOST_OF_ONE: usize = 64 << 20;
/// Bytes of all of them.
pub(super) const MOST_OF_ALL: usize = 512 << 20;
/// What one byte may become, after the first mebibyte: no text or picture gets near.
const MOST_RATIO: usize = 200;

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const END_LENGTH: usize = 22;

/// What an archive holds so far, within the bounds of one.
#[derive(Debug, Default)]
struct Held {
    files: usize,
    bytes: usize,
}

impl Held {
    fn add(&mut self, size: usize, packed: usize) -> Result<(), PackageProblem> {
        self.files += 1;
        self.bytes = self.bytes.saturating_add(size);
        let is_dense = size > MOST_RATIO.saturating_mul(packed).saturating_add(1 << 20);
        if self.files > MOST_FILES || size > MOST_OF_ONE || self.bytes > MOST_OF_ALL || is_dense {
            return Err(PackageProblem::TooLarge);
        }
        Ok(())
    }
}

/// An archive's files, by path.
#[derive(Debug)]
pub(super) struct Archive<B> {
    bytes: B,
    files: BTreeMap<String, Entry>,
}

#[derive(Debug)]
struct Entry {
    is_deflated: bool,
    /// Where in the archive.
    packed: Range<usize>,
    size: usize,
    checksum: u32,
}

/// Little-endian numbers out of bytes.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], PackageProblem> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(PackageProblem::Damaged)?;
        self.0 = rest;
        Ok(taken)
    }

    fn number<const N: usize>(&mut self) -> Result<usize, PackageProblem> {
        let bytes = self.take(N)?;
        Ok(bytes
            .iter()
            .rev()
            .fold(0, |number, byte| number << 8 | usize::from(*byte)))
    }

    fn signature(&mut self, expected: u32) -> Result<(), PackageProblem> {
        let found = self.take(4)?;
        (found == expected.to_le_bytes())
            .then_some(())
            .ok_or(PackageProblem::Damaged)
    }
}

impl<B: AsRef<[u8]>> Archive<B> {
    pub(super) fn open(archive: B) -> Result<Self, PackageProblem> {
        let bytes = archive.as_ref();
        let from = |at: usize| bytes.get(at..).map(Fields).ok_or(PackageProblem::Damaged);
        // The end may be followed by a comment of up to 64 KiB.
        let last = bytes
            .len()
            .checked_sub(END_LENGTH)
            .ok_or(PackageProblem::Damaged)?;
        let is_end = |at: &usize| bytes[*at..].starts_with(&END.to_le_bytes());
        let end = (last.saturating_sub(0xffff)..=last).rev().find(is_end);
        let mut end = from(end.ok_or(PackageProblem::Damaged)?)?;
        end.take(10)?;
        let count = end.number::<2>()?;
        end.take(4)?;
        let start = end.number::<4>()?;
        if count > MOST_FILES {
            return Err(PackageProblem::TooLarge);
        }
        let mut files = BTreeMap::new();
        let mut directory = from(start)?;
        let mut held = Held::default();
        for _ in 0..count {
            let Some((name, entry)) = listed(bytes, &mut directory)? else {
                continue;
            };
            held.add(entry.size, entry.packed.len())?;
            if files.contains_key(&name) {
                return Err(PackageProblem::Duplicate(name));
            }
            files.insert(name, entry);
        }
        Ok(Self {
            bytes: archive,
            files,
        })
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The bytes of a file, of which `longest` are wanted.
    pub(super) fn read(&self, path: &str, longest: usize) -> Result<Vec<u8>, PackageProblem> {
        let missing = || PackageProblem::Missing(path.to_owned());
        let entry = self.files.get(path).ok_or_else(missing)?;
        if entry.size > longest {
            return Err(PackageProblem::TooLarge);
        }
        let packed = self.bytes.as_ref().get(entry.packed.clone());
        let packed = packed.ok_or(PackageProblem::Damaged)?;
        let mut bytes = Vec::new();
        if entry.is_deflated {
            // One byte more than it says shows that it says too little.
            let most = entry.size as u64 + 1;
            let unpacked = DeflateDecoder::new(packed).take(most).read_to_end(&mut bytes);
            unpacked.map_err(|_| PackageProblem::Damaged)?;
        } else {
            bytes.extend_from_slice(packed);
        }
        if bytes.len() != entry.size || crc32fast::hash(&bytes) != entry.checksum {
            return Err(PackageProblem::Damaged);
        }
        Ok(bytes)
    }
}

/// The next file of a central directory; none for a folder.
fn listed(bytes: &[u8], directory: &mut Fields<'_>) -> Result<Option<(String, Entry)>, PackageProblem> {
    directory.signature(CENTRAL)?;
    directory.take(4)?;
    let flags = directory.number::<2>()?;
    let method = directory.number::<2>()?;
    directory.take(4)?;
    let checksum = u32::try_from(directory.number::<4>()?).map_err(|_| PackageProblem::Damaged)?;
    let packed = directory.number::<4>()?;
    let size = directory.number::<4>()?;
    let [name, extra, comment] = [
        directory.number::<2>()?,
        directory.number::<2>()?,
        directory.number::<2>()?,
    ];
    directory.take(8)?;
    let offset = directory.number::<4>()?;
    let name = std::str::from_utf8(directory.take(name)?).map_err(|_| PackageProblem::Damaged)?;
    directory.take(extra + comment)?;
    let is_folder = name.ends_with('/');
    let path = name.strip_suffix('/').unwrap_or(name);
    if super::inside("", path).as_deref() != Some(path) {
        return Err(PackageProblem::BadPath(name.to_owned()));
    }
    if is_folder {
        return Ok(None);
    }
    if flags & 1 != 0 || !matches!(method, 0 | 8) {
        return Err(PackageProblem::Unsupported(name.to_owned()));
    }
    let mut local = bytes.get(offset..).map(Fields).ok_or(PackageProblem::Damaged)?;
    local.signature(LOCAL)?;
    local.take(22)?;
    let before = local.number::<2>()? + local.number::<2>()?;
    local.take(before)?;
    let begin = bytes.len() - local.0.len();
    local.take(packed)?;
    let entry = Entry {
        is_deflated: method == 8,
        packed: begin..begin + packed,
        size,
        checksum,
    };
    Ok(Some((name.to_owned(), entry)))
}

/// An archive as it is written: deflated, at no moment in particular.
#[derive(Default)]
pub(super) struct Writer {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    held: Held,
}

/// The first of January 1980, the first day that a zip knows.
const NO_TIME: [u8; 4] = [0, 0, 0x21, 0];

impl Writer {
    /// Adds a file: nothing that [`Archive::open`] would not take again.
    pub(super) fn add(&mut self, path: &str, content: &[u8]) -> Result<(), PackageProblem> {
        let mut packed = Vec::new();
        DeflateEncoder::new(content, Compression::default())
            .read_to_end(&mut packed)
            .map_err(|_| PackageProblem::Damaged)?;
        self.held.add(content.len(), packed.len())?;
        let mut common = vec![20, 0, 0, 0x08, 8, 0];
        common.extend(NO_TIME);
        common.extend(crc32fast::hash(content).to_le_bytes());
        common.extend(four(packed.len()));
        common.extend(four(content.len()));
        common.extend(two(path.len()));
        common.extend([0, 0]);
        self.directory.extend(CENTRAL.to_le_bytes());
        self.directory.extend([20, 0]);
        self.directory.extend(&common);
        self.directory.extend([0; 10]);
        self.directory.extend(four(self.bytes.len()));
        self.directory.extend(path.as_bytes());
        self.bytes.extend(LOCAL.to_le_bytes());
        self.bytes.extend(&common);
        self.bytes.extend(path.as_bytes());
        self.bytes.extend(packed);
        Ok(())
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        let start = four(self.bytes.len());
        let length = four(self.directory.len());
        self.bytes.extend(self.directory);
        self.bytes.extend(END.to_le_bytes());
        self.bytes.extend([0; 4]);
        let count = two(self.held.files);
        self.bytes.extend(count);
        self.bytes.extend(count);
        self.bytes.extend(length);
        self.bytes.extend(start);
        self.bytes.extend([0; 2]);
        self.bytes
    }
}

fn four(number: usize) -> [u8; 4] {
    u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes()
}

fn two(number: usize) -> [u8; 2] {
    u16::try_from(number).unwrap_or(u16::MAX).to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(content: &[u8]) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.add("a", content).unwrap();
        writer.finish()
    }

    #[test]
    fn a_bomb_is_refused_before_it_goes_off() {
        let claiming = |size: usize| {
            let mut archive = one(&[0; 1_000]);
            for at in [22, archive.len() - END_LENGTH - 47 + 24] {
                archive[at..at + 4].copy_from_slice(&four(size));
            }
            archive
        };
        assert_eq!(
            Archive::open(&claiming(20 << 20)).unwrap_err(),
            PackageProblem::TooLarge
        );
        // One that says it is small.
        let small = claiming(10);
        let archive = Archive::open(&small).unwrap();
        assert_eq!(archive.read("a", 10).unwrap_err(), PackageProblem::Damaged);
        assert_eq!(archive.read("a", 9).unwrap_err(), PackageProblem::TooLarge);
    }

    #[test]
    fn nothing_is_written_that_would_be_refused() {
        let mut writer = Writer::default();
        let zeros = vec![0; 20 << 20];
        assert_eq!(writer.add("a", &zeros), Err(PackageProblem::TooLarge));
    }

    #[test]
    fn no_damage_is_read_as_if_it_were_whole() {
        let whole = one(b"some words, and some words again");
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x55;
            let read = Archive::open(&damaged).and_then(|archive| archive.read("a", 1_000));
            assert!(
                read.is_err() || read.as_deref() == Ok(b"some words, and some words again"),
                "{at}"
            );
            assert!(Archive::open(&whole[..at]).is_err());
        }
    }
}
