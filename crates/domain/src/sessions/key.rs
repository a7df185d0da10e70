//! The key of a session in the store.

use std::fmt;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest, Sha256};

use crate::cached_collection::DocumentKey;

/// The SHA-256 of a session id of 128 random bits.
///
/// The store contains only this key, so an attacker who reads the store cannot take over a session
/// (ASVS 11.5.1; a plain hash is enough because the id is random). It is not secret, but it is
/// never logged, because it would tie log lines to one browser.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SessionKey([u8; 32]);

impl SessionKey {
    /// The key of a session id.
    pub fn of(id: &[u8; 16]) -> Self {
        Self(Sha256::digest(id).into())
    }
}

/// 64 hexadecimal digits.
impl DocumentKey for SessionKey {
    fn document_id(&self) -> String {
        HEXLOWER.encode(&self.0)
    }
}

impl Serialize for SessionKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.document_id())
    }
}

impl<'de> Deserialize<'de> for SessionKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let digits = String::deserialize(deserializer)?;
        let bytes = HEXLOWER.decode(digits.as_bytes()).ok();
        let key = bytes.and_then(|bytes| bytes.try_into().ok());
        key.map(Self)
            .ok_or_else(|| de::Error::custom("64 hexadecimal digits are expected"))
    }
}

impl fmt::Debug for SessionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_the_sha_256_of_the_bits() {
        assert_eq!(
            SessionKey::of(&[0; 16]).document_id(),
            "374708fff7719dd5979ec875d56cd2286f6d3cf7ec317a3b25632aab28ec37bb"
        );
    }

    #[test]
    fn a_key_is_read_as_it_is_written_and_nothing_else_is_one() {
        let key = SessionKey::of(&[7; 16]);
        let written = serde_json::to_string(&key).unwrap();
        assert!(serde_json::from_str::<SessionKey>(&written).unwrap() == key);
        for digits in ["", "0a", &"0".repeat(66), &"+f".repeat(32), &"é".repeat(32)] {
            let read = serde_json::from_value::<SessionKey>(digits.into());
            assert!(read.is_err(), "{digits}");
        }
    }
}
