//! The kinds of proof.

/// How a proof is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Suite {
    EddsaRdfc2022,
    EddsaJcs2022,
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
    const ALL: [Self; 2] = [Self::EddsaRdfc2022, Self::EddsaJcs2022];

    /// The suite of this `cryptosuite`.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|suite| suite.name() == name)
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::EddsaRdfc2022 => "eddsa-rdfc-2022",
            Self::EddsaJcs2022 => "eddsa-jcs-2022",
        }
    }

    pub(super) fn form(self) -> Form {
        match self {
            Self::EddsaRdfc2022 => Form::Rdfc,
            Self::EddsaJcs2022 => Form::Jcs,
        }
    }
}
