//! How to connect to the cluster.

use std::{fmt, time::Duration};

use elasticsearch::{auth::Credentials, http::Url};
use rustls::{
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
    sign::CertifiedKey,
};

/// How to connect to the cluster.
#[derive(Clone, Debug)]
pub struct ClusterSettings {
    /// One or more nodes, each of which accepts all requests.
    pub nodes: Vec<NodeUrl>,
    /// The credentials.
    pub access: ClusterCredentials,
    /// PEM certificates of the authorities that sign those of the nodes. If given, only these are
    /// trusted; otherwise the public ones.
    pub certificate_authority: Option<Vec<u8>>,
    /// The client certificate (mutual TLS).
    pub client_certificate: Option<ClientCertificate>,
    /// Whether a password or an API key may be sent to another machine without encryption.
    pub insecure_http: bool,
    /// The prefix of the names of our indices.
    pub prefix: IndexPrefix,
    /// Whether the cluster is asked for its other nodes after a failed request.
    pub sniff: bool,
    /// Timeout of an operation, including retries. Each request of a list has it separately.
    pub timeout: Duration,
    /// Maximum number of concurrent requests that read, and of those that write.
    pub connections: usize,
}

impl ClusterSettings {
    /// The default settings for these nodes.
    pub fn new(nodes: Vec<NodeUrl>) -> Self {
        Self {
            nodes,
            access: ClusterCredentials::Anonymous,
            certificate_authority: None,
            client_certificate: None,
            insecure_http: false,
            prefix: IndexPrefix("inspired".to_owned()),
            sniff: false,
            timeout: Self::TIMEOUT,
            connections: Self::CONNECTIONS,
        }
    }

    /// Long enough for a cluster to elect another primary, short enough for a user to wait.
    pub const TIMEOUT: Duration = Duration::from_secs(5);
    /// As many as keep a node busy; more would only queue inside it.
    pub const CONNECTIONS: usize = 32;

    /// Timeout of one attempt, which leaves time for another one: even with a single URL, behind
    /// which there may be several nodes.
    pub(crate) fn attempt(&self) -> Duration {
        self.timeout.mul_f32(0.4)
    }

    /// True if the credentials may be sent to a node: to another machine only with encryption.
    pub fn admits(&self, node: &NodeUrl) -> bool {
        self.access == ClusterCredentials::Anonymous || self.insecure_http || node.is_private()
    }
}

/// A client certificate and its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientCertificate {
    /// The certificate and its chain, PEM.
    chain: Vec<u8>,
    /// The private key, PEM.
    key: Secret,
}

type Parsed = (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>);

impl ClientCertificate {
    /// Parses a certificate and its key, both PEM.
    ///
    /// # Errors
    /// A sentence that says what is wrong, without the key.
    pub fn new(chain: Vec<u8>, key: String) -> Result<Self, String> {
        let certificate = Self {
            chain,
            key: Secret(key),
        };
        let (chain, key) = certificate.parsed()?;
        let provider = rustls::crypto::ring::default_provider();
        CertifiedKey::from_der(chain, key, &provider).map_err(|error| error.to_string())?;
        Ok(certificate)
    }

    pub(crate) fn parsed(&self) -> Result<Parsed, String> {
        let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&self.chain).collect();
        let chain = chain.map_err(|error| format!("the certificate cannot be read: {error}"))?;
        if chain.is_empty() {
            return Err("there is no certificate in the file".to_owned());
        }
        let key = PrivateKeyDer::from_pem_slice(self.key.0.as_bytes());
        // The error could contain a part of the key.
        let key = key.map_err(|_| "the key is not a private key in PEM form".to_owned())?;
        Ok((chain, key))
    }
}

/// The URL of a node: `http://` or `https://`, a host and optionally a port, and nothing else.
#[derive(Clone, PartialEq, Eq)]
pub struct NodeUrl(Url);

impl NodeUrl {
    /// Parses a URL. A user and a password in it are returned separately, so that they are never
    /// printed with it.
    ///
    /// # Errors
    /// A sentence that says what is allowed.
    pub fn parse(text: &str) -> Result<(Self, Option<ClusterCredentials>), String> {
        const ALLOWED: &str = "allowed is http://HOST:PORT or https://HOST:PORT, several with \
                               commas between them";
        let mut url = Url::parse(text.trim()).map_err(|_| ALLOWED.to_owned())?;
        let is_plain = matches!(url.scheme(), "http" | "https")
            && url.has_host()
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none();
        if !is_plain {
            return Err(ALLOWED.to_owned());
        }
        let access = match (url.username(), url.password()) {
            ("", None) => None,
            (user, password) => Some(ClusterCredentials::Password {
                user: decoded(user),
                password: Secret::new(decoded(password.unwrap_or_default())),
            }),
        };
        // It fails only for URLs without a host.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        Ok((Self(url), access))
    }

