//! The kinds of proof.

use super::super::public_key::Algorithm;

/// How a proof is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Suite {
    /// `EdDSA` Cryptosuites 1.0 §3.2.
    EddsaRdfc2022,
    /// `EdDSA` Cryptosuites 1.0 §3.3.
    EddsaJcs2022,
    /// ECDSA Cryptosuites 1.0 §3.2, with P-256.
    EcdsaRdfc2019,
    /// The type of proof from which `eddsa-rdfc-2022` was made, and which
    /// differs from it in name only.
    Ed25519Signature2020,
}

/// How a document is turned into the text that is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// As an RDF dataset.
    Rdfc,
    /// As JSON.
    Jcs,
}

impl Suite {
    /// The suite of a `DataIntegrityProof` with this `cryptosuite`.
    pub(super) fn of_cryptosuite(name: &str) -> Option<Self> {
        [Self::EddsaRdfc2022, Self::EddsaJcs2022, Self::EcdsaRdfc2019]
            .into_iter()
            .find(|suite| suite.name() == name)
    }

    /// The suite of a proof of this `type`, from before there were cryptosuites.
    pub(super) fn of_type(name: &str) -> Option<Self> {
        (name == Self::Ed25519Signature2020.name()).then_some(Self::Ed25519Signature2020)
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::EddsaRdfc2022 => "eddsa-rdfc-2022",
            Self::EddsaJcs2022 => "eddsa-jcs-2022",
            Self::EcdsaRdfc2019 => "ecdsa-rdfc-2019",
            Self::Ed25519Signature2020 => "Ed25519Signature2020",
        }
    }

    pub(super) fn form(self) -> Form {
        match self {
            Self::EddsaRdfc2022 | Self::EcdsaRdfc2019 | Self::Ed25519Signature2020 => Form::Rdfc,
            Self::EddsaJcs2022 => Form::Jcs,
        }
    }

    pub(super) fn algorithm(self) -> Algorithm {
        match self {
            Self::EddsaRdfc2022 | Self::EddsaJcs2022 | Self::Ed25519Signature2020 => Algorithm::EdDsa,
            Self::EcdsaRdfc2019 => Algorithm::Es256,
        }
    }
}
