//! The headers of every answer, errors and files included.

use app::content::Policy;
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

/// The policy of a page, whose scripts carry `nonce`, and which may load what `policy` says besides
/// our own files.
pub(crate) fn page_policy(nonce: &str, policy: &Policy) -> HeaderValue {
    let images = policy.image_sources();
    let mut text = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self'{images}; font-src 'self'; connect-src 'self'; manifest-src 'self'; \
         form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    );
    let frames = policy.frame_sources();
    if !frames.is_empty() {
        text.push_str("; frame-src");
        text.push_str(&frames);
    }
    HeaderValue::try_from(text).unwrap_or(NO_CONTENT)
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
        let policy = page_policy("abc", &Policy::default());
        let policy = policy.to_str().unwrap();
        assert!(policy.contains("script-src 'nonce-abc' 'wasm-unsafe-eval';"));
        assert!(policy.contains("img-src 'self';"));
        assert!(!policy.contains("unsafe-inline") && !policy.contains("frame-src"));
    }

    #[test]
    fn a_page_may_load_what_its_own_policy_says() {
        let policy = Policy {
            frame: Some("https://player.example".to_owned()),
            images: vec!["https://images.example".to_owned()],
        };
        let policy = page_policy("abc", &policy);
        let policy = policy.to_str().unwrap();
        assert!(policy.contains("img-src 'self' https://images.example;"));
        assert!(policy.ends_with("; frame-src https://player.example"));
    }
}
