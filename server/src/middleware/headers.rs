//! The headers of every answer, errors and files included.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use super::request_id::{REQUEST_ID, RequestId};

/// What belongs to every answer.
const ALWAYS: [(HeaderName, HeaderValue); 5] = [
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    // `no-referrer` would make browsers send `Origin: null` with our own forms.
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static(
            "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
        ),
    ),
];

/// The policy of everything that is not a page: it runs nothing and loads nothing.
const NO_CONTENT: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; form-action 'self'; base-uri 'none'; object-src 'none'; \
     frame-ancestors 'none'",
);

/// What is personal must not be kept, and what forgot to say is treated as personal.
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// A year, as the preload lists ask for.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=31536000; includeSubDomains");

/// Completes the headers of an answer.
pub(super) fn complete(headers: &mut HeaderMap, is_https: bool, id: &RequestId) {
    for (name, value) in &ALWAYS {
        headers.insert(name, value.clone());
    }
    if is_https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(NO_CONTENT);
    headers.entry(header::CACHE_CONTROL).or_insert(NO_STORE);
    headers.insert(REQUEST_ID, id.to_header());
}

/// The policy of a page, whose scripts carry `nonce`.
pub(crate) fn page_policy(nonce: &str) -> HeaderValue {
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
         form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    );
    HeaderValue::try_from(policy).unwrap_or(NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_answer_says_itself_is_kept() {
        let immutable = HeaderValue::from_static("public, max-age=31536000, immutable");
        let mut headers = HeaderMap::from_iter([(header::CACHE_CONTROL, immutable.clone())]);
        complete(&mut headers, false, &RequestId::of(&HeaderMap::new()));
        assert_eq!(headers[header::CACHE_CONTROL], immutable);
        assert_eq!(headers[header::CONTENT_SECURITY_POLICY], NO_CONTENT);
        assert!(!headers.contains_key(header::STRICT_TRANSPORT_SECURITY));
    }

    #[test]
    fn nothing_inline_is_allowed_on_a_page() {
        let policy = page_policy("abc");
        let policy = policy.to_str().unwrap();
        assert!(policy.contains("script-src 'nonce-abc' 'wasm-unsafe-eval';"));
        assert!(!policy.contains("unsafe-inline"));
    }
}
