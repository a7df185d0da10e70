//! A migration: what has changed from one data version to the next.

use std::collections::HashSet;

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

/// Gives the id that a document is to have, for one whose id changes or that others may want; `None`
/// for all others.
///
/// It must not sort behind the id that the document has, so that of several documents that are to
/// have one id the one that has it already comes first: that one is kept under it. The others stay
/// under the ids that they have, so no document is lost.
pub type Rename = fn(&str, &Body) -> Option<String>;

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
    /// Documents get other ids.
    Renamed(Rename),
}

/// What is done to each document of a collection.
#[derive(Clone, Copy, Debug)]
pub enum Edit {
    /// Its body is changed.
    Body(Rewrite),
    /// It gets another id.
    Id(Rename),
}

/// The ids that documents of a collection were given while it is migrated.
#[derive(Debug, Default)]
pub struct GivenIds(HashSet<String>);

/// The document after these changes; its revision stays, because that is what people outside hold in
/// their hands.
///
/// # Errors
/// [`MigrateError::Change`] when one of them cannot deal with it.
pub(super) fn rewrite(
    collection: &'static str,
    edits: &[Edit],
    document: Document,
    given: &mut GivenIds,
) -> Result<Document, MigrateError> {
    let cannot = |reason: String| MigrateError::Change { collection, reason };
    let Value::Object(mut body) = document.body else {
        return Err(cannot("a body is not an object".to_owned()));
    };
    let mut id = document.id;
    for edit in edits {
        match edit {
            Edit::Body(change) => change(&mut body).map_err(cannot)?,
            Edit::Id(rename) => id = given.rename(*rename, id, &body),
        }
    }
    Ok(Document {
        id,
        revision: document.revision,
        body: Value::Object(body),
    })
}

impl GivenIds {
    fn rename(&mut self, rename: Rename, id: String, body: &Body) -> String {
        match rename(&id, body) {
            Some(wanted) if self.0.insert(wanted.clone()) => wanted,
            _ => id,
        }
    }
}
