//! Protection against cross-site request forgery (CSRF).
//!
//! The rules are those of the `csrf` layer of tower-http 0.7, stricter in two ways that the layer does
//! not offer: a foreign `Origin` is refused regardless of `Sec-Fetch-Site`, and the own origin is that
//! of the public URL and not the request's `Host`, which may be any name that resolves to this server.

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Whether an unsafe request declares that it comes from another site. Clients other than browsers
/// send neither header and pass.
pub(crate) fn is_cross_site(method: &Method, headers: &HeaderMap, origins: &[HeaderValue]) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return false;
    }
    let is_foreign_site = headers
        .get_all(SEC_FETCH_SITE)
        .iter()
        .any(|site| site != "same-origin" && site != "none");
    let is_foreign_origin = headers
        .get_all(header::ORIGIN)
        .iter()
        .any(|origin| !origins.contains(origin));
    is_foreign_site || is_foreign_origin
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: HeaderValue = HeaderValue::from_static("https://inspired.example");

    fn is_refused(headers: &[(HeaderName, &'static str)]) -> bool {
        let headers = headers
            .iter()
            .map(|(name, value)| (name.clone(), HeaderValue::from_static(value)))
            .collect();
        is_cross_site(&Method::POST, &headers, &[OURS])
    }

    #[test]
    fn programs_that_say_nothing_pass() {
        assert!(!is_refused(&[]));
    }

    #[test]
    fn our_own_pages_pass() {
        assert!(!is_refused(&[(SEC_FETCH_SITE, "same-origin")]));
        assert!(!is_refused(&[(SEC_FETCH_SITE, "none")]));
        assert!(!is_refused(&[(header::ORIGIN, "https://inspired.example")]));
    }

    #[test]
    fn other_sites_are_refused() {
        for site in ["cross-site", "same-site", "Same-Origin", ""] {
            assert!(is_refused(&[(SEC_FETCH_SITE, site)]), "{site:?}");
        }
        for origin in [
            "null",
            "",
            "http://inspired.example",
            "https://inspired.example:8443",
            "https://inspired.example.evil.example",
            "https://evil.example",
        ] {
            assert!(is_refused(&[(header::ORIGIN, origin)]), "{origin:?}");
        }
    }

    #[test]
    fn one_foreign_word_is_enough() {
        let ours = (header::ORIGIN, "https://inspired.example");
        assert!(is_refused(&[ours.clone(), (SEC_FETCH_SITE, "cross-site")]));
        let theirs = (header::ORIGIN, "https://evil.example");
        assert!(is_refused(&[theirs, (SEC_FETCH_SITE, "same-origin")]));
    }

    #[test]
    fn every_method_that_is_not_safe_is_judged() {
        let site = HeaderValue::from_static("cross-site");
        let headers = HeaderMap::from_iter([(SEC_FETCH_SITE, site)]);
        for method in [Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            assert!(is_cross_site(&method, &headers, &[OURS]), "{method}");
        }
        for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
            assert!(!is_cross_site(&method, &headers, &[OURS]), "{method}");
        }
    }
}
