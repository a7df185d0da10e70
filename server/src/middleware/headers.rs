//! Headers of every response, including errors and files.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

use domain::catalogue::ForeignHosts;

use super::request_id::{REQUEST_ID, RequestId};

/// Headers with the same value in every response.
const ALWAYS: [(HeaderName, HeaderValue); 5] = [
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    // With `no-referrer` browsers would send `Origin: null` with this site's own forms.
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

/// The policy of every response that is not a page: it runs and loads nothing.
const NO_CONTENT: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; form-action 'self'; base-uri 'none'; object-src 'none'; \
     frame-ancestors 'none'",
);

/// Responses without `Cache-Control` are treated as personal and must not be stored.
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// One year, as the preload lists require.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=31536000; includeSubDomains");

/// Adds the headers that every response has.
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

/// The content security policy of all pages, which differs only by the nonce.
///
/// It is built from the lists of hosts once at the start. A browser applies the policy of a document
/// until the next document, also to pages that client-side navigation shows in it.
#[derive(Clone, Debug)]
pub(crate) struct PagePolicy {
    /// The policy after the nonce.
    rest: String,
}

impl PagePolicy {
    /// The policy with frames and pictures from listed hosts only.
    pub(crate) fn new(hosts: &ForeignHosts) -> Self {
        Self::with_connections(hosts, "")
    }

    /// The policy of [`new`](Self::new) with further `connect-src` sources, each preceded by a space.
    pub(crate) fn with_connections(hosts: &ForeignHosts, connections: &str) -> Self {
        let pictures = [vec!["'self'".to_owned()], hosts.pictures.sources()].concat();
        let pictures = pictures.join(" ");
        let players = match hosts.players.sources() {
            none if none.is_empty() => "'none'".to_owned(),
            players => players.join(" "),
        };
        Self {
            rest: format!(
                "'wasm-unsafe-eval'; style-src 'self'; img-src {pictures}; font-src 'self'; \
                 connect-src 'self'{connections}; manifest-src 'self'; form-action 'self'; \
                 base-uri 'none'; object-src 'none'; frame-ancestors 'none'; frame-src {players}"
            ),
        }
    }

    /// The header of a page whose scripts have this nonce.
    pub(crate) fn to_header(&self, nonce: &str) -> HeaderValue {
        let text = format!(
            "default-src 'none'; script-src 'nonce-{nonce}' {}",
            self.rest
        );
        HeaderValue::try_from(text).unwrap_or(NO_CONTENT)
    }
}

#[cfg(test)]
mod tests {
    use domain::catalogue::HostList;

    use super::*;

    #[test]
    fn what_an_answer_says_itself_is_kept() {
        let immutable = HeaderValue::from_static("public, max-age=31536000, immutable");
        let mut headers = HeaderMap::from_iter([(header::CACHE_CONTROL, immutable.clone())]);
        complete(&mut headers, false, &RequestId::random());
        assert_eq!(headers[header::CACHE_CONTROL], immutable);
        assert_eq!(headers[header::CONTENT_SECURITY_POLICY], NO_CONTENT);
        assert!(!headers.contains_key(header::STRICT_TRANSPORT_SECURITY));
    }

    fn policy(hosts: &ForeignHosts) -> String {
        let header = PagePolicy::new(hosts).to_header("abc");
        header.to_str().unwrap().to_owned()
    }

    #[test]
    fn nothing_inline_is_allowed_on_a_page() {
        let policy = policy(&ForeignHosts::default());
        assert!(policy.contains("script-src 'nonce-abc' 'wasm-unsafe-eval';"));
        assert!(policy.contains("img-src 'self';"));
        assert!(!policy.contains("unsafe-inline"));
    }

    #[test]
    fn a_page_may_load_what_the_operator_has_listed() {
        let list = |text| HostList::parse(text).unwrap();
        let hosts = ForeignHosts {
            players: list("none"),
            pictures: list("a.example,*.example.org"),
            links: list("links.example"),
        };
        let policy = policy(&hosts);
        let pictures = "img-src 'self' https://a.example https://*.example.org;";
        assert!(policy.contains(pictures), "{policy}");
        assert!(policy.ends_with("; frame-src 'none'"), "{policy}");
        assert!(!policy.contains("links.example"), "{policy}");
    }
}
