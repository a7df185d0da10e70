//! Requests to servers that respond as no node does.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener},
    sync::{Arc, Mutex},
    thread,
};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::{
    ServerConfig, ServerConnection, StreamOwned, pki_types::PrivateKeyDer,
    server::WebPkiClientVerifier,
};

use super::*;
use crate::elasticsearch::{
    Elasticsearch,
    client::settings::{ClientCertificate, ClusterCredentials, Secret},
};

/// A server on loopback that sends these bytes for every request and stores the requests.
struct Server {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start(answer: String, tls: Option<Arc<ServerConfig>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let kept = requests.clone();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let request = match &tls {
                    None => exchange(stream, &answer),
                    Some(tls) => {
                        let connection = ServerConnection::new(tls.clone()).unwrap();
                        let mut rest = stream.try_clone().unwrap();
                        let request = exchange(StreamOwned::new(connection, stream), &answer);
                        // Closing with unread bytes would reset the connection and lose the alert.
                        drop(rest.shutdown(std::net::Shutdown::Write));
                        drop(rest.set_read_timeout(Some(WITHIN)));
                        drop(std::io::copy(&mut rest, &mut std::io::sink()));
                        request
                    }
                };
                kept.lock().unwrap().extend(request);
            }
        });
        Self { address, requests }
    }

    fn node(&self, scheme: &str) -> NodeUrl {
        NodeUrl::parse(&format!("{scheme}://{}", self.address))
            .unwrap()
            .0
    }

    fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

/// Reads one request and responds; `None` if the request or the handshake failed.
fn exchange(mut stream: impl Read + Write, answer: &str) -> Option<String> {
    let mut request = Vec::new();
    let mut bytes = [0; 4096];
    while !request.windows(4).any(|end| end == b"\r\n\r\n") {
        let read = stream.read(&mut bytes).ok().filter(|read| *read > 0)?;
        request.extend_from_slice(&bytes[..read]);
    }
    stream.write_all(answer.as_bytes()).ok()?;
    stream.flush().ok()?;
    Some(String::from_utf8_lossy(&request).into_owned())
}

fn answer(status: &str, headers: &str) -> String {
    format!("HTTP/1.1 {status}\r\ncontent-length: 2\r\nconnection: close\r\n{headers}\r\n{{}}")
}

fn settings(node: NodeUrl) -> ClusterSettings {
    ClusterSettings {
        access: ClusterCredentials::Password {
            user: "ada".to_owned(),
            password: Secret::new("secret".to_owned()),
        },
        ..ClusterSettings::new(vec![node])
    }
}

const WITHIN: Duration = Duration::from_secs(20);

#[tokio::test]
async fn no_redirect_is_followed() {
    let target = Server::start(answer("200 OK", ""), None);
    for status in [300, 301, 302, 303, 304, 307, 308] {
        let location = format!("location: http://{}/\r\n", target.address);
        let server = Server::start(answer(&format!("{status} Moved"), &location), None);
        let node = server.node("http");
        let transport = Transport::new(&settings(node.clone())).unwrap();
        for call in [
            NodeRequest::new(Method::Get, "/"),
            NodeRequest::new(Method::Post, "/_bulk").body(b"a secret of somebody".to_vec()),
            NodeRequest::new(Method::Put, "/a/_doc/1").body(b"{}".to_vec()),
            NodeRequest::new(Method::Delete, "/a"),
        ] {
            let failure = transport.send(&node, &call, WITHIN).await.unwrap_err();
            assert!(matches!(failure, RequestFailure::NoAnswer(_)), "{failure}");
            assert!(
                failure.to_string().contains(&status.to_string()),
                "{failure}"
            );
        }
        assert_eq!(server.requests().len(), 4);
    }
    assert_eq!(target.requests(), Vec::<String>::new());
}

/// Every node is asked at the start, and no response of one leads to another server.
#[tokio::test]
async fn a_start_ends_where_a_node_redirects() {
    let target = Server::start(answer("200 OK", ""), None);
    let location = format!("location: http://{}/\r\n", target.address);
    let server = Server::start(answer("307 Temporary Redirect", &location), None);
    let settings = settings(server.node("http"));
    let error = Elasticsearch::connect(settings, &[]).await.unwrap_err();
    assert!(
        error.to_string().contains("redirects are not followed"),
        "{error}"
    );
    assert_eq!(target.requests(), Vec::<String>::new());
    assert!(!server.requests().is_empty());
}

