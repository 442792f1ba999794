//! `cairn demo`: two tenants with everything in them, and a dozen learners at
//! different points, by the same use cases that people's forms call. Loaded
//! twice, it is the same demo.

mod answer;
mod clock;
mod content;
pub(crate) mod history;
mod item;
pub(crate) mod load;
mod summary;
mod variables;

use std::sync::Arc;

use service::Installation;

pub use clock::DemoClock;
pub use content::ContentError;
pub(crate) use content::TenantContent;
pub use summary::{Account, CredentialSummary, Summary, TenantSummary};

/// Every account of the demo has this password.
pub const PASSWORD: &str = "stone upon stone";

/// The demo cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// What is written cannot be read.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// A use case would not take what is written.
    #[error("demo: {what}: {cause}")]
    UseCase {
        /// The piece of content.
        what: String,
        /// Why.
        cause: service::Error,
    },
    /// A tenant of the demo has the address of one that is not the demo's, which
    /// must not get owners whose password everybody knows.
    #[error("demo: /t/{0} is somebody's own: load the demo into an installation of its own")]
    Taken(String),
    /// A document could not be made.
    #[error("demo: {0}")]
    Json(#[from] serde_json::Error),
}

/// Names the piece of content that a use case would not take.
trait Doing<T> {
    fn doing(self, what: impl Into<String>) -> Result<T, DemoError>;
}

impl<T> Doing<T> for service::Result<T> {
    fn doing(self, what: impl Into<String>) -> Result<T, DemoError> {
        self.map_err(|cause| {
            let mut what = what.into();
            if let service::Error::Invalid(errors) = &cause {
                for error in errors {
                    what = format!("{what}; {}: {}", error.field, error.code);
                }
            }
            DemoError::UseCase { what, cause }
        })
    }
}

/// Loads what is missing of the demo and says what is there. `installation`
/// works by `clock`, which is set back so that the learners have a past.
pub async fn load(installation: &Arc<Installation>, clock: &DemoClock) -> Result<Summary, DemoError> {
    let tenants = content::TenantContent::all()?;
    // All of them before anything is made.
    for content in &tenants {
        load::known(installation, content).await?;
    }
    load::operator(installation).await?;
    for content in &tenants {
        load::tenant(installation, clock, content).await?;
    }
    summary::summary(installation, &tenants).await
}

#[cfg(test)]
mod tests {
    use service::{
        identity,
        tenancy::{self, NewTenant},
        testing::TestInstallation,
    };

    use super::*;

    #[tokio::test]
    async fn an_organisation_with_an_address_of_the_demo_is_left_alone() {
        let cairn = TestInstallation::new().await;
        let new = NewTenant {
            id: cairn.new_id(),
            slug: "ridge",
            name: "Ridge School",
            languages: "en",
            accent: "#2f5d62",
            owner: None,
        };
        let operator = cairn.new_id();
        tenancy::create(&cairn.system(), operator, new).await.unwrap();

        let refused = load(&cairn, &DemoClock::new()).await;
        assert!(
            matches!(&refused, Err(DemoError::Taken(slug)) if slug == "ridge"),
            "{refused:?}"
        );
        assert!(!identity::operator_exists(&cairn).await.unwrap());
        assert_eq!(tenancy::list(&cairn.system()).await.unwrap().len(), 1);
    }
}
