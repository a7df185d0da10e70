//! The caller of a domain function.

use std::{fmt, net::IpAddr};

use crate::{account_id::AccountId, sessions::SessionKey};

/// The caller: the first argument of every public function of the domain that uses the store.
#[derive(Clone, Debug)]
pub enum Caller {
    /// A client without a session.
    Anonymous(ClientNetwork),
    /// A client with a live session of an enabled account.
    SignedIn {
        /// The account.
        account: AccountId,
        /// The session.
        session: SessionKey,
        /// The network of the client.
        source: ClientNetwork,
    },
    /// The operator: a command or a background job of this program.
    System,
}

impl Caller {
    /// The network of the client; the operator's commands have none.
    pub fn source(&self) -> Option<ClientNetwork> {
        match self {
            Self::Anonymous(source) | Self::SignedIn { source, .. } => Some(*source),
            Self::System => None,
        }
    }
}

/// The network of a client, as rate limits count it: an IPv4 address, or the /64 of an IPv6
/// address, because one customer commonly holds a whole /64 (RFC 6177).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClientNetwork(IpAddr);

impl ClientNetwork {
    /// The source of an address. An IPv4-mapped IPv6 address is the same source as the IPv4
    /// address.
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

/// The IPv4 address, or the /64 network of an IPv6 source.
impl fmt::Display for ClientNetwork {
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

    fn source(address: &str) -> ClientNetwork {
        ClientNetwork::new(address.parse().unwrap())
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
