//! The preconditions of a request: `If-Match` and `If-None-Match` (RFC 9110, 13.1).
//!
//! The lists are parsed here and not by `IfMatch` of the crate `headers` (0.4.2), which skips elements
//! that it cannot parse. With it `If-Match: 7` would be answered with 412 instead of 400, `*, "7"`
//! would be accepted, and with debug assertions a space inside a tag panics.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use types::Problem;

use crate::problem::ProblemResponse;

/// The versions that a precondition names.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Versions {
    /// `*`: any version.
    Any,
    /// One of these entity tags, as written in the header: `"7"`, or `W/"7"` for a weak one.
    These(Vec<String>),
}

/// The entity tag of a revision, for `ETag`.
pub(super) fn tag(revision: u64) -> HeaderValue {
    let tag = HeaderValue::try_from(quoted(revision));
    tag.unwrap_or(HeaderValue::from_static("\"\""))
}

fn quoted(revision: u64) -> String {
    format!("\"{revision}\"")
}

impl Versions {
    /// The versions in `If-Match`, from which a change may start.
    ///
    /// # Errors
    /// 428 without the header, 400 if it is malformed.
    pub(super) fn to_change(headers: &HeaderMap) -> Result<Self, ProblemResponse> {
        match read(headers, &header::IF_MATCH) {
            Some(Some(versions)) => Ok(versions),
            Some(None) => Err(ProblemResponse::bad_request(
                "'If-Match' must be a list of tags like '\"7\"', or '*'.",
            )),
            None => Err(Problem::Unversioned.into()),
        }
    }

    /// The versions in `If-None-Match`, which the client has already. A malformed header counts as
    /// an empty list.
    pub(super) fn had(headers: &HeaderMap) -> Self {
        let versions = read(headers, &header::IF_NONE_MATCH).flatten();
        versions.unwrap_or(Self::These(Vec::new()))
    }

    /// True if a change may start from this revision. Compares strongly: a weak tag never matches
    /// (RFC 9110, 8.8.3.2).
    pub(super) fn allow(&self, revision: u64) -> bool {
        let tag = quoted(revision);
        self.name(|named| named == tag)
    }

    /// True if the client has this revision already. Compares weakly.
    pub(super) fn include(&self, revision: u64) -> bool {
        let tag = quoted(revision);
        self.name(|named| named.strip_prefix("W/").unwrap_or(named) == tag)
    }

    fn name(&self, is_it: impl Fn(&str) -> bool) -> bool {
        match self {
            Self::Any => true,
            Self::These(tags) => tags.iter().any(|tag| is_it(tag)),
        }
    }
}

/// The versions of a header: `None` if it is missing, `Some(None)` if it is malformed.
fn read(headers: &HeaderMap, name: &HeaderName) -> Option<Option<Versions>> {
    if !headers.contains_key(name) {
        return None;
    }
    let lines = headers.get_all(name).iter().map(HeaderValue::to_str);
    let lines: Result<Vec<_>, _> = lines.collect();
    Some(lines.ok().and_then(|lines| parse(&lines.join(","))))
}

fn parse(text: &str) -> Option<Versions> {
    if text.trim() == "*" {
        return Some(Versions::Any);
    }
    let mut tags = Vec::new();
    let mut rest = text;
    loop {
        // Empty elements are to be ignored (RFC 9110, 5.6.1.2).
        rest = rest.trim_start_matches([' ', '\t', ',']);
        if rest.is_empty() {
            return (!tags.is_empty()).then_some(Versions::These(tags));
        }
        let unweakened = rest.strip_prefix("W/").unwrap_or(rest);
        let (opaque, behind) = unweakened.strip_prefix('"')?.split_once('"')?;
        let is_legal = |byte: u8| byte == 0x21 || (0x23..=0x7E).contains(&byte);
        if !opaque.bytes().all(is_legal) {
            return None;
        }
        tags.push(rest[..rest.len() - behind.len()].to_owned());
        rest = behind.trim_start_matches([' ', '\t']);
        if !rest.is_empty() && !rest.starts_with(',') {
            return None;
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;

    use super::*;

    fn headers(name: HeaderName, lines: &[&str]) -> HeaderMap {
        let value = |line: &&str| HeaderValue::from_str(line).unwrap();
        lines
            .iter()
            .map(|line| (name.clone(), value(line)))
            .collect()
    }

    fn to_change(lines: &[&str]) -> Result<Versions, StatusCode> {
        let versions = Versions::to_change(&headers(header::IF_MATCH, lines));
        versions.map_err(|refusal| refusal.status)
    }

    #[test]
    fn a_change_may_start_from_what_is_named() {
        for lines in [
            &["\"7\""][..],
            &["\"6\", \"7\""],
            &["\"6\"", "\"7\""],
            &[",, \"7\" ,"],
            &["*"],
            &["W/\"7\",\"a,b\",\"7\""],
        ] {
            assert!(to_change(lines).unwrap().allow(7), "{lines:?}");
        }
        for lines in [
            &["\"6\""][..],
            &["W/\"7\""],
            &["\"07\""],
            &["\"\""],
            &["\"+7\", \" 7\""],
        ] {
            let allows = to_change(lines).is_ok_and(|versions| versions.allow(7));
            assert!(!allows, "{lines:?}");
        }
    }

    #[test]
    fn what_names_no_version_is_refused() {
        assert_eq!(to_change(&[]), Err(StatusCode::PRECONDITION_REQUIRED));
        for lines in [
            &[""][..],
            &["7"],
            &["\"7"],
            &["\"7\" \"8\""],
            &["w/\"7\""],
            &["*, \"7\""],
            &["*", "*"],
            &["\"a b\""],
            &[","],
        ] {
            assert_eq!(to_change(lines), Err(StatusCode::BAD_REQUEST), "{lines:?}");
        }
    }

    #[test]
    fn a_reader_may_have_a_version_by_a_weak_tag() {
        let had = |line| Versions::had(&headers(header::IF_NONE_MATCH, &[line])).include(7);
        assert!(had("\"7\"") && had("W/\"7\"") && had("*") && had("\"1\", \"7\""));
        assert!(!had("\"8\"") && !had("7") && !had(""));
        assert!(!Versions::had(&HeaderMap::new()).include(7));
    }
}
