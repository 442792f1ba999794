//! What a tenant says of itself.

use domain::tenancy::SignUpPolicy;
use service::{
    Error,
    tenancy::{self, SettingsForm},
    testing::TestInstallation,
};

use crate::world::{Ridgeway, actions, reason, ridgeway};

#[tokio::test]
async fn settings_are_checked_kept_and_noted() {
    let cairn = TestInstallation::new().await;
    let Ridgeway { owner, .. } = ridgeway(&cairn).await;
    let seen = tenancy::settings(&owner).await.unwrap();
    assert_eq!(seen.sign_up, SignUpPolicy::InvitationOnly);
    assert!(!seen.allows_suspension, "a choice to be made");
    assert!(!seen.requires_review, "a lone teacher has nobody to ask");
    let form = SettingsForm {
        revision: &seen.revision,
        name: "Ridgeway  Academy",
        tagline: "Rivers and how to read them",
        description: "# We read rivers\r\nAll of them.",
        languages: "en",
        accent: "#7A3B2E",
        sign_up: "email-domains",
        domains: "ridgeway.example",
        allows_suspension: true,
        requires_review: true,
    };
    tenancy::update_settings(&owner, form).await.unwrap();
    let (tenant, _) = tenancy::enter(&cairn, "ridgeway", None).await.unwrap();
    assert_eq!(
        (tenant.name.as_str(), tenant.accent.as_str()),
        ("Ridgeway Academy", "#7a3b2e")
    );
    assert!(actions(&owner).await.contains(&"settings-changed".to_owned()));
    let kept = tenancy::settings(&owner).await.unwrap();
    assert!(kept.allows_suspension && kept.requires_review);

    let stale = tenancy::update_settings(
        &owner,
        SettingsForm {
            name: "Other",
            ..form
        },
    )
    .await;
    assert!(matches!(stale, Err(Error::Stale)));
    for (broken, field) in [
        (SettingsForm { name: " ", ..form }, "name"),
        (
            SettingsForm {
                accent: "red;}",
                ..form
            },
            "accent",
        ),
        (
            SettingsForm {
                languages: "english!",
                ..form
            },
            "languages",
        ),
        (SettingsForm { domains: "", ..form }, "domains"),
        (
            SettingsForm {
                sign_up: "maybe",
                ..form
            },
            "sign_up",
        ),
    ] {
        assert_eq!(reason(tenancy::update_settings(&owner, broken).await).0, field);
    }
}
