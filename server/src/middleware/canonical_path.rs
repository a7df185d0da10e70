//! The canonical spelling of a path.
//!
//! Paths that RFC 3986 calls equivalent (6.2.2) must lead to the same page, and each page must have
//! one URL: for caches, for search engines, and for the client-side router, which compares paths as
//! text.

use axum::{extract::Request, http::Uri};

use crate::problem::is_for_programs;

/// Canonicalizes the path of a request. Returns the path to redirect to, or `None` to go on. Pages
/// redirect. The API and links to retailers (`/go/`) are served under any spelling, because a program
/// need not follow redirects.
pub(super) fn canonicalize(request: &mut Request) -> Option<String> {
    let path = canonical_path(request.uri().path())?;
    let query = request.uri().query();
    let address = match query {
        Some(query) => [&path, "?", query].concat(),
        None => path.clone(),
    };
    // A path that is no URI when canonicalized is served as it is.
    let uri: Uri = address.parse().ok()?;
    if is_for_programs(&uri) || path.split('/').nth(1) == Some("go") {
        *request.uri_mut() = uri;
        return None;
    }
    Some(path)
}

/// The canonical spelling of a path; `None` if the path has it.
///
/// Letters, digits, `-`, `.`, `_` and `~` are not percent-encoded (6.2.2.2), other percent-encoding is
/// in upper case (6.2.2.1), dot segments are removed (6.2.2.3), and paths of pages end without a
/// slash. A path is left unchanged if the result could be parsed as another host.
pub(super) fn canonical_path(path: &str) -> Option<String> {
    let is_plain = !path.contains('%') && !path.contains("/.") && !path.ends_with('/');
    if is_plain || !path.starts_with('/') || path == "/" {
        return None;
    }
    let canonical = without_slash(&without_dots(&decoded(path))).to_owned();
    let is_of_another_host = canonical.starts_with("//") || canonical.starts_with("/\\");
    (canonical != path && !is_of_another_host).then_some(canonical)
}

/// The path with its unreserved characters as they are. `percent-encoding` would decode the others too,
/// and `%2F` is no `/`.
fn decoded(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, behind)) = rest.split_once('%') {
        text.push_str(before);
        // A percent sign without two hexadecimal digits stays.
        let digits = behind
            .get(..2)
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        rest = match byte {
            Some(byte) => {
                match char::from(byte) {
                    c if c.is_ascii_alphanumeric() || "-._~".contains(c) => text.push(c),
                    _ => text.push_str(&format!("%{byte:02X}")),
                }
                &behind[2..]
            }
            None => {
                text.push('%');
                behind
            }
        };
    }
    text.push_str(rest);
    text
}

/// Removes dot segments (RFC 3986, 5.2.4).
fn without_dots(path: &str) -> String {
    let mut kept = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        if segment == ".." {
            kept.pop();
        } else if segment != "." {
            kept.push(segment);
            continue;
        }
        if segments.peek().is_none() {
            kept.push("");
        }
    }
    ["/", &kept.join("/")].concat()
}

/// Removes slashes at the end if the rest is the path of a page.
fn without_slash(path: &str) -> &str {
    let shorter = path.trim_end_matches('/');
    if app::is_page(shorter) { shorter } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equivalent_paths_have_one_spelling() {
        for (path, canonical) in [
            ("/artists/ada%2Dfilms", "/artists/ada-films"),
            ("/artists/ada%2dfilms", "/artists/ada-films"),
            ("/%61rtists/%41%7e%5f", "/artists/A~_"),
            ("/artists/a%c3%a9%2fb", "/artists/a%C3%A9%2Fb"),
            ("/artists/./ada/../bob", "/artists/bob"),
            ("/artists/%2e%2E/videos", "/videos"),
            ("/artists/ada/..", "/artists"),
            ("/artists/ada/.", "/artists/ada"),
            ("/../../videos", "/videos"),
            ("/..", "/"),
            ("/videos/", "/videos"),
            ("/videos//", "/videos"),
            ("/v%69deos/a/b/", "/videos/a/b"),
            ("/login/", "/login"),
            ("/go/off_1/", "/go/off_1"),
            ("/leave/art_1/0a/", "/leave/art_1/0a"),
            ("/leave/art_1/0a//", "/leave/art_1/0a"),
            ("/v1/%74est", "/v1/test"),
        ] {
            assert_eq!(canonical_path(path).as_deref(), Some(canonical), "{path}");
            assert_eq!(canonical_path(canonical), None, "{canonical}");
        }
    }

    #[test]
    fn a_path_that_is_another_one_stays() {
        for path in [
            "/",
            "/artists/ada-films",
            "/artists/.ada",
            "/artists/ada..b",
            "/artists/%C3%A9",
            "/artists/a%2Fb",
            "/artists/%",
            "/artists/%2",
            "/artists/%zz",
            "/artists/%\u{e9}a",
            "/videos//a/b",
            "/nowhere/",
            "/v1/test/",
            "*",
            "",
        ] {
            assert_eq!(canonical_path(path), None, "{path}");
        }
    }

    #[test]
    fn no_spelling_leads_to_another_host() {
        for path in [
            "/..//evil.example/x",
            "/.//evil.example",
            "/%2e%2e//evil.example",
            "//evil.example/%61",
            "/./\\evil.example",
        ] {
            assert_eq!(canonical_path(path), None, "{path}");
        }
    }
}
