//! The address of the client of a request that came through reverse proxies.
//!
//! A forwarding header is believed from a trusted proxy only, and only from its right end: each
//! proxy adds the address that it was reached from, so what stands left of the first address that
//! is not a trusted proxy was written by the client.

mod forwarded;

use std::{
    iter,
    net::{IpAddr, SocketAddr},
};

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::config::trusted_proxies::TrustedProxies;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// A hop that a header names; `None` where it names no address: malformed, obfuscated or unknown.
type Hop = Option<IpAddr>;

/// Where a header leads, read from the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Client {
    /// The first address that is not a trusted proxy.
    Outside(IpAddr),
    /// All addresses are trusted proxies; the leftmost of them.
    Inside(IpAddr),
    /// The last trusted proxy before a hop that names no address.
    Hidden(IpAddr),
}

/// The address of a request's client: the peer, unless that is a trusted proxy.
///
/// A proxy sets `Forwarded` or `X-Forwarded-For` and passes the other on as the client sent it, and
/// nothing says which. With both, they must therefore lead to the same client; if they do not, the
/// proxy itself is the client, which nobody gains from.
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
        // A forged header cannot take an outside address from the proxy's own header, only add
        // another one.
        (Some(Client::Outside(address)), Some(Client::Inside(_)))
        | (Some(Client::Inside(_)), Some(Client::Outside(address))) => address,
        (Some(_), Some(_)) => peer,
    }
}

/// The lines of a header, the last first.
fn lines(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &HeaderValue> {
    headers.get_all(name).iter().rev()
}

/// Follows hops, the nearest first. `None` when there are none.
fn follow(
    peer: IpAddr,
    hops: impl Iterator<Item = Hop>,
    proxies: &TrustedProxies,
) -> Option<Client> {
    let mut last = None;
    for hop in hops {
        match hop.map(|address| address.to_canonical()) {
            Some(address) if proxies.contains(address) => last = Some(address),
            Some(address) => return Some(Client::Outside(address)),
            None => return Some(Client::Hidden(last.unwrap_or(peer))),
        }
    }
    last.map(Client::Inside)
}

/// The hops of a line of `X-Forwarded-For`, the nearest first: addresses, some proxies write a
/// port behind them.
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

/// An address, with or without brackets around an IPv6 one, and a port.
fn parse_address(text: &str) -> Hop {
    let bare = || text.parse().ok();
    let with_port = || text.parse().ok().map(|address: SocketAddr| address.ip());
    let bracketed = || {
        let inner = text.strip_prefix('[')?.strip_suffix(']')?;
        inner.parse().ok().map(IpAddr::V6)
    };
    bare().or_else(with_port).or_else(bracketed)
}

impl Client {
    fn address(self) -> IpAddr {
        match self {
            Self::Outside(address) | Self::Inside(address) | Self::Hidden(address) => address,
        }
    }
}

#[cfg(test)]
mod tests;
