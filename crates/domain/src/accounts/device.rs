//! Devices that have logged in before, and the proofs of it in their cookie (OWASP: device
//! cookies).

use std::{fmt, sync::Arc};

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac, digest::InvalidLength};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use time::OffsetDateTime;

use crate::{
    documents::StoreError,
    store_key::{KeyPurpose, StoreKey},
};

/// Maximum number of accounts for which a device carries a proof; the oldest login is dropped
/// first.
const MAX_PROOFS: usize = 8;
/// Validity of a proof in days: the maximum age that browsers allow a cookie (RFC 6265bis).
pub const DEVICE_DAYS: u32 = 400;
/// The first byte of the encoded text, so that a later format can be distinguished.
const VERSION: u8 = 1;
const MAC_LENGTH: usize = 16;
const PROOF_LENGTH: usize = 8 + 4 + MAC_LENGTH;
const HEAD_LENGTH: usize = 1 + 16;

/// The id that rate limits count a device by: 128 random bits that are drawn at its first login.
pub(crate) type DeviceId = [u8; 16];

/// A device as it presents itself. It names accounts by keyed hashes only, so that its text does
/// not reveal them. The default is a device that has never logged in.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Device {
    id: DeviceId,
    proofs: Vec<Proof>,
}

/// Proof that the device logged in to an account, on a day, in a session epoch of the account.
/// Ending all sessions of the account begins another epoch and so invalidates the proof.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Proof {
    epoch: u64,
    /// Days since 1970.
    day: u32,
    /// MAC over the device id, the id of the account's email reservation, the epoch and the day,
    /// under a key derived from the store's key.
    mac: [u8; MAC_LENGTH],
}

impl Device {
    /// Decodes the text of [`to_text`](Self::to_text). The MACs of the proofs are not verified
    /// here.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).ok()?;
        let (head, rest) = bytes.split_at_checked(HEAD_LENGTH)?;
        let (version, id) = head.split_first()?;
        let (proofs, rest) = rest.as_chunks::<PROOF_LENGTH>();
        if *version != VERSION || !rest.is_empty() || !(1..=MAX_PROOFS).contains(&proofs.len()) {
            return None;
        }
        Some(Self {
            id: id.try_into().ok()?,
            proofs: proofs.iter().filter_map(Proof::read).collect(),
        })
    }

    /// The device in URL-safe base64 without padding: no blanks, quotation marks or separators.
    pub fn to_text(&self) -> String {
        let mut bytes = vec![VERSION];
        bytes.extend_from_slice(&self.id);
        for proof in &self.proofs {
            bytes.extend_from_slice(&proof.epoch.to_le_bytes());
            bytes.extend_from_slice(&proof.day.to_le_bytes());
            bytes.extend_from_slice(&proof.mac);
        }
        BASE64_URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The id that rate limits count.
    pub(crate) fn id(&self) -> DeviceId {
        self.id
    }
}

impl Proof {
    fn read(bytes: &[u8; PROOF_LENGTH]) -> Option<Self> {
        let (epoch, rest) = bytes.split_first_chunk()?;
        let (day, mac) = rest.split_first_chunk()?;
        Some(Self {
            epoch: u64::from_le_bytes(*epoch),
            day: u32::from_le_bytes(*day),
            mac: mac.try_into().ok()?,
        })
    }

    fn is_of_time(&self, today: u32) -> bool {
        self.day <= today && today - self.day <= DEVICE_DAYS
    }
}

/// `Debug` shows nothing: a proof can be used by anybody who reads it.
impl fmt::Debug for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Device(…)")
    }
}

/// Issues and verifies proofs.
#[derive(Debug)]
pub(crate) struct Devices {
    store_key: Arc<StoreKey>,
}

impl Devices {
    pub(crate) fn new(store_key: Arc<StoreKey>) -> Self {
        Self { store_key }
    }

    /// The session epoch in which the device has logged in to the account of this email reservation;
    /// `None` without a valid proof. The account is not read, so the epoch may be over.
    pub(crate) async fn epoch_of(
        &self,
        device: &Device,
        claim_id: &str,
        now: OffsetDateTime,
    ) -> Result<Option<u64>, StoreError> {
        if device.proofs.is_empty() {
            return Ok(None);
        }
        Ok(self.key().await?.epoch_of(device, claim_id, day_of(now)))
    }

    /// The device with one more proof: of a login to the account of this email reservation.
    pub(crate) async fn remember(
        &self,
        device: &Device,
        claim_id: &str,
        epoch: u64,
        now: OffsetDateTime,
    ) -> Result<Device, StoreError> {
        let key = self.key().await?;
        Ok(key.remember(device, claim_id, epoch, day_of(now)))
    }

    async fn key(&self) -> Result<DeviceKey, StoreError> {
        let key = self.store_key.derive(KeyPurpose::Devices).await?;
        DeviceKey::new(&key).map_err(|error| StoreError::Damaged(error.to_string()))
    }
}

/// The key of all proofs.
struct DeviceKey(Hmac<Sha256>);

impl DeviceKey {
    fn new(key: &[u8; 32]) -> Result<Self, InvalidLength> {
        Hmac::new_from_slice(key).map(Self)
    }

    fn epoch_of(&self, device: &Device, claim_id: &str, today: u32) -> Option<u64> {
        let current = device.proofs.iter().filter(|proof| proof.is_of_time(today));
        let mut good = current.filter(|proof| self.is_good(device.id, claim_id, proof));
        good.next().map(|proof| proof.epoch)
    }

    fn remember(&self, device: &Device, claim_id: &str, epoch: u64, day: u32) -> Device {
        let id = match device.proofs.as_slice() {
            [] => rand::random(),
            _ => device.id,
        };
        let mac = self.mac_of(id, claim_id, epoch, day);
        let newest = Proof { epoch, day, mac };
        let others = device.proofs.iter().copied();
        let others = others.filter(|proof| !self.is_good(id, claim_id, proof));
        Device {
            id,
            proofs: [newest]
                .into_iter()
                .chain(others)
                .take(MAX_PROOFS)
                .collect(),
        }
    }

    fn is_good(&self, id: DeviceId, claim_id: &str, proof: &Proof) -> bool {
        let mac = self.mac_of(id, claim_id, proof.epoch, proof.day);
        mac.ct_eq(&proof.mac).into()
    }

    /// Everything before `claim_id` has a fixed length, so two different inputs never give the same
    /// bytes.
    fn mac_of(&self, id: DeviceId, claim_id: &str, epoch: u64, day: u32) -> [u8; MAC_LENGTH] {
        let mut hmac = self.0.clone();
        hmac.update(&id);
        hmac.update(&epoch.to_le_bytes());
        hmac.update(&day.to_le_bytes());
        hmac.update(claim_id.as_bytes());
        let whole: [u8; 32] = hmac.finalize().into_bytes().into();
        let mut mac = [0; MAC_LENGTH];
        mac.copy_from_slice(&whole[..MAC_LENGTH]);
        mac
    }
}

fn day_of(now: OffsetDateTime) -> u32 {
    let days = now.unix_timestamp().div_euclid(24 * 60 * 60);
    u32::try_from(days).unwrap_or_default()
}

#[cfg(test)]
mod tests;
