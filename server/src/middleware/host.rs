//! Protection against requests for another host (DNS rebinding).

use axum::{
    extract::Request,
    http::{Uri, header},
};

use crate::problem::ProblemResponse;

/// Paths that are served for every host: monitoring knows only the address of the server.
const FOR_ANY_HOST: [&str; 2] = ["/healthz", "/readyz"];

/// Checks that a request is for a host of this server. Both the absolute request target, which takes
/// precedence (RFC 9112, 3.2.2), and the `Host` header must match.
pub(crate) fn check(request: &Request, hosts: &[String]) -> Result<(), ProblemResponse> {
    let uri: &Uri = request.uri();
    if !uri.path().starts_with('/') {
        return Err(ProblemResponse::bad_request(
            "The request target must be a path.",
        ));
    }
    if uri
        .scheme_str()
        .is_some_and(|scheme| !matches!(scheme, "http" | "https"))
    {
        return Err(ProblemResponse::bad_request(
            "The request target must be an HTTP address.",
        ));
    }
    let mut named = request.headers().get_all(header::HOST).iter();
    let (host, another) = (named.next(), named.next());
    if another.is_some() {
        return Err(ProblemResponse::bad_request("There must be one 'Host'."));
    }
    if FOR_ANY_HOST.contains(&uri.path()) {
        return Ok(());
    }
    let is_ours = |name: &[u8]| {
        let same = |ours: &String| ours.as_bytes().eq_ignore_ascii_case(name);
        hosts.iter().any(same)
    };
    let target = uri.authority();
    if target.is_some_and(|authority| !is_ours(authority.as_str().as_bytes())) {
        return Err(ProblemResponse::misdirected());
    }
    match host {
        Some(host) if is_ours(host.as_bytes()) => Ok(()),
        Some(_) => Err(ProblemResponse::misdirected()),
        None if target.is_some() => Ok(()),
        None => Err(ProblemResponse::bad_request("'Host' is required.")),
    }
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, http::StatusCode};

    use super::*;

    fn status(target: &str, hosts: &[&str]) -> Option<StatusCode> {
        let mut request = Request::builder().uri(target);
        for host in hosts {
            request = request.header(header::HOST, *host);
        }
        let request = request.body(Body::empty()).unwrap();
        let ours = ["localhost:3000".to_owned(), "[::1]:3000".to_owned()];
        check(&request, &ours).err().map(|refusal| refusal.status)
    }

    #[test]
    fn our_hosts_pass() {
        assert_eq!(status("/", &["localhost:3000"]), None);
        assert_eq!(status("/", &["LocalHost:3000"]), None);
        assert_eq!(status("/", &["[::1]:3000"]), None);
        assert_eq!(status("http://localhost:3000/a", &["localhost:3000"]), None);
    }

    #[test]
    fn other_hosts_are_misdirected() {
        for host in [
            "localhost",
            "localhost:3001",
            "evil.example",
            "localhost:3000.evil",
            "",
        ] {
            assert_eq!(
                status("/", &[host]),
                Some(StatusCode::MISDIRECTED_REQUEST),
                "{host}"
            );
        }
        let misdirected = Some(StatusCode::MISDIRECTED_REQUEST);
        assert_eq!(
            status("http://evil.example/", &["localhost:3000"]),
            misdirected
        );
        assert_eq!(
            status("http://localhost:3000/", &["evil.example"]),
            misdirected
        );
    }

    #[test]
    fn two_or_no_hosts_are_malformed() {
        let malformed = Some(StatusCode::BAD_REQUEST);
        assert_eq!(status("/", &[]), malformed);
        assert_eq!(
            status("/", &["localhost:3000", "localhost:3000"]),
            malformed
        );
        assert_eq!(status("localhost:3000", &["localhost:3000"]), malformed);
        assert_eq!(
            status("ftp://localhost:3000/", &["localhost:3000"]),
            malformed
        );
    }

    #[test]
    fn health_answers_for_any_host() {
        assert_eq!(status("/healthz", &["10.0.0.7:3000"]), None);
        assert_eq!(status("/readyz", &[]), None);
    }
}
