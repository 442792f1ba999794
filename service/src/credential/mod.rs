//! Badges as signed documents: issuing, suspending, revoking, showing, verifying.

mod certificate;
mod event;
mod forms;
mod issue;
mod issued;
mod issuer;
mod paper;
mod presented;
mod profile;
mod public;
mod revoke;
mod status_list;
mod suspend;
mod symbol;
mod verify;

pub use certificate::{CertificateWords, certificate};
pub use event::{Event, history};
pub(crate) use event::{MOST as MOST_EVENTS, standing};
use forms::picture;
pub use forms::{baked, token};
pub(crate) use forms::{qr_code, sign_bound, sign_bound_token};
pub use issue::issue;
pub use issued::{IssuedCredential, issued, issued_one};
pub use issuer::{did_document, make_signing_key, rotate_key};
pub use paper::{on_paper, proof_svg};
pub use presented::{LONGEST_TEXT, Sent, presented, sent};
pub use profile::{IssuerKey, IssuerProfile, issuer_profile};
pub use public::{PublicCredential, public_credential};
pub use revoke::revoke;
pub use status_list::status_list_document;
pub use suspend::{reinstate, suspend};
pub use verify::{Outside, verify, verify_all};
