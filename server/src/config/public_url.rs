//! What people call this server.

use std::{
    fmt,
    net::{Ipv4Addr, Ipv6Addr},
};

/// The URL by which people reach this server: a scheme, a host and perhaps a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    is_https: bool,
    host: String,
    port: u16,
}

impl PublicUrl {
    /// The server on this machine.
    pub fn loopback(port: u16) -> Self {
        Self {
            is_https: false,
            host: Ipv4Addr::LOCALHOST.to_string(),
            port,
        }
    }

    /// Reads a URL; a single `/` behind the host is fine.
    ///
    /// # Errors
    /// A sentence about what is allowed.
    pub fn parse(text: &str) -> Result<Self, String> {
        const ALLOWED: &str =
            "allowed is https://HOST or http://HOST, perhaps with :PORT, and no path";
        Self::read(text).ok_or_else(|| ALLOWED.to_owned())
    }

    fn read(text: &str) -> Option<Self> {
        let lower = text.to_ascii_lowercase();
        let (is_https, rest) = match lower.strip_prefix("https://") {
            Some(rest) => (true, rest),
            None => (false, lower.strip_prefix("http://")?),
        };
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        let (host, port) = split_port(authority)?;
        if !is_host(host) {
            return None;
        }
        let port = match port {
            Some(digits) => digits.parse().ok().filter(|port| *port != 0)?,
            None => default_port(is_https),
        };
        Some(Self {
            is_https,
            host: host.to_owned(),
            port,
        })
    }

    /// Whether it is reached over an encrypted connection.
    pub fn is_https(&self) -> bool {
        self.is_https
    }

    /// Whether it is this machine.
    pub fn is_loopback(&self) -> bool {
        let v6 = self.host.trim_start_matches('[').trim_end_matches(']');
        self.host == "localhost"
            || self.host.parse().is_ok_and(|v4: Ipv4Addr| v4.is_loopback())
            || v6.parse().is_ok_and(|v6: Ipv6Addr| v6.is_loopback())
    }

    /// The host, without the port.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// What a browser may say in `Host` when it means this server. On this machine all of its
    /// usual names are ours.
    pub(crate) fn hosts(&self) -> Vec<String> {
        let mut hosts = Vec::new();
        for name in self.names() {
            if self.port == default_port(self.is_https) {
                hosts.push(name.to_owned());
            }
            hosts.push(format!("{name}:{}", self.port));
        }
        hosts
    }

    /// What a browser says in `Origin` on a page of this server.
    pub(crate) fn origins(&self) -> Vec<String> {
        self.names()
            .into_iter()
            .map(|name| self.origin(name))
            .collect()
    }

    fn names(&self) -> Vec<&str> {
        let mut names = vec![self.host.as_str()];
        if self.is_loopback() {
            let usual = ["localhost", "127.0.0.1", "[::1]"];
            names.extend(usual.into_iter().filter(|name| *name != self.host));
        }
        names
    }

    fn origin(&self, name: &str) -> String {
        let scheme = if self.is_https { "https" } else { "http" };
        if self.port == default_port(self.is_https) {
            return format!("{scheme}://{name}");
        }
        format!("{scheme}://{name}:{}", self.port)
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin(&self.host))
    }
}

fn default_port(is_https: bool) -> u16 {
    if is_https { 443 } else { 80 }
}

fn split_port(authority: &str) -> Option<(&str, Option<&str>)> {
    let end_of_host = authority.rfind(']').map_or(0, |bracket| bracket + 1);
    match authority[end_of_host..].split_once(':') {
        Some((_, digits)) if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) => {
            None
        }
        Some((rest, digits)) => Some((&authority[..end_of_host + rest.len()], Some(digits))),
        None => Some((authority, None)),
    }
}

fn is_host(host: &str) -> bool {
    if let Some(v6) = host
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
    {
        return v6.parse::<Ipv6Addr>().is_ok();
    }
    !host.is_empty()
        && host.split('.').all(|label| {
            !label.is_empty()
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_origin_leaves_out_the_usual_port() {
        for (text, origin) in [
            ("https://Example.org", "https://example.org"),
            ("https://example.org:443/", "https://example.org"),
            ("http://example.org:8080", "http://example.org:8080"),
            ("http://[::1]:3000", "http://[::1]:3000"),
        ] {
            assert_eq!(PublicUrl::parse(text).unwrap().to_string(), origin);
        }
    }

    #[test]
    fn anything_but_scheme_host_and_port_is_refused() {
        for text in [
            "",
            "example.org",
            "ftp://example.org",
            "https://",
            "https://a/b",
            "https://a//",
            "https://u:p@a",
            "https://a?x",
            "https://a#x",
            "https://a:",
            "https://a:0",
            "https://a:99999",
            "https://a:+1",
            "https://a b",
            "https://[::1",
            "https://é.org",
            "https://a..b",
            "https://a_b",
            "https://[::1]x:1",
        ] {
            assert!(PublicUrl::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn this_machine_has_three_names() {
        let url = PublicUrl::loopback(3000);
        assert!(url.is_loopback());
        assert_eq!(
            url.origins(),
            [
                "http://127.0.0.1:3000",
                "http://localhost:3000",
                "http://[::1]:3000"
            ]
        );
        assert_eq!(
            url.hosts(),
            ["127.0.0.1:3000", "localhost:3000", "[::1]:3000"]
        );
    }

    #[test]
    fn another_machine_has_one_name() {
        let url = PublicUrl::parse("https://example.org").unwrap();
        assert!(!url.is_loopback());
        assert_eq!(url.origins(), ["https://example.org"]);
        assert_eq!(url.hosts(), ["example.org", "example.org:443"]);
        assert!(
            !PublicUrl::parse("http://127.0.0.1.example.org")
                .unwrap()
                .is_loopback()
        );
    }
}
