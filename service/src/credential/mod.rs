//! Badges as signed documents: issuing, revoking, showing, verifying.

mod forms;
mod issue;
mod issuer;
mod public;
mod revoke;
mod status_list;
mod verify;

pub use forms::{baked, token};
pub use issue::issue;
pub use issuer::{did_document, make_signing_key, rotate_key};
pub use public::{PublicCredential, public_credential};
pub use revoke::{IssuedCredential, issued, issued_one, revoke};
pub use status_list::status_list_document;
pub use verify::{Outside, verify};
