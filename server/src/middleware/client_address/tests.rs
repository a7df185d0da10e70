use proptest::prelude::*;

use super::*;
use crate::config::Config;

const PROXIES: &str = "10.0.0.0/8,fd00::/8";

/// The client of a request from 10.0.0.1, a trusted proxy.
fn client(headers: &[(&str, &str)]) -> String {
    client_of("10.0.0.1", headers)
}

fn client_of(peer: &str, headers: &[(&str, &str)]) -> String {
    let config = Config::from_flags(&["--trusted-proxy", PROXIES]).unwrap();
    let headers: HeaderMap = headers
        .iter()
        .map(|(name, value)| {
            let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
            (name, HeaderValue::from_bytes(value.as_bytes()).unwrap())
        })
        .collect();
    let proxies = &config.http.trusted_proxies;
    client_address(peer.parse().unwrap(), &headers, proxies).to_string()
}

#[test]
fn a_peer_that_is_no_trusted_proxy_is_the_client_whatever_it_says() {
    let headers = [
        ("forwarded", "for=192.0.2.1"),
        ("x-forwarded-for", "192.0.2.1"),
    ];
    assert_eq!(client_of("198.51.100.1", &headers), "198.51.100.1");
    assert_eq!(client_of("::ffff:198.51.100.1", &headers), "198.51.100.1");
    assert_eq!(client_of("2001:db8::1", &headers), "2001:db8::1");
}

#[test]
fn the_rightmost_address_that_is_no_trusted_proxy_is_the_client() {
    for (value, expected) in [
        ("192.0.2.1", "192.0.2.1"),
        ("203.0.113.9, 192.0.2.1", "192.0.2.1"),
        ("203.0.113.9,192.0.2.1,10.0.0.3 , 10.0.0.2", "192.0.2.1"),
        ("192.0.2.1:4711", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("[2001:db8::1]:4711", "2001:db8::1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("192.0.2.1, ::ffff:10.0.0.2", "192.0.2.1"),
        ("192.0.2.1, fd00::7", "192.0.2.1"),
        ("garbage, 192.0.2.1", "192.0.2.1"),
        (", 192.0.2.1", "192.0.2.1"),
        ("10.0.0.3, 10.0.0.2", "10.0.0.3"),
    ] {
        assert_eq!(client(&[("x-forwarded-for", value)]), expected, "{value}");
    }
    assert_eq!(
        client_of("::ffff:10.0.0.1", &[("x-forwarded-for", "192.0.2.1")]),
        "192.0.2.1"
    );
    let forwarded = "for=203.0.113.9;proto=http, for=\"[2001:db8::1]:4711\", for=10.0.0.2";
    assert_eq!(client(&[("forwarded", forwarded)]), "2001:db8::1");
}

#[test]
fn a_repeated_header_is_one_list() {
    for name in ["x-forwarded-for", "forwarded"] {
        let element = |address: &str| match name {
            "forwarded" => format!("for={address}"),
            _ => address.to_owned(),
        };
        let lines = ["203.0.113.9", "192.0.2.1", "10.0.0.2"].map(element);
        let headers = lines.each_ref().map(|line| (name, line.as_str()));
        assert_eq!(client(&headers), "192.0.2.1", "{name}");
    }
    let open_quote = [("forwarded", "for=\""), ("forwarded", "for=192.0.2.1")];
    assert_eq!(client(&open_quote), "192.0.2.1");
}

#[test]
fn a_hop_that_names_no_address_ends_at_the_last_trusted_proxy() {
    for value in [
        "garbage",
        "unix:",
        "192.0.2",
        "a.example",
        "\u{e9}",
        "192.0.2.1 192.0.2.2",
    ] {
        assert_eq!(client(&[("x-forwarded-for", value)]), "10.0.0.1", "{value}");
        let longer = format!("192.0.2.9, {value}, 10.0.0.2");
        let last = if longer.is_ascii() {
            "10.0.0.2"
        } else {
            "10.0.0.1"
        };
        assert_eq!(client(&[("x-forwarded-for", &longer)]), last, "{value}");
    }
    for value in ["for=_hidden", "for=unknown", "garbage", "proto=https"] {
        assert_eq!(client(&[("forwarded", value)]), "10.0.0.1", "{value}");
    }
    assert_eq!(
        client(&[("forwarded", "for=192.0.2.9, for=_x, for=10.0.0.2")]),
        "10.0.0.2"
    );
    assert_eq!(client(&[]), "10.0.0.1");
    assert_eq!(client(&[("x-forwarded-for", "")]), "10.0.0.1");
}

#[test]
fn a_header_that_the_proxy_passes_on_does_not_choose_the_client() {
    let (real, forged) = ("192.0.2.1", "203.0.113.9");
    for (forwarded, x_forwarded_for, expected) in [
        (forged, real, "10.0.0.1"),
        (real, forged, "10.0.0.1"),
        (real, real, real),
        ("10.0.0.7", real, real),
        (real, "10.0.0.7", real),
        ("10.0.0.7", "10.0.0.8", "10.0.0.1"),
        ("unknown", real, "10.0.0.1"),
        (real, "unknown", "10.0.0.1"),
    ] {
        let forwarded = format!("for={forwarded}");
        let headers = [
            ("forwarded", forwarded.as_str()),
            ("x-forwarded-for", x_forwarded_for),
        ];
        assert_eq!(client(&headers), expected, "{headers:?}");
    }
}

proptest! {
    /// Regardless of what the client sends, the part that the proxy appends decides: the client is the
    /// address that the proxy saw, or the proxy itself.
    #[test]
    fn nothing_that_a_client_sends_makes_it_somebody_else(
        sent in "[ -~]{0,40}",
        other in proptest::option::of("[ -~]{0,40}"),
    ) {
        let (real, proxy) = ("192.0.2.1", "10.0.0.1");
        for (name, element, second) in [
            ("x-forwarded-for", real.to_owned(), "forwarded"),
            ("forwarded", format!("for=\"{real}:4711\";by=\"_p\""), "x-forwarded-for"),
        ] {
            let appended = format!("{sent}, {element}");
            let mut headers = vec![(name, appended.as_str())];
            headers.extend(other.as_deref().map(|other| (second, other)));
            let client = client(&headers);
            prop_assert!(client == real || client == proxy, "{headers:?}: {client}");
        }
    }
}
