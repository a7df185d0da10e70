//! What the log calls a request.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use data_encoding::HEXLOWER;

/// The header that carries our name in an answer, and the client's in a request.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest name of a client, in bytes.
const MAX_CLIENT_ID: usize = 64;

/// What the log and the answer call a request: 128 random bits in hexadecimal digits. A client
/// cannot choose it, so that nobody can give two requests one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RequestId(HeaderValue);

/// What the client calls the request, when that is short and plain; it stands in the log beside
/// ours, and nowhere else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ClientRequestId(HeaderValue);

impl RequestId {
    pub(crate) fn random() -> Self {
        let text = HEXLOWER.encode(&rand::random::<[u8; 16]>());
        Self(HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("-")))
    }

    pub(crate) fn as_str(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }

    pub(crate) fn to_header(&self) -> HeaderValue {
        self.0.clone()
    }
}

impl ClientRequestId {
    /// The name in a request's headers; two names are none.
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        let mut values = headers.get_all(REQUEST_ID).iter();
        let value = values.next()?;
        let is_only = values.next().is_none();
        (is_only && is_plain(value.as_bytes())).then(|| Self(value.clone()))
    }

    pub(crate) fn as_str(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }
}

fn is_plain(value: &[u8]) -> bool {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-".contains(byte);
    (1..=MAX_CLIENT_ID).contains(&value.len()) && value.iter().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id_of(values: &[&'static str]) -> Option<String> {
        let values = values.iter().copied().map(HeaderValue::from_static);
        let headers = values.map(|value| (REQUEST_ID, value)).collect();
        ClientRequestId::of(&headers).map(|id| id.as_str().to_owned())
    }

    #[test]
    fn a_short_and_plain_name_is_noted() {
        assert_eq!(id_of(&["Trace-7_a.b"]).as_deref(), Some("Trace-7_a.b"));
    }

    #[test]
    fn anything_else_is_not() {
        const LONG: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
        for value in ["", "a b", "a\"b", "a=b", "<a>", LONG] {
            assert_eq!(id_of(&[value]), None, "{value}");
        }
        assert_eq!(id_of(&[]), None);
        assert_eq!(id_of(&["a", "b"]), None);
    }

    #[test]
    fn two_requests_have_two_names_of_32_digits() {
        let (one, other) = (RequestId::random(), RequestId::random());
        assert_ne!(one, other);
        assert_eq!(one.as_str().len(), 32);
    }
}
