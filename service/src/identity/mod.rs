//! People: accounts, sign-ins, sessions.

mod attempts;
mod change_email;
mod change_password;
mod operator;
mod own_sessions;
mod password_hash;
mod profile;
mod register;
mod reset_password;
pub mod sessions;
mod sign_in;
mod sign_up;
mod sweep;
pub(crate) mod token;
mod verify_again;
mod verify_email;
mod who;

pub(crate) use attempts::Guess;
pub use change_email::change_email;
pub use change_password::change_password;
pub use operator::{create_operator, may_set_up, operator, operator_exists, set_up, set_up_key};
pub use own_sessions::{OwnSession, end_other_sessions, end_session, own_sessions};
pub use profile::{Profile, Theme, change_profile};
pub use register::{NewPerson, register};
pub(crate) use reset_password::mail_reset_link;
pub use reset_password::{forgot_password, reset_password};
pub use sign_in::{SignIn, sign_in};
pub use sign_up::{SignUp, sign_up};
pub use sweep::sweep;
pub(crate) use verify_again::mail_verification;
pub use verify_again::verify_again;
pub use verify_email::{Verified, verify_email};
pub use who::{Person, person_at, who};
