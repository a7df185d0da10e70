//! Who is asking.

use std::{fmt, net::IpAddr};

use crate::{id::AccountId, sessions::SessionKey};

/// Who is asking: the first argument of every public function of the domain.
#[derive(Clone, Debug)]
pub enum Caller {
    /// Somebody without a session.
    Anonymous(Source),
    /// Somebody with a live session of an enabled account.
    SignedIn {
        /// Whose.
        account: AccountId,
        /// Which.
        session: SessionKey,
        /// From where.
        source: Source,
    },
    /// The operator: a command or a job of this program.
    System,
}

impl Caller {
    /// Where the request came from; the operator's own commands come from nowhere.
    pub fn source(&self) -> Option<Source> {
        match self {
            Self::Anonymous(source) | Self::SignedIn { source, .. } => Some(*source),
            Self::System => None,
        }
    }
}

/// Where a request came from, as far as limits are concerned: an IPv4 address, or the /64 of an
/// IPv6 address, because one customer commonly holds a whole /64 (RFC 6177).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Source(IpAddr);

impl Source {
    /// The source that an address belongs to. IPv4 addresses in IPv6 form are the same source.
    pub fn new(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(v4) => Self(v4.into()),
            IpAddr::V6(v6) => {
                let prefix = u128::from(v6) & !u128::from(u64::MAX);
                Self(IpAddr::V6(prefix.into()))
            }
        }
    }
}

/// The address, or the network of an IPv6 source.
impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            IpAddr::V4(v4) => v4.fmt(f),
            IpAddr::V6(v6) => write!(f, "{v6}/64"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(address: &str) -> Source {
        Source::new(address.parse().unwrap())
    }

    #[test]
    fn ipv6_addresses_of_one_64_are_one_source() {
        assert_eq!(source("2001:db8:1:2::1"), source("2001:db8:1:2:ffff::9"));
        assert_ne!(source("2001:db8:1:2::1"), source("2001:db8:1:3::1"));
    }

    #[test]
    fn an_ipv4_address_in_ipv6_form_is_the_same_source() {
        assert_eq!(source("::ffff:192.0.2.7"), source("192.0.2.7"));
        assert_ne!(source("192.0.2.7"), source("192.0.2.8"));
    }
}
