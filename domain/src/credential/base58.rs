//! Base 58 in Bitcoin's alphabet (Controlled Identifiers 1.0 §2.4, base58btc).
//!
//! Signing and verifying a badge each turn a signature into text or back, and
//! letter by letter that takes half as long as the curve does: so several
//! letters and bytes are taken at a time.

const ALPHABET: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// What each letter stands for; `NONE` where it is none.
static DIGITS: [u8; 256] = {
    let mut digits = [NONE; 256];
    let mut digit = 0;
    while digit < 58 {
        digits[ALPHABET[digit as usize] as usize] = digit;
        digit += 1;
    }
    digits
};
const NONE: u8 = u8::MAX;

/// Digits taken at a time: as many as fit into 32 bits.
const STEP: usize = 5;
const STEP_BASE: u64 = 58_u64.pow(5);
const WORD: u64 = 1 << 32;

/// `bytes`, a number with its highest byte in front, as text. A byte of zero in
/// front is a letter of its own.
pub(super) fn encode(bytes: &[u8]) -> String {
    let mut words: Vec<u64> = bytes.rchunks(4).rev().map(|bytes| number(bytes, 256)).collect();
    let mut words = words.as_mut_slice();
    // The lowest digit first.
    let mut letters = Vec::with_capacity(bytes.len() * 3 / 2 + STEP);
    loop {
        while let [0, lower @ ..] = words {
            words = lower;
        }
        if words.is_empty() {
            break;
        }
        let mut rest = 0;
        for word in &mut *words {
            let value = rest * WORD + *word;
            *word = value / STEP_BASE;
            rest = value % STEP_BASE;
        }
        for _ in 0..STEP {
            letters.push(letter(rest % 58));
            rest /= 58;
        }
    }
    let zero = letter(0);
    let digits = letters
        .iter()
        .rposition(|found| *found != zero)
        .map_or(0, |last| last + 1);
    letters.truncate(digits);
    letters.extend(bytes.iter().take_while(|byte| **byte == 0).map(|_| zero));
    letters.into_iter().rev().collect()
}

/// The bytes that `text` stands for, if all of its letters stand for digits.
pub(super) fn decode(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text.bytes().map(|letter| DIGITS[usize::from(letter)]).collect();
    if digits.contains(&NONE) {
        return None;
    }
    let zeros = digits.iter().take_while(|digit| **digit == 0).count();
    // The lowest word first.
    let mut words: Vec<u64> = Vec::with_capacity(digits.len() / STEP + 1);
    let (first, others) = digits.split_at(digits.len() % STEP);
    for digits in [first].into_iter().chain(others.chunks(STEP)) {
        let mut carry = number(digits, 58);
        for word in &mut words {
            let value = *word * STEP_BASE + carry;
            *word = value % WORD;
            carry = value / WORD;
        }
        if carry > 0 {
            words.push(carry);
        }
    }
    let bytes = words
        .iter()
        .rev()
        .flat_map(|word| word.to_be_bytes().into_iter().skip(4));
    let bytes = bytes.skip_while(|byte| *byte == 0);
    Some(std::iter::repeat_n(0, zeros).chain(bytes).collect())
}

fn number(digits: &[u8], base: u64) -> u64 {
    digits
        .iter()
        .fold(0, |value, digit| value * base + u64::from(*digit))
}

fn letter(digit: u64) -> char {
    usize::try_from(digit)
        .ok()
        .and_then(|digit| ALPHABET.get(digit))
        .map_or('1', |letter| char::from(*letter))
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    proptest! {
        #[test]
        fn bytes_are_written_as_another_implementation_writes_them(
            zeros in 0_usize..4,
            bytes in vec(any::<u8>(), 0..100),
        ) {
            let bytes = [vec![0; zeros], bytes].concat();
            let text = encode(&bytes);
            prop_assert_eq!(&text, &bs58::encode(&bytes).into_string());
            prop_assert_eq!(decode(&text), Some(bytes));
        }

        #[test]
        fn text_is_read_as_another_implementation_reads_it(text in "[1-9A-Za-zé]{0,100}|1{0,3}[1-9A-HJ-NP-Za-km-z]{0,100}") {
            prop_assert_eq!(decode(&text), bs58::decode(&text).into_vec().ok());
        }
    }
}
