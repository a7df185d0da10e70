//! The secret key of a store, from which keys for single purposes are derived.

use std::{fmt, sync::Arc};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use tokio::sync::OnceCell;

use crate::{
    documents::{Collection, Documents, StoreError},
    encoding::{decode, encode},
    migrations::CollectionSchema,
};

/// Secrets of the store itself; they are read by id only.
pub(crate) static SECRETS: Collection = Collection {
    name: "secrets",
    indexed: &[],
    max_body_bytes: 1024,
};
const KEY: &str = "key";

/// The collections that secrets are stored in.
pub(crate) fn collections() -> [&'static Collection; 1] {
    [&SECRETS]
}

/// The schemas of the documents in [`collections`].
pub(crate) fn records() -> [CollectionSchema; 1] {
    [CollectionSchema::of::<SecretRecord>(&SECRETS)]
}

/// The stored form of a secret.
#[derive(Serialize, Deserialize, JsonSchema)]
pub(crate) struct SecretRecord {
    /// 32 random bytes in Base64.
    secret: String,
}

/// The purpose of a derived key. Keys for different purposes reveal nothing about each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyPurpose {
    /// The proofs in device cookies.
    Devices,
    /// The pseudonyms of sources in the log.
    SourceNames,
}

/// The secret key of a store. The first process that needs it draws it; all processes read the
/// same key, also after a restart.
#[derive(Debug)]
pub(crate) struct StoreKey {
    documents: Arc<dyn Documents>,
    key: OnceCell<StoreSecret>,
}

struct StoreSecret([u8; 32]);

impl StoreKey {
    pub(crate) fn new(documents: Arc<dyn Documents>) -> Self {
        Self {
            documents,
            key: OnceCell::new(),
        }
    }

    /// The key for a purpose: HMAC-SHA-256 of its label under the secret. Only the first call
    /// reads the store.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Damaged`].
    pub(crate) async fn derive(&self, purpose: KeyPurpose) -> Result<[u8; 32], StoreError> {
        let key = self.key.get_or_try_init(|| self.read_or_create()).await?;
        let label: &[u8] = match purpose {
            KeyPurpose::Devices => b"device cookies",
            KeyPurpose::SourceNames => b"names of sources",
        };
        let mut hmac = Hmac::<Sha256>::new_from_slice(&key.0).map_err(|_| damaged())?;
        hmac.update(label);
        Ok(hmac.finalize().into_bytes().into())
    }

    async fn read_or_create(&self) -> Result<StoreSecret, StoreError> {
        loop {
            if let Some(document) = self.documents.get(&SECRETS, KEY).await? {
                let record: SecretRecord = decode(&document)?;
                let secret = BASE64_STANDARD.decode(record.secret).ok();
                let key = secret.and_then(|secret| secret.try_into().ok());
                return key.map(StoreSecret).ok_or_else(damaged);
            }
            let secret: [u8; 32] = rand::random();
            let record = SecretRecord {
                secret: BASE64_STANDARD.encode(secret),
            };
            match self.documents.create(&SECRETS, KEY, encode(&record)?).await {
                // Read back, because another process may have been faster.
                Ok(_) | Err(StoreError::Exists) => {}
                Err(error) => return Err(error),
            }
        }
    }
}

fn damaged() -> StoreError {
    StoreError::Damaged("the key of the store does not have 32 bytes".to_owned())
}

impl fmt::Debug for StoreSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}
