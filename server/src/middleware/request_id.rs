//! What the log calls a request.

use axum::http::{HeaderMap, HeaderName, HeaderValue};

/// The header that carries it, in a request and in its answer.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What the log calls a request: the client's word for it when that is short and plain, else 128
/// random bits in hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RequestId(HeaderValue);

impl RequestId {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        match headers.get(REQUEST_ID) {
            Some(value) if is_plain(value.as_bytes()) => Self(value.clone()),
            _ => Self::random(),
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }

    pub(crate) fn to_header(&self) -> HeaderValue {
        self.0.clone()
    }

    fn random() -> Self {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let bits: u128 = rand::random();
        let mut text = [0; 32];
        for (place, digit) in text.iter_mut().enumerate() {
            *digit = DIGITS[(bits >> (place * 4)) as usize & 15];
        }
        Self(HeaderValue::from_bytes(&text).unwrap_or(HeaderValue::from_static("-")))
    }
}

fn is_plain(value: &[u8]) -> bool {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-".contains(byte);
    (1..=64).contains(&value.len()) && value.iter().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id_for(value: &'static str) -> String {
        let value = HeaderValue::from_static(value);
        let headers = HeaderMap::from_iter([(REQUEST_ID, value)]);
        RequestId::of(&headers).as_str().to_owned()
    }

    #[test]
    fn a_short_and_plain_word_is_taken() {
        assert_eq!(id_for("Trace-7_a.b"), "Trace-7_a.b");
    }

    #[test]
    fn anything_else_is_replaced() {
        const LONG: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
        for value in ["", "a b", "a\"b", "a=b", "<a>", LONG] {
            let id = id_for(value);
            assert_ne!(id, value);
            assert_eq!(id.len(), 32, "{id}");
        }
    }

    #[test]
    fn two_requests_have_two_names() {
        assert_ne!(RequestId::random(), RequestId::random());
    }
}
