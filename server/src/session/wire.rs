//! Starts and ends the session of a request.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use app::visit::{Redirect, SessionWire, Visit};
use async_trait::async_trait;
use axum::{
    http::{HeaderName, HeaderValue, request::Parts},
    response::Response,
};
use domain::{
    Caller, Domain,
    accounts::{Device, LoggedIn},
};
use time::Duration;
use tower_sessions::{Expiry, Session};
use types::{Problem, Visitor};

use super::{
    cookie::Presented,
    device_cookie::PresentedDevice,
    identify::{Identity, identify},
    store::{LOGIN, VISITOR, to_problem},
};
use crate::{problem::Refusal, state::AppState};

/// Clears the browser's cache after a log-out, so that Back shows nothing private.
const CLEAR_SITE_DATA: (HeaderName, HeaderValue) = (
    HeaderName::from_static("clear-site-data"),
    HeaderValue::from_static("\"cache\""),
);

/// Marks the response to a log-out; an extension of the response.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ended;

/// The session of a request, and what the handlers have reported for its response.
#[derive(Debug)]
pub(crate) struct Carried {
    session: Option<Session>,
    presented: Presented,
    device: PresentedDevice,
    domain: Arc<Domain>,
    remember: Duration,
    has_ended: AtomicBool,
    refused: Mutex<Option<Problem>>,
    redirected: Mutex<Option<Redirect>>,
}

impl Carried {
    /// The session of a request. On a route without the layer it cannot start or end.
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
            has_ended: AtomicBool::new(false),
            refused: Mutex::new(None),
            redirected: Mutex::new(None),
        })
    }

    /// The context of the request for server functions and plain forms.
    ///
    /// # Errors
    /// [`Problem::Unavailable`] if the session cannot be resolved.
    pub(crate) async fn visit(
        self: &Arc<Self>,
        state: &AppState,
        parts: &Parts,
    ) -> Result<Visit, Problem> {
        let identity = identify(state, parts).await?;
        Ok(self.visit_of(state, identity))
    }

    /// The same for an already resolved session.
    pub(crate) fn visit_of(self: &Arc<Self>, state: &AppState, identity: Identity) -> Visit {
        Visit {
            caller: identity.caller,
            visitor: identity.visitor.as_deref().cloned(),
            domain: state.domain.clone(),
            wire: self.clone(),
        }
    }

    /// The redirect that a page has reported.
    pub(crate) fn redirected(&self) -> Option<Redirect> {
        let redirected = self.redirected.lock();
        redirected.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The refusal that a server function or a page has reported.
    pub(crate) fn refusal(&self) -> Option<Refusal> {
        let refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        refused.clone().map(Refusal::from)
    }

    /// Whether a server function has reported this problem.
    pub(crate) fn is_refused(&self, problem: &Problem) -> bool {
        let refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        refused.as_ref() == Some(problem)
    }

    /// Adds the headers of an ended session to a response.
    pub(crate) fn finish(&self, response: &mut Response) {
        if self.has_ended.load(Ordering::Relaxed) {
            let (name, value) = CLEAR_SITE_DATA;
            response.headers_mut().insert(name, value);
            response.extensions_mut().insert(Ended);
        }
    }

    async fn try_begin(&self, login: LoggedIn) -> Result<Visitor, Problem> {
        let session = self.session.as_ref().ok_or(Problem::Internal)?;
        let remember = Expiry::OnInactivity(self.remember);
        let expiry = login.remember.then_some(remember);
        // The id in the request may be planted, so its session ends before the new one starts (ASVS 7.2.4).
        if session.id().is_some() {
            session.flush().await.map_err(to_problem)?;
        }
        session.set_expiry(expiry);
        let accounts = &self.domain.accounts;
        let device = &self.device.device;
        let remembered = accounts.remember_device(&Caller::System, &login, device);
        let remembered = remembered.await?;
        session.insert(LOGIN, login).await.map_err(to_problem)?;
        // The layer would answer a failed save with a bare 500, so this saves before it does.
        session.save().await.map_err(to_problem)?;
        let visitor = session.get(VISITOR).await.map_err(to_problem)?;
        // If the request had two session cookies the layer saw none; both sessions must end.
        for key in &self.presented.keys {
            self.domain.sessions.end(&Caller::System, *key).await?;
        }
        self.device.remember(remembered);
        visitor.ok_or(Problem::Internal)
    }
}

#[async_trait]
impl SessionWire for Carried {
    fn device(&self) -> Device {
        self.device.device.clone()
    }

    async fn begin(&self, login: LoggedIn) -> Result<Visitor, Problem> {
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
        self.has_ended.store(true, Ordering::Relaxed);
        Ok(())
    }

    fn redirect(&self, to: Redirect) {
        let mut redirected = self
            .redirected
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *redirected = Some(to);
    }

    fn refuse(&self, problem: &Problem) {
        let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        *refused = Some(problem.clone());
    }
}