    /// True for `https`.
    pub fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// True if requests are encrypted or stay on this machine.
    pub fn is_private(&self) -> bool {
        let host = self.0.host_str().unwrap_or_default();
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let is_loopback = host == "localhost"
            || host
                .parse::<std::net::IpAddr>()
                .is_ok_and(|address| address.is_loopback());
        self.is_https() || is_loopback
    }

    pub(crate) fn url(&self) -> &Url {
        &self.0
    }

    /// The host and the port.
    pub(crate) fn host_and_port(&self) -> Option<(String, u16)> {
        let host = self.0.host_str()?;
        let host = host.trim_start_matches('[').trim_end_matches(']');
        Some((host.to_owned(), self.0.port_or_known_default()?))
    }
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text)
        .decode_utf8_lossy()
        .into_owned()
}

impl fmt::Display for NodeUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

impl fmt::Debug for NodeUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClusterCredentials {
    /// No credentials.
    Anonymous,
    /// A user and a password.
    Password {
        /// The name of the user.
        user: String,
        /// The password.
        password: Secret,
    },
    /// An API key as the cluster issues it: `id:key` in base64.
    ApiKey(Secret),
}

impl ClusterCredentials {
    pub(crate) fn credentials(&self) -> Option<Credentials> {
        match self {
            Self::Anonymous => None,
            Self::Password { user, password } => {
                Some(Credentials::Basic(user.clone(), password.0.clone()))
            }
            Self::ApiKey(key) => Some(Credentials::EncodedApiKey(key.0.clone())),
        }
    }
}

/// A secret that is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret.
    pub fn new(secret: String) -> Self {
        Self(secret)
    }

    /// True if it can be the value of a header.
    pub fn is_visible_ascii(&self) -> bool {
        !self.0.is_empty() && self.0.bytes().all(|byte| byte.is_ascii_graphic())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The prefix of the names of our indices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexPrefix(String);

impl IndexPrefix {
    /// Parses a prefix. Elasticsearch requires lower case and no leading hyphen or underscore.
    ///
    /// # Errors
    /// A sentence that says what is allowed.
    pub fn parse(text: &str) -> Result<Self, String> {
        let is_legal = text.len() <= 64
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && text
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_".contains(&b));
        is_legal.then(|| Self(text.to_owned())).ok_or_else(|| {
            "allowed are up to 64 lower-case letters, digits, hyphens and underscores, a letter first"
                .to_owned()
        })
    }
}

impl fmt::Display for IndexPrefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_in_a_url_is_taken_out_of_it() {
        let (node, access) = NodeUrl::parse("https://ada:s%2Fcret@es.example:9200/").unwrap();
        assert_eq!(node.to_string(), "https://es.example:9200");
        assert_eq!(
            access,
            Some(ClusterCredentials::Password {
                user: "ada".to_owned(),
                password: Secret::new("s/cret".to_owned()),
            })
        );
        assert!(!format!("{access:?} {node:?}").contains("cret@"));
        assert!(!format!("{access:?}").contains("s/cret"));
    }

    #[test]
    fn anything_but_scheme_host_and_port_is_refused() {
        for text in [
            "",
            "es:9200",
            "ftp://es",
            "http://es/path",
            "http://es?x",
            "http://es#x",
        ] {
            assert!(NodeUrl::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn only_encrypted_or_loopback_is_private() {
        for (text, is_private) in [
            ("https://es.example", true),
            ("http://127.0.0.1:9200", true),
            ("http://[::1]:9200", true),
            ("http://es.example:9200", false),
        ] {
            assert_eq!(
                NodeUrl::parse(text).unwrap().0.is_private(),
                is_private,
                "{text}"
            );
        }
    }

    #[test]
    fn what_we_are_known_by_goes_to_another_machine_with_encryption_only() {
        let node = |text| NodeUrl::parse(text).unwrap().0;
        let password = ClusterCredentials::Password {
            user: "ada".to_owned(),
            password: Secret::new("secret".to_owned()),
        };
        for access in [
            password,
            ClusterCredentials::ApiKey(Secret::new("a2V5".to_owned())),
        ] {
            let mut settings = ClusterSettings::new(Vec::new());
            settings.access = access;
            assert!(settings.admits(&node("https://es.example")));
            assert!(settings.admits(&node("http://127.0.0.1:9200")));
            assert!(!settings.admits(&node("http://es.example:9200")));
            assert!(!settings.admits(&node("http://10.0.0.1:9200")));
            settings.insecure_http = true;
            assert!(settings.admits(&node("http://es.example:9200")));
        }
        assert!(ClusterSettings::new(Vec::new()).admits(&node("http://es.example:9200")));
    }

    #[test]
    fn prefixes_that_no_index_may_begin_with_are_refused() {
        for text in [
            "",
            "-a",
            "_a",
            "A",
            "a*",
            "a,b",
            "a/b",
            "ä",
            &"a".repeat(65),
        ] {
            assert!(IndexPrefix::parse(text).is_err(), "{text}");
        }
        assert!(IndexPrefix::parse("inspired_test-2").is_ok());
    }
}
