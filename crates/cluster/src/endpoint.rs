//! The HTTP endpoint of a node.

use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

const CONNECTING: Duration = Duration::from_secs(2);
const ANSWERING: Duration = Duration::from_secs(15);

/// A node on a port of 127.0.0.1.
#[derive(Clone, Debug)]
pub struct Endpoint {
    port: u16,
    security: Option<Security>,
}

#[derive(Clone, Debug)]
struct Security {
    tls: Arc<ClientConfig>,
    authorization: String,
}

/// A response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HttpResponse {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The body.
    pub(crate) body: String,
}

impl Endpoint {
    /// An endpoint without security.
    pub fn plain(port: u16) -> Self {
        Self {
            port,
            security: None,
        }
    }

    /// An endpoint with TLS under this authority, and this password of the user `elastic`.
    ///
    /// # Errors
    /// If the authority is not PEM.
    pub fn secured(port: u16, password: &str, ca: &str) -> Result<Self> {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(ca.as_bytes()).context("not a certificate")?)?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let credentials = BASE64_STANDARD.encode(format!("elastic:{password}"));
        Ok(Self {
            port,
            security: Some(Security {
                tls: Arc::new(tls),
                authorization: format!("Authorization: Basic {credentials}\r\n"),
            }),
        })
    }

    /// The URL for clients.
    pub fn url(&self) -> String {
        let scheme = if self.security.is_some() {
            "https"
        } else {
            "http"
        };
        format!("{scheme}://127.0.0.1:{}", self.port)
    }

    /// True if all its data can be read and written.
    ///
    /// A node with security creates an index for it soon after its start. Between that creation
    /// and the first copy it rejects every password, so that index must exist.
    pub fn is_ready(&self) -> bool {
        let is_healthy = |index: &str| {
            let path = format!("/_cluster/health{index}?wait_for_status=yellow&timeout=2s");
            self.get(&path).is_ok_and(|answer| answer.status == 200)
        };
        is_healthy("") && (self.security.is_none() || is_healthy("/.security-7"))
    }

    /// Sends a GET request for this path.
    pub(crate) fn get(&self, path: &str) -> Result<HttpResponse> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let stream = TcpStream::connect_timeout(&address, CONNECTING)?;
        stream.set_read_timeout(Some(ANSWERING))?;
        stream.set_write_timeout(Some(ANSWERING))?;
        let bytes = match &self.security {
            None => exchange(stream, &self.request(path, ""))?,
            Some(security) => {
                let name = ServerName::from(std::net::IpAddr::from(Ipv4Addr::LOCALHOST));
                let connection = ClientConnection::new(Arc::clone(&security.tls), name)?;
                let stream = StreamOwned::new(connection, stream);
                exchange(stream, &self.request(path, &security.authorization))?
            }
        };
        HttpResponse::parse(&String::from_utf8_lossy(&bytes))
            .with_context(|| format!("{} does not speak HTTP", self.url()))
    }

    fn request(&self, path: &str, authorization: &str) -> String {
        let port = self.port;
        format!(
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{authorization}Connection: close\r\n\r\n"
        )
    }
}

impl HttpResponse {
    fn parse(text: &str) -> Option<Self> {
        let (head, body) = text.split_once("\r\n\r\n")?;
        let status = head.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()?;
        let body = body.to_owned();
        Some(Self { status, body })
    }
}

/// Sends a request and reads to the end of the connection. Some servers end TLS without
/// `close_notify`; the bytes received until then are used if they are a response.
fn exchange(mut stream: impl Read + Write, request: &str) -> Result<Vec<u8>> {
    stream.write_all(request.as_bytes())?;
    stream.flush()?;
    let mut bytes = Vec::new();
    match stream.read_to_end(&mut bytes) {
        Err(error) if error.kind() != ErrorKind::UnexpectedEof => Err(error.into()),
        _ => Ok(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_has_a_status_and_a_body() {
        let answer = HttpResponse::parse("HTTP/1.1 408 Request Timeout\r\na: b\r\n\r\n{}").unwrap();
        assert_eq!((answer.status, answer.body.as_str()), (408, "{}"));
        assert_eq!(HttpResponse::parse("HTTP/1.1 200 OK\r\n"), None);
        assert_eq!(HttpResponse::parse("SSH-2.0\r\n\r\n"), None);
    }

    #[test]
    fn the_scheme_tells_whether_it_is_secured() {
        let ca = crate::Certificates::generate().unwrap().ca;
        assert_eq!(Endpoint::plain(9).url(), "http://127.0.0.1:9");
        let secured = Endpoint::secured(9, "secret", &ca).unwrap();
        assert_eq!(secured.url(), "https://127.0.0.1:9");
        assert!(Endpoint::secured(9, "secret", "not PEM").is_err());
    }
}
