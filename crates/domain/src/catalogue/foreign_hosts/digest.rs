//! The digest that names a stored URL in the path of this site's leaving page.

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

/// Length of a digest in bytes. It selects a URL among those of one entity, all written by one
/// account, so a collision harms nobody else.
const BYTES: usize = 16;

/// The digest of a URL: the first half of its SHA-256, in 32 hexadecimal digits.
pub(super) fn digest_of(url: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(url)[..BYTES])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_url_has_another_digest() {
        let digest = digest_of("https://a.example/");
        assert_eq!(digest.len(), 32);
        assert!(
            digest
                .bytes()
                .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        );
        assert_ne!(digest, digest_of("https://a.example/?"));
    }
}
