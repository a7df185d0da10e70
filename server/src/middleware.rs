//! What happens to every request before and after its handler.
//!
//! It is one function and not a stack of layers: each layer boxes a future, and together they would
//! cost more than the handlers that only read.

mod canonical_path;
mod client_address;
mod codings;
pub(crate) mod guard;
pub(crate) mod headers;
pub(crate) mod host;
pub(crate) mod limits;
mod panics;
mod read_queue;
pub(crate) mod reads;
pub(crate) mod request_id;
mod trace;

use std::{net::IpAddr, time::Instant};

use axum::{Router, extract::Request, http::Method, response::Response};
use domain::Source;
use tower::Service;
use tracing::Instrument;
use types::Problem;

use self::{client_address::client_address, request_id::RequestId};
use crate::{
    problem::{self, Refusal},
    redirect,
    state::AppState,
};

/// Where a request came from, and what the log calls it; an extension of every request.
#[derive(Clone, Debug)]
pub(crate) struct Arrival {
    pub(crate) source: Source,
    pub(crate) id: RequestId,
}

/// The routes, and what surrounds them.
#[derive(Clone, Debug)]
pub(crate) struct Edge {
    state: AppState,
    router: Router,
}

impl Edge {
    pub(crate) fn new(state: AppState, router: Router) -> Self {
        Self { state, router }
    }

    /// Answers a request that came from `peer`; whatever happens, there is an answer.
    pub(crate) async fn answer(mut self, mut request: Request, peer: IpAddr) -> Response {
        let began = Instant::now();
        let address = client_address(peer, request.headers(), &self.state.trusted_proxies);
        let source = Source::new(address);
        let id = RequestId::of(request.headers());
        let (method, uri) = (request.method().clone(), request.uri().clone());
        request.extensions_mut().insert(Arrival {
            source,
            id: id.clone(),
        });
        let mut response = match self.admit(&request) {
            Ok(()) => match canonical_path::respell(&mut request) {
                Some(path) => redirect::respelled(&uri, &path),
                None => self.read_or_write(request, source, &id).await,
            },
            Err(refusal) => {
                let (parts, _) = request.into_parts();
                problem::refuse(&self.state, parts, refusal).await
            }
        };
        let is_https = self.state.public_url.is_https();
        headers::complete(response.headers_mut(), is_https, &id);
        trace::note(&method, uri.path(), &response, &id, began);
        response
    }

    fn admit(&self, request: &Request) -> Result<(), Refusal> {
        host::check(request, &self.state.hosts)?;
        if guard::is_foreign(request.method(), request.headers(), &self.state.origins) {
            return Err(Problem::CrossSite.into());
        }
        codings::check(request.method(), request.headers())
    }

    /// A read has to be admitted, because anybody may send as many as they like. One that is refused
    /// gets a sentence: a page would cost what the read would have cost.
    async fn read_or_write(
        &mut self,
        request: Request,
        source: Source,
        id: &RequestId,
    ) -> Response {
        let (method, uri) = (request.method(), request.uri());
        match self.state.reads.enter(method, uri, source).await {
            Ok(_place) => self.route(request, id).await,
            Err(refusal) => problem::refuse_plainly(uri, Some(id), &refusal),
        }
    }

    /// Only requests that may change something get a span: it costs as much as a whole read.
    async fn route(&mut self, request: Request, id: &RequestId) -> Response {
        let uri = request.uri().clone();
        let is_safe = matches!(*request.method(), Method::GET | Method::HEAD);
        let answer = panics::catch(self.router.call(request));
        let answer = if is_safe {
            answer.await
        } else {
            let span = tracing::info_span!("request", request_id = id.as_str());
            answer.instrument(span).await
        };
        match answer {
            Some(Ok(response)) => response,
            Some(Err(never)) => match never {},
            None => problem::refuse_plainly(&uri, Some(id), &Problem::Internal.into()),
        }
    }
}