#[tokio::test]
async fn a_request_has_the_credentials_and_the_headers_that_it_needs() {
    let server = Server::start(answer("200 OK", ""), None);
    let node = server.node("http");
    let key = ClusterCredentials::ApiKey(Secret::new("a2V5".to_owned()));
    let with_key = ClusterSettings {
        access: key,
        ..settings(node.clone())
    };
    let call = NodeRequest::new(Method::Get, "/_cluster/health").query("local", false);
    for settings in [settings(node.clone()), with_key] {
        let transport = Transport::new(&settings).unwrap();
        transport.send(&node, &call, WITHIN).await.unwrap();
    }
    let requests = server.requests();
    assert!(requests[0].starts_with("GET /_cluster/health?local=false HTTP/1.1"));
    assert!(
        requests[0].contains("authorization: Basic YWRhOnNlY3JldA=="),
        "{}",
        requests[0]
    );
    assert!(
        requests[1].contains("authorization: ApiKey a2V5"),
        "{}",
        requests[1]
    );
    for request in requests {
        assert!(
            request.contains("content-type: application/json"),
            "{request}"
        );
        assert!(request.contains("accept-encoding: identity"), "{request}");
    }
}

/// A response without a length must not fill the memory either.
#[tokio::test]
async fn no_more_of_an_answer_is_read_than_its_bound() {
    const MOST: usize = 1_000;
    let announced = |bytes: usize| {
        let body = "x".repeat(bytes);
        format!("HTTP/1.1 200 OK\r\ncontent-length: {bytes}\r\nconnection: close\r\n\r\n{body}")
    };
    let endless = |bytes: usize| {
        let chunks = "1\r\nx\r\n".repeat(bytes);
        format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n{chunks}")
    };
    let chunked = |bytes: usize| endless(bytes) + "0\r\n\r\n";
    let read = async |answer: String| {
        let server = Server::start(answer, None);
        let node = server.node("http");
        let transport = Transport::new(&settings(node.clone())).unwrap();
        let call = NodeRequest::new(Method::Get, "/");
        let response = transport.send(&node, &call, WITHIN).await.unwrap();
        read_body(response, MOST).await
    };
    for answer in [announced(MOST), chunked(MOST)] {
        assert_eq!(read(answer).await.unwrap().len(), MOST);
    }
    for answer in [announced(MOST + 1), chunked(MOST + 1), endless(MOST + 1)] {
        let failure = read(answer).await.unwrap_err();
        assert!(matches!(failure, RequestFailure::Refused(_)), "{failure}");
    }
}

/// An authority, and certificates that it has signed.
struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

/// A certificate and its key.
struct Signed {
    chain: String,
    key: KeyPair,
}

impl Authority {
    fn new() -> Self {
        let key = KeyPair::generate().unwrap();
        let mut parameters = CertificateParams::new([]).unwrap();
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = parameters.self_signed(&key).unwrap().pem();
        Self {
            pem,
            issuer: Issuer::new(parameters, key),
        }
    }

    fn sign(&self) -> Signed {
        let key = KeyPair::generate().unwrap();
        let parameters = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
        let chain = parameters.signed_by(&key, &self.issuer).unwrap().pem();
        Signed { chain, key }
    }

    /// A server with a certificate of this authority; with `clients`, it requires a client
    /// certificate of that one.
    fn server(&self, clients: Option<&Self>) -> Server {
        let Signed { chain, key } = self.sign();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ServerConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()
            .unwrap();
        let builder = match clients {
            None => builder.with_no_client_auth(),
            Some(clients) => {
                let trusted = Arc::new(roots(Some(clients.pem.as_bytes())).unwrap());
                let verifier = WebPkiClientVerifier::builder_with_provider(trusted, provider);
                builder.with_client_cert_verifier(verifier.build().unwrap())
            }
        };
        let chain = CertificateDer::from_pem_slice(chain.as_bytes()).unwrap();
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        let config = builder.with_single_cert(vec![chain], key).unwrap();
        Server::start(answer("200 OK", ""), Some(Arc::new(config)))
    }
}

