//! Begins and ends the session of a request.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use app::request_context::{Redirect, RequestContext, SessionHandle};
use async_trait::async_trait;
use axum::{
    http::{HeaderName, HeaderValue, request::Parts},
    response::Response,
};
use domain::{
    Caller, Domain,
    accounts::{Device, VerifiedLogin},
};
use time::Duration;
use tower_sessions::{Expiry, Session};
use types::{CurrentUser, Problem};

use super::{
    authentication::{Authentication, authenticate},
    cookie::PresentedSessions,
    device_cookie::PresentedDevice,
    store::{CURRENT_USER, VERIFIED_LOGIN, to_problem},
};
use crate::{problem::ProblemResponse, state::AppState};

/// Makes the browser clear its cache after a log-out, so that Back shows no private page.
const CLEAR_SITE_DATA: (HeaderName, HeaderValue) = (
    HeaderName::from_static("clear-site-data"),
    HeaderValue::from_static("\"cache\""),
);

/// Marks the response to a log-out. It is an extension of the response.
#[derive(Clone, Copy, Debug)]
pub(super) struct SessionEnded;

/// The session of a request, and what the handlers have reported for its response.
#[derive(Debug)]
pub(crate) struct RequestSession {
    session: Option<Session>,
    presented: PresentedSessions,
    device: PresentedDevice,
    domain: Arc<Domain>,
    remember: Duration,
    session_ended: AtomicBool,
    problem: Mutex<Option<Problem>>,
    redirect_target: Mutex<Option<Redirect>>,
}

impl RequestSession {
    /// The session of a request. Without the tower-sessions layer on the route, `begin` and `end`
    /// return [`Problem::Internal`].
    pub(crate) fn new(state: &AppState, parts: Option<&Parts>) -> Arc<Self> {
        Arc::new(Self {
            session: parts.and_then(|parts| parts.extensions.get().cloned()),
            presented: parts
                .and_then(|parts| parts.extensions.get().cloned())
                .unwrap_or_default(),
            device: parts
                .and_then(|parts| parts.extensions.get().cloned())
                .unwrap_or_default(),
            domain: state.domain.clone(),
            remember: state.domain.settings().sessions.remember,
            session_ended: AtomicBool::new(false),
            problem: Mutex::new(None),
            redirect_target: Mutex::new(None),
        })
    }

    /// The context of the request for server functions and plain forms.
    ///
    /// # Errors
    /// [`Problem::Unavailable`] if the session cannot be resolved.
    pub(crate) async fn request_context(
        self: &Arc<Self>,
        state: &AppState,
        parts: &Parts,
    ) -> Result<RequestContext, Problem> {
        let authentication = authenticate(state, parts).await?;
        Ok(self.request_context_for(state, authentication))
    }

    /// The context of a request whose session is already resolved.
    pub(crate) fn request_context_for(
        self: &Arc<Self>,
        state: &AppState,
        authentication: Authentication,
    ) -> RequestContext {
        RequestContext {
            caller: authentication.caller,
            current_user: authentication.current_user.as_deref().cloned(),
            domain: state.domain.clone(),
            session: self.clone(),
        }
    }

    /// The redirect that a page has reported.
    pub(crate) fn redirect_target(&self) -> Option<Redirect> {
        let redirected = self.redirect_target.lock();
        redirected.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The refusal that a server function or a page has reported.
    pub(crate) fn problem_response(&self) -> Option<ProblemResponse> {
        let refused = self.problem.lock().unwrap_or_else(PoisonError::into_inner);
        refused.clone().map(ProblemResponse::from)
    }

    /// Whether a server function has reported this problem.
    pub(crate) fn has_reported(&self, problem: &Problem) -> bool {
        let refused = self.problem.lock().unwrap_or_else(PoisonError::into_inner);
        refused.as_ref() == Some(problem)
    }

    /// If the session has ended, adds `Clear-Site-Data` and [`SessionEnded`] to the response.
    pub(crate) fn add_session_headers(&self, response: &mut Response) {
        if self.session_ended.load(Ordering::Relaxed) {
            let (name, value) = CLEAR_SITE_DATA;
            response.headers_mut().insert(name, value);
            response.extensions_mut().insert(SessionEnded);
        }
    }

    async fn try_begin(&self, login: VerifiedLogin) -> Result<CurrentUser, Problem> {
        let session = self.session.as_ref().ok_or(Problem::Internal)?;
        let remember = Expiry::OnInactivity(self.remember);
        let expiry = login.remember.then_some(remember);
        // An attacker may have planted the id in the request, so its session ends before the new one
        // starts (ASVS 7.2.4).
        if session.id().is_some() {
            session.flush().await.map_err(to_problem)?;
        }
        session.set_expiry(expiry);
        let accounts = &self.domain.accounts;
        let device = &self.device.device;
        let remembered = accounts.remember_device(&Caller::System, &login, device);
        let remembered = remembered.await?;
        session
            .insert(VERIFIED_LOGIN, login)
            .await
            .map_err(to_problem)?;
        // The layer would answer a failed save with a bare 500, so this saves first. `save` calls
        // `DomainStore::create`, which replaces the login in the record by the current user.
        session.save().await.map_err(to_problem)?;
        let current_user = session.get(CURRENT_USER).await.map_err(to_problem)?;
        // The layer ignores a request with two session cookies, so both sessions are ended here.
        for key in &self.presented.keys {
            self.domain.sessions.end(&Caller::System, *key).await?;
        }
        self.device.remember(remembered);
        current_user.ok_or(Problem::Internal)
    }
}

#[async_trait]
impl SessionHandle for RequestSession {
    fn device(&self) -> Device {
        self.device.device.clone()
    }

    async fn begin(&self, login: VerifiedLogin) -> Result<CurrentUser, Problem> {
        self.try_begin(login).await
    }

    async fn end(&self) -> Result<(), Problem> {
        let session = self.session.as_ref().ok_or(Problem::Internal)?;
        if session.id().is_some() {
            session.flush().await.map_err(to_problem)?;
        }
        for key in &self.presented.keys {
            self.domain.sessions.end(&Caller::System, *key).await?;
        }
        self.session_ended.store(true, Ordering::Relaxed);
        Ok(())
    }

    fn redirect(&self, to: Redirect) {
        let mut redirected = self
            .redirect_target
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *redirected = Some(to);
    }

    fn refuse(&self, problem: &Problem) {
        let mut refused = self.problem.lock().unwrap_or_else(PoisonError::into_inner);
        *refused = Some(problem.clone());
    }
}
