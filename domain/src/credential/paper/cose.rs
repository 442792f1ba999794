//! `COSE_Sign1` (RFC 9052 §4.2) with one algorithm and a key's name, in the one
//! form that deterministic CBOR (RFC 8949 §4.2.1) has for it.

use std::convert::Infallible;

use minicbor::{Decoder, Encoder, data::Tag, decode, encode};

/// What a signature is for. The issuer's key signs other things as well; with
/// this, none of them can be taken for the other (RFC 9052 §4.3).
const PURPOSE: &[u8] = b"Cairn paper proof v1";

/// The tag of `COSE_Sign1`.
const SIGN1: Tag = Tag::new(18);

/// Labels of header parameters (RFC 9052 §3.1), and the algorithm `EdDSA`
/// (RFC 9053 §2.2).
const ALG: i64 = 1;
const KID: i64 = 4;
const EDDSA: i64 = -8;

/// A payload with a signature, and the name of the key that made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Envelope {
    /// The verification method, as its fragment among the issuer's names it.
    pub(super) key_id: String,
    pub(super) payload: Vec<u8>,
    pub(super) signature: [u8; 64],
}

impl Envelope {
    /// `payload`, signed by `sign` as by the key of that name.
    pub(super) fn sealed(key_id: &str, payload: Vec<u8>, sign: impl FnOnce(&[u8]) -> [u8; 64]) -> Self {
        let mut envelope = Self {
            key_id: key_id.to_owned(),
            payload,
            signature: [0; 64],
        };
        envelope.signature = sign(&envelope.message());
        envelope
    }

    /// What is signed: the `Sig_structure` (RFC 9052 §4.4).
    pub(super) fn message(&self) -> Vec<u8> {
        written(|cbor| {
            cbor.array(4)?
                .str("Signature1")?
                .bytes(&self.protected())?
                .bytes(PURPOSE)?
                .bytes(&self.payload)?;
            Ok(())
        })
    }

    pub(super) fn to_cbor(&self) -> Vec<u8> {
        written(|cbor| {
            cbor.tag(SIGN1)?
                .array(4)?
                .bytes(&self.protected())?
                .map(0)?
                .bytes(&self.payload)?
                .bytes(&self.signature)?;
            Ok(())
        })
    }

    /// Reads what [`Self::to_cbor`] writes, and nothing that it does not.
    pub(super) fn from_cbor(bytes: &[u8]) -> Option<Self> {
        Self::read(bytes)
            .ok()
            .flatten()
            .filter(|envelope| envelope.to_cbor() == bytes)
    }

    /// Takes the parts from where they would be; whatever else there is shows
    /// when they are written again.
    fn read(bytes: &[u8]) -> Result<Option<Self>, decode::Error> {
        let mut cbor = Decoder::new(bytes);
        cbor.tag()?;
        cbor.array()?;
        let mut protected = Decoder::new(cbor.bytes()?);
        protected.map()?;
        for _ in [ALG, EDDSA, KID] {
            protected.i64()?;
        }
        let key_id = str::from_utf8(protected.bytes()?);
        cbor.map()?;
        let payload = cbor.bytes()?.to_vec();
        let signature = cbor.bytes()?.try_into();
        Ok(key_id.ok().zip(signature.ok()).map(|(key_id, signature)| Self {
            key_id: key_id.to_owned(),
            payload,
            signature,
        }))
    }

    fn protected(&self) -> Vec<u8> {
        written(|cbor| {
            cbor.map(2)?
                .i64(ALG)?
                .i64(EDDSA)?
                .i64(KID)?
                .bytes(self.key_id.as_bytes())?;
            Ok(())
        })
    }
}

/// What `write` writes.
pub(super) fn written(
    write: impl FnOnce(&mut Encoder<Vec<u8>>) -> Result<(), encode::Error<Infallible>>,
) -> Vec<u8> {
    let mut cbor = Encoder::new(Vec::new());
    // A Vec takes whatever is written to it, and these are all CBOR's own types.
    match write(&mut cbor) {
        Ok(()) => cbor.into_writer(),
        Err(_) => Vec::new(),
    }
}
