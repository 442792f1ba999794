//! PNG (third edition): a signature, and chunks of which one of text carries the
//! credential (Open Badges 3.0 §5.3.1).

use super::BakingError;

/// The first bytes of every PNG (§5.2).
pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// What the text chunk is called, and the byte that ends a name.
const KEYWORD: &[u8] = b"openbadgecredential\0";

/// Between the keyword and the text: not compressed (two bytes), in no language,
/// and no translation of the keyword (§11.3.3.4).
const PLAIN: [u8; 4] = [0; 4];

/// A chunk (§5.3).
struct Chunk<'p> {
    kind: &'p [u8],
    data: &'p [u8],
    /// All of it, with its length and checksum.
    whole: &'p [u8],
}

impl<'p> Chunk<'p> {
    /// What stands behind the keyword, in a chunk with a credential.
    fn credential(&self) -> Option<&'p [u8]> {
        let data = (self.kind == b"iTXt").then_some(self.data)?;
        data.strip_prefix(KEYWORD)
    }
}

/// The only credential in `picture`.
pub(super) fn credential(picture: &[u8]) -> Result<String, BakingError> {
    let chunks = chunks(picture)?;
    let mut found = chunks.iter().filter_map(Chunk::credential);
    let text = match (found.next(), found.next()) {
        (Some(text), None) => text,
        (None, _) => return Err(BakingError::NoCredential),
        (Some(_), Some(_)) => return Err(BakingError::Several),
    };
    let [compressed, _method, rest @ ..] = text else {
        return Err(BakingError::Malformed);
    };
    // The standard has it plain, and a text that unfolds is a bomb.
    if *compressed != 0 {
        return Err(BakingError::Refused);
    }
    let mut parts = rest.splitn(3, |byte| *byte == 0);
    let (Some(_language), Some(_translated), Some(text)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(BakingError::Malformed);
    };
    String::from_utf8(text.to_vec()).map_err(|_| BakingError::Malformed)
}

/// `picture` with `credential` in a chunk behind the header.
pub(super) fn bake(picture: &[u8], credential: &str) -> Result<Vec<u8>, BakingError> {
    let chunks = chunks(picture)?;
    let text = [KEYWORD, &PLAIN, credential.as_bytes()].concat();
    let length = u32::try_from(text.len()).map_err(|_| BakingError::TooLarge)?;
    let mut baked = Vec::with_capacity(picture.len() + text.len() + 12);
    baked.extend_from_slice(SIGNATURE);
    for (at, chunk) in chunks.iter().enumerate() {
        if chunk.credential().is_none() {
            baked.extend_from_slice(chunk.whole);
        }
        if at == 0 {
            baked.extend_from_slice(&length.to_be_bytes());
            baked.extend_from_slice(b"iTXt");
            baked.extend_from_slice(&text);
            baked.extend_from_slice(&checksum(b"iTXt", &text).to_be_bytes());
        }
    }
    Ok(baked)
}

/// The chunks from the header to the end. What stands behind the end belongs to
/// no picture, and is passed over.
fn chunks(picture: &[u8]) -> Result<Vec<Chunk<'_>>, BakingError> {
    let mut rest = picture.strip_prefix(SIGNATURE).ok_or(BakingError::Malformed)?;
    let mut chunks: Vec<Chunk<'_>> = Vec::new();
    loop {
        let (chunk, after) = chunk(rest).ok_or(BakingError::Malformed)?;
        if checksum(chunk.kind, chunk.data).to_be_bytes() != chunk.whole[chunk.whole.len() - 4..] {
            return Err(BakingError::Damaged);
        }
        if chunks.is_empty() != (chunk.kind == b"IHDR") {
            return Err(BakingError::Malformed);
        }
        let is_last = chunk.kind == b"IEND";
        chunks.push(chunk);
        if is_last {
            return Ok(chunks);
        }
        rest = after;
    }
}

/// The first chunk of `bytes`, and what follows it.
fn chunk(bytes: &[u8]) -> Option<(Chunk<'_>, &[u8])> {
    let (length, _) = bytes.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (whole, after) = bytes.split_at_checked(length.checked_add(12)?)?;
    let chunk = Chunk {
        kind: &whole[4..8],
        data: &whole[8..8 + length],
        whole,
    };
    Some((chunk, after))
}

fn checksum(kind: &[u8], data: &[u8]) -> u32 {
    let mut checksum = crc32fast::Hasher::new();
    checksum.update(kind);
    checksum.update(data);
    checksum.finalize()
}
