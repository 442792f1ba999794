//! A badge bound to its holder's key.

use serde_json::Value;

/// The badge `document` about `holder`, a DID that is a key, without its proof: whoever
/// has that key can show that the badge is theirs. Everything else stays, the place in
/// status lists too: what is withdrawn from one is withdrawn from the other.
///
/// None if the document is about nobody, or about several.
#[must_use]
pub fn bound_to(mut document: Value, holder: &str) -> Option<Value> {
    let members = document.as_object_mut()?;
    members.remove("proof");
    let subject = members.get_mut("credentialSubject")?.as_object_mut()?;
    subject.insert("id".to_owned(), holder.into());
    Some(document)
}
