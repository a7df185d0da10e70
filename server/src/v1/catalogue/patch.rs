//! The JSON of an entity in requests: a merge patch (RFC 7396) or a new entity.

use domain::catalogue::OwnerView;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{
    members::{MemberErrors, check, without_nulls},
    resource::Resource,
    response::to_json,
};
use crate::problem::ProblemResponse;

/// Members that only the server sets. A patch may contain them only with their current values, so
/// that a client can send back what it has read.
const READ_ONLY: [&str; 8] = [
    "id",
    "revision",
    "artist_id",
    "parent",
    "created_at",
    "updated_at",
    "deleted_at",
    "standing",
];

/// A merge patch.
#[derive(Clone, Debug)]
pub(super) struct Patch(Map<String, Value>);

impl Patch {
    /// The patch with these members.
    pub(super) fn new(sent: Map<String, Value>) -> Self {
        Self(sent)
    }

    /// The input that results from applying the patch to the current entity. No member is an
    /// object, so each member of the patch replaces the current one as a whole.
    ///
    /// # Errors
    /// 400 that names the members that are unknown, malformed or read-only.
    pub(super) fn merged<R: Resource>(
        &self,
        current: &OwnerView<R>,
    ) -> Result<R::Input, ProblemResponse> {
        let mut shown = to_json::<R>(current);
        let mut said = Map::new();
        for (name, _) in R::MEMBERS {
            said.insert((*name).to_owned(), shown.remove(*name).unwrap_or_default());
        }
        shown.insert("parent".to_owned(), current.parent.clone().into());
        let mut refused = MemberErrors::default();
        let mut sent = self.0.clone();
        for name in READ_ONLY {
            let Some(current) = shown.get(name) else {
                continue;
            };
            if sent.remove(name).is_some_and(|sent| sent != *current) {
                refused.note(name, "cannot be changed.");
            }
        }
        check(&sent, R::MEMBERS, "", &mut refused);
        refused.into_result()?;
        said.extend(sent);
        input(said)
    }
}

/// The id of a new entity's artist (`None` for a new artist), and its input.
///
/// # Errors
/// 400 that names the members that are unknown, malformed or missing. Read-only members are unknown
/// here.
pub(super) fn new_entity<R: Resource>(
    mut sent: Map<String, Value>,
) -> Result<(Option<String>, R::Input), ProblemResponse> {
    let mut refused = MemberErrors::default();
    let mut artist = None;
    if let Some(name) = R::PARENT {
        match sent.remove(name) {
            Some(Value::String(id)) if !id.is_empty() => artist = Some(id),
            None | Some(Value::Null | Value::String(_)) => refused.note(name, "is required."),
            Some(_) => refused.note(name, "must be a string."),
        }
    }
    check(&sent, R::MEMBERS, "", &mut refused);
    refused.into_result()?;
    Ok((artist, input(sent)?))
}

/// Parses checked members. serde ignores unknown ones, so [`check`] must have refused them.
fn input<I: DeserializeOwned>(said: Map<String, Value>) -> Result<I, ProblemResponse> {
    let said = without_nulls(said.into());
    serde_json::from_value(said)
        .map_err(|error| ProblemResponse::bad_request(format!("The body cannot be read: {error}.")))
}
