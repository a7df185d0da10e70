//! The stored hash of a password and its parameters.

use std::fmt;

use argon2::{
    ARGON2ID_IDENT, Algorithm, Argon2, Params, PasswordHash, Version,
    password_hash::phc::{Output, ParamsString, Salt},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{HashingError, derivation::DerivedKey, memory::HashMemory};

/// Length of the salt of new hashes in bytes (RFC 9106, 3.1).
pub(super) const SALT_BYTES: usize = 16;
/// Length of the output of new hashes in bytes.
const KEY_BYTES: usize = 32;
/// The salt of the decoy hash.
const DECOY_SALT: [u8; SALT_BYTES] = *b"nobody's account";
/// 19 MiB, two passes, one lane: the OWASP recommendation for Argon2id with many simultaneous
/// logins.
pub(super) const MEMORY_KIB: u32 = 19_456;
const TODAY: Params = match Params::new(MEMORY_KIB, 2, 1, Some(KEY_BYTES)) {
    Ok(params) => params,
    Err(_) => panic!("Argon2 does not take today's parameters"),
};

/// Upper bounds of the parameters of a stored hash: one above them is damaged, or was placed to
/// exhaust the server.
const MAX_MEMORY_KIB: u32 = 64 * 1024;
const MAX_PASSES: u32 = 10;
const MAX_LANES: u32 = 4;

/// The hash of a password in the PHC string format, with its salt and parameters.
///
/// It occurs only in the stored record of an account. It has no `Display`, and its `Debug` shows
/// nothing.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct StoredHash(String);

impl StoredHash {
    /// A hash that no password has, with today's parameters. Verifying against it takes the same
    /// work in the same queue as a real hash, so that timing does not reveal that an account does
    /// not exist.
    pub(crate) fn decoy() -> Result<Self, HashingError> {
        HashParameters::today(DECOY_SALT).stored(&Zeroizing::new(vec![0; KEY_BYTES]))
    }

    /// The parameters and the output.
    pub(super) fn read(&self) -> Result<(HashParameters, Output), HashingError> {
        let hash = PasswordHash::new(&self.0).map_err(damaged)?;
        if hash.algorithm != ARGON2ID_IDENT || hash.version != Some(Version::V0x13.into()) {
            return Err(damaged("it is not Argon2id, version 19"));
        }
        let (Some(salt), Some(output)) = (hash.salt, hash.hash) else {
            return Err(damaged("salt or output is missing"));
        };
        let params = Params::try_from(&hash).map_err(damaged)?;
        if is_absurd(&params) {
            return Err(damaged("its parameters are absurd"));
        }
        let recipe = HashParameters {
            params,
            salt: salt.to_vec(),
        };
        Ok((recipe, output))
    }
}

impl fmt::Debug for StoredHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoredHash(…)")
    }
}

fn damaged(cause: impl fmt::Display) -> HashingError {
    HashingError::Broken(format!("a stored hash cannot be used: {cause}"))
}

fn is_absurd(params: &Params) -> bool {
    params.m_cost() > MAX_MEMORY_KIB || params.t_cost() > MAX_PASSES || params.p_cost() > MAX_LANES
}

/// The inputs of a hash except the password.
#[derive(Clone, Debug)]
pub(super) struct HashParameters {
    params: Params,
    salt: Vec<u8>,
}

impl HashParameters {
    /// Today's parameters with this salt.
    pub(super) fn today(salt: [u8; SALT_BYTES]) -> Self {
        Self {
            params: TODAY,
            salt: salt.to_vec(),
        }
    }

    /// True if a new hash would have other parameters.
    pub(super) fn is_outdated(&self) -> bool {
        self.params != TODAY || self.salt.len() != SALT_BYTES
    }

    /// Computes the hash.
    pub(super) fn derive(
        &self,
        password: &str,
        memory: &mut HashMemory,
    ) -> Result<DerivedKey, HashingError> {
        let blocks = memory.blocks(self.params.block_count()).map_err(failed)?;
        let mut key = Zeroizing::new(vec![0; self.params.output_len().unwrap_or(KEY_BYTES)]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, self.params.clone())
            .hash_password_into_with_memory(password.as_bytes(), &self.salt, &mut key, blocks)
            .map_err(failed)?;
        Ok(key)
    }

    /// The hash in its stored form.
    pub(super) fn stored(&self, key: &DerivedKey) -> Result<StoredHash, HashingError> {
        let hash = PasswordHash {
            algorithm: ARGON2ID_IDENT,
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(&self.params).map_err(failed)?,
            salt: Some(Salt::new(&self.salt).map_err(failed)?),
            hash: Some(Output::new(key).map_err(failed)?),
        };
        Ok(StoredHash(hash.to_string()))
    }
}

fn failed(cause: impl fmt::Display) -> HashingError {
    HashingError::Broken(cause.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(phc: &str) -> Option<String> {
        let hash = StoredHash(phc.to_owned());
        hash.read().err().map(|error| error.to_string())
    }

    #[test]
    fn what_is_not_argon2id_or_incomplete_is_refused() {
        for phc in [
            "",
            "x",
            "$argon2id$v=19$m=19456,t=2,p=1",
            "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA",
            "$argon2i$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$AAAAAAAAAAAAAAAAAAAAAA",
            "$argon2id$v=16$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$AAAAAAAAAAAAAAAAAAAAAA",
            "$argon2id$v=19$m=1,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$AAAAAAAAAAAAAAAAAAAAAA",
            "$2b$12$abcdefghijklmnopqrstuv",
        ] {
            assert!(refusal(phc).is_some(), "{phc}");
        }
    }

    #[test]
    fn absurd_parameters_are_refused_before_anything_is_allocated() {
        for params in [
            "m=65537,t=2,p=1",
            "m=19456,t=11,p=1",
            "m=19456,t=2,p=5",
            "m=4294967295,t=1,p=1",
        ] {
            let phc =
                format!("$argon2id$v=19${params}$c2FsdHNhbHRzYWx0c2FsdA$AAAAAAAAAAAAAAAAAAAAAA");
            assert!(refusal(&phc).unwrap().contains("absurd"), "{params}");
        }
        let most = "$argon2id$v=19$m=65536,t=10,p=4$c2FsdHNhbHRzYWx0c2FsdA$AAAAAAAAAAAAAAAAAAAAAA";
        assert_eq!(refusal(most), None);
    }

    #[test]
    fn a_refusal_and_debug_show_nothing_of_the_hash() {
        let phc = "$argon2id$v=19$m=65537,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$AAAAAAAAAAAAAAAAAAAAAA";
        assert!(!refusal(phc).unwrap().contains("c2Fs"));
        assert_eq!(format!("{:?}", StoredHash(phc.to_owned())), "StoredHash(…)");
    }
}
