//! Badges as signed documents: issuing, revoking, showing, verifying.

mod certificate;
mod forms;
mod issue;
mod issuer;
mod paper;
mod presented;
mod public;
mod revoke;
mod status_list;
mod symbol;
mod verify;

pub use certificate::{CertificateWords, certificate};
use forms::picture;
pub use forms::{baked, token};
pub use issue::issue;
pub use issuer::{did_document, make_signing_key, rotate_key};
pub use paper::{on_paper, proof_svg};
pub use presented::presented;
pub use public::{PublicCredential, public_credential};
pub use revoke::{IssuedCredential, issued, issued_one, revoke};
pub use status_list::status_list_document;
pub use verify::{Outside, verify};
