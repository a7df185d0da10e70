//! Content and transfer codings of request bodies. The server decodes none, so an encoded body is
//! refused: read as it is, it would be misinterpreted.

use axum::http::{HeaderMap, HeaderName, Method, header};

use crate::problem::ProblemResponse;

/// Checks the codings of a request body.
///
/// # Errors
/// 415 with `Accept-Encoding` for a content coding (RFC 9110, 15.5.16), 501 for a transfer coding
/// except `chunked` (RFC 9112, 6.1), 400 for a partial body (RFC 9110, 14.5).
pub(super) fn check(method: &Method, headers: &HeaderMap) -> Result<(), ProblemResponse> {
    if method.is_safe() {
        return Ok(());
    }
    if !are_all(headers, &header::CONTENT_ENCODING, "identity") {
        let accepted = &("accept-encoding", "identity");
        let sentence = "Content-Encoding: only 'identity' is supported.";
        return Err(ProblemResponse::unsupported(sentence, accepted));
    }
    if !are_all(headers, &header::TRANSFER_ENCODING, "chunked") {
        return Err(ProblemResponse::not_implemented());
    }
    if headers.contains_key(header::CONTENT_RANGE) {
        return Err(ProblemResponse::bad_request(
            "A part of a body cannot be taken.",
        ));
    }
    Ok(())
}

fn are_all(headers: &HeaderMap, name: &HeaderName, known: &str) -> bool {
    let values = headers.get_all(name).iter();
    let mut codings = values.flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
    codings.all(|coding| {
        let coding = coding.trim_ascii();
        coding.is_empty() || coding.eq_ignore_ascii_case(known.as_bytes())
    })
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn status(method: &Method, headers: &[(HeaderName, &'static str)]) -> Option<u16> {
        let headers = headers.iter().cloned();
        let headers = headers.map(|(name, value)| (name, HeaderValue::from_static(value)));
        let refused = check(method, &headers.collect()).err();
        refused.map(|refusal| refusal.status.as_u16())
    }

    #[test]
    fn what_is_packed_is_refused() {
        for coding in [
            "gzip",
            "br",
            "identity, gzip",
            "deflate",
            "x-gzip",
            "aes128gcm",
            "\"\"",
        ] {
            let headers = [(header::CONTENT_ENCODING, coding)];
            assert_eq!(status(&Method::POST, &headers), Some(415), "{coding}");
            assert_eq!(status(&Method::PATCH, &headers), Some(415), "{coding}");
        }
        for coding in ["gzip, chunked", "gzip", "identity"] {
            let headers = [(header::TRANSFER_ENCODING, coding)];
            assert_eq!(status(&Method::POST, &headers), Some(501), "{coding}");
        }
        let part = [(header::CONTENT_RANGE, "bytes 0-1/2")];
        assert_eq!(status(&Method::PUT, &part), Some(400));
    }

    #[test]
    fn what_is_not_packed_passes() {
        for headers in [
            &[][..],
            &[(header::CONTENT_ENCODING, "identity")],
            &[(header::CONTENT_ENCODING, "Identity, ")],
            &[(header::TRANSFER_ENCODING, "Chunked")],
        ] {
            assert_eq!(status(&Method::POST, headers), None, "{headers:?}");
        }
        let packed = [(header::CONTENT_ENCODING, "gzip")];
        assert_eq!(status(&Method::GET, &packed), None);
    }
}
