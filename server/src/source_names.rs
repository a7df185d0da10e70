//! Names of sources in the log.

use data_encoding::HEXLOWER;
use domain::ClientNetwork;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::config::log::LogSource;

/// Number of bytes of a hash that are written: enough to distinguish all sources, few enough to read.
const HASH_LENGTH: usize = 8;

/// The names of sources in the log.
#[derive(Clone)]
pub(crate) enum SourceNames {
    /// The IP address; of an IPv6 address its /64 network.
    Address,
    /// The HMAC-SHA-256 of that, with a key of this store.
    Hash(Box<Hmac<Sha256>>),
    /// None.
    None,
}

impl SourceNames {
    /// Names of this type; `key` is for hashes.
    pub(crate) fn new(wanted: LogSource, key: [u8; 32]) -> Self {
        match wanted {
            LogSource::Address => Self::Address,
            LogSource::Hash => {
                Hmac::new_from_slice(&key).map_or(Self::None, |hmac| Self::Hash(Box::new(hmac)))
            }
            LogSource::None => Self::None,
        }
    }

    /// The name of a source; `None` if sources are not named.
    pub(crate) fn name(&self, source: ClientNetwork) -> Option<String> {
        match self {
            Self::Address => Some(source.to_string()),
            Self::Hash(keyed) => Some(hash((**keyed).clone(), source)),
            Self::None => None,
        }
    }
}

fn hash(mut hmac: Hmac<Sha256>, source: ClientNetwork) -> String {
    hmac.update(source.to_string().as_bytes());
    HEXLOWER.encode(&hmac.finalize().into_bytes()[..HASH_LENGTH])
}

/// Hides the key, which is a secret.
impl std::fmt::Debug for SourceNames {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Address => "Address",
            Self::Hash(_) => "Hash(…)",
            Self::None => "None",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(wanted: LogSource, key: u8, address: &str) -> Option<String> {
        let source = ClientNetwork::new(address.parse().unwrap());
        SourceNames::new(wanted, [key; 32]).name(source)
    }

    #[test]
    fn an_address_is_named_as_limits_count_it() {
        let named = |address| name(LogSource::Address, 1, address);
        assert_eq!(named("192.0.2.1").as_deref(), Some("192.0.2.1"));
        assert_eq!(named("::ffff:192.0.2.1").as_deref(), Some("192.0.2.1"));
        let network = Some("2001:db8:1:2::/64");
        assert_eq!(named("2001:db8:1:2:3:4:5:6").as_deref(), network);
        assert_eq!(name(LogSource::None, 1, "192.0.2.1"), None);
    }

    #[test]
    fn a_hash_tells_sources_apart_and_needs_the_key() {
        let hash = |key, address| name(LogSource::Hash, key, address).unwrap();
        assert_eq!(hash(1, "192.0.2.1"), hash(1, "192.0.2.1"));
        assert_ne!(hash(1, "192.0.2.1"), hash(1, "192.0.2.2"));
        assert_ne!(hash(1, "192.0.2.1"), hash(2, "192.0.2.1"));
        assert_eq!(hash(1, "192.0.2.1").len(), 2 * HASH_LENGTH);
        assert_eq!(hash(1, "2001:db8::1"), hash(1, "2001:db8::2"));
    }
}
