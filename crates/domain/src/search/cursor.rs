//! Cursors: positions in a sorted list, in a form that can be part of a URL.

#[cfg(test)]
mod tests;

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use super::query::Sort;

/// The position of an entry in a sorted list; the next page stays the same when entries are added
/// or removed.
///
/// The text is opaque, safe in a URL and at most about a kilobyte long. It is neither secret nor
/// authenticated: a client that forges one sees another part of a list that it may see anyway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    sort: Sort,
    position: CursorPosition,
}

/// The sort key of an entry, and its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CursorPosition {
    /// The position with [`Sort::Relevance`].
    Score {
        /// The score of the entry.
        score: u32,
        /// Its [`name_key`](super::Tokens::name_key).
        name_key: String,
        /// Its id.
        id: String,
    },
    /// The position with [`Sort::Name`].
    Name {
        /// Its [`name_key`](super::Tokens::name_key).
        name_key: String,
        /// Its id.
        id: String,
    },
    /// The position with [`Sort::Newest`] and [`Sort::Updated`].
    Time {
        /// Milliseconds since 1970.
        at: i64,
        /// Its id.
        id: String,
    },
}

impl CursorPosition {
    /// The id of the entry.
    pub fn into_id(self) -> String {
        match self {
            Self::Score { id, .. } | Self::Name { id, .. } | Self::Time { id, .. } => id,
        }
    }
}

/// The text is no cursor, or a cursor of another sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the cursor is damaged")]
pub struct DamagedCursor;

/// Number of digest bytes before the payload, so that a truncated or mistyped text is detected.
const CHECK: usize = 4;

impl Cursor {
    /// A cursor; `None` if lists of this sort have other positions.
    pub fn new(sort: Sort, position: CursorPosition) -> Option<Self> {
        let fits = match sort {
            Sort::Relevance => matches!(position, CursorPosition::Score { .. }),
            Sort::Name => matches!(position, CursorPosition::Name { .. }),
            Sort::Newest | Sort::Updated => matches!(position, CursorPosition::Time { .. }),
        };
        fits.then_some(Self { sort, position })
    }

    /// Parses the output of [`to_string`](ToString::to_string).
    ///
    /// # Errors
    /// [`DamagedCursor`] for any other text, and for a cursor of another sort.
    pub fn parse(text: &str, sort: Sort) -> Result<Self, DamagedCursor> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| DamagedCursor)?;
        let (check, rest) = bytes.split_at_checked(CHECK).ok_or(DamagedCursor)?;
        if Sha256::digest(rest)[..CHECK] != *check {
            return Err(DamagedCursor);
        }
        let cursor = read(rest).ok_or(DamagedCursor)?;
        (cursor.sort == sort).then_some(cursor).ok_or(DamagedCursor)
    }

    /// The sort of the list.
    pub fn sort(&self) -> Sort {
        self.sort
    }

    /// The position.
    pub fn position(&self) -> &CursorPosition {
        &self.position
    }

    fn write(&self) -> Vec<u8> {
        let mut bytes = vec![letter(self.sort)];
        match &self.position {
            CursorPosition::Score {
                score,
                name_key,
                id,
            } => {
                bytes.extend(score.to_be_bytes());
                bytes.extend([name_key.as_bytes(), b"\0", id.as_bytes()].concat());
            }
            CursorPosition::Name { name_key, id } => {
                bytes.extend([name_key.as_bytes(), b"\0", id.as_bytes()].concat());
            }
            CursorPosition::Time { at, id } => {
                bytes.extend(at.to_be_bytes());
                bytes.extend(id.as_bytes());
            }
        }
        bytes
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rest = self.write();
        let check = &Sha256::digest(&rest)[..CHECK];
        f.write_str(&URL_SAFE_NO_PAD.encode([check, &rest].concat()))
    }
}

fn letter(sort: Sort) -> u8 {
    match sort {
        Sort::Relevance => b'r',
        Sort::Name => b'n',
        Sort::Newest => b'c',
        Sort::Updated => b'u',
    }
}

fn read(bytes: &[u8]) -> Option<Cursor> {
    let (&first, rest) = bytes.split_first()?;
    let sorts = [Sort::Relevance, Sort::Name, Sort::Newest, Sort::Updated];
    let sort = sorts.into_iter().find(|&sort| letter(sort) == first)?;
    let position = match sort {
        Sort::Relevance => {
            let (score, rest) = rest.split_first_chunk()?;
            let (name_key, id) = names(rest)?;
            CursorPosition::Score {
                score: u32::from_be_bytes(*score),
                name_key,
                id,
            }
        }
        Sort::Name => {
            let (name_key, id) = names(rest)?;
            CursorPosition::Name { name_key, id }
        }
        Sort::Newest | Sort::Updated => {
            let (at, rest) = rest.split_first_chunk()?;
            CursorPosition::Time {
                at: i64::from_be_bytes(*at),
                id: String::from_utf8(rest.to_vec()).ok()?,
            }
        }
    };
    Some(Cursor { sort, position })
}

fn names(bytes: &[u8]) -> Option<(String, String)> {
    let (name_key, id) = std::str::from_utf8(bytes).ok()?.split_once('\0')?;
    Some((name_key.to_owned(), id.to_owned()))
}
