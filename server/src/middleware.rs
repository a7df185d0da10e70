//! The middleware around every handler.
//!
//! It is one function and not a stack of tower layers: each layer boxes a future, and together they
//! would cost more than a handler that only reads.

pub(crate) mod body_budget;
mod canonical_path;
mod client_address;
mod content_coding;
pub(crate) mod cross_site;
pub(crate) mod headers;
pub(crate) mod host;
pub(crate) mod in_flight;
pub(crate) mod limits;
mod panics;
mod read_queue;
pub(crate) mod reads;
pub(crate) mod request_id;
mod request_meta;
mod trace;

use std::{net::IpAddr, time::Instant};

use axum::{Router, extract::Request, http::Method, response::Response};
use domain::ClientNetwork;
use tower::Service;
use tracing::Instrument;
use types::Problem;

pub(crate) use self::request_meta::RequestMeta;
use self::{client_address::client_address, in_flight::InFlightGuard, reads::ReadPermit};
use crate::{
    problem::{self, ProblemResponse},
    redirect,
    state::AppState,
};

/// The middleware and the router.
#[derive(Clone, Debug)]
pub(crate) struct HttpService {
    state: AppState,
    router: Router,
}

impl HttpService {
    pub(crate) fn new(state: AppState, router: Router) -> Self {
        Self { state, router }
    }

    /// Answers a request of the peer with this address. There is always a response.
    pub(crate) async fn answer(mut self, mut request: Request, peer: IpAddr) -> Response {
        let began = Instant::now();
        let address = client_address(peer, request.headers(), &self.state.trusted_proxies);
        let meta = RequestMeta::new(ClientNetwork::new(address), request.headers());
        let (method, uri) = (request.method().clone(), request.uri().clone());
        request.extensions_mut().insert(meta.clone());
        let permit = self.state.reads.permit(meta.source);
        request.extensions_mut().insert(permit.clone());
        let mut response = match self.begin(peer, meta.source) {
            Ok(_turn) => self.admit_and_route(request, &meta, &permit).await,
            Err(busy) => problem::refuse_plainly(&uri, Some(&meta.id), &busy),
        };
        drop(permit);
        let is_https = self.state.public_url.is_https();
        headers::complete(response.headers_mut(), is_https, &meta.id);
        let request = trace::AnsweredRequest {
            method: &method,
            path: uri.path(),
            meta: &meta,
            began,
        };
        trace::log(&request, &response, &self.state.source_names);
        response
    }

    /// Counts a request from a trusted proxy for its client, also if the forwarding headers name none or
    /// contradict each other: the proxy itself has no share of connections.
    ///
    /// # Errors
    /// 503 if too many requests of the client are being answered.
    fn begin(
        &self,
        peer: IpAddr,
        source: ClientNetwork,
    ) -> Result<Option<InFlightGuard>, ProblemResponse> {
        if !self.state.trusted_proxies.contains(peer.to_canonical()) {
            return Ok(None);
        }
        let busy = Problem::Busy(in_flight::RETRY_AFTER);
        let turn = self.state.in_flight.begin(source);
        turn.map(Some).ok_or_else(|| busy.into())
    }

    async fn admit_and_route(
        &mut self,
        mut request: Request,
        meta: &RequestMeta,
        permit: &ReadPermit,
    ) -> Response {
        if let Err(refusal) = self.check(&request) {
            let (parts, _) = request.into_parts();
            return problem::refuse(&self.state, parts, refusal).await;
        }
        let uri = request.uri().clone();
        if let Some(path) = canonical_path::canonicalize(&mut request) {
            return redirect::to_canonical_path(&uri, &path);
        }
        // A request that is refused here gets a plain sentence: rendering an error page would cost as much
        // as the answer.
        match self.state.reads.admit(request.method(), &uri, permit).await {
            Ok(()) => self.route(request, meta).await,
            Err(refusal) => problem::refuse_plainly(&uri, Some(&meta.id), &refusal),
        }
    }

    /// Refuses requests for another host and cross-site requests.
    fn check(&self, request: &Request) -> Result<(), ProblemResponse> {
        host::check(request, &self.state.hosts)?;
        if cross_site::is_cross_site(request.method(), request.headers(), &self.state.origins) {
            return Err(Problem::CrossSite.into());
        }
        content_coding::check(request.method(), request.headers())
    }

    /// Only unsafe methods get a tracing span and a lease of memory for a body: a span costs as much as a
    /// whole read.
    async fn route(&mut self, mut request: Request, meta: &RequestMeta) -> Response {
        let uri = request.uri().clone();
        let is_safe = matches!(*request.method(), Method::GET | Method::HEAD);
        let answer = if is_safe {
            panics::catch(self.router.call(request)).await
        } else {
            let lease = self.state.bodies.lease(meta.source);
            request.extensions_mut().insert(lease.clone());
            let span = trace::span(meta, &self.state.source_names);
            let answer = panics::catch(self.router.call(request));
            let answer = answer.instrument(span).await;
            drop(lease);
            answer
        };
        match answer {
            Some(Ok(response)) => response,
            Some(Err(never)) => match never {},
            None => problem::refuse_plainly(&uri, Some(&meta.id), &Problem::Internal.into()),
        }
    }
}
