//! Values that only one thing may have.
//!
//! A key is a document whose id is the value, and which names the thing that has it. The thing's
//! own document is the truth: a key is held when the thing says so. Docs/decisions/0012 tells why
//! that is right under every race and crash.

mod key;
mod stamp;

pub(crate) use self::key::Key;
pub(super) use self::stamp::{KEYS, Keys, Owner, Stamp, Stamped};
