//! The list: each route, and who finds it. Where several do different things at
//! one address, the list says who comes in at all.

use domain::tenancy::Permission::{
    self, Author, DefineAchievements, Learn, ManagePeople, ManageSettings, Mark, Moderate, ReadAudit,
    Regrade, RevokeCredentials, ViewDrafts,
};

use crate::callers::Caller;

/// Who comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Finds {
    Anyone,
    SignedIn,
    /// A member whose role has this permission.
    May(Permission),
    /// The person whose row it is: badges and attempts are the learner's.
    Holder,
    Operator,
}

use Finds::{Anyone, Holder, May, Operator, SignedIn};

impl Finds {
    pub(crate) fn lets_in(self, caller: Caller) -> bool {
        match self {
            Anyone => true,
            SignedIn => caller != Caller::Visitor,
            May(permission) => caller.role().is_some_and(|role| role.may(permission)),
            Holder => caller == Caller::Learner,
            Operator => caller == Caller::Operator,
        }
    }
}

pub(crate) const ROUTES: &[(&str, Finds)] = &[
    // The server's own.
    ("/assets/{hash}/{*name}", Anyone),
    ("/favicon.ico", Anyone),
    ("/healthz", Anyone),
    ("/readyz", Anyone),
    // For anybody.
    ("/", Anyone),
    ("/verify", Anyone),
    // Private until its holder shares it.
    ("/c/{credential}", Holder),
    ("/c/{credential}/badge.jwt", Holder),
    ("/c/{credential}/badge.png", Holder),
    ("/c/{credential}/badge.svg", Holder),
    ("/c/{credential}/proof.svg", Holder),
    ("/c/{credential}/certificate.pdf", Holder),
    ("/c/{credential}/proof", Holder),
    ("/log/{log}/checkpoint", Anyone),
    ("/log/{log}/key", Anyone),
    ("/log/{log}/tile/{*tile}", Anyone),
    ("/status/{list}", Anyone),
    ("/.well-known/openid-credential-issuer/t/{tenant}", Anyone),
    ("/.well-known/oauth-authorization-server/t/{tenant}", Anyone),
    // For whoever has a code or a token.
    ("/oid4vci/{tenant}/token", Anyone),
    ("/oid4vci/{tenant}/nonce", Anyone),
    ("/oid4vci/{tenant}/credential", Anyone),
    ("/oid4vci/{tenant}/notification", Anyone),
    ("/t/{tenant}", Anyone),
    ("/t/{tenant}/did.json", Anyone),
    ("/t/{tenant}/issuer", Anyone),
    ("/t/{tenant}/competencies/{competency}", Anyone),
    ("/t/{tenant}/courses/{course}", Anyone),
    ("/t/{tenant}/achievements/{achievement}", Anyone),
    ("/t/{tenant}/achievements/{achievement}/image.svg", Anyone),
    ("/t/{tenant}/achievements/{achievement}/image.png", Anyone),
    // An account.
    ("/setup", Anyone),
    ("/sign-up", Anyone),
    ("/sign-in", Anyone),
    ("/sign-out", Anyone),
    ("/check-your-mail", Anyone),
    ("/verify-email", Anyone),
    ("/forgot-password", Anyone),
    ("/reset-password", Anyone),
    ("/invitations/{token}", Anyone),
    ("/account", SignedIn),
    ("/account/email", SignedIn),
    ("/account/password", SignedIn),
    ("/account/sessions", SignedIn),
    ("/account/sessions/end", SignedIn),
    ("/account/sessions/end-others", SignedIn),
    ("/progress", SignedIn),
    ("/wallet", SignedIn),
    ("/wallet/{credential}", Holder),
    ("/wallet/{credential}/badge.json", Holder),
    ("/wallet/{credential}/offer", Holder),
    // Learning.
    ("/t/{tenant}/join", Anyone),
    ("/t/{tenant}/courses/{course}/enrol", May(Learn)),
    ("/t/{tenant}/courses/{course}/move-on", May(Learn)),
    ("/t/{tenant}/courses/{course}/{activity}", May(Learn)),
    ("/t/{tenant}/files/{file}", May(Learn)),
    ("/t/{tenant}/practice/{course}/{activity}", May(Learn)),
    ("/t/{tenant}/assessments/{assessment}", May(Learn)),
    ("/t/{tenant}/attempts/{attempt}", Holder),
    ("/t/{tenant}/attempts/{attempt}/check", Holder),
    ("/t/{tenant}/attempts/{attempt}/file", Holder),
    ("/t/{tenant}/attempts/{attempt}/files/{file}/{name}", Holder),
    ("/t/{tenant}/attempts/{attempt}/go-on", Holder),
    ("/t/{tenant}/attempts/{attempt}/result", Holder),
    ("/t/{tenant}/attempts/{attempt}/answers", Holder),
    ("/t/{tenant}/attempts/{attempt}/appeal", Holder),
    ("/t/{tenant}/progress", May(Learn)),
    ("/t/{tenant}/progress/{competency}", May(Learn)),
    // Teaching.
    ("/t/{tenant}/teach", May(ViewDrafts)),
    ("/t/{tenant}/teach/files", May(Author)),
    ("/t/{tenant}/teach/competencies", May(Author)),
    ("/t/{tenant}/teach/competencies/new", May(Author)),
    (
        "/t/{tenant}/teach/competencies/frameworks/{framework}",
        May(Author),
    ),
    (
        "/t/{tenant}/teach/competencies/frameworks/{framework}/edit",
        May(Author),
    ),
    (
        "/t/{tenant}/teach/competencies/frameworks/{framework}/new",
        May(Author),
    ),
    (
        "/t/{tenant}/teach/competencies/frameworks/{framework}/remove",
        May(Author),
    ),
    ("/t/{tenant}/teach/competencies/{competency}", May(Author)),
    ("/t/{tenant}/teach/competencies/{competency}/order", May(Author)),
    ("/t/{tenant}/teach/competencies/{competency}/rule", May(Author)),
    ("/t/{tenant}/teach/competencies/{competency}/remove", May(Author)),
    ("/t/{tenant}/teach/courses/new", May(Author)),
    ("/t/{tenant}/teach/courses/{course}", May(Author)),
    ("/t/{tenant}/teach/courses/{course}/order", May(Author)),
    ("/t/{tenant}/teach/courses/{course}/about", May(Author)),
    ("/t/{tenant}/teach/courses/{course}/publish", May(Author)),
    ("/t/{tenant}/teach/courses/{course}/archive", May(Author)),
    ("/t/{tenant}/teach/courses/{course}/restore", May(Author)),
    ("/t/{tenant}/teach/courses/{course}/add", May(Author)),
    ("/t/{tenant}/teach/courses/{course}/modules/{module}", May(Author)),
    (
        "/t/{tenant}/teach/courses/{course}/modules/{module}/add",
        May(Author),
    ),
    (
        "/t/{tenant}/teach/courses/{course}/modules/{module}/remove",
        May(Author),
    ),
    (
        "/t/{tenant}/teach/courses/{course}/activities/{activity}",
        May(Author),
    ),
    (
        "/t/{tenant}/teach/courses/{course}/activities/{activity}/remove",
        May(Author),
    ),
    ("/t/{tenant}/teach/items", May(Author)),
    ("/t/{tenant}/teach/items/new", May(Author)),
    ("/t/{tenant}/teach/items/{item}", May(Author)),
    ("/t/{tenant}/teach/items/{item}/preview", May(Author)),
    ("/t/{tenant}/teach/items/{item}/variants", May(Author)),
    ("/t/{tenant}/teach/items/{item}/review", May(Author)),
    ("/t/{tenant}/teach/items/{item}/retire", May(Author)),
    ("/t/{tenant}/teach/items/{item}/restore", May(Author)),
    ("/t/{tenant}/teach/items/import", May(Author)),
    ("/t/{tenant}/teach/items/import/refused", May(Author)),
    ("/t/{tenant}/teach/items/import/refused/{refused}", May(Author)),
    (
        "/t/{tenant}/teach/items/import/refused/{refused}/forget",
        May(Author),
    ),
    ("/t/{tenant}/teach/assessments", May(Author)),
    ("/t/{tenant}/teach/assessments/new", May(Author)),
    ("/t/{tenant}/teach/assessments/{assessment}", May(Author)),
    ("/t/{tenant}/teach/assessments/{assessment}/answers", May(Author)),
    (
        "/t/{tenant}/teach/assessments/{assessment}/answers.csv",
        May(Author),
    ),
    (
        "/t/{tenant}/teach/assessments/{assessment}/answers/{version}",
        May(Author),
    ),
    (
        "/t/{tenant}/teach/assessments/{assessment}/answers/{version}/regrade",
        May(Regrade),
    ),
    ("/t/{tenant}/teach/regrades/{regrade}", May(Regrade)),
    ("/t/{tenant}/teach/groundless", May(Regrade)),
    ("/t/{tenant}/teach/groundless/withdraw", May(RevokeCredentials)),
    ("/t/{tenant}/teach/assessments/{assessment}/delivery", May(Author)),
    ("/t/{tenant}/teach/assessments/{assessment}/archive", May(Author)),
    ("/t/{tenant}/teach/assessments/{assessment}/restore", May(Author)),
    ("/t/{tenant}/teach/marking", May(Mark)),
    ("/t/{tenant}/teach/marking/{marking}", May(Mark)),
    ("/t/{tenant}/teach/appeals/{appeal}", May(Mark)),
    (
        "/t/{tenant}/teach/appeals/{appeal}/files/{file}/{name}",
        May(Mark),
    ),
    (
        "/t/{tenant}/teach/marking/{marking}/files/{file}/{name}",
        May(Mark),
    ),
    ("/t/{tenant}/teach/late/{attempt}", May(Mark)),
    ("/t/{tenant}/teach/marking/comments", May(Mark)),
    ("/t/{tenant}/teach/assessments/{assessment}/marking", May(Author)),
    (
        "/t/{tenant}/teach/assessments/{assessment}/agreement",
        May(Moderate),
    ),
    // Running a tenant.
    ("/t/{tenant}/admin", May(ManagePeople)),
    ("/t/{tenant}/admin/settings", May(ManageSettings)),
    ("/t/{tenant}/admin/settings/logo", May(ManageSettings)),
    ("/t/{tenant}/admin/people", May(ManagePeople)),
    ("/t/{tenant}/admin/people/{membership}", May(ManagePeople)),
    ("/t/{tenant}/admin/people/{membership}/end", May(ManagePeople)),
    (
        "/t/{tenant}/admin/people/{membership}/accommodation",
        May(ManagePeople),
    ),
    ("/t/{tenant}/admin/invitations", May(ManagePeople)),
    (
        "/t/{tenant}/admin/invitations/{invitation}/revoke",
        May(ManagePeople),
    ),
    ("/t/{tenant}/admin/audit", May(ReadAudit)),
    ("/t/{tenant}/admin/programs", May(DefineAchievements)),
    ("/t/{tenant}/admin/achievements", May(DefineAchievements)),
    ("/t/{tenant}/admin/achievements/new", May(DefineAchievements)),
    (
        "/t/{tenant}/admin/achievements/{achievement}",
        May(DefineAchievements),
    ),
    (
        "/t/{tenant}/admin/achievements/{achievement}/picture",
        May(DefineAchievements),
    ),
    (
        "/t/{tenant}/admin/achievements/{achievement}/archive",
        May(DefineAchievements),
    ),
    (
        "/t/{tenant}/admin/achievements/{achievement}/restore",
        May(DefineAchievements),
    ),
    ("/t/{tenant}/admin/credentials", May(RevokeCredentials)),
    (
        "/t/{tenant}/admin/credentials/{credential}",
        May(RevokeCredentials),
    ),
    (
        "/t/{tenant}/admin/credentials/{credential}/{step}",
        May(RevokeCredentials),
    ),
    // Running the installation.
    ("/styleguide", Operator),
    ("/operator", Operator),
    ("/operator/tenants/new", Operator),
    ("/operator/jobs", Operator),
    ("/operator/jobs/{job}/retry", Operator),
    ("/operator/jobs/{job}/discard", Operator),
    // What other software calls.
    ("/api/v1/verify", Anyone),
    ("/api/v1/openapi.json", Anyone),
    // What islands call.
    ("/api/preview-markdown", May(Author)),
    ("/api/save-answer", Holder),
    ("/api/keep-mark", May(Mark)),
];

