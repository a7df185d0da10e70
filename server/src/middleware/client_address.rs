//! The address of a client behind reverse proxies.
//!
//! A forwarding header is trusted only if a trusted proxy sent it, and only from its right end: each
//! proxy appends the address that it was reached from, so everything left of the first address that
//! is not a trusted proxy was written by the client.

mod forwarded;

use std::{
    iter,
    net::{IpAddr, SocketAddr},
};

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::config::trusted_proxies::TrustedProxies;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// A hop in a header; `None` if it is no address: malformed, obfuscated or `unknown`.
type Hop = Option<IpAddr>;

/// The client that a forwarding header names; its hops are read from the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ForwardedClient {
    /// The first address that is not a trusted proxy.
    Outside(IpAddr),
    /// All addresses are trusted proxies; this is the leftmost.
    Inside(IpAddr),
    /// The last trusted proxy before a hop without an address.
    Hidden(IpAddr),
}

/// The address of a request's client: that of the peer, unless the peer is a trusted proxy.
///
/// A proxy sets either `Forwarded` or `X-Forwarded-For` and passes the other on as the client sent it;
/// the server cannot know which. If both are present they must lead to the same client, otherwise the
/// proxy counts as the client, so that a forged header gains nothing.
pub(super) fn client_address(
    peer: IpAddr,
    headers: &HeaderMap,
    proxies: &TrustedProxies,
) -> IpAddr {
    let peer = peer.to_canonical();
    if proxies.is_empty() || !proxies.contains(peer) {
        return peer;
    }
    let forwarded = lines(headers, header::FORWARDED).flat_map(forwarded::hops);
    let x_forwarded_for = lines(headers, X_FORWARDED_FOR).flat_map(x_forwarded_for_hops);
    match (
        follow(peer, forwarded, proxies),
        follow(peer, x_forwarded_for, proxies),
    ) {
        (None, None) => peer,
        (Some(client), None) | (None, Some(client)) => client.address(),
        (Some(one), Some(other)) if one == other => one.address(),
        // A forged header cannot remove an outside address from the header that the proxy wrote; it can only
        // add one.
        (Some(ForwardedClient::Outside(address)), Some(ForwardedClient::Inside(_)))
        | (Some(ForwardedClient::Inside(_)), Some(ForwardedClient::Outside(address))) => address,
        (Some(_), Some(_)) => peer,
    }
}

/// The values of a header, last first.
fn lines(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &HeaderValue> {
    headers.get_all(name).iter().rev()
}

/// Follows hops, nearest first. `None` if there are none.
fn follow(
    peer: IpAddr,
    hops: impl Iterator<Item = Hop>,
    proxies: &TrustedProxies,
) -> Option<ForwardedClient> {
    let mut last = None;
    for hop in hops {
        match hop.map(|address| address.to_canonical()) {
            Some(address) if proxies.contains(address) => last = Some(address),
            Some(address) => return Some(ForwardedClient::Outside(address)),
            None => return Some(ForwardedClient::Hidden(last.unwrap_or(peer))),
        }
    }
    last.map(ForwardedClient::Inside)
}

/// The hops in a value of `X-Forwarded-For`, nearest first. Some proxies add a port to addresses.
fn x_forwarded_for_hops(line: &HeaderValue) -> Box<dyn Iterator<Item = Hop> + '_> {
    match line.to_str() {
        Ok(text) => {
            let elements = text.rsplit(',').map(str::trim);
            let elements = elements.filter(|element| !element.is_empty());
            Box::new(elements.map(parse_address))
        }
        Err(_) => Box::new(iter::once(None)),
    }
}

/// Parses an address with an optional port; an IPv6 address may be in brackets.
fn parse_address(text: &str) -> Hop {
    let bare = || text.parse().ok();
    let with_port = || text.parse().ok().map(|address: SocketAddr| address.ip());
    let bracketed = || {
        let inner = text.strip_prefix('[')?.strip_suffix(']')?;
        inner.parse().ok().map(IpAddr::V6)
    };
    bare().or_else(with_port).or_else(bracketed)
}

impl ForwardedClient {
    fn address(self) -> IpAddr {
        match self {
            Self::Outside(address) | Self::Inside(address) | Self::Hidden(address) => address,
        }
    }
}

#[cfg(test)]
mod tests;
