//! A migration: what has changed from one data version to the next.

use serde_json::{Map, Value};

use crate::documents::Document;

use super::MigrateError;

/// The body of a document, by its fields.
pub type Body = Map<String, Value>;

/// Changes the body of one document.
///
/// It sees nothing else, reads no clock and draws no random bits: what is done again after an
/// interruption must come out the same. The error is a sentence that tells nothing of what is in the
/// document.
pub type Rewrite = fn(&mut Body) -> Result<(), String>;

/// What has changed from the data version before to this one.
#[derive(Debug)]
pub struct Migration {
    /// The data version that it leads to; the first is [`BASELINE`](super::BASELINE).
    pub number: u32,
    /// What it is about, in a few words.
    pub name: &'static str,
    /// What it does, in order.
    pub changes: &'static [Change],
}

/// A change of one collection.
#[derive(Debug)]
pub struct Change {
    /// Its name. It may be gone from the code since.
    pub collection: &'static str,
    /// What happens to it.
    pub kind: Kind,
}

/// What happens to a collection.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// It is new.
    Added,
    /// It is gone, with all that was in it.
    Removed,
    /// It is listed by other fields. Its documents stay as they are.
    Relisted,
    /// Each of its documents is changed.
    Rewritten(Rewrite),
}

/// The document after these changes; its id and its revision stay, because a revision is what people
/// outside hold in their hands.
///
/// # Errors
/// [`MigrateError::Change`] when one of them cannot deal with it.
pub(super) fn rewrite(
    collection: &'static str,
    changes: &[Rewrite],
    document: Document,
) -> Result<Document, MigrateError> {
    let cannot = |reason: String| MigrateError::Change { collection, reason };
    let Value::Object(mut body) = document.body else {
        return Err(cannot("a body is not an object".to_owned()));
    };
    for change in changes {
        change(&mut body).map_err(cannot)?;
    }
    Ok(Document {
        body: Value::Object(body),
        ..document
    })
}
