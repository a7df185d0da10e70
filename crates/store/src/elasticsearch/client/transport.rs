//! Sends requests to a node over HTTP.
//!
//! The transport of the official client follows redirects, including the body of a 307, and adds
//! configured authorities to the public ones; it accepts no other HTTP client. This one uses the
//! same HTTP library, follows no redirect and, if authorities are configured, trusts only those.

#[cfg(test)]
mod tests;

use std::{sync::Arc, time::Duration};

use elasticsearch::{
    auth::Credentials,
    http::{
        Method,
        headers::{
            ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE, DEFAULT_ACCEPT,
            DEFAULT_CONTENT_TYPE, DEFAULT_USER_AGENT, HeaderMap, HeaderValue, USER_AGENT,
        },
    },
};
use reqwest::{Client, Response, redirect::Policy};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject as _},
};

use super::{
    call::NodeRequest,
    connect_error::ConnectError,
    failure::RequestFailure,
    settings::{ClusterSettings, NodeUrl},
};

/// Sends requests to nodes.
pub(crate) struct Transport {
    client: Client,
    credentials: Option<Credentials>,
}

impl Transport {
    /// Configures TLS and the credentials.
    ///
    /// # Errors
    /// [`ConnectError::Certificates`].
    pub(crate) fn new(settings: &ClusterSettings) -> Result<Self, ConnectError> {
        let client = Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .default_headers(headers())
            .use_preconfigured_tls(tls(settings)?)
            .build();
        Ok(Self {
            client: client.map_err(unusable)?,
            credentials: settings.access.credentials(),
        })
    }

    /// Sends a request to a node and waits for the head of the response.
    ///
    /// # Errors
    /// [`RequestFailure::NotSent`], [`RequestFailure::NoAnswer`]; the latter also for a redirect, which is not
    /// followed, because no node sends one.
    pub(crate) async fn send(
        &self,
        node: &NodeUrl,
        call: &NodeRequest,
        within: Duration,
    ) -> Result<Response, RequestFailure> {
        let url = node.url().join(call.path.trim_start_matches('/'));
        let url = url.map_err(|error| RequestFailure::NotSent(error.to_string()))?;
        let request = self.client.request(method(call.method), url);
        let mut request = request.timeout(within).query(&call.query);
        match &self.credentials {
            Some(Credentials::Basic(user, password)) => {
                request = request.basic_auth(user, Some(password));
            }
            Some(Credentials::EncodedApiKey(key)) => {
                request = request.header(AUTHORIZATION, format!("ApiKey {key}"));
            }
            _ => {}
        }
        if let Some(body) = &call.body {
            request = request.body(body.clone());
        }
        let response = request.send().await;
        let response = response.map_err(|error| RequestFailure::of_client(&error))?;
        let status = response.status();
        if status.is_redirection() {
            let text = format!("it answers {status}, and redirects are not followed");
            return Err(RequestFailure::NoAnswer(text));
        }
        Ok(response)
    }
}

/// Reads the body of a response of at most `most` bytes.
///
/// # Errors
/// [`RequestFailure::Refused`] if it is longer, [`RequestFailure::NoAnswer`] if it is incomplete.
pub(crate) async fn read_body(
    mut response: Response,
    most: usize,
) -> Result<Vec<u8>, RequestFailure> {
    let length = response.content_length();
    if length.is_some_and(|length| length > most as u64) {
        return Err(too_large());
    }
    let mut body = Vec::with_capacity(length.unwrap_or_default() as usize);
    let broken = |error: reqwest::Error| RequestFailure::of_client(&error).after_sending();
    while let Some(chunk) = response.chunk().await.map_err(broken)? {
        if body.len() + chunk.len() > most {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn too_large() -> RequestFailure {
    RequestFailure::Refused("the answer has more bytes than any that was asked for".to_owned())
}

/// Default headers. No compression: documents are small, and it would cost both sides more than it
/// saves.
fn headers() -> HeaderMap {
    let headers = [
        (CONTENT_TYPE, DEFAULT_CONTENT_TYPE),
        (ACCEPT, DEFAULT_ACCEPT),
        (USER_AGENT, DEFAULT_USER_AGENT),
        (ACCEPT_ENCODING, "identity"),
    ];
    let headers = headers.map(|(name, value)| (name, HeaderValue::from_static(value)));
    headers.into_iter().collect()
}

fn method(method: Method) -> reqwest::Method {
    match method {
        Method::Get => reqwest::Method::GET,
        Method::Put => reqwest::Method::PUT,
        Method::Post => reqwest::Method::POST,
        Method::Delete => reqwest::Method::DELETE,
        Method::Head => reqwest::Method::HEAD,
    }
}

/// TLS 1.2 or 1.3 with the configured certificates.
fn tls(settings: &ClusterSettings) -> Result<ClientConfig, ConnectError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(unusable)?
        .with_root_certificates(roots(settings.certificate_authority.as_deref())?);
    match &settings.client_certificate {
        Some(certificate) => {
            let (chain, key) = certificate.parsed().map_err(unusable)?;
            config.with_client_auth_cert(chain, key).map_err(unusable)
        }
        None => Ok(config.with_no_client_auth()),
    }
}

/// The trusted authorities: exactly the configured ones, or the public ones.
fn roots(given: Option<&[u8]>) -> Result<RootCertStore, ConnectError> {
    let mut roots = RootCertStore::empty();
    let Some(pem) = given else {
        roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        return Ok(roots);
    };
    for certificate in CertificateDer::pem_slice_iter(pem) {
        let certificate = certificate.map_err(unusable)?;
        roots.add(certificate).map_err(unusable)?;
    }
    if roots.is_empty() {
        return Err(unusable("there is no certificate in the file"));
    }
    Ok(roots)
}

fn unusable(error: impl ToString) -> ConnectError {
    ConnectError::Certificates(error.to_string())
}
