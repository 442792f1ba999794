//! The issuer's side.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use domain::credential::{
    Multikey, ProofError, SignWith, StatusEntry, StatusList, StatusListCredential, StatusPurpose, contexts,
    data_model,
    jwt::sign_token,
    proof::{Cryptosuite, ProofOptions, add_proof},
    status::StatusError,
};
use ed25519_dalek::SigningKey;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use service::{Chance, Clock, OsChance, SystemClock};

use super::{VcApi, answer};

/// Who issues, and which of its credentials no longer count.
pub(super) struct Issuer {
    base: String,
    key: SigningKey,
    did: String,
    method: String,
    lists: Mutex<Lists>,
}

impl fmt::Debug for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Issuer")
            .field("did", &self.did)
            .finish_non_exhaustive()
    }
}

#[derive(Default)]
struct Lists {
    revoked: StatusList,
    suspended: StatusList,
    taken: StatusList,
    /// By a credential's id, its place in both lists.
    places: HashMap<String, usize>,
}

impl Lists {
    fn of(&mut self, purpose: StatusPurpose) -> &mut StatusList {
        match purpose {
            StatusPurpose::Revocation => &mut self.revoked,
            StatusPurpose::Suspension => &mut self.suspended,
        }
    }
}

/// A request to sign a credential.
#[derive(Deserialize)]
pub(super) struct Issuing {
    credential: Map<String, Value>,
    #[serde(default)]
    options: IssueOptions,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct IssueOptions {
    /// The name of a cryptosuite.
    cryptosuite: Option<String>,
    /// `application/vc+jwt` for a token in an envelope.
    media_type: Option<String>,
}

/// A request to set the status of a credential.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Setting {
    credential_id: String,
    credential_status: SettingStatus,
    #[serde(default)]
    status: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SettingStatus {
    #[serde(default)]
    status_purpose: Option<StatusPurpose>,
}

impl Issuer {
    pub(super) fn new(base: String) -> Self {
        let chance: &dyn Chance = &OsChance;
        let key = SigningKey::from_bytes(&chance.bytes());
        let public = Multikey(key.verifying_key());
        Self {
            base,
            key,
            did: public.did_key(),
            method: public.did_key_method(),
            lists: Mutex::default(),
        }
    }

    pub(super) fn did(&self) -> &str {
        &self.did
    }

    pub(super) fn with(&self) -> SignWith<'_> {
        SignWith {
            key: &self.key,
            verification_method: &self.method,
            created: SystemClock.now(),
        }
    }

    /// Whether the list at this address is one of ours, and which.
    pub(super) fn purpose_of(&self, address: &str) -> Option<StatusPurpose> {
        [StatusPurpose::Revocation, StatusPurpose::Suspension]
            .into_iter()
            .find(|purpose| self.address(*purpose) == address)
    }

    fn address(&self, purpose: StatusPurpose) -> String {
        format!("{}/status-lists/{}", self.base, purpose.as_str())
    }

    /// The list as it is now, signed.
    pub(super) fn list(&self, purpose: StatusPurpose) -> Result<Value, ProofError> {
        let list = self
            .lists
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .of(purpose)
            .clone();
        let credential = StatusListCredential {
            url: &self.address(purpose),
            issuer: &self.did,
            purpose,
            list: &list,
            valid_from: SystemClock.now(),
            valid_until: None,
        };
        domain::credential::sign(credential.to_document(), &self.with())
    }

    /// Takes a place in both lists that nobody could have foretold.
    fn take_place(&self, id: Option<&str>) -> Result<[StatusEntry; 2], StatusError> {
        let chance: &dyn Chance = &OsChance;
        let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        let length = lists.taken.length();
        // A list that is nearly full would be looked through for long: this is for tests.
        let mut tries =
            (0..1_000).map(|_| usize::try_from(u32::from_be_bytes(chance.bytes())).unwrap_or(0) % length);
        let index = tries
            .find(|index| lists.taken.get(*index) == Ok(false))
            .ok_or(StatusError::OutOfRange)?;
        lists.taken.set(index, true)?;
        if let Some(id) = id {
            lists.places.insert(id.to_owned(), index);
        }
        drop(lists);
        Ok(
            [StatusPurpose::Revocation, StatusPurpose::Suspension].map(|purpose| StatusEntry {
                list_url: self.address(purpose),
                index,
                purpose,
            }),
        )
    }
}

/// `POST /credentials/issue`: what is no credential is not signed. Whoever it names as its
/// issuer, it is signed by this one and says so.
pub(super) async fn issue(State(api): State<Arc<VcApi>>, Json(asked): Json<Issuing>) -> Response {
    let Issuing {
        mut credential,
        options,
    } = asked;
    if let Some(broken) = data_model::credential(&credential).first() {
        return answer::refused(broken);
    }
    match credential.get_mut("issuer") {
        Some(Value::Object(issuer)) => {
            issuer.insert("id".to_owned(), api.issuer.did().into());
        }
        issuer => {
            if let Some(issuer) = issuer {
                *issuer = api.issuer.did().into();
            }
        }
    }
    if !credential.contains_key("credentialStatus") {
        match api
            .issuer
            .take_place(credential.get("id").and_then(Value::as_str))
        {
            Ok(places) => {
                let entries = places.iter().map(StatusEntry::to_json).collect();
                credential.insert("credentialStatus".to_owned(), Value::Array(entries));
            }
            Err(cause) => return answer::refused(&cause),
        }
    }
    let credential = Value::Object(credential);
    let signed = if options.media_type.as_deref() == Some("application/vc+jwt") {
        enveloped(&api, &credential)
    } else {
        let suite = match options.cryptosuite.as_deref().map(Cryptosuite::of_name) {
            None => Cryptosuite::default(),
            Some(Some(suite)) => suite,
            Some(None) => return answer::refused(&"no credential is signed that way here"),
        };
        let options = ProofOptions {
            suite,
            ..ProofOptions::default()
        };
        add_proof(credential, &api.issuer.with(), &options, &api.contexts)
    };
    match signed {
        Ok(signed) => (
            StatusCode::CREATED,
            Json(json!({ "verifiableCredential": signed })),
        )
            .into_response(),
        Err(cause) => answer::refused(&cause),
    }
}

fn enveloped(api: &VcApi, credential: &Value) -> Result<Value, ProofError> {
    let token = sign_token(credential, &api.issuer.with())?;
    Ok(json!({
        "@context": [contexts::CREDENTIALS_V2],
        "type": data_model::ENVELOPED_CREDENTIAL,
        "id": format!("data:application/vc+jwt,{token}"),
    }))
}

/// `POST /credentials/status`: sets or clears the bit of a credential that was issued here.
pub(super) async fn set_status(State(api): State<Arc<VcApi>>, Json(asked): Json<Setting>) -> Response {
    let purpose = asked
        .credential_status
        .status_purpose
        .unwrap_or(StatusPurpose::Revocation);
    let mut lists = api.issuer.lists.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(index) = lists.places.get(&asked.credential_id).copied() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match lists.of(purpose).set(index, asked.status.unwrap_or(true)) {
        Ok(()) => StatusCode::OK.into_response(),
        Err(cause) => answer::refused(&cause),
    }
}