impl Signed {
    fn certificate(&self) -> ClientCertificate {
        let chain = self.chain.as_bytes().to_vec();
        ClientCertificate::new(chain, self.key.serialize_pem()).unwrap()
    }
}

/// The error of a start with a server that is not Elasticsearch, after the connection was
/// accepted.
async fn start(server: &Server, settings: ClusterSettings) -> ConnectError {
    let settings = ClusterSettings {
        nodes: vec![server.node("https")],
        ..settings
    };
    Elasticsearch::connect(settings, &[]).await.unwrap_err()
}

fn trusting(authority: Option<&Authority>) -> ClusterSettings {
    let authority = authority.map(|authority| authority.pem.clone().into_bytes());
    ClusterSettings {
        certificate_authority: authority,
        ..ClusterSettings::new(Vec::new())
    }
}

#[test]
fn a_given_authority_is_the_only_one_that_is_trusted() {
    let everybodys = roots(None).unwrap();
    assert!(everybodys.len() > 50, "{}", everybodys.len());
    let (one, other) = (Authority::new(), Authority::new());
    let both = format!("{}{}", one.pem, other.pem);
    for (pem, expected) in [(&one.pem, 1), (&both, 2)] {
        let given = roots(Some(pem.as_bytes())).unwrap();
        assert_eq!(given.len(), expected);
        for root in &given.roots {
            let is_public = everybodys
                .roots
                .iter()
                .any(|public| public.subject == root.subject);
            assert!(!is_public);
        }
    }
    for nothing in [
        "",
        "no certificate",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
    ] {
        let error = roots(Some(nothing.as_bytes())).unwrap_err();
        assert!(matches!(error, ConnectError::Certificates(_)), "{error}");
    }
}

#[tokio::test]
async fn a_server_is_trusted_when_the_given_authority_has_signed_and_only_then() {
    let (ours, theirs) = (Authority::new(), Authority::new());
    let server = ours.server(None);
    let through = start(&server, trusting(Some(&ours))).await;
    assert!(
        matches!(through, ConnectError::NotElasticsearch { .. }),
        "{through}"
    );
    for authority in [Some(&theirs), None] {
        let refused = start(&server, trusting(authority)).await;
        assert!(
            matches!(refused, ConnectError::Untrusted { .. }),
            "{refused}"
        );
    }
}

#[tokio::test]
async fn a_server_that_wants_a_certificate_gets_the_one_that_is_given() {
    let (ours, clients) = (Authority::new(), Authority::new());
    let server = ours.server(Some(&clients));
    let with = |certificate: Option<ClientCertificate>| ClusterSettings {
        client_certificate: certificate,
        ..trusting(Some(&ours))
    };
    let through = start(&server, with(Some(clients.sign().certificate()))).await;
    assert!(
        matches!(through, ConnectError::NotElasticsearch { .. }),
        "{through}"
    );
    // The server stores a request after it has responded.
    let noted = async {
        while server.requests().is_empty() {
            tokio::task::yield_now().await;
        }
        server.requests().len()
    };
    let seen = tokio::time::timeout(WITHIN, noted).await.unwrap();
    assert!(seen > 0);
    for certificate in [None, Some(ours.sign().certificate())] {
        let refused = start(&server, with(certificate)).await;
        assert!(
            matches!(refused, ConnectError::ClientCertificate { .. }),
            "{refused}"
        );
        assert!(!refused.may_pass());
    }
    assert_eq!(server.requests().len(), seen);
}

#[test]
fn a_certificate_needs_its_own_key() {
    let authority = Authority::new();
    let (one, other) = (authority.sign(), authority.sign());
    let chain = one.chain.clone().into_bytes();
    for key in [
        other.key.serialize_pem(),
        "no key".to_owned(),
        String::new(),
    ] {
        let refused = ClientCertificate::new(chain.clone(), key);
        assert!(refused.is_err(), "{refused:?}");
    }
    let refused = ClientCertificate::new(b"no certificate".to_vec(), one.key.serialize_pem());
    assert!(refused.is_err(), "{refused:?}");
    let certificate = one.certificate();
    assert!(
        !format!("{certificate:?}").contains("PRIVATE"),
        "{certificate:?}"
    );
}
