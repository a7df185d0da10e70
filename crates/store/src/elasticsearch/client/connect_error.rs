//! Why a cluster cannot be used, in sentences for the operator.

use thiserror::Error;

use super::failure::RequestFailure;

/// Why a cluster cannot be used. Nothing was changed except that missing indices were created.
#[derive(Debug, Error)]
pub enum ConnectError {
    /// No node responds, or the cluster is not ready.
    #[error("Elasticsearch at {nodes} cannot be used now: {cause}; see that it runs")]
    Unreachable {
        /// The nodes that were asked.
        nodes: String,
        /// The failure of the last one.
        cause: String,
    },
    /// The certificate of a node is not signed by a trusted authority.
    #[error(
        "the certificate of Elasticsearch at {nodes} is not trusted: {cause}; name the PEM file of \
         the certificate that has signed it with --elasticsearch-ca"
    )]
    Untrusted {
        /// The nodes that were asked.
        nodes: String,
        /// What is wrong with the certificate.
        cause: String,
    },
    /// The nodes require another client certificate, or require one at all.
    #[error(
        "Elasticsearch at {nodes} does not accept our certificate: {cause}; see \
         --elasticsearch-certificate and INSPIRED_ELASTICSEARCH_KEY_FILE"
    )]
    ClientCertificate {
        /// The nodes that were asked.
        nodes: String,
        /// The TLS alert.
        cause: String,
    },
    /// The user, the password or the API key is wrong.
    #[error(
        "Elasticsearch at {0} does not know us: see INSPIRED_ELASTICSEARCH_USER and _PASSWORD, or \
         _API_KEY"
    )]
    Unauthorized(String),
    /// The credentials lack a required privilege.
    #[error(
        "Elasticsearch at {nodes} forbids what is needed: {cause}; give the user or the API key the rights that docs/ELASTICSEARCH.md lists"
    )]
    Forbidden {
        /// The nodes that were asked.
        nodes: String,
        /// What is forbidden.
        cause: String,
    },
    /// The cluster rejects a required request.
    #[error("Elasticsearch at {nodes} refuses what is needed: {cause}")]
    Refused {
        /// The nodes that were asked.
        nodes: String,
        /// The request that is rejected.
        cause: String,
    },
    /// The nodes belong to different clusters.
    #[error("{0} are not of one cluster; name the nodes of one only")]
    TwoClusters(String),
    /// One of our indices exists without its alias.
    #[error("the index `{index}` has lost its alias; give it back: PUT {index}/_alias/{alias}")]
    NoAlias {
        /// The index.
        index: String,
        /// The alias.
        alias: String,
    },
    /// One of our indices is closed.
    #[error("the index `{0}` is closed; open it: POST {0}/_open")]
    Closed(String),
    /// A setting of one of our indices makes writes unsafe.
    #[error(
        "the index `{index}` has the setting `{setting}`, with which it does not keep what it is \
         told; put it back, and see which index template has made it so"
    )]
    Setting {
        /// The index.
        index: String,
        /// The setting and its value.
        setting: String,
    },
    /// The configured certificates cannot be read.
    #[error("the certificates for Elasticsearch cannot be read: {0}")]
    Certificates(String),
    /// Another program responds.
    #[error("{nodes} is not Elasticsearch 8 or 9: {found}")]
    NotElasticsearch {
        /// The nodes that were asked.
        nodes: String,
        /// The name of the program.
        found: String,
    },
    /// An index with one of our names is not ours.
    #[error(
        "the index `{0}` belongs to something else, or is one of several behind one name; choose another --elasticsearch-prefix, or \
         remove it"
    )]
    Foreign(String),
    /// The layout of the indices belongs to a newer version of the program.
    #[error(
        "the index `{index}` has version {found} and this program knows version {known}; run the \
         version of the program that made it, or a newer one"
    )]
    Newer {
        /// The index.
        index: String,
        /// The version of its layout.
        found: u64,
        /// The version that this program knows.
        known: u64,
    },
    /// A newer program has migrated the documents.
    #[error(
        "the index `{index}` is at data version {found} and this program knows {known}; run the \
         version of the program that migrated it, or a newer one"
    )]
    NewerData {
        /// The index.
        index: String,
        /// Its data version.
        found: u32,
        /// The data version that this program reads and writes.
        known: u32,
    },
    /// The documents must be migrated first.
    #[error(
        "the index `{index}` is at data version {found} and this program needs {known}; run \
         `inspired migrate` with the same options, and see `inspired migrate --plan` first"
    )]
    OlderData {
        /// The index.
        index: String,
        /// Its data version.
        found: u32,
        /// The data version that this program reads and writes.
        known: u32,
    },
    /// Our indices have different data versions.
    #[error(
        "the indices `{older}` and `{newer}` are of different data versions; restore all from one \
         snapshot, or remove those that do not belong there"
    )]
    Mixed {
        /// An index with the older one.
        older: String,
        /// An index with the newer one.
        newer: String,
    },
    /// The mapping of one of our indices has unknown fields or lacks required ones.
    #[error(
        "the mapping of the index `{index}` was changed at `{field}`; put it back from a snapshot, \
         or choose another --elasticsearch-prefix"
    )]
    Mapping {
        /// The index.
        index: String,
        /// The field.
        field: String,
    },
}

impl ConnectError {
    /// True if the failure may pass without intervention.
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::Unreachable { .. })
    }

    pub(crate) fn of(failure: &RequestFailure, nodes: &str) -> Self {
        let (nodes, cause) = (nodes.to_owned(), failure.to_string());
        match failure {
            // The wording of the TLS library.
            RequestFailure::NotSent(_) if cause.contains("invalid peer certificate") => {
                Self::Untrusted { nodes, cause }
            }
            RequestFailure::NotSent(_) | RequestFailure::NoAnswer(_)
                if is_about_our_certificate(&cause) =>
            {
                Self::ClientCertificate { nodes, cause }
            }
            RequestFailure::Refused(_) if cause.contains("401 Unauthorized") => {
                Self::Unauthorized(nodes)
            }
            RequestFailure::Refused(_) if cause.contains("403 Forbidden") => {
                Self::Forbidden { nodes, cause }
            }
            RequestFailure::Refused(_) => Self::Refused { nodes, cause },
            _ => Self::Unreachable { nodes, cause },
        }
    }
}

/// True if the server ended the handshake because of our certificate. The names are those of the
/// TLS library for alerts of RFC 8446, 6.2.
fn is_about_our_certificate(cause: &str) -> bool {
    let alerts = [
        "CertificateRequired",
        "BadCertificate",
        "UnsupportedCertificate",
        "CertificateRevoked",
        "CertificateExpired",
        "CertificateUnknown",
        "UnknownCA",
        "AccessDenied",
        "DecryptError",
    ];
    cause.contains("received fatal alert") && alerts.iter().any(|alert| cause.contains(alert))
}
