//! The public URL of the server.

use std::{
    fmt,
    net::{Ipv4Addr, Ipv6Addr},
};

use url::{Host, Origin, Url};

/// The public URL of the server: a scheme, a host and a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    is_https: bool,
    host: Host,
    port: u16,
}

impl PublicUrl {
    /// `http://127.0.0.1` with this port.
    pub fn loopback(port: u16) -> Self {
        Self {
            is_https: false,
            host: Host::Ipv4(Ipv4Addr::LOCALHOST),
            port,
        }
    }

    /// Parses `https://HOST` or `http://HOST`, optionally with `:PORT` and a trailing `/`. The host is
    /// normalised as browsers do it: lower case, and the canonical form of an IP address.
    ///
    /// # Errors
    /// A message with the allowed forms.
    pub fn parse(text: &str) -> Result<Self, String> {
        const ALLOWED: &str =
            "allowed is https://HOST or http://HOST, perhaps with :PORT, and no path";
        Self::read(text).ok_or_else(|| ALLOWED.to_owned())
    }

    fn read(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let is_https = scheme.eq_ignore_ascii_case("https");
        if !is_https && !scheme.eq_ignore_ascii_case("http") {
            return None;
        }
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        if !is_plain(authority) {
            return None;
        }
        // The parser drops the last full stop of an IPv4 address.
        let (name, _) = authority.rsplit_once(':').unwrap_or((authority, ""));
        if name.ends_with('.') {
            return None;
        }
        let url = Url::parse(text).ok()?;
        let host = url.host()?.to_owned();
        let has_empty_label =
            matches!(&host, Host::Domain(name) if name.split('.').any(str::is_empty));
        if has_empty_label {
            return None;
        }
        let port = url.port_or_known_default().filter(|port| *port != 0)?;
        Some(Self {
            is_https,
            host,
            port,
        })
    }

    /// True if the scheme is `https`.
    pub fn is_https(&self) -> bool {
        self.is_https
    }

    /// True if the host is `localhost` or a loopback address.
    pub fn is_loopback(&self) -> bool {
        match &self.host {
            Host::Domain(name) => name == "localhost",
            Host::Ipv4(address) => address.is_loopback(),
            Host::Ipv6(address) => address.is_loopback(),
        }
    }

    /// The host, without the port.
    pub fn host(&self) -> String {
        self.host.to_string()
    }

    /// The accepted values of `Host`. For a loopback host these are all of `localhost`, `127.0.0.1`
    /// and `[::1]`.
    pub(crate) fn hosts(&self) -> Vec<String> {
        let mut hosts = Vec::new();
        for name in self.names() {
            if self.port == self.default_port() {
                hosts.push(name.to_string());
            }
            hosts.push(format!("{name}:{}", self.port));
        }
        hosts
    }

    /// The values of `Origin` that a browser sends from a page of this server.
    pub(crate) fn origins(&self) -> Vec<String> {
        self.names()
            .into_iter()
            .map(|name| self.origin(name))
            .collect()
    }

    fn names(&self) -> Vec<Host> {
        let mut names = vec![self.host.clone()];
        if self.is_loopback() {
            let usual = [
                Host::Domain("localhost".to_owned()),
                Host::Ipv4(Ipv4Addr::LOCALHOST),
                Host::Ipv6(Ipv6Addr::LOCALHOST),
            ];
            names.extend(usual.into_iter().filter(|name| *name != self.host));
        }
        names
    }

    fn origin(&self, name: Host) -> String {
        Origin::Tuple(self.scheme().to_owned(), name, self.port).ascii_serialization()
    }

    fn scheme(&self) -> &'static str {
        if self.is_https { "https" } else { "http" }
    }

    fn default_port(&self) -> u16 {
        if self.is_https { 443 } else { 80 }
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin(self.host.clone()))
    }
}

/// True if a text has only characters of an ASCII host and a port. [`Url`] would accept more: it
/// corrects what browsers correct (`a:`, `a\\`, `%61`, `é.org`), and parses users and paths.
fn is_plain(authority: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-.:[]".contains(&byte);
    authority.bytes().all(is_plain) && !authority.ends_with(':')
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
            ("http://[0:0::1]", "http://[::1]"),
            ("http://127.1:8080", "http://127.0.0.1:8080"),
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
            "https:a",
            " https://a",
            "https:///a",
            "https://a\\",
            "https://%61",
            "https://a.",
            "https://1.2.3.4.5",
            "https://1.2.3.4.",
            "https://1.2.3.4.:8080",
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
