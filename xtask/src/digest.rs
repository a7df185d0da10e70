//! Hashes of content.

use std::io::{self, Read};

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

/// A SHA-256 over several parts, each of which is delimited.
#[derive(Debug, Default)]
pub(crate) struct Digest(Sha256);

impl Digest {
    /// Adds a part.
    pub(crate) fn add(&mut self, part: impl AsRef<[u8]>) {
        let part = part.as_ref();
        self.0.update((part.len() as u64).to_be_bytes());
        self.0.update(part);
    }

    /// All 64 hexadecimal digits.
    pub(crate) fn full(self) -> String {
        HEXLOWER.encode(&self.0.finalize())
    }

    /// The first 16 hexadecimal digits: short enough for a URL, long enough to avoid collisions.
    pub(crate) fn short(self) -> String {
        let mut digits = self.full();
        digits.truncate(16);
        digits
    }
}

/// The hash of a file as its URL contains it.
pub(crate) fn of_file(content: &[u8]) -> String {
    let mut digits = HEXLOWER.encode(&Sha256::digest(content));
    digits.truncate(16);
    digits
}

/// All 64 hexadecimal digits of the SHA-256 of a reader, as `sha256sum` prints it.
pub(crate) fn of_all(mut source: impl Read) -> io::Result<String> {
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        let length = source.read(&mut buffer)?;
        if length == 0 {
            return Ok(HEXLOWER.encode(&digest.finalize()));
        }
        digest.update(&buffer[..length]);
    }
}

#[cfg(test)]
mod tests {
    use super::{Digest, of_all, of_file};

    #[test]
    fn the_name_of_a_file_is_the_start_of_its_sha_256() {
        assert_eq!(of_file(b"abc"), "ba7816bf8f01cfea");
    }

    #[test]
    fn what_is_read_in_parts_has_one_sha_256() {
        let content = vec![7; (1 << 20) + 1];
        let hash = of_all(content.as_slice()).unwrap();
        assert!(hash.len() == 64 && hash.starts_with(&of_file(&content)));
    }

    #[test]
    fn parts_do_not_flow_into_each_other() {
        let of = |parts: [&str; 2]| {
            let mut digest = Digest::default();
            for part in parts {
                digest.add(part);
            }
            digest.short()
        };
        assert_ne!(of(["ab", "c"]), of(["a", "bc"]));
    }
}
