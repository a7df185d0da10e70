//! A list of hosts in the syntax that the operator writes.

use std::fmt;

use types::catalogue::WebLink;

use crate::catalogue::service::offer_retailers::registrable;

/// Maximum number of hosts in a list, because a header of every page contains them all.
const MAX_HOSTS: usize = 50;

/// The text of an empty list.
const NONE: &str = "none";

/// A list of hosts: `video.example`, or `*.example.org` for every host below that one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HostList(Vec<Pattern>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Pattern {
    Host(String),
    /// Every host below this one, at any depth, but not this one, as in a content security policy.
    Below(String),
}

impl HostList {
    /// Parses hosts separated by commas, or `none`. Each is normalised like the host of a stored
    /// link: lower case, international names as A-labels (IDNA).
    ///
    /// # Errors
    /// A sentence that says what is allowed.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.trim() == NONE {
            return Ok(Self::default());
        }
        let patterns: Option<Vec<_>> = text.split(',').map(Pattern::parse).collect();
        let patterns = patterns.filter(|patterns| patterns.len() <= MAX_HOSTS);
        patterns.map(Self).ok_or_else(|| {
            format!(
                "allowed is none, or up to {MAX_HOSTS} public hosts such as video.example or \
                 *.example.org, with commas between them and without scheme, port and path; a \
                 wildcard stands for what is below a registered domain"
            )
        })
    }

    /// A list of hosts that are built into the program.
    pub(super) fn of_known(hosts: &[&str]) -> Self {
        let hosts = hosts.iter().map(|host| Pattern::Host((*host).to_owned()));
        Self(hosts.collect())
    }

    /// The list with the host of this server added.
    #[must_use]
    pub fn with_own(mut self, host: &str) -> Self {
        self.0.push(Pattern::Host(host.to_owned()));
        self
    }

    /// True if the list contains a host, which must be normalised like that of a stored link.
    pub fn has(&self, host: &str) -> bool {
        self.0.iter().any(|pattern| pattern.matches(host))
    }

    /// The sources of a content security policy that match the same hosts.
    pub fn sources(&self) -> Vec<String> {
        self.0.iter().map(|one| format!("https://{one}")).collect()
    }
}

/// The list in the syntax of [`parse`](HostList::parse).
impl fmt::Display for HostList {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return formatter.write_str(NONE);
        }
        for (index, pattern) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            write!(formatter, "{comma}{pattern}")?;
        }
        Ok(())
    }
}

impl Pattern {
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        match text.strip_prefix("*.") {
            Some(rest) => {
                let host = normal_host(rest)?;
                // Anybody can register a host below a public suffix.
                registrable(&host)?;
                Some(Self::Below(host))
            }
            None => normal_host(text).map(Self::Host),
        }
    }

    fn matches(&self, host: &str) -> bool {
        match self {
            Self::Host(known) => known == host,
            Self::Below(known) => {
                let rest = host.strip_suffix(known.as_str());
                rest.is_some_and(|rest| rest.len() > 1 && rest.ends_with('.'))
            }
        }
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Host(host) => formatter.write_str(host),
            Self::Below(host) => write!(formatter, "*.{host}"),
        }
    }
}

/// Normalises a host like that of a stored link, so that no entry can fail to match.
fn normal_host(text: &str) -> Option<String> {
    let ascii = idna::domain_to_ascii_strict(text).ok()?;
    let link = WebLink::parse(&format!("https://{ascii}/")).ok()??;
    (link.host() == ascii).then_some(ascii)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> HostList {
        HostList::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn a_host_is_normalised() {
        for (text, normal) in [
            ("Video.Example", "video.example"),
            (" a.example , *.B.example ", "a.example,*.b.example"),
            ("bücher.example", "xn--bcher-kva.example"),
            ("BÜCHER.example", "xn--bcher-kva.example"),
            ("xn--bcher-kva.example", "xn--bcher-kva.example"),
            ("*.bücher.example", "*.xn--bcher-kva.example"),
            ("ｖｉｄｅｏ.example", "video.example"),
            ("someone.github.io", "someone.github.io"),
            ("none", "none"),
        ] {
            assert_eq!(list(text).to_string(), normal, "{text}");
            assert_eq!(list(normal), list(text), "{text}");
        }
    }

    #[test]
    fn what_no_stored_link_can_have_is_refused() {
        for text in [
            "",
            " ",
            ",",
            "a.example,",
            "a.example,,b.example",
            "a.example b.example",
            "a.example;b.example",
            "https://a.example",
            "a.example/",
            "a.example/x",
            "a.example:443",
            "u@a.example",
            "a.example.",
            "*",
            "*.",
            "*.com",
            "*.co.uk",
            "*.github.io",
            "a.*.example",
            "*a.example",
            "*.*.example.org",
            "localhost",
            "video",
            "peertube.local",
            "127.0.0.1",
            "[::1]",
            "0x7f.1",
            "'self'",
            "data:",
            "a_b.example",
            "-a.example",
            "xn--a.example",
            "a.example\r\nx",
            "none,a.example",
        ] {
            let error = HostList::parse(text);
            assert!(
                error.is_err_and(|error| error.contains("allowed is")),
                "{text:?}"
            );
        }
        let many = vec!["a.example"; MAX_HOSTS + 1].join(",");
        assert!(HostList::parse(&many).is_err());
        assert!(HostList::parse(&many[10..]).is_ok());
    }

    #[test]
    fn a_host_is_matched_whole_and_a_wildcard_matches_what_is_below() {
        let hosts = list("a.example,*.example.org");
        for host in ["a.example", "b.example.org", "c.b.example.org"] {
            assert!(hosts.has(host), "{host}");
        }
        for host in [
            "b.a.example",
            "example",
            "xa.example",
            "a.example.evil.example",
            "example.org",
            "evilexample.org",
            ".example.org",
            "",
        ] {
            assert!(!hosts.has(host), "{host}");
        }
        assert!(!HostList::default().has("a.example"));
    }

    #[test]
    fn the_sources_of_a_policy_are_the_list() {
        assert_eq!(
            list("a.example,*.example.org").sources(),
            ["https://a.example", "https://*.example.org"]
        );
        assert!(HostList::default().sources().is_empty());
    }
}
