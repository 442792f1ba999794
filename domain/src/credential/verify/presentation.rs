//! Whether a presentation is what it says: who presents, and what (Verifiable Credentials
//! 2.0 §4.13).

use serde::Serialize;
use serde_json::{Map, Value};

use super::{
    super::{
        claims::PresentationClaims,
        data_model,
        jsonld::ContextStore,
        presented::Presented,
        proof::{Listed, Purpose, Signable},
        report::{Check, CheckName, Finding, Outcome, ProofResult, Report},
    },
    Judge, Needs, Verifier, fine,
    keys::controller,
    malformed, unreadable,
};

/// A presentation with more credentials than this is not read.
const MAX_CREDENTIALS: usize = 64;

/// What a verifier asked a holder for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked<'a> {
    /// What the answer has to carry, so that it is no answer to another.
    pub challenge: Option<&'a str>,
    /// Whom it has to be for.
    pub domain: Option<&'a str>,
}

/// All that was found out about a presentation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PresentationReport {
    /// Invalid if any check or credential is; else unchecked if any is; else valid.
    pub outcome: Outcome,
    /// Structure, terms, proof, and, under the name [`CheckName::Issuer`], whether the key
    /// is the holder's; as far as it came.
    pub checks: Vec<Check>,
    /// Every proof that it carries.
    pub proofs: Vec<ProofResult>,
    /// Who presents, if that is said.
    pub holder: Option<String>,
    /// What was found out about each credential in it.
    pub credentials: Vec<Report>,
}

/// The URLs that have to be fetched before the credentials in a presentation, read with the
/// contexts in `store`, can be verified: for each as few as alone.
#[must_use]
pub fn needs_of_presentation(document: &Value, store: &ContextStore) -> Vec<Needs> {
    let presented = contents(document).iter().take(MAX_CREDENTIALS);
    presented
        .filter_map(|credential| Presented::from_json(credential.clone()).ok())
        .map(|presented| presented.needs_under(store))
        .collect()
}

impl Verifier {
    /// Checks a presentation: that its holder made it, for whoever `asked`, and each
    /// credential in it. One without a proof of its own rests on the presentation's, and
    /// has to be the holder's own (§5.8).
    #[must_use]
    pub fn verify_presentation(&self, document: &Value, asked: Asked<'_>) -> PresentationReport {
        let mut judge = self.judge();
        let holder = judge.presentation(document, asked);
        let is_proven = judge.checks.len() == 4 && judge.checks.iter().all(|it| it.outcome == Outcome::Valid);
        let vouched = holder.as_deref().filter(|_| is_proven);
        let credentials: Vec<Report> = contents(document)
            .iter()
            .take(MAX_CREDENTIALS)
            .map(|credential| self.credential_in(credential, vouched))
            .collect();
        let outcomes = judge.checks.iter().map(|check| check.outcome);
        let all = outcomes.chain(credentials.iter().map(|report| report.outcome));
        PresentationReport {
            outcome: all.max().unwrap_or(Outcome::Invalid),
            checks: judge.checks,
            proofs: judge.proofs,
            holder,
            credentials,
        }
    }

    fn credential_in(&self, credential: &Value, holder: Option<&str>) -> Report {
        match credential.as_object() {
            Some(members) if !members.contains_key("proof") && !data_model::is_envelope(members) => {
                self.judge().vouched_for(members, holder)
            }
            _ => match Presented::from_json(credential.clone()) {
                Ok(presented) => self.verify(&presented),
                Err(cause) => Report::of_none(&cause),
            },
        }
    }
}

impl Judge<'_> {
    /// The presentation itself; returns its holder.
    fn presentation(&mut self, document: &Value, asked: Asked<'_>) -> Option<String> {
        let Some(members) = document.as_object() else {
            self.add(CheckName::Structure, malformed("it is not a JSON object"));
            return None;
        };
        if contents(document).len() > MAX_CREDENTIALS {
            self.add(CheckName::Structure, malformed("it has too many credentials"));
            return None;
        }
        let broken = data_model::presentation(members);
        if let Some(first) = broken.first() {
            self.add(CheckName::Structure, malformed(&first.to_string()));
            return None;
        }
        let signable = match Signable::new(members, self.contexts) {
            Ok(signable) => signable,
            Err(error) => {
                self.add(CheckName::Structure, fine());
                self.add(CheckName::Terms, unreadable(&error));
                return None;
            }
        };
        let holder = match PresentationClaims::read(&signable.expanded) {
            Ok(claims) => claims.holder,
            Err(error) => {
                self.add(CheckName::Structure, malformed(&error.to_string()));
                return None;
            }
        };
        self.add(CheckName::Structure, fine());
        self.add(CheckName::Terms, fine());
        // Where nobody is named, whoever signed presents.
        let signer = holder.clone().or_else(|| {
            let proofs = Listed::all(members).ok()?;
            Some(controller(proofs.first()?.verification_method).to_owned())
        });
        let purpose = Purpose::Authentication {
            challenge: asked.challenge,
            domain: asked.domain,
        };
        let signer = signer.unwrap_or_default();
        let (proof, whose) = self.proofs(members, &signable, &signer, purpose);
        self.add(CheckName::Proof, proof);
        self.add(CheckName::Issuer, whose);
        holder
    }

    /// A credential that its own holder presents and signs nothing but the presentation.
    fn vouched_for(mut self, members: &Map<String, Value>, holder: Option<&str>) -> Report {
        let claims = self.reading(members).map(|(_, claims)| claims);
        if let Some(claims) = &claims {
            let own = holder == Some(claims.issuer.as_str());
            let (proof, issuer) = if own {
                (fine(), fine())
            } else {
                let unsigned = "it is not signed, and not its holder\u{2019}s own";
                let issuer = (Finding::NotReached, "there is no proof to go by".to_owned());
                ((Finding::NoProof, unsigned.to_owned()), issuer)
            };
            self.add(CheckName::Proof, proof);
            self.add(CheckName::Issuer, issuer);
        }
        self.report(claims)
    }
}

fn contents(document: &Value) -> &[Value] {
    data_model::list(document.get("verifiableCredential"))
}
