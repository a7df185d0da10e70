//! The name of a stored URL in an address of ours.

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

/// The bytes of a digest that are used. It finds a URL among those of one entity, all of which one
/// account has written, so that a collision deceives nobody.
const BYTES: usize = 16;

/// The digest of a URL, in 32 hexadecimal digits.
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
