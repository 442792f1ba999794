//! The outermost layers: bytes deflated, and as characters that a QR code takes
//! at eleven bits for two.

use std::io::{Read, Write};

use flate2::{Compression, bufread::DeflateDecoder, write::DeflateEncoder};

use super::PaperError;

/// What every such text begins with: the format and its version.
pub const PREFIX: &str = "CAIRN1:";

/// Characters that a QR code holds at most (ISO/IEC 18004, table 7).
const MAX_CHARACTERS: usize = 4_296;
/// Bytes that a text is unpacked to at most; a statement has a tenth of it.
const MAX_BYTES: usize = 8 << 10;

/// `bytes` as a text: raw deflate (RFC 1951), then base 45 (RFC 9285).
pub(in crate::credential) fn write(bytes: &[u8]) -> Result<String, PaperError> {
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::best());
    // A Vec takes whatever is written to it.
    let packed = packed
        .write_all(bytes)
        .and_then(|()| packed.finish())
        .unwrap_or_default();
    let text = format!("{PREFIX}{}", base45::encode(packed));
    if text.len() > MAX_CHARACTERS || bytes.len() > MAX_BYTES {
        return Err(PaperError::TooLong);
    }
    Ok(text)
}

/// The bytes that `text` stands for. No character of it can be another and
/// stand for the same.
pub(in crate::credential) fn read(text: &str) -> Result<Vec<u8>, PaperError> {
    // A text as long, and a line break for each of its characters.
    if text.len() > 3 * MAX_CHARACTERS {
        return Err(PaperError::TooLong);
    }
    let text = text.replace(['\r', '\n'], "");
    let letters = text.strip_prefix(PREFIX).ok_or(PaperError::Malformed)?;
    let packed = base45::decode(letters).map_err(|_| PaperError::Malformed)?;
    // The decoder lets a last pair of letters stand for more than a byte.
    if base45::encode(&packed) != letters {
        return Err(PaperError::Malformed);
    }
    let bytes = unpack(&packed).ok_or(PaperError::Malformed)?;
    if is_padded(&packed, &bytes) {
        return Err(PaperError::Malformed);
    }
    Ok(bytes)
}

/// All of `packed`, unpacked.
fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut decoder = DeflateDecoder::new(packed);
    let limit = u64::try_from(MAX_BYTES + 1).ok()?;
    decoder.by_ref().take(limit).read_to_end(&mut bytes).ok()?;
    let used = usize::try_from(decoder.total_in()).ok()?;
    (bytes.len() <= MAX_BYTES && used == packed.len()).then_some(bytes)
}

/// Whether the bits behind the end, up to seven in the last byte, are more than
/// zeros: the highest that is set can then be cleared without a difference.
fn is_padded(packed: &[u8], bytes: &[u8]) -> bool {
    let mut cleared = packed.to_vec();
    if let Some(last) = cleared.last_mut() {
        let highest = last.checked_ilog2().map_or(0, |at| 1_u8 << at);
        *last &= !highest;
        return highest != 0 && unpack(&cleared).is_some_and(|unpacked| unpacked == bytes);
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_that_breaks_off_or_unpacks_without_end_is_refused() {
        let text = write(b"a statement of some length, of some length").unwrap();
        assert!(read(&text).is_ok());
        for cut in 0..text.len() {
            assert!(read(&text[..cut]).is_err(), "{cut}");
        }
        assert_eq!(write(&vec![0; MAX_BYTES + 1]), Err(PaperError::TooLong));
        let mut bomb = DeflateEncoder::new(Vec::new(), Compression::best());
        bomb.write_all(&vec![0; 1 << 20]).unwrap();
        let bomb = format!("{PREFIX}{}", base45::encode(bomb.finish().unwrap()));
        assert!(bomb.len() < MAX_CHARACTERS);
        assert_eq!(read(&bomb), Err(PaperError::Malformed));
        assert_eq!(read(&"9".repeat(20_000)), Err(PaperError::TooLong));
    }

    #[test]
    fn what_stands_behind_the_end_is_refused() {
        let mut packed = DeflateEncoder::new(Vec::new(), Compression::best());
        packed.write_all(b"badge").unwrap();
        let packed = packed.finish().unwrap();
        let text = |packed: &[u8]| format!("{PREFIX}{}", base45::encode(packed));
        assert_eq!(read(&text(&packed)), Ok(b"badge".to_vec()));
        assert!(read(&text(&[packed.as_slice(), &[0]].concat())).is_err());
        // 257 as a last pair of letters is no byte.
        assert!(read("CAIRN1:WA").is_err() && read("CAIRN1:X5").is_err());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            let text = write(&bytes).unwrap();
            prop_assert!(text.bytes().all(|letter| b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".contains(&letter)));
            prop_assert_eq!(read(&text), Ok(bytes.clone()));
            prop_assert_eq!(read(&format!("{}\r\n{}", &text[..9], &text[9..])), Ok(bytes));
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in ".{0,80}", letters in "[0-9A-Z $%*+./:-]{0,80}") {
            let _ = read(&text);
            let _ = read(&format!("{PREFIX}{letters}"));
        }
    }
}
