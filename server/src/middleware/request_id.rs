//! Ids of requests.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use data_encoding::HEXLOWER;

/// The header with the server's id in responses, and with the client's id in requests.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Maximum length of a client's id in bytes.
const MAX_CLIENT_ID: usize = 64;

/// The server's id of a request, in the log and the response: 128 random bits in hexadecimal. Clients
/// cannot choose it, so ids in the log are unique.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RequestId(HeaderValue);

/// The client's id of a request, if it is short and plain. It is only written to the log, beside the
/// server's id.
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
    /// The client's id in the headers; `None` if it is repeated or malformed.
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
