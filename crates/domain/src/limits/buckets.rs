//! Token buckets, each stored as one number.

use std::collections::HashMap;

use crate::{accounts::DeviceId, caller::ClientNetwork};

/// Maximum number of buckets: about 10 MB, and more than any honest instance has.
const MAX_BUCKETS: usize = 100_000;
/// Number of buckets that are evicted at once, so that one search for the fullest serves many.
const EVICTED_AT_ONCE: usize = MAX_BUCKETS / 16;
/// Interval between removals of full buckets, in milliseconds.
const SWEEP_EVERY: i64 = 60_000;

/// The owner of a bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum BucketKey {
    /// All sources and devices that have never logged in to the account.
    Account([u8; 32]),
    /// One source at an account.
    AccountFrom([u8; 32], ClientNetwork),
    /// One known device at an account.
    AccountOn([u8; 32], DeviceId),
    /// A source, for failures of any kind.
    Source(ClientNetwork),
    /// A source, for the accounts that it creates.
    SignUps(ClientNetwork),
    /// A source, for successful logins.
    LogIns(ClientNetwork),
    /// An account, for successful logins.
    LogInsOf([u8; 32]),
    /// A source, for reads.
    Reads(ClientNetwork),
    /// A source, for changes of stored data.
    Writes(ClientNetwork),
    /// An account, for changes of stored data; the SHA-256 of its id.
    WritesOf([u8; 32]),
    /// An account, for new slugs of its artists; the SHA-256 of its id.
    AddressesOf([u8; 32]),
}

/// The size of a bucket and its refill rate.
#[derive(Clone, Copy, Debug)]
struct Rate {
    /// Maximum number of tokens.
    burst: i64,
    /// Milliseconds until a token is refilled.
    interval: i64,
}

impl BucketKey {
    /// True for a bucket that pays for successes; all others pay for failures.
    pub(super) fn pays_for_success(&self) -> bool {
        match self {
            Self::SignUps(_) | Self::LogIns(_) | Self::LogInsOf(_) | Self::Reads(_) => true,
            Self::Writes(_) | Self::WritesOf(_) | Self::AddressesOf(_) => true,
            Self::Account(_) | Self::AccountFrom(..) | Self::AccountOn(..) | Self::Source(_) => {
                false
            }
        }
    }

    fn rate(&self) -> Rate {
        match self {
            // Ten are more than a person with the right password tries in a row. After that one in
            // 30 seconds, the shortest wait in NIST SP 800-63B-4 (3.2.2), and no more than an
            // owner tolerates.
            Self::AccountFrom(..) | Self::AccountOn(..) => Rate {
                burst: 10,
                interval: 30_000,
            },
            // Four sources that never stop leave a token for a fifth, so an attacker needs many to
            // lock an owner out. NIST also closes an account after 100 consecutive failures, which
            // would let anybody lock anybody out. Instead, a whole year has room for five million
            // guesses at 12 characters that are not common (ASVS 6.3.1).
            Self::Account(_) => Rate {
                burst: 50,
                interval: 6_000,
            },
            // One address may be that of an office or a whole mobile network.
            Self::Source(_) => Rate {
                burst: 100,
                interval: 5_000,
            },
            // A school class signs up at once; a machine that creates accounts continues.
            Self::SignUps(_) => Rate {
                burst: 200,
                interval: 20_000,
            },
            // A hash costs tens of milliseconds of a core, also for the right password. Two per
            // second are a building in which everybody logs in within the same hour, and a few per
            // cent of what two cores can hash.
            Self::LogIns(_) => Rate {
                burst: 300,
                interval: 500,
            },
            // A person saves a form a few times a minute. A program that imports a catalogue can
            // write 600 entities at once and 7,200 an hour; one that floods the lists stays below
            // a hundredth of what the store can write.
            Self::WritesOf(_) => Rate {
                burst: 600,
                interval: 500,
            },
            // Three such programs behind one address.
            Self::Writes(_) => Rate {
                burst: 1_800,
                interval: 167,
            },
            // A released slug is unavailable to others for months, so each costs them one.
            Self::AddressesOf(_) => Rate {
                burst: 10,
                interval: 6 * 60 * 60 * 1_000,
            },
            // A person or a program with a password logs in and keeps the session.
            Self::LogInsOf(_) => Rate {
                burst: 60,
                interval: 5_000,
            },
            // An office of about a hundred people, each of whom opens a page every other second;
            // and a minute of that at once, when all of them start at the same moment.
            Self::Reads(_) => Rate {
                burst: 3_000,
                interval: 5,
            },
        }
    }
}

