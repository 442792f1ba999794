//! A tenant, and whoever comes into it.

use std::sync::Arc;

use domain::{
    id::{MembershipId, PersonId},
    tenancy::Role,
};
use service::{
    Ctx, Error, PersonCtx, audit,
    identity::{self, NewPerson},
    mail::Message,
    tenancy::{self, NewTenant, SettingsForm},
    testing::TestInstallation,
};

pub(crate) const PASSWORD: &str = "nine stones by the weir";

pub(crate) async fn person(cairn: &TestInstallation, name: &str, email: &str) -> PersonId {
    let new = NewPerson {
        id: cairn.new_id(),
        name,
        email,
        password: PASSWORD,
        locale: None,
    };
    identity::register(&cairn.system(), new).await.unwrap()
}

pub(crate) fn new_tenant<'form>(cairn: &TestInstallation, slug: &'form str) -> NewTenant<'form> {
    NewTenant {
        id: cairn.new_id(),
        slug,
        name: "Ridgeway College",
        languages: "en, cy",
        accent: "#3D5A6C",
        owner: None,
    }
}

/// A tenant with an owner, and the owner's context.
pub(crate) struct Ridgeway {
    pub(crate) owner: Ctx,
    pub(crate) owner_id: MembershipId,
}

pub(crate) async fn ridgeway(cairn: &TestInstallation) -> Ridgeway {
    let olive = person(cairn, "Olive Crane", "olive@ridgeway.example").await;
    let new = new_tenant(cairn, "ridgeway");
    let tenant = new.id;
    tenancy::create(&cairn.system(), olive, new).await.unwrap();
    let system = cairn.system().in_tenant(tenant);
    let owner_id = tenancy::add_member(&system, olive, Role::Owner).await.unwrap();
    Ridgeway {
        owner: enter(cairn, "ridgeway", olive).await,
        owner_id,
    }
}

pub(crate) async fn enter(cairn: &TestInstallation, slug: &str, person: PersonId) -> Ctx {
    tenancy::enter(cairn, slug, Some(person)).await.unwrap().1
}

/// A member with `role`: their context, and the membership's id.
pub(crate) async fn member(
    cairn: &TestInstallation,
    owner: &Ctx,
    email: &str,
    role: Role,
) -> (Ctx, MembershipId) {
    let id = person(cairn, "Mabel Heron", email).await;
    let membership = tenancy::add_member(owner, id, role).await.unwrap();
    (enter(cairn, "ridgeway", id).await, membership)
}

pub(crate) fn own(cairn: &TestInstallation, person: PersonId) -> PersonCtx {
    PersonCtx::new(Arc::clone(cairn), person)
}

/// The token in the only mail sent, which is an invitation.
pub(crate) async fn invitation_token(cairn: &TestInstallation) -> String {
    cairn.run_jobs().await.unwrap();
    let mails = cairn.take_mails();
    let [mail] = mails.as_slice() else {
        panic!("not one mail: {mails:?}");
    };
    let Message::Invitation { link, .. } = &mail.message else {
        panic!("not an invitation: {mail:?}");
    };
    link.rsplit('/').next().unwrap().to_owned()
}

pub(crate) fn is_refused<T>(result: &Result<T, Error>, code: &str) -> bool {
    matches!(result, Err(Error::Refused(why)) if *why == code)
}

pub(crate) fn is_not_found<T>(result: &Result<T, Error>) -> bool {
    matches!(result, Err(Error::NotFound))
}

pub(crate) fn reason<T: std::fmt::Debug>(result: Result<T, Error>) -> (String, String) {
    match result {
        Err(Error::Invalid(errors)) => {
            let error = errors.iter().next().unwrap();
            (error.field.clone(), error.code.clone())
        }
        other => panic!("not a form that came back: {other:?}"),
    }
}

pub(crate) async fn set_policy(ctx: &Ctx, sign_up: &str, domains: &str) {
    let settings = tenancy::settings(ctx).await.unwrap();
    let form = SettingsForm {
        revision: &settings.revision,
        name: &settings.name,
        tagline: &settings.tagline,
        description: &settings.description,
        languages: "en",
        accent: &settings.accent,
        sign_up,
        domains,
        allows_suspension: settings.allows_suspension,
        requires_review: settings.requires_review,
    };
    tenancy::update_settings(ctx, form).await.unwrap();
}

pub(crate) async fn actions(ctx: &Ctx) -> Vec<String> {
    let entries = audit::list(ctx, 1).await.unwrap().rows;
    // The clock stands still, and so the order is open.
    let mut actions: Vec<_> = entries.into_iter().map(|entry| entry.action).collect();
    actions.sort();
    actions
}
