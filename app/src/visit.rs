//! Who is looking at what: taken from each request once, for every page.

use std::{ops::Deref, sync::Arc};

use axum::{
    extract::{FromRequestParts, RawPathParams, Request, State},
    http::{HeaderMap, Method, Uri, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{id::PersonId, tenancy::Permission};
use service::{
    Ctx, Error, Installation, PersonCtx,
    identity::{self, Person, sessions},
    tenancy::{self, Tenant},
};
use tower_sessions::Session;

use crate::{
    Site,
    failure::{Failure, explained},
    form::{Form, Typed},
    i18n::{Args, Locale},
};

/// One request for a page: the person, their language, and where they are.
#[derive(Debug, Clone)]
pub(crate) struct Visit {
    pub(crate) site: Site,
    pub(crate) person: Option<Person>,
    pub(crate) locale: Locale,
    pub(crate) uri: Uri,
    /// Whether they only look: nothing is to be done for them.
    pub(crate) only_looks: bool,
    /// The tenant whose page this is, and what the person is there.
    pub(crate) place: Option<(Arc<Tenant>, Ctx)>,
    /// The form that came with it, once it was read: a page that says why it
    /// could not be taken gives it back.
    pub(crate) typed: Typed,
}

impl Visit {
    /// A visit of which no more is known than the request says.
    pub(crate) fn of_nobody(site: Site, headers: &HeaderMap, uri: &Uri) -> Self {
        Self {
            site,
            person: None,
            locale: Locale::choose(None, accepted(headers)),
            uri: uri.clone(),
            only_looks: true,
            place: None,
            typed: Arc::default(),
        }
    }

    /// A text in the visitor's language, for use outside of a view.
    pub(crate) fn t(&self, key: &str) -> String {
        self.locale.text(key, &Args::new())
    }

    pub(crate) fn installation(&self) -> &Arc<Installation> {
        &self.site.installation
    }

    /// What was asked for: path and query.
    pub(crate) fn address(&self) -> &str {
        self.uri.path_and_query().map_or("/", |address| address.as_str())
    }

    /// The value of `name` in the address's query.
    pub(crate) fn query(&self, name: &str) -> Option<String> {
        let query = self.uri.query()?;
        url::form_urlencoded::parse(query.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    }
}

/// Puts the [`Visit`] into each request, and turns trouble into a page that can
/// be read.
pub(crate) async fn welcome(
    State(site): State<Site>,
    session: Session,
    mut request: Request,
    next: Next,
) -> Response {
    let typed = request.extensions().get::<Typed>().cloned().unwrap_or_default();
    let found = visit(site, &session, request.headers(), request.uri()).await;
    let mut visit = match found {
        Ok(visit) => Visit { typed, ..visit },
        Err(failure) => {
            let refused = failure.into_response();
            // Whoever says why, further out, gives it back.
            if Form::is_in(&request) {
                let _ = Form::kept(request, &typed).await;
            }
            return refused;
        }
    };
    visit.only_looks = request.method().is_safe();
    let only_head = request.method() == Method::HEAD;
    request.extensions_mut().insert(visit.clone());
    if Form::is_in(&request) {
        // Their session may have ended while they wrote, or the database gone away.
        // Whoever is turned away at the door would not have their form read, and it
        // would be lost.
        request = match Form::kept(request, &visit.typed).await {
            Ok(request) => request,
            Err(refused) => return explained(&visit, refused),
        };
    }
    let response = next.run(request).await;
    if only_head {
        response
    } else {
        explained(&visit, response)
    }
}

async fn visit(site: Site, session: &Session, headers: &HeaderMap, uri: &Uri) -> Result<Visit, Failure> {
    let id = session
        .get::<PersonId>(sessions::PERSON)
        .await
        .map_err(Failure::session)?;
    let person = match id {
        Some(id) => identity::who(&site.installation, id).await?,
        None => None,
    };
    let chosen = person.as_ref().and_then(|person| person.locale.as_deref());
    Ok(Visit {
        locale: Locale::choose(chosen, accepted(headers)),
        person,
        ..Visit::of_nobody(site, headers, uri)
    })
}

fn accepted(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or(Failure(Error::NotFound))
    }
}

/// A visit by somebody who is signed in. Anybody else is asked to sign in, and
/// comes back here.
#[derive(Debug, Clone)]
pub(crate) struct SignedIn {
    pub(crate) visit: Visit,
    pub(crate) person: Person,
}

impl SignedIn {
    pub(crate) fn ctx(&self) -> PersonCtx {
        PersonCtx::new(Arc::clone(self.visit.installation()), self.person.id)
    }
}

impl Deref for SignedIn {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.visit
    }
}

impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let visit = <Visit as FromRequestParts<S>>::from_request_parts(parts, state)
            .await
            .map_err(IntoResponse::into_response)?;
        match visit.person.clone() {
            Some(person) => Ok(Self { visit, person }),
            None => Err(crate::page::to_sign_in(&visit, &parts.method)),
        }
    }
}

/// A visit to a page of the tenant that the path names as `{tenant}`. A tenant
/// that does not exist is not found.
#[derive(Debug, Clone)]
pub(crate) struct InTenant {
    pub(crate) visit: Visit,
    pub(crate) tenant: Arc<Tenant>,
    pub(crate) ctx: Ctx,
}

impl InTenant {
    /// The address of `path` in this tenant: `/t/harbour/courses`.
    pub(crate) fn path(&self, path: &str) -> String {
        format!("/t/{}{path}", self.tenant.slug)
    }
}

impl Deref for InTenant {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.visit
    }
}

impl<S: Send + Sync> FromRequestParts<S> for InTenant {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let mut visit = <Visit as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        let params = RawPathParams::from_request_parts(parts, state)
            .await
            .map_err(|_| Error::NotFound)?;
        let slug = params
            .iter()
            .find(|(name, _)| *name == "tenant")
            .map(|(_, slug)| slug)
            .unwrap_or_default();
        let person = visit.person.as_ref().map(|person| person.id);
        let (tenant, ctx) = tenancy::enter(visit.installation(), slug, person).await?;
        let tenant = Arc::new(tenant);
        visit.place = Some((Arc::clone(&tenant), ctx.clone()));
        Ok(Self { visit, tenant, ctx })
    }
}

/// A member's visit to a tenant's page: somebody who is not signed in is asked
/// to; somebody who is no member finds nothing.
#[derive(Debug, Clone)]
pub(crate) struct Member(pub(crate) InTenant);

impl Deref for Member {
    type Target = InTenant;

    fn deref(&self) -> &InTenant {
        &self.0
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Member {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let place = <InTenant as FromRequestParts<S>>::from_request_parts(parts, state)
            .await
            .map_err(IntoResponse::into_response)?;
        if place.visit.person.is_none() {
            return Err(crate::page::to_sign_in(&place.visit, &parts.method));
        }
        if place.ctx.actor().role.is_none() {
            return Err(Failure(Error::NotFound).into_response());
        }
        Ok(Self(place))
    }
}

/// A visit to where a tenant's authors work, by one of them. Other members find
/// nothing, before anything that they sent is read.
#[derive(Debug, Clone)]
pub(crate) struct Author(pub(crate) Member);

impl<S: Send + Sync> FromRequestParts<S> for Author {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let member = <Member as FromRequestParts<S>>::from_request_parts(parts, state).await?;
        member
            .ctx
            .require(Permission::Author)
            .map_err(|error| Failure(error).into_response())?;
        Ok(Self(member))
    }
}
