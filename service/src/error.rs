//! What can come of a use case besides success. Turned into a response in one
//! place, by the layer above.

use std::{collections::BTreeMap, fmt::Display, time::Duration};

use domain::Problem;
use sea_orm::{DbErr, RuntimeErr, SqlErr, SqlxError};

/// What a use case returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a use case did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing, or not for this actor: the two look alike.
    #[error("not found")]
    NotFound,
    /// Some fields of the form need another value; each says which and why.
    #[error("the form has {} problems", .0.len())]
    Invalid(FieldErrors),
    /// It cannot be done now. The code is the key of the sentence that says why.
    #[error("refused: {0}")]
    Refused(&'static str),
    /// Somebody else changed it in the meantime.
    #[error("changed by somebody else in the meantime")]
    Stale,
    /// Too many tries; worth trying again after this time.
    #[error("too many tries; again in {0:?}")]
    TooMany(Duration),
    /// The database does not answer.
    #[error("the database is away: {0}")]
    Unavailable(#[source] DbErr),
    /// The database refused a statement.
    #[error("database: {0}")]
    Database(#[source] DbErr),
    /// A stored document is not what this version of Cairn wrote.
    #[error("stored document: {0}")]
    Corrupt(#[from] serde_json::Error),
    /// A decision's record is damaged, or does not bear its decision out.
    #[error("decision record: {0}")]
    Record(#[from] domain::mastery::RecordError),
    /// A secret could not be opened or sealed.
    #[error(transparent)]
    Vault(#[from] crate::VaultError),
    /// A document cannot be signed, or a signed one not be read.
    #[error("signing: {0}")]
    Unsignable(String),
    /// The store of files does not answer.
    #[error("the file store is away: {0}")]
    FilesAway(#[source] object_store::Error),
    /// The store of files refused.
    #[error("file store: {0}")]
    Files(#[source] object_store::Error),
    /// Something outside failed; worth trying again.
    #[error("{0}")]
    Outside(String),
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        if is_away(&error) {
            Self::Unavailable(error)
        } else {
            Self::Database(error)
        }
    }
}

/// Did the statement never get an answer, because there is no connection, it
/// broke, or the database is going down or coming up?
fn is_away(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => true,
        DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause)) => {
            match cause.as_ref() {
                SqlxError::Io(_)
                | SqlxError::Tls(_)
                | SqlxError::PoolTimedOut
                | SqlxError::PoolClosed
                | SqlxError::WorkerCrashed => true,
                SqlxError::Database(cause) => cause.code().is_some_and(|code| is_for_later(&code)),
                _ => false,
            }
        }
        _ => false,
    }
}

/// `PostgreSQL`'s classes 08 (connection) and 57P (operator intervention) and its
/// 53300 (too many connections); `SQLite`'s BUSY in its four forms, when another
/// process writes for too long.
fn is_for_later(code: &str) -> bool {
    code.starts_with("08") || code.starts_with("57P") || ["53300", "5", "261", "517", "773"].contains(&code)
}

impl From<object_store::Error> for Error {
    fn from(error: object_store::Error) -> Self {
        match error {
            // No connection, or answers that mean "later", after its client
            // had tried several times.
            object_store::Error::Generic { .. } => Self::FilesAway(error),
            _ => Self::Files(error),
        }
    }
}

impl From<FieldErrors> for Error {
    fn from(errors: FieldErrors) -> Self {
        Self::Invalid(errors)
    }
}

impl Error {
    /// The database does not answer, as something in between reports it.
    pub fn unavailable(cause: impl Display) -> Self {
        Self::Unavailable(DbErr::Conn(RuntimeErr::Internal(cause.to_string())))
    }

    /// One field, one reason.
    pub fn field(name: impl Into<String>, code: impl Into<String>) -> Self {
        let mut errors = FieldErrors::default();
        errors.add(name, code);
        Self::Invalid(errors)
    }

    /// Is this a broken uniqueness of `columns` (`table.column`, the first that
    /// is not the tenant), known to `PostgreSQL` by the constraint's name and to
    /// `SQLite` by its columns?
    #[must_use]
    pub fn is_taken(&self, constraint: &str, column: &str) -> bool {
        match self {
            Self::Database(cause) => match cause.sql_err() {
                Some(SqlErr::UniqueConstraintViolation(message)) => {
                    message.contains(constraint) || message.contains(column)
                }
                _ => false,
            },
            _ => false,
        }
    }
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The form field's name.
    pub field: String,
    /// The key of the sentence that says what is wrong (`error-…`).
    pub code: String,
    /// What the sentence mentions.
    pub args: BTreeMap<&'static str, String>,
}

/// What is wrong with a form, in the order of its fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldErrors(Vec<FieldError>);

impl FieldErrors {
    /// Adds a reason.
    pub fn add(&mut self, field: impl Into<String>, code: impl Into<String>) {
        self.0.push(FieldError {
            field: field.into(),
            code: code.into(),
            args: BTreeMap::new(),
        });
    }

    /// Adds a reason whose sentence mentions `args`.
    pub fn add_with<const N: usize>(
        &mut self,
        field: impl Into<String>,
        code: impl Into<String>,
        args: [(&'static str, String); N],
    ) {
        self.0.push(FieldError {
            field: field.into(),
            code: code.into(),
            args: args.into(),
        });
    }

    /// Adds what the domain found wrong.
    pub fn add_problem(&mut self, field: impl Into<String>, problem: &Problem) {
        self.0.push(FieldError {
            field: field.into(),
            code: problem.code.to_owned(),
            args: problem.args.clone(),
        });
    }

    /// The reasons of a form within a form, each field's name after `prefix`.
    #[must_use]
    pub fn within(prefix: &str, inner: Self) -> Self {
        let outer = |error: FieldError| FieldError {
            field: format!("{prefix}{}", error.field),
            ..error
        };
        Self(inner.0.into_iter().map(outer).collect())
    }

    /// Adds the reasons of another.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Adds a reason as it is: one found before, at another field.
    pub fn push(&mut self, error: FieldError) {
        self.0.push(error);
    }

    /// The value, or a reason at `field` and nothing. The domain's reasons are
    /// written as their codes.
    pub fn take<T, E: Display>(&mut self, field: &str, value: Result<T, E>) -> Option<T> {
        value.map_err(|reason| self.add(field, reason.to_string())).ok()
    }

    /// Is nothing wrong?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many reasons there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The reasons.
    pub fn iter(&self) -> std::slice::Iter<'_, FieldError> {
        self.0.iter()
    }

    /// An error if anything is wrong.
    pub fn check(self) -> Result<()> {
        if self.is_empty() {
            Ok(())
        } else {
            Err(Error::Invalid(self))
        }
    }
}

impl<'errors> IntoIterator for &'errors FieldErrors {
    type Item = &'errors FieldError;
    type IntoIter = std::slice::Iter<'errors, FieldError>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn a_database_that_gives_no_answer_is_away_and_one_that_says_no_is_not() {
        let failed = |cause| Error::from(DbErr::Query(RuntimeErr::SqlxError(Arc::new(cause))));
        let broken = SqlxError::Io(std::io::ErrorKind::BrokenPipe.into());
        for cause in [broken, SqlxError::PoolTimedOut, SqlxError::PoolClosed] {
            assert!(matches!(failed(cause), Error::Unavailable(_)));
        }
        assert!(matches!(failed(SqlxError::RowNotFound), Error::Database(_)));
    }

    #[test]
    fn a_file_store_that_gives_no_answer_is_away_and_one_without_the_file_is_not() {
        let source = || std::io::Error::from(std::io::ErrorKind::ConnectionRefused).into();
        let silent = object_store::Error::Generic {
            store: "S3",
            source: source(),
        };
        let without = object_store::Error::NotFound {
            path: "a".to_owned(),
            source: source(),
        };
        assert!(matches!(Error::from(silent), Error::FilesAway(_)));
        assert!(matches!(Error::from(without), Error::Files(_)));
    }

    #[test]
    fn what_the_database_says_of_itself_tells_whether_to_come_back() {
        for code in ["57P01", "57P03", "08006", "53300", "5", "517"] {
            assert!(is_for_later(code), "{code}");
        }
        for code in ["23505", "42501", "57014", "1555", "2067", "787"] {
            assert!(!is_for_later(code), "{code}");
        }
    }
}
