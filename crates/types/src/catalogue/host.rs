//! The names of hosts that are places on the public internet.

use crate::field::Reason;

/// The longest name, in bytes without the root's dot (RFC 1035, 2.3.4).
const MAX_BYTES: usize = 253;
/// The longest label, in bytes (RFC 1035, 2.3.4).
const MAX_LABEL_BYTES: usize = 63;

/// Ends of names that lead into the reader's own machine or network (RFC 6761, RFC 6762 appendix G,
/// RFC 8375, and ICANN's `internal`).
const INNER: [&str; 8] = [
    "localhost",
    "local",
    "internal",
    "lan",
    "home",
    "corp",
    "home.arpa",
    "test",
];

/// Reads an optional domain: lower case, without a `www.` in front; white space alone is none.
///
/// # Errors
/// [`Reason::NotADomain`] when it is not a name of at least two labels of ASCII letters, digits and
/// hyphens, or leads into the reader's own network.
pub fn read_domain(typed: &str) -> Result<Option<String>, Reason> {
    let text = typed.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let host = read(text).ok_or(Reason::NotADomain)?;
    let bare = host.strip_prefix("www.").filter(|rest| rest.contains('.'));
    Ok(Some(bare.unwrap_or(&host).to_owned()))
}

/// The name in lower case, if it is one that a link of ours may have.
pub(super) fn read(text: &str) -> Option<String> {
    let host = text.to_ascii_lowercase();
    let (_, top) = host.rsplit_once('.')?;
    let is_public = !INNER.iter().any(|end| is_below(&host, end));
    let is_name = host.len() <= MAX_BYTES && host.split('.').all(is_label) && is_top_label(top);
    (is_name && is_public).then_some(host)
}

fn is_below(host: &str, end: &str) -> bool {
    let rest = host.strip_suffix(end);
    rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

fn is_label(label: &str) -> bool {
    !label.is_empty()
        && label.len() <= MAX_LABEL_BYTES
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// A browser takes a host whose last label is a number, in whatever notation, for an IPv4 address.
fn is_top_label(label: &str) -> bool {
    label.starts_with("xn--")
        || (label.len() >= 2 && label.bytes().all(|b| b.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_kept_in_lower_case_without_www() {
        for (typed, kept) in [
            ("Shop.Example", "shop.example"),
            (" www.shop.example ", "shop.example"),
            ("www.com", "www.com"),
            ("xn--bcher-kva.example", "xn--bcher-kva.example"),
            ("a-1.xn--p1ai", "a-1.xn--p1ai"),
            ("shop.invalid", "shop.invalid"),
            ("latest.org", "latest.org"),
            ("mylocal.com", "mylocal.com"),
        ] {
            assert_eq!(read_domain(typed), Ok(Some(kept.to_owned())), "{typed}");
        }
        assert_eq!(read_domain(" "), Ok(None));
    }

    #[test]
    fn what_is_not_on_the_public_internet_is_refused() {
        for domain in [
            "localhost",
            "a.localhost",
            "printer.local",
            "db.internal",
            "nas.lan",
            "pc.home",
            "a.corp",
            "router.home.arpa",
            "home.arpa",
            "a.test",
            "A.LOCAL",
            "shop",
            "com",
            "127.0.0.1",
            "1.1",
            "0x7f.1",
            "a.0x7f",
            "a.b.123",
        ] {
            assert_eq!(read_domain(domain), Err(Reason::NotADomain), "{domain}");
        }
    }

    #[test]
    fn what_is_no_name_is_refused() {
        let long_label = format!("{}.example", "a".repeat(64));
        let long = format!("{}example", "abcdefg.".repeat(32));
        for domain in [
            "https://shop.example",
            "shop.example/",
            "a b.example",
            "a_b.example",
            "a..example",
            ".example",
            "shop.example.",
            "-a.example",
            "a-.example",
            "bücher.example",
            "a.e",
            "a\u{0}.example",
            "*.example",
            "a@b.example",
            "a.example:443",
            "[::1]",
            &long_label,
            &long,
        ] {
            assert_eq!(read_domain(domain), Err(Reason::NotADomain), "{domain:?}");
        }
        let longest = format!("{}.{}example", "a".repeat(63), "abcdefg.".repeat(22));
        assert!(longest.len() <= 253);
        assert!(read_domain(&longest).is_ok());
    }
}
