//! The media type and charset of a request body. A wrong declaration is refused and never ignored
//! (RFC 9110, 8.3).

use axum::http::{HeaderMap, header};
use mime::Mime;

use crate::problem::{self, ProblemResponse};

/// The media type that a handler expects.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum BodyType {
    /// `application/json`, or `application/*+json`.
    Json,
    /// JSON as a merge patch (RFC 7396). A JSON Patch (RFC 6902) is refused: it has another meaning.
    MergePatch,
    /// `application/x-www-form-urlencoded`.
    Form,
}

impl BodyType {
    /// Checks the declared media type.
    ///
    /// # Errors
    /// 415 with a header that names the accepted type (RFC 5789, 2.2; Linked Data Platform, 7.1); also
    /// for a charset other than UTF-8, and for a missing or repeated `Content-Type`.
    pub(crate) fn check(self, headers: &HeaderMap) -> Result<(), ProblemResponse> {
        let Some(kind) = read(headers).filter(|kind| self.includes(kind)) else {
            return Err(self.refusal(self.sentence()));
        };
        let charsets = kind.params().filter(|(name, _)| *name == mime::CHARSET);
        let is_utf8 =
            |charset: &str| ["utf-8", "utf8"].contains(&charset.to_ascii_lowercase().as_str());
        if charsets
            .into_iter()
            .any(|(_, charset)| !is_utf8(charset.as_str()))
        {
            return Err(self.refusal("Content-Type: 'charset' must be 'utf-8'."));
        }
        Ok(())
    }

    /// Whether the declared media type is this one, with any charset.
    pub(crate) fn is_type_of(self, headers: &HeaderMap) -> bool {
        read(headers).is_some_and(|kind| self.includes(&kind))
    }

    /// The header of a 415 response that names the accepted types.
    pub(crate) fn header(self) -> &'static problem::AcceptHeader {
        match self {
            Self::Json => &("accept-post", "application/json"),
            Self::MergePatch => &(
                "accept-patch",
                "application/merge-patch+json, application/json",
            ),
            Self::Form => &("accept-post", "application/x-www-form-urlencoded"),
        }
    }

    /// The sentence of a 415 response.
    pub(crate) fn sentence(self) -> &'static str {
        match self {
            Self::Json | Self::MergePatch => "Content-Type: 'application/json' required",
            Self::Form => "Content-Type: 'application/x-www-form-urlencoded' required",
        }
    }

    fn refusal(self, sentence: &'static str) -> ProblemResponse {
        ProblemResponse::unsupported(sentence, self.header())
    }

    fn includes(self, kind: &Mime) -> bool {
        let Some(subtype) = kind.essence_str().strip_prefix("application/") else {
            return false;
        };
        let is_json = subtype == "json"
            || subtype
                .strip_suffix("+json")
                .is_some_and(|kind| !kind.is_empty());
        match self {
            Self::Json => is_json,
            Self::MergePatch => is_json && subtype != "json-patch+json",
            Self::Form => subtype == "x-www-form-urlencoded",
        }
    }
}

/// The declared media type; `None` if it is missing, repeated or malformed.
fn read(headers: &HeaderMap) -> Option<Mime> {
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    let kind = types.next()?.to_str().ok()?;
    let kind = without_blanks(kind).parse().ok()?;
    types.next().is_none().then_some(kind)
}

/// Removes blanks around semicolons and empty parameters, which are legal (RFC 9110, 5.6.6) but which
/// `mime` partly refuses. As in `mime`, a quoted string ends at the next quotation mark.
fn without_blanks(kind: &str) -> String {
    let mut is_quoted = false;
    let parts = kind.split(|c| {
        is_quoted ^= c == '"';
        c == ';' && !is_quoted
    });
    let mut parts = parts.map(|part| part.trim_matches([' ', '\t']));
    let essence = parts.next().unwrap_or_default();
    let parameters = parts.filter(|part| !part.is_empty());
    let parameters = parameters.flat_map(|part| [";", part]);
    std::iter::once(essence).chain(parameters).collect()
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderValue, StatusCode};

    use super::*;

    fn headers(types: &[&'static str]) -> HeaderMap {
        let values = types.iter().copied().map(HeaderValue::from_static);
        values.map(|value| (header::CONTENT_TYPE, value)).collect()
    }

    fn status(accepted: BodyType, types: &[&'static str]) -> Option<StatusCode> {
        let refused = accepted.check(&headers(types)).err();
        refused.map(|refusal| refusal.status)
    }

    #[test]
    fn json_is_what_says_so() {
        for value in [
            "application/json",
            "Application/JSON; charset=utf-8",
            "application/json;charset=\"UTF-8\"",
            "application/json; charset=utf8",
            "application/problem+json",
            "application/json; version=2",
            "application/json ; charset=utf-8",
            "application/json\t;\tcharset=utf-8",
            "application/json \t; \tcharset=\"utf-8\" \t; version=2",
            "application/json; version=\"a ; charset=b\"; charset=utf-8",
            "application/json;",
            "application/json ; ; charset=utf-8 ;",
        ] {
            assert_eq!(status(BodyType::Json, &[value]), None, "{value}");
            assert_eq!(status(BodyType::MergePatch, &[value]), None, "{value}");
            assert!(status(BodyType::Form, &[value]).is_some(), "{value}");
        }
    }

    #[test]
    fn whatever_else_a_body_says_it_is_refused() {
        let unsupported = Some(StatusCode::UNSUPPORTED_MEDIA_TYPE);
        for types in [
            &[][..],
            &[""],
            &["text/json"],
            &["application/jsonx"],
            &["application/+json"],
            &["json"],
            &["text/plain"],
            &["application/xml"],
            &["application/json, text/plain"],
            &["application/json", "application/json"],
            &["application/json; charset=iso-8859-1"],
            &["application/json; charset=utf-16"],
            &["application/json; charset=us-ascii"],
            &["application/json; charset=utf-8; charset=utf-16"],
            &["application/json; charset"],
            &["application/json; charset=\"\""],
            &["application/json ; charset=utf-16"],
            &["application/json\t;\tcharset=utf-16"],
            &["application/json ; charset = utf-8"],
            &["application/json charset=utf-8"],
            &["application /json"],
            &["; charset=utf-8"],
        ] {
            assert_eq!(status(BodyType::Json, types), unsupported, "{types:?}");
            assert_eq!(
                status(BodyType::MergePatch, types),
                unsupported,
                "{types:?}"
            );
        }
        let patch = &["application/json-patch+json"];
        assert_eq!(status(BodyType::MergePatch, patch), unsupported);
    }

    #[test]
    fn a_form_is_what_says_so() {
        for value in [
            "application/x-www-form-urlencoded",
            "application/x-www-form-urlencoded;charset=UTF-8",
            "application/x-www-form-urlencoded ; charset=UTF-8",
            "application/x-www-form-urlencoded\t;\tcharset=UTF-8",
        ] {
            assert_eq!(status(BodyType::Form, &[value]), None, "{value}");
        }
        for value in [
            "multipart/form-data; boundary=x",
            "text/plain",
            "application/x-www-form-urlencoded; charset=windows-1252",
        ] {
            assert!(status(BodyType::Form, &[value]).is_some(), "{value}");
        }
    }
}
