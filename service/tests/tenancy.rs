//! Tenants, and who comes to belong to them.

#![expect(clippy::unwrap_used, reason = "a test that cannot be set up must fail")]

use std::{sync::Arc, time::Duration};

use domain::{
    id::{InvitationId, MembershipId, PersonId},
    tenancy::{Role, SignUpPolicy},
};
use service::{
    Ctx, Error, PersonCtx, audit,
    identity::{self, NewPerson},
    mail::Message,
    tenancy::{self, InvitationState, Joining, NewTenant, PeopleFilter, SettingsForm},
    testing::TestInstallation,
};

const PASSWORD: &str = "nine stones by the weir";

async fn person(cairn: &TestInstallation, name: &str, email: &str) -> PersonId {
    let new = NewPerson {
        id: cairn.new_id(),
        name,
        email,
        password: PASSWORD,
        locale: None,
    };
    identity::register(&cairn.system(), new).await.unwrap()
}

fn new_tenant<'form>(cairn: &TestInstallation, slug: &'form str) -> NewTenant<'form> {
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
struct Ridgeway {
    owner: Ctx,
    owner_id: MembershipId,
}

async fn ridgeway(cairn: &TestInstallation) -> Ridgeway {
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

async fn enter(cairn: &TestInstallation, slug: &str, person: PersonId) -> Ctx {
    tenancy::enter(cairn, slug, Some(person)).await.unwrap().1
}

/// A member with `role`: their context, and the membership's id.
async fn member(cairn: &TestInstallation, owner: &Ctx, email: &str, role: Role) -> (Ctx, MembershipId) {
    let id = person(cairn, "Mabel Heron", email).await;
    let membership = tenancy::add_member(owner, id, role).await.unwrap();
    (enter(cairn, "ridgeway", id).await, membership)
}

fn own(cairn: &TestInstallation, person: PersonId) -> PersonCtx {
    PersonCtx::new(Arc::clone(cairn), person)
}

/// The token in the only mail sent, which is an invitation.
async fn invitation_token(cairn: &TestInstallation) -> String {
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

fn is_refused<T>(result: &Result<T, Error>, code: &str) -> bool {
    matches!(result, Err(Error::Refused(why)) if *why == code)
}

fn is_not_found<T>(result: &Result<T, Error>) -> bool {
    matches!(result, Err(Error::NotFound))
}

fn reason<T: std::fmt::Debug>(result: Result<T, Error>) -> (String, String) {
    match result {
        Err(Error::Invalid(errors)) => {
            let error = errors.iter().next().unwrap();
            (error.field.clone(), error.code.clone())
        }
        other => panic!("not a form that came back: {other:?}"),
    }
}

async fn set_policy(ctx: &Ctx, sign_up: &str, domains: &str) {
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
    };
    tenancy::update_settings(ctx, form).await.unwrap();
}

async fn actions(ctx: &Ctx) -> Vec<String> {
    let entries = audit::list(ctx, 1).await.unwrap().rows;
    // The clock stands still, and so the order is open.
    let mut actions: Vec<_> = entries.into_iter().map(|entry| entry.action).collect();
    actions.sort();
    actions
}

#[tokio::test]
async fn an_operator_makes_a_tenant_whose_first_owner_comes_by_invitation() {
    let cairn = TestInstallation::new().await;
    let operator = person(&cairn, "Ansgar Pike", "ansgar@cairn.example").await;
    let olive = person(&cairn, "Olive Crane", "olive@ridgeway.example").await;
    let new = NewTenant {
        owner: Some("olive@ridgeway.example"),
        ..new_tenant(&cairn, "ridgeway")
    };
    let slug = tenancy::create(&cairn.system(), operator, new).await.unwrap();
    assert_eq!(slug.as_str(), "ridgeway");

    let token = invitation_token(&cairn).await;
    let invited = tenancy::invitation(&cairn, &token).await.unwrap();
    assert_eq!(
        (invited.tenant.as_str(), invited.role, invited.state),
        ("Ridgeway College", Role::Owner, InvitationState::Waiting)
    );
    tenancy::accept_invitation(&own(&cairn, olive), &token)
        .await
        .unwrap();
    let owner = enter(&cairn, "ridgeway", olive).await;
    assert_eq!(owner.actor().role, Some(Role::Owner));
    assert_eq!(
        actions(&owner).await,
        ["invitation-accepted", "invitation-sent", "tenant-created"]
    );
}

#[tokio::test]
async fn a_tenant_made_twice_by_one_form_is_one_and_an_address_is_nobody_elses() {
    let cairn = TestInstallation::new().await;
    let operator = person(&cairn, "Ansgar Pike", "ansgar@cairn.example").await;
    let new = new_tenant(&cairn, "ridgeway");
    tenancy::create(&cairn.system(), operator, new.clone())
        .await
        .unwrap();
    tenancy::create(&cairn.system(), operator, new).await.unwrap();
    assert_eq!(tenancy::list(&cairn.system()).await.unwrap().len(), 1);

    let taken = tenancy::create(&cairn.system(), operator, new_tenant(&cairn, "ridgeway")).await;
    assert_eq!(reason(taken), ("slug".to_owned(), "slug-taken".to_owned()));
    for (new, field) in [
        (new_tenant(&cairn, "Ridgeway"), "slug"),
        (
            NewTenant {
                name: "",
                ..new_tenant(&cairn, "other")
            },
            "name",
        ),
        (
            NewTenant {
                accent: "blue",
                ..new_tenant(&cairn, "other")
            },
            "accent",
        ),
        (
            NewTenant {
                languages: "",
                ..new_tenant(&cairn, "other")
            },
            "languages",
        ),
        (
            NewTenant {
                owner: Some("x"),
                ..new_tenant(&cairn, "other")
            },
            "owner",
        ),
    ] {
        let answer = tenancy::create(&cairn.system(), operator, new).await;
        assert_eq!(reason(answer).0, field);
    }
}

#[tokio::test]
async fn who_may_join_follows_the_policy() {
    let cairn = TestInstallation::new().await;
    let Ridgeway { owner, .. } = ridgeway(&cairn).await;
    let near = person(&cairn, "Mabel Heron", "mabel@fallow.example").await;
    let far = person(&cairn, "Odo Marsh", "odo@sub.fallow.example").await;
    let joining = async |person| {
        let ctx = enter(&cairn, "ridgeway", person).await;
        tenancy::joining(&ctx).await.unwrap()
    };
    for (policy, near_may, far_may) in [
        (
            "invitation-only",
            Joining::NeedsInvitation,
            Joining::NeedsInvitation,
        ),
        ("email-domains", Joining::Open, Joining::NeedsInvitation),
        ("open", Joining::Open, Joining::Open),
    ] {
        set_policy(&owner, policy, "fallow.example").await;
        assert_eq!(
            (joining(near).await, joining(far).await),
            (near_may, far_may),
            "{policy}"
        );
    }

    set_policy(&owner, "email-domains", "fallow.example").await;
    let refused = tenancy::join(&enter(&cairn, "ridgeway", far).await).await;
    assert!(is_refused(&refused, "join-needs-invitation"));
    for _ in 0..2 {
        tenancy::join(&enter(&cairn, "ridgeway", near).await)
            .await
            .unwrap();
    }
    assert_eq!(joining(near).await, Joining::Member);
    let ctx = enter(&cairn, "ridgeway", near).await;
    assert_eq!(ctx.actor().role, Some(Role::Learner));
}

#[tokio::test]
async fn an_address_that_was_never_confirmed_opens_no_door() {
    let cairn = TestInstallation::new().await;
    let Ridgeway { owner, .. } = ridgeway(&cairn).await;
    set_policy(&owner, "open", "").await;
    let id: PersonId = cairn.new_id();
    let form = identity::SignUp {
        person: NewPerson {
            id,
            name: "Mabel Heron",
            email: "mabel@fallow.example",
            password: PASSWORD,
            locale: None,
        },
        back: None,
    };
    identity::sign_up(&cairn, form).await.unwrap();
    let refused = tenancy::join(&enter(&cairn, "ridgeway", id).await).await;
    assert!(is_refused(&refused, "join-needs-invitation"));
}

#[tokio::test]
async fn an_invitation_is_for_one_address_and_makes_one_member() {
    let cairn = TestInstallation::new().await;
    let Ridgeway { owner, .. } = ridgeway(&cairn).await;
    let mabel = person(&cairn, "Mabel Heron", "mabel@fallow.example").await;
    let odo = person(&cairn, "Odo Marsh", "odo@marsh.example").await;
    let id: InvitationId = owner.new_id();
    for _ in 0..2 {
        tenancy::invite(&owner, id, "Mabel@Fallow.example", "instructor")
            .await
            .unwrap();
    }
    let token = invitation_token(&cairn).await;

    let other = tenancy::accept_invitation(&own(&cairn, odo), &token).await;
    assert!(is_refused(&other, "invitation-other-address"));
    for _ in 0..2 {
        let slug = tenancy::accept_invitation(&own(&cairn, mabel), &token)
            .await
            .unwrap();
        assert_eq!(slug, "ridgeway");
    }
    let ctx = enter(&cairn, "ridgeway", mabel).await;
    assert_eq!(ctx.actor().role, Some(Role::Instructor));
    assert_eq!(
        tenancy::people(&owner, PeopleFilter::default(), 1)
            .await
            .unwrap()
            .total,
        2
    );
    let member_already = tenancy::invite(&owner, owner.new_id(), "mabel@fallow.example", "learner").await;
    assert_eq!(
        reason(member_already),
        ("email".to_owned(), "already-member".to_owned())
    );
}

#[tokio::test]
async fn an_invitation_that_is_over_admits_nobody() {
    let cairn = TestInstallation::new().await;
    let Ridgeway { owner, .. } = ridgeway(&cairn).await;
    let mabel = person(&cairn, "Mabel Heron", "mabel@fallow.example").await;
    let invite = async |role: &str| {
        let id: InvitationId = owner.new_id();
        tenancy::invite(&owner, id, "mabel@fallow.example", role)
            .await
            .unwrap();
        (id, invitation_token(&cairn).await)
    };
    let (first, replaced) = invite("learner").await;
    let (second, revoked) = invite("assessor").await;
    for _ in 0..2 {
        tenancy::revoke_invitation(&owner, second).await.unwrap();
    }
    let (third, expired) = invite("assessor").await;
    cairn.pass(Duration::from_hours(7 * 24));
    for token in [replaced, revoked, expired] {
        let answer = tenancy::accept_invitation(&own(&cairn, mabel), &token).await;
        assert!(is_refused(&answer, "invitation-over"));
    }
    let listed = tenancy::invitations(&owner, 1).await.unwrap().rows;
    let state_of = |id| {
        listed
            .iter()
            .find(|invitation| invitation.id == id)
            .unwrap()
            .state
    };
    assert_eq!(
        [first, second, third].map(state_of),
        [
            InvitationState::Revoked,
            InvitationState::Revoked,
            InvitationState::Expired
        ]
    );
    for nonsense in ["x", "", &"A".repeat(64), &"A".repeat(5_000)] {
        assert!(is_not_found(&tenancy::invitation(&cairn, nonsense).await));
    }
}

#[tokio::test]
async fn an_invitation_never_lowers_what_a_member_is() {
    let cairn = TestInstallation::new().await;
    let Ridgeway { owner, .. } = ridgeway(&cairn).await;
    let mabel = person(&cairn, "Mabel Heron", "mabel@fallow.example").await;
    tenancy::invite(&owner, owner.new_id(), "mabel@fallow.example", "learner")
        .await
        .unwrap();
    let token = invitation_token(&cairn).await;
    tenancy::add_member(&owner, mabel, Role::Admin).await.unwrap();
    tenancy::accept_invitation(&own(&cairn, mabel), &token)
        .await
        .unwrap();
    let ctx = enter(&cairn, "ridgeway", mabel).await;
    assert_eq!(ctx.actor().role, Some(Role::Admin));
}

#[tokio::test]
async fn the_last_owner_stays_one() {
    let cairn = TestInstallation::new().await;
    let Ridgeway { owner, owner_id } = ridgeway(&cairn).await;
    let demoted = tenancy::change_role(&owner, owner_id, "owner", "admin").await;
    assert!(is_refused(&demoted, "last-owner"));
    let ended = tenancy::end_membership(&owner, owner_id).await;
    assert!(is_refused(&ended, "last-owner"));

    let (_, second) = member(&cairn, &owner, "mabel@fallow.example", Role::Owner).await;
    tenancy::end_membership(&owner, owner_id).await.unwrap();
    let alone = tenancy::end_membership(&owner, second).await;
    assert!(is_refused(&alone, "last-owner"));
}

#[tokio::test]
async fn two_owners_who_unmake_each_other_at_once_leave_one() {
    let cairn = TestInstallation::new().await;
    let Ridgeway { owner, owner_id } = ridgeway(&cairn).await;
    let (second, second_id) = member(&cairn, &owner, "mabel@fallow.example", Role::Owner).await;
    let (one, two) = tokio::join!(
        tenancy::change_role(&owner, second_id, "owner", "learner"),
        tenancy::change_role(&second, owner_id, "owner", "learner"),
    );
    assert!(one.is_ok() != two.is_ok(), "{one:?} {two:?}");
}

#[tokio::test]
async fn an_admin_changes_roles_below_an_owners_and_others_change_none() {
    let cairn = TestInstallation::new().await;
    let Ridgeway { owner, owner_id } = ridgeway(&cairn).await;
    let (admin, _) = member(&cairn, &owner, "adele@fallow.example", Role::Admin).await;
    let (learner, learner_id) = member(&cairn, &owner, "mabel@fallow.example", Role::Learner).await;
    let (instructor, _) = member(&cairn, &owner, "ivo@fallow.example", Role::Instructor).await;

    tenancy::change_role(&admin, learner_id, "learner", "assessor")
        .await
        .unwrap();
    let owner_made = tenancy::change_role(&admin, learner_id, "assessor", "owner").await;
    assert_eq!(reason(owner_made), ("role".to_owned(), "role-above".to_owned()));
    let owner_unmade = tenancy::change_role(&admin, owner_id, "owner", "learner").await;
    assert!(is_refused(&owner_unmade, "role-above"));
    assert!(is_refused(
        &tenancy::end_membership(&admin, owner_id).await,
        "role-above"
    ));
    let owner_invited = tenancy::invite(&admin, admin.new_id(), "new@fallow.example", "owner").await;
    assert_eq!(
        reason(owner_invited),
        ("role".to_owned(), "role-above".to_owned())
    );

    for ctx in [&learner, &instructor] {
        assert!(is_not_found(
            &tenancy::people(ctx, PeopleFilter::default(), 1).await
        ));
        assert!(is_not_found(
            &tenancy::change_role(ctx, learner_id, "assessor", "learner").await
        ));
        assert!(is_not_found(&tenancy::end_membership(ctx, learner_id).await));
        assert!(is_not_found(&tenancy::settings(ctx).await));
        assert!(is_not_found(&tenancy::invitations(ctx, 1).await));
        assert!(is_not_found(&audit::list(ctx, 1).await));
    }
}

#[tokio::test]
async fn a_role_that_somebody_else_changed_meanwhile_is_not_changed_blindly() {
    let cairn = TestInstallation::new().await;
    let Ridgeway { owner, .. } = ridgeway(&cairn).await;
    let (_, id) = member(&cairn, &owner, "mabel@fallow.example", Role::Learner).await;
    tenancy::change_role(&owner, id, "learner", "assessor")
        .await
        .unwrap();
    let stale = tenancy::change_role(&owner, id, "learner", "instructor").await;
    assert!(matches!(stale, Err(Error::Stale)));
    // The same button pressed twice.
    tenancy::change_role(&owner, id, "learner", "assessor")
        .await
        .unwrap();
}

#[tokio::test]
async fn whose_membership_was_ended_comes_back_by_invitation_only() {
    let cairn = TestInstallation::new().await;
    let Ridgeway { owner, .. } = ridgeway(&cairn).await;
    set_policy(&owner, "open", "").await;
    let (mabel, id) = member(&cairn, &owner, "mabel@fallow.example", Role::Instructor).await;
    tenancy::end_membership(&owner, id).await.unwrap();
    assert!(is_not_found(&tenancy::member(&owner, id).await));
    let person = mabel.person().unwrap();
    let outside = enter(&cairn, "ridgeway", person).await;
    assert_eq!(outside.actor().role, None);
    assert!(is_refused(&tenancy::join(&outside).await, "join-ended"));
    assert!(tenancy::mine(&own(&cairn, person)).await.unwrap().is_empty());

    tenancy::invite(&owner, owner.new_id(), "mabel@fallow.example", "learner")
        .await
        .unwrap();
    let token = invitation_token(&cairn).await;
    tenancy::accept_invitation(&own(&cairn, person), &token)
        .await
        .unwrap();
    let mine = tenancy::mine(&own(&cairn, person)).await.unwrap();
    assert_eq!(
        (mine[0].tenant.slug.as_str(), mine[0].role),
        ("ridgeway", Role::Learner)
    );
}

#[tokio::test]
async fn people_are_found_by_a_part_of_their_name_or_address() {
    let cairn = TestInstallation::new().await;
    let Ridgeway { owner, .. } = ridgeway(&cairn).await;
    for (name, email) in [
        ("Bertil Åkesson", "bertil@fallow.example"),
        ("Ana 100% Real", "ana_r@fallow.example"),
    ] {
        let id = person(&cairn, name, email).await;
        tenancy::add_member(&owner, id, Role::Learner).await.unwrap();
    }
    let found = async |search: &str| {
        let filter = PeopleFilter { search, role: None };
        let list = tenancy::people(&owner, filter, 1).await.unwrap();
        list.rows
            .into_iter()
            .map(|member| member.name)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        found("").await,
        ["Ana 100% Real", "Bertil Åkesson", "Olive Crane"]
    );
    assert_eq!(found("BERT").await, ["Bertil Åkesson"]);
    assert_eq!(found("kesson").await, ["Bertil Åkesson"]);
    assert_eq!(found("ridgeway.example").await, ["Olive Crane"]);
    assert_eq!(found("100%").await, ["Ana 100% Real"]);
    assert_eq!(found("a_r").await, ["Ana 100% Real"]);
    assert!(found("%").await.len() == 1 && found("\\").await.is_empty());
    let owners = PeopleFilter {
        search: "",
        role: Some(Role::Owner),
    };
    assert_eq!(tenancy::people(&owner, owners, 1).await.unwrap().total, 1);
}

#[tokio::test]
async fn settings_are_checked_kept_and_noted() {
    let cairn = TestInstallation::new().await;
    let Ridgeway { owner, .. } = ridgeway(&cairn).await;
    let seen = tenancy::settings(&owner).await.unwrap();
    assert_eq!(seen.sign_up, SignUpPolicy::InvitationOnly);
    let form = SettingsForm {
        revision: &seen.revision,
        name: "Ridgeway  Academy",
        tagline: "Rivers and how to read them",
        description: "# We read rivers\r\nAll of them.",
        languages: "en",
        accent: "#7A3B2E",
        sign_up: "email-domains",
        domains: "ridgeway.example",
    };
    tenancy::update_settings(&owner, form).await.unwrap();
    let (tenant, _) = tenancy::enter(&cairn, "ridgeway", None).await.unwrap();
    assert_eq!(
        (tenant.name.as_str(), tenant.accent.as_str()),
        ("Ridgeway Academy", "#7a3b2e")
    );
    assert!(actions(&owner).await.contains(&"settings-changed".to_owned()));

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

#[tokio::test]
async fn nothing_of_another_tenant_is_seen_or_changed() {
    let cairn = TestInstallation::new().await;
    let Ridgeway { owner, owner_id } = ridgeway(&cairn).await;
    let stranger = person(&cairn, "Sten Moor", "sten@moor.example").await;
    let other = new_tenant(&cairn, "moorside");
    let other_id = other.id;
    tenancy::create(&cairn.system(), stranger, other).await.unwrap();
    tenancy::add_member(&cairn.system().in_tenant(other_id), stranger, Role::Owner)
        .await
        .unwrap();
    let moorside = enter(&cairn, "moorside", stranger).await;

    let id: InvitationId = owner.new_id();
    tenancy::invite(&owner, id, "new@fallow.example", "learner")
        .await
        .unwrap();
    assert!(is_not_found(&tenancy::member(&moorside, owner_id).await));
    assert!(is_not_found(
        &tenancy::change_role(&moorside, owner_id, "owner", "learner").await
    ));
    assert!(is_not_found(&tenancy::end_membership(&moorside, owner_id).await));
    assert!(is_not_found(&tenancy::revoke_invitation(&moorside, id).await));
    assert!(tenancy::invitations(&moorside, 1).await.unwrap().rows.is_empty());
    let people = tenancy::people(&moorside, PeopleFilter::default(), 1)
        .await
        .unwrap();
    assert_eq!(people.rows.len(), 1);
    assert_eq!(people.rows[0].name, "Sten Moor");
    assert!(
        actions(&moorside)
            .await
            .iter()
            .all(|action| action != "invitation-sent")
    );
    let visiting = enter(&cairn, "ridgeway", stranger).await;
    assert!(is_not_found(
        &tenancy::people(&visiting, PeopleFilter::default(), 1).await
    ));
}
