//! Who somebody is: their mail address, name and password.

mod display_name;
mod email;
mod password;

pub use display_name::{DisplayName, NameProblem};
pub use email::{EmailAddress, EmailDomain, NotAnEmailAddress};
pub use password::{Password, PasswordProblem};