/// What a call of a server function sends; `attempt` is one of the learner's.
pub(crate) fn content(path: &str, attempt: &str) -> Option<String> {
    match path {
        "/api/preview-markdown" => Some("tenant=harbour&markdown=-".to_owned()),
        "/api/save-answer" => Some(format!(
            "tenant=harbour&attempt={attempt}&position=0&sequence=0&fields="
        )),
        // Nothing is claimed.
        "/api/keep-mark" => {
            Some("tenant=harbour&piece=0198c0de-0000-7000-8000-00000000dead&fields=".to_owned())
        }
        _ => None,
    }
}

/// What no link in the demo leads to, and why.
pub(crate) const NOT_LINKED: &[(&str, &str)] = &[
    ("/healthz", "for machines"),
    ("/readyz", "for machines"),
    ("/favicon.ico", "browsers ask for it"),
    ("/status/{list}", "badges name it"),
    ("/log/{log}/tile/{*tile}", "whoever reads the log knows where"),
    ("/api/v1/verify", "for software"),
    (
        "/.well-known/openid-credential-issuer/t/{tenant}",
        "wallets look there",
    ),
    (
        "/.well-known/oauth-authorization-server/t/{tenant}",
        "wallets look there",
    ),
    ("/oid4vci/{tenant}/token", "what wallets look up names it"),
    ("/oid4vci/{tenant}/nonce", "what wallets look up names it"),
    ("/oid4vci/{tenant}/credential", "what wallets look up names it"),
    ("/oid4vci/{tenant}/notification", "what wallets look up names it"),
    ("/setup", "gone once there is an operator"),
    ("/check-your-mail", "follows a form"),
    ("/verify-email", "in a mail"),
    ("/reset-password", "in a mail"),
    ("/invitations/{token}", "in a mail"),
    (
        "/t/{tenant}/achievements/{achievement}/image.png",
        "badges name it",
    ),
    ("/t/{tenant}/attempts/{attempt}/check", "follows a form"),
    ("/t/{tenant}/attempts/{attempt}/go-on", "nobody is on a break"),
    ("/t/{tenant}/attempts/{attempt}/answers", "nobody's time is up"),
    ("/t/{tenant}/courses/{course}/move-on", "needs a newer version"),
    (
        "/t/{tenant}/teach/competencies/frameworks/{framework}/remove",
        "none is empty",
    ),
    (
        "/t/{tenant}/teach/courses/{course}/publish",
        "nothing has changed",
    ),
    (
        "/t/{tenant}/teach/courses/{course}/restore",
        "nothing is put away",
    ),
    ("/t/{tenant}/teach/marking/{marking}", "nothing is claimed"),
    ("/t/{tenant}/teach/appeals/{appeal}", "nobody has asked"),
    (
        "/t/{tenant}/attempts/{attempt}/file",
        "no question asks for a file",
    ),
    (
        "/t/{tenant}/attempts/{attempt}/files/{file}/{name}",
        "no file was sent",
    ),
    (
        "/t/{tenant}/teach/appeals/{appeal}/files/{file}/{name}",
        "no file was sent",
    ),
    (
        "/t/{tenant}/teach/marking/{marking}/files/{file}/{name}",
        "no file was sent",
    ),
    ("/t/{tenant}/teach/late/{attempt}", "nothing came late"),
    ("/t/{tenant}/teach/regrades/{regrade}", "nothing is regraded"),
    (
        "/t/{tenant}/teach/groundless/withdraw",
        "no badge has lost its ground",
    ),
    ("/t/{tenant}/teach/items/{item}/restore", "nothing is put away"),
    (
        "/t/{tenant}/teach/items/import/refused/{refused}",
        "nothing was refused",
    ),
    (
        "/t/{tenant}/teach/items/import/refused/{refused}/forget",
        "nothing was refused",
    ),
    (
        "/t/{tenant}/teach/items/{item}/variants",
        "no question has variables",
    ),
    (
        "/t/{tenant}/teach/assessments/{assessment}/restore",
        "nothing is put away",
    ),
    (
        "/t/{tenant}/admin/achievements/{achievement}/restore",
        "nothing is put away",
    ),
    (
        "/t/{tenant}/admin/invitations/{invitation}/revoke",
        "nobody is invited",
    ),
    ("/operator/jobs/{job}/retry", "no job has failed"),
    ("/operator/jobs/{job}/discard", "no job has failed"),
];

/// The route that answers at `path`: of those that fit, the one with the most
/// parts written out.
pub(crate) fn of(path: &str) -> Option<&'static str> {
    ROUTES
        .iter()
        .map(|(route, _)| *route)
        .filter(|route| fits(route, path))
        .min_by_key(|route| route.matches('{').count())
}

fn fits(route: &str, path: &str) -> bool {
    let mut parts = path.split('/');
    for wanted in route.split('/') {
        if wanted.starts_with("{*") {
            return parts.next().is_some();
        }
        let Some(part) = parts.next() else {
            return false;
        };
        if !(wanted == part || wanted.starts_with('{') && !part.is_empty()) {
            return false;
        }
    }
    parts.next().is_none()
}

/// An address of `route` in `harbour` whose rows do not exist.
pub(crate) fn with_unknown_ids(route: &str) -> String {
    route
        .split('/')
        .map(|part| match part {
            "{tenant}" => "harbour",
            part if part.starts_with('{') => "01890000-0000-7000-8000-000000000000",
            part => part,
        })
        .collect::<Vec<_>>()
        .join("/")
}
