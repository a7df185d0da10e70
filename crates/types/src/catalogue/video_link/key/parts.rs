//! A link in the parts by which providers name their videos.

use percent_encoding::percent_decode_str;

use super::WebLink;

/// Names in front of a domain that make no difference to which video is meant.
const SAME_SITE: [&str; 5] = ["www.", "m.", "mobile.", "music.", "gaming."];

/// A link in its parts.
#[derive(Debug)]
pub(super) struct Parts<'a> {
    /// The host, without what makes no difference in front.
    pub(super) host: String,
    /// The path, without slashes at its ends.
    pub(super) path: &'a str,
    /// The parts of the path that are not empty.
    pub(super) segments: Vec<&'a str>,
    /// What is behind the `#`.
    pub(super) fragment: &'a str,
    query: &'a str,
}

impl<'a> Parts<'a> {
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

    /// The value of a parameter, decoded: of the query, or of what old pages have in its place behind
    /// `#!`. An `&amp;` comes from the source of a page.
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
