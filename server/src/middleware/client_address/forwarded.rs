//! `Forwarded` (RFC 7239, section 4), parsed strictly.
//!
//! A value that violates the grammar is discarded as a whole: proxies append to the value of the
//! client, and a quotation mark that the client left open would hide what the proxy wrote.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    vec,
};

use axum::http::HeaderValue;

use super::Hop;

/// The hops of a value, nearest first; a single hop without an address if the value is malformed.
pub(super) fn hops(line: &HeaderValue) -> vec::IntoIter<Hop> {
    let parsed = line.to_str().ok().and_then(parse);
    let mut hops = parsed.unwrap_or_else(|| vec![None]);
    hops.reverse();
    hops.into_iter()
}

/// The elements of a value; empty ones are skipped (RFC 9110, 5.6.1).
fn parse(line: &str) -> Option<Vec<Hop>> {
    let mut hops = Vec::new();
    let mut rest = line;
    loop {
        let (element, after) = parse_element(rest)?;
        hops.extend(element);
        match after.strip_prefix(',') {
            Some(next) => rest = next,
            None if after.is_empty() => return Some(hops),
            None => return None,
        }
    }
}

/// One element and the rest. An element without `for` is a hop without an address.
fn parse_element(text: &str) -> Option<(Option<Hop>, &str)> {
    let mut rest = skip_whitespace(text);
    let (mut is_empty, mut node) = (true, None);
    loop {
        if !rest.starts_with([',', ';']) && !rest.is_empty() {
            let (name, value, after) = parse_pair(rest)?;
            is_empty = false;
            if name.eq_ignore_ascii_case("for") && node.replace(value).is_some() {
                return None;
            }
            rest = skip_whitespace(after);
        }
        match rest.strip_prefix(';') {
            Some(next) => rest = skip_whitespace(next),
            None => break,
        }
    }
    let hop = node.map(|node| parse_node(&node)).unwrap_or_default();
    Some(((!is_empty).then_some(hop), rest))
}

/// A name, its unquoted value, and the rest.
fn parse_pair(text: &str) -> Option<(&str, String, &str)> {
    let (name, rest) = parse_token(text)?;
    let rest = rest.strip_prefix('=')?;
    if let Some(quoted) = rest.strip_prefix('"') {
        let (value, rest) = parse_quoted(quoted)?;
        return Some((name, value, rest));
    }
    let (value, rest) = parse_token(rest)?;
    Some((name, value.to_owned(), rest))
}

fn parse_token(text: &str) -> Option<(&str, &str)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// The text up to the closing quotation mark, and the rest after it.
fn parse_quoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((value, &text[at + 1..])),
            '\\' => value.push(characters.next()?.1),
            _ => value.push(character),
        }
    }
    None
}

/// An IPv4 address, or an IPv6 address in brackets, with an optional port. `unknown` and names that
/// begin with `_` are no addresses.
fn parse_node(node: &str) -> Hop {
    if let Some(rest) = node.strip_prefix('[') {
        let (address, port) = rest.split_once(']')?;
        let address: Ipv6Addr = address.parse().ok()?;
        return is_port(port).then_some(IpAddr::V6(address));
    }
    let end = node.find(':').unwrap_or(node.len());
    let (address, port) = node.split_at(end);
    let address: Ipv4Addr = address.parse().ok()?;
    is_port(port).then_some(IpAddr::V4(address))
}

/// Empty, or a colon with a port, which may be obfuscated.
fn is_port(text: &str) -> bool {
    let Some(port) = text.strip_prefix(':') else {
        return text.is_empty();
    };
    let is_number = || (1..=5).contains(&port.len()) && port.bytes().all(|b| b.is_ascii_digit());
    let is_obfuscated = || {
        let is_part = |b: u8| b.is_ascii_alphanumeric() || b"._-".contains(&b);
        let name = port.strip_prefix('_');
        name.is_some_and(|name| !name.is_empty() && name.bytes().all(is_part))
    };
    is_number() || is_obfuscated()
}

fn skip_whitespace(text: &str) -> &str {
    text.trim_start_matches([' ', '\t'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(line: &str) -> Vec<String> {
        let line = HeaderValue::from_str(line).unwrap();
        let name = |hop: Hop| hop.map_or("-".to_owned(), |address| address.to_string());
        hops(&line).map(name).collect()
    }

    #[test]
    fn every_form_of_a_node_is_read() {
        for (line, hops) in [
            ("for=192.0.2.1", &["192.0.2.1"][..]),
            ("For=\"192.0.2.1:4711\"", &["192.0.2.1"]),
            ("for=\"[2001:db8::1]\"", &["2001:db8::1"]),
            ("for=\"[2001:db8::1]:443\"", &["2001:db8::1"]),
            ("for=\"[2001:db8::1]:_x\"", &["2001:db8::1"]),
            ("for=\"\\1\\9\\2.0.2.1\"", &["192.0.2.1"]),
            ("proto=https;for=192.0.2.1;by=_x", &["192.0.2.1"]),
            ("for=192.0.2.1 ; proto=http", &["192.0.2.1"]),
            (";for=192.0.2.1;", &["192.0.2.1"]),
            ("for=192.0.2.1, for=192.0.2.2", &["192.0.2.2", "192.0.2.1"]),
            (", for=192.0.2.1,,\t", &["192.0.2.1"]),
            ("x=\"a,b;c=\\\"\";for=192.0.2.1", &["192.0.2.1"]),
            ("", &[]),
        ] {
            assert_eq!(addresses(line), hops, "{line}");
        }
    }

    #[test]
    fn what_names_no_address_is_a_hop_without_one() {
        for line in [
            "for=unknown",
            "for=_hidden",
            "for=\"_hidden:80\"",
            "proto=https",
            "for=\"\"",
            "for=proxy.example",
            "for=\"2001:db8::1\"",
            "for=\"[192.0.2.1]\"",
            "for=\"192.0.2.1:\"",
            "for=\"192.0.2.1:999999\"",
            "for=\"192.0.2.1, 192.0.2.2\"",
            "for=1921",
        ] {
            assert_eq!(addresses(line), ["-"], "{line}");
        }
    }

    #[test]
    fn a_line_against_the_grammar_has_no_addresses() {
        for line in [
            "192.0.2.1",
            "for",
            "for=",
            "for =192.0.2.1",
            "for= 192.0.2.1",
            "for=192.0.2.1:80",
            "for=[2001:db8::1]",
            "for=192.0.2.1;for=192.0.2.2",
            "for=192.0.2.1 proto=http",
            "for=192.0.2.9;x=\", for=192.0.2.1",
            "for=192.0.2.9;x=\", for=\"[2001:db8::1]\"",
            "for=192.0.2.9;x=\"\\, for=\"[2001:db8::1]\"",
            "for=192.0.2.9;x=\", for=192.0.2.1;by=\"_p\"",
        ] {
            assert_eq!(addresses(line), ["-"], "{line}");
        }
    }
}
