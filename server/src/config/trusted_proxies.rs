//! The reverse proxies whose forwarding headers are trusted.

use std::net::IpAddr;

use ipnet::{IpNet, Ipv4Net};

const ALLOWED: &str = "allowed are IP addresses and networks of reverse proxies, with commas, such \
                       as 127.0.0.1,10.0.0.0/8,fd00::/8";
/// Length in bits of the prefix `::ffff:0:0/96`, which maps IPv4 addresses to IPv6.
const MAPPED_PREFIX: u8 = 96;

/// Addresses and networks of reverse proxies whose forwarding headers are trusted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    /// Parses a comma-separated list of addresses and networks. An empty text is an empty list, because
    /// service managers set variables without a value.
    ///
    /// # Errors
    /// A sentence that names the allowed values.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        let networks = text.split(',').map(parse_network);
        networks.collect::<Result<_, _>>().map(Self)
    }

    /// Whether an address belongs to a trusted proxy.
    pub(crate) fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }

    /// Whether no proxy is trusted.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn parse_network(text: &str) -> Result<IpNet, String> {
    let text = text.trim();
    let address = text.parse::<IpAddr>().map(IpNet::from);
    let network = address.or_else(|_| text.parse()).map_err(|_| ALLOWED)?;
    let network = to_canonical(network);
    // If every address were trusted, the source would be the leftmost one, which the client chooses.
    if network.prefix_len() == 0 {
        return Err(format!("{ALLOWED}; a network of all addresses is not"));
    }
    Ok(network)
}

/// Converts a network of IPv4-mapped IPv6 addresses to the IPv4 network.
fn to_canonical(network: IpNet) -> IpNet {
    let IpNet::V6(v6) = network else {
        return network;
    };
    let ipv4 = v6.addr().to_ipv4_mapped();
    let prefix = v6.prefix_len().checked_sub(MAPPED_PREFIX);
    match (ipv4, prefix) {
        (Some(ipv4), Some(prefix)) => Ipv4Net::new(ipv4, prefix).map_or(network, IpNet::V4),
        (None, _) | (_, None) => network,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contains(proxies: &str, address: &str) -> bool {
        let proxies = TrustedProxies::parse(proxies).unwrap();
        proxies.contains(address.parse().unwrap())
    }

    #[test]
    fn addresses_and_networks_are_taken_together() {
        let proxies = "127.0.0.1, 10.1.2.3/8,fd00::/8,::1";
        for address in ["127.0.0.1", "10.9.9.9", "::ffff:10.9.9.9", "fd12::1", "::1"] {
            assert!(contains(proxies, address), "{address}");
        }
        for address in ["127.0.0.2", "11.0.0.1", "::2", "fe80::1", "::ffff:8.8.8.8"] {
            assert!(!contains(proxies, address), "{address}");
        }
    }

    #[test]
    fn an_ipv4_network_may_be_written_in_ipv6_form() {
        assert!(contains("::ffff:10.0.0.1", "10.0.0.1"));
        assert!(contains("::ffff:10.0.0.0/104", "10.200.0.1"));
        assert!(!contains("::ffff:10.0.0.0/104", "11.0.0.1"));
        assert!(contains("::ffff:10.0.0.0/104", "::ffff:10.0.0.1"));
    }

    #[test]
    fn an_empty_variable_is_none() {
        assert!(TrustedProxies::parse("").unwrap().is_empty());
        assert!(TrustedProxies::parse(" ").unwrap().is_empty());
        assert!(!contains("", "127.0.0.1"));
    }

    #[test]
    fn what_is_no_network_or_is_all_of_them_is_refused() {
        for text in [
            "proxy.example",
            "10.0.0.0/33",
            "10.0.0",
            "127.0.0.1,",
            "fe80::1%eth0",
            "0.0.0.0/0",
            "::/0",
            "::ffff:0.0.0.0/96",
            "10.0.0.1:80",
            "*",
        ] {
            assert!(TrustedProxies::parse(text).is_err(), "{text}");
        }
    }
}
