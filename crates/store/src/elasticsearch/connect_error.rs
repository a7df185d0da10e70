//! Why a cluster is not used, in sentences for whoever runs the server.

use thiserror::Error;

use super::failure::Failure;

/// Why a cluster is not used. Nothing in it was changed, but for indices of ours that were missing.
#[derive(Debug, Error)]
pub enum ConnectError {
    /// No node answers, or the cluster is not ready.
    #[error("Elasticsearch at {nodes} cannot be used now: {cause}; see that it runs")]
    Unreachable {
        /// Those that were asked.
        nodes: String,
        /// What the last of them did.
        cause: String,
    },
    /// The certificate of a node is not signed by one that is trusted.
    #[error(
        "the certificate of Elasticsearch at {nodes} is not trusted: {cause}; name the PEM file of \
         the certificate that has signed it with --elasticsearch-ca"
    )]
    Untrusted {
        /// Those that were asked.
        nodes: String,
        /// What is wrong with it.
        cause: String,
    },
    /// The nodes want another client certificate, or one at all.
    #[error(
        "Elasticsearch at {nodes} does not accept our certificate: {cause}; see \
         --elasticsearch-certificate and INSPIRED_ELASTICSEARCH_KEY_FILE"
    )]
    ClientCertificate {
        /// Those that were asked.
        nodes: String,
        /// What they say of it.
        cause: String,
    },
    /// The user, the password or the API key is wrong.
    #[error(
        "Elasticsearch at {0} does not know us: see INSPIRED_ELASTICSEARCH_USER and _PASSWORD, or \
         _API_KEY"
    )]
    Unauthorized(String),
    /// Something that we need is not ours to do.
    #[error(
        "Elasticsearch at {nodes} forbids what is needed: {cause}; give the user or the API key the rights that docs/ELASTICSEARCH.md lists"
    )]
    Forbidden {
        /// Those that were asked.
        nodes: String,
        /// What is forbidden.
        cause: String,
    },
    /// It does not do what is needed.
    #[error("Elasticsearch at {nodes} refuses what is needed: {cause}")]
    Refused {
        /// Those that were asked.
        nodes: String,
        /// What it refuses.
        cause: String,
    },
    /// The nodes do not belong together.
    #[error("{0} are not of one cluster; name the nodes of one only")]
    TwoClusters(String),
    /// An index of ours is there, and its alias is not.
    #[error("the index `{index}` has lost its alias; give it back: PUT {index}/_alias/{alias}")]
    NoAlias {
        /// The index.
        index: String,
        /// The alias.
        alias: String,
    },
    /// An index of ours is closed.
    #[error("the index `{0}` is closed; open it: POST {0}/_open")]
    Closed(String),
    /// An index of ours would not keep what it is told.
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
    /// The certificates that were given cannot be read.
    #[error("the certificates for Elasticsearch cannot be read: {0}")]
    Certificates(String),
    /// It is another program.
    #[error("{nodes} is not Elasticsearch 8 or 9: {found}")]
    NotElasticsearch {
        /// Those that were asked.
        nodes: String,
        /// What it says that it is.
        found: String,
    },
    /// An index with one of our names is not one of ours.
    #[error(
        "the index `{0}` belongs to something else, or is one of several behind one name; choose another --elasticsearch-prefix, or \
         remove it"
    )]
    Foreign(String),
    /// The indices were made by a version of the program that is newer.
    #[error(
        "the index `{index}` has version {found} and this program knows version {known}; run the \
         version of the program that made it, or a newer one"
    )]
    Newer {
        /// The index.
        index: String,
        /// The version that it has.
        found: u64,
        /// The version that this program knows.
        known: u64,
    },
    /// A newer program has migrated what is kept.
    #[error(
        "the index `{index}` is at data version {found} and this program knows {known}; run the \
         version of the program that migrated it, or a newer one"
    )]
    NewerData {
        /// The index.
        index: String,
        /// The data version that it has.
        found: u32,
        /// The data version that this program reads and writes.
        known: u32,
    },
    /// What is kept has to be migrated first.
    #[error(
        "the index `{index}` is at data version {found} and this program needs {known}; run \
         `inspired migrate` with the same options, and see `inspired migrate --plan` first"
    )]
    OlderData {
        /// The index.
        index: String,
        /// The data version that it has.
        found: u32,
        /// The data version that this program reads and writes.
        known: u32,
    },
    /// Indices of ours belong to different data versions.
    #[error(
        "the indices `{older}` and `{newer}` are of different data versions; restore all from one \
         snapshot, or remove those that do not belong there"
    )]
    Mixed {
        /// An index of the older one.
        older: String,
        /// An index of the newer one.
        newer: String,
    },
    /// An index of ours has fields that we do not know, or lacks some that we need.
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
    /// Whether it may pass by itself.
    pub fn may_pass(&self) -> bool {
        matches!(self, Self::Unreachable { .. })
    }

    pub(super) fn of(failure: &Failure, nodes: &str) -> Self {
        let (nodes, cause) = (nodes.to_owned(), failure.to_string());
        match failure {
            // This is how the TLS library says it.
            Failure::NotSent(_) if cause.contains("invalid peer certificate") => {
                Self::Untrusted { nodes, cause }
            }
            Failure::NotSent(_) | Failure::NoAnswer(_) if is_about_our_certificate(&cause) => {
                Self::ClientCertificate { nodes, cause }
            }
            Failure::Refused(_) if cause.contains("401 Unauthorized") => Self::Unauthorized(nodes),
            Failure::Refused(_) if cause.contains("403 Forbidden") => {
                Self::Forbidden { nodes, cause }
            }
            Failure::Refused(_) => Self::Refused { nodes, cause },
            _ => Self::Unreachable { nodes, cause },
        }
    }
}

/// Whether the other side has ended the handshake because of our certificate. This is how the TLS
/// library says it; the alerts are those of RFC 8446, 6.2.
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
