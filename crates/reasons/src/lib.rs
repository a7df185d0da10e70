//! Why the value of a field is refused, in words; a second language is a second folder.

mod en;

pub use en::{account_sentence, quota_sentence, sentence};
