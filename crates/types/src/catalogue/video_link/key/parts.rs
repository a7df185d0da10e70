//! The parts of a URL in which providers put keys.

use percent_encoding::percent_decode_str;

use super::WebLink;

/// Subdomains that do not matter for the key.
const SAME_SITE: [&str; 5] = ["www.", "m.", "mobile.", "music.", "gaming."];

/// A parsed URL.
#[derive(Debug)]
pub(super) struct UrlParts<'a> {
    /// The host, without a subdomain that does not matter.
    pub(super) host: String,
    /// The path, without slashes at its ends.
    pub(super) path: &'a str,
    /// The segments of the path that are not empty.
    pub(super) segments: Vec<&'a str>,
    /// The fragment.
    pub(super) fragment: &'a str,
    query: &'a str,
}

impl<'a> UrlParts<'a> {
    pub(super) fn of(link: &'a WebLink) -> Self {
        let host = link.host();
        let bare = SAME_SITE.iter().find_map(|start| host.strip_prefix(start));
        let rest = link.rest();
        let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let path = path.trim_matches('/');
        Self {
            host: bare.unwrap_or(host).to_owned(),
            path,
            segments: path.split('/').filter(|part| !part.is_empty()).collect(),
            fragment,
            query,
        }
    }

    /// The decoded value of a parameter: of the query, or of the fragment, where old pages put it after `#!`.
    /// An `&amp;` comes from copied HTML.
    pub(super) fn value(&self, name: &str) -> Option<String> {
        let behind_hash = self.fragment.trim_start_matches(['!', '/']);
        let behind_hash = behind_hash
            .split_once('?')
            .map_or(behind_hash, |(_, query)| query);
        let pairs = [self.query, behind_hash]
            .into_iter()
            .flat_map(|all| all.split('&'));
        let mut pairs = pairs.filter_map(|pair| pair.split_once('='));
        let value = pairs.find_map(|(known, value)| {
            let known = known.strip_prefix("amp;").unwrap_or(known);
            (known == name).then_some(value)
        });
        let decoded = percent_decode_str(value?).decode_utf8().ok()?;
        Some(decoded.into_owned())
    }
}