/// A bucket is the instant at which it will be full again (the generic cell rate algorithm): it
/// refills without being touched, and a full one need not be stored.
///
/// Instants are milliseconds since 1970.
#[derive(Debug, Default)]
pub(super) struct Buckets {
    full_at: HashMap<BucketKey, i64>,
    swept_at: i64,
}

impl Buckets {
    /// Takes a token from the bucket of each subject, or from none.
    ///
    /// # Errors
    /// The milliseconds after which every bucket has a token.
    pub(super) fn pay(&mut self, subjects: &[BucketKey], now: i64) -> Result<(), i64> {
        for subject in subjects {
            self.follow_clock(subject, now);
        }
        let wait = subjects.iter().map(|subject| self.wait(subject, now)).max();
        if let Some(wait) = wait.filter(|wait| *wait > 0) {
            return Err(wait);
        }
        self.make_room(subjects.len(), now);
        for subject in subjects {
            let full_at = self.full_at(subject, now) + subject.rate().interval;
            self.full_at.insert(*subject, full_at);
        }
        Ok(())
    }

    /// Returns a token to a bucket.
    pub(super) fn refund(&mut self, subject: &BucketKey) {
        if let Some(full_at) = self.full_at.get_mut(subject) {
            *full_at -= subject.rate().interval;
        }
    }

    /// Milliseconds until a bucket has a token.
    fn wait(&self, subject: &BucketKey, now: i64) -> i64 {
        let Rate { burst, interval } = subject.rate();
        self.full_at(subject, now) + interval - now - burst * interval
    }

    /// When a bucket will be full, at the earliest now.
    fn full_at(&self, subject: &BucketKey, now: i64) -> i64 {
        self.full_at
            .get(subject)
            .map_or(now, |full_at| now.max(*full_at))
    }

    /// If the clock was set back, shortens the wait to the time that an empty bucket needs to
    /// fill.
    fn follow_clock(&mut self, subject: &BucketKey, now: i64) {
        let Rate { burst, interval } = subject.rate();
        if let Some(full_at) = self.full_at.get_mut(subject) {
            *full_at = (*full_at).min(now + burst * interval);
        }
    }

    fn make_room(&mut self, wanted: usize, now: i64) {
        let is_full = self.full_at.len() + wanted > MAX_BUCKETS;
        if is_full || now - self.swept_at >= SWEEP_EVERY || now < self.swept_at {
            self.sweep(now);
        }
        if self.full_at.len() + wanted > MAX_BUCKETS {
            self.evict(now);
        }
    }

    fn sweep(&mut self, now: i64) {
        self.swept_at = now;
        self.full_at.retain(|_, full_at| *full_at > now);
        if self.full_at.len() < self.full_at.capacity() / 4 {
            self.full_at.shrink_to_fit();
        }
    }

    /// Evicts the fullest buckets. An attacker who floods the server with new subjects, each with
    /// one failure, cannot evict those with many failures.
    fn evict(&mut self, now: i64) {
        let mut emptiness: Vec<(i64, BucketKey)> = self
            .full_at
            .iter()
            .map(|(subject, full_at)| (emptiness(subject, *full_at, now), *subject))
            .collect();
        emptiness.select_nth_unstable_by_key(EVICTED_AT_ONCE, |(emptiness, _)| *emptiness);
        for (_, subject) in &emptiness[..EVICTED_AT_ONCE] {
            self.full_at.remove(subject);
        }
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.full_at.len()
    }
}

/// How empty a bucket is, in thousandths.
fn emptiness(subject: &BucketKey, full_at: i64, now: i64) -> i64 {
    let Rate { burst, interval } = subject.rate();
    (full_at - now).max(0).saturating_mul(1_000) / (burst * interval)
}

#[cfg(test)]
mod tests;
