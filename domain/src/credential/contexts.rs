//! The JSON-LD contexts that Cairn knows, as their publishers serve them.
//!
//! A context says what the terms of a signed document mean. Fetching one while
//! verifying would let whoever serves it change that meaning, so these are all
//! there are: a document that names another is not read. Where each came from
//! is in `contexts/README.md`.

/// W3C Verifiable Credentials 2.0.
pub const CREDENTIALS_V2: &str = "https://www.w3.org/ns/credentials/v2";
/// W3C Verifiable Credentials 1.1.
pub const CREDENTIALS_V1: &str = "https://www.w3.org/2018/credentials/v1";
/// W3C Data Integrity 1.0, for documents that are not VC 2.0.
pub const DATA_INTEGRITY_V2: &str = "https://w3id.org/security/data-integrity/v2";
/// 1EdTech Open Badges 3.0, in the version that Cairn issues.
pub const OPEN_BADGES: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";
/// 1EdTech's types for schemas, revocation lists and refresh services.
pub const OPEN_BADGES_EXTENSIONS: &str = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json";
/// 1EdTech Comprehensive Learner Record 2.0.
pub const CLR: &str = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json";

/// A context document.
#[derive(Debug, Clone, Copy)]
pub struct ContextDocument {
    /// The address that documents name it by.
    pub url: &'static str,
    /// SHA-256 of `text`, in lower-case hexadecimal.
    pub sha256: &'static str,
    /// The document as it was published.
    pub text: &'static str,
}

macro_rules! document {
    ($url:expr, $file:literal, $sha256:literal) => {
        ContextDocument {
            url: $url,
            sha256: $sha256,
            text: include_str!(concat!("../../contexts/", $file)),
        }
    };
}

/// Every context document that is embedded.
pub static DOCUMENTS: [ContextDocument; 11] = [
    document!(
        CREDENTIALS_V2,
        "credentials-v2.json",
        "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"
    ),
    document!(
        CREDENTIALS_V1,
        "credentials-v1.json",
        "00d7dd6d3ad8b920e3e550dd3a3d9090bffcac84cdbf943da6924b3e0a5c8bb8"
    ),
    document!(
        DATA_INTEGRITY_V2,
        "data-integrity-v2.json",
        "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4"
    ),
    document!(
        "https://w3id.org/security/data-integrity/v1",
        "data-integrity-v1.json",
        "b5d829bd09aa7c42abc6efa0c8ed7635313b5487f37ccfce3ecd149ca9418554"
    ),
    document!(
        OPEN_BADGES,
        "open-badges-3.0.3.json",
        "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84"
    ),
    document!(
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
        "open-badges-3.0.2.json",
        "00666ad080ba407687ed1846b7f5e7495f5019042b202a727de47c48a1755c53"
    ),
    document!(
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
        "open-badges-3.0.1.json",
        "5f3d9dd6288ef437ff8286cf95ffbff609c748a66f24a1e9450c45ca64be1571"
    ),
    document!(
        "https://purl.imsglobal.org/spec/ob/v3p0/context.json",
        "open-badges-3.0.0.json",
        "9f1c8f9f361ba2994b9b50701f41149919542c50c7b7455b2846d87959295d72"
    ),
    document!(
        "https://w3id.org/security/suites/ed25519-2020/v1",
        "ed25519-signature-2020-v1.json",
        "b9e1ab971fd8bf2c7553e0c4a9438e0b9450afde1ea1ca5b2492368b9f549588"
    ),
    document!(
        OPEN_BADGES_EXTENSIONS,
        "open-badges-extensions.json",
        "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93"
    ),
    document!(
        CLR,
        "clr-2.0.1.json",
        "880f1902d4158f2f33ce06af41b90719977cd1ea337a9de2e41edb3ff5e543d6"
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::hash::{hex, sha256};

    #[test]
    fn each_document_is_the_one_that_was_pinned() {
        for document in &DOCUMENTS {
            assert_eq!(
                hex(&sha256(document.text.as_bytes())),
                document.sha256,
                "{}",
                document.url
            );
        }
    }
}
