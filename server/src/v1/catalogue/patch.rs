//! What a program wants to be said of a thing: merged into what is said now (RFC 7396).

use domain::catalogue::OwnerView;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{
    members::{MemberErrors, check, without_nulls},
    resource::Resource,
    response::to_json,
};
use crate::problem::ProblemResponse;

/// What only the server says. It may be sent back as it was read, and not otherwise.
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

/// What a program wants to change.
#[derive(Clone, Debug)]
pub(super) struct Patch(Map<String, Value>);

impl Patch {
    /// Takes what was sent.
    pub(super) fn new(sent: Map<String, Value>) -> Self {
        Self(sent)
    }

    /// Everything that is to be said of a thing from now on. No member of ours is an object, so
    /// what is sent of one takes its place as a whole.
    ///
    /// # Errors
    /// Members that are not known, not of their shape or not to be changed, each by name.
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

/// Everything that is said of a new thing, and the id of the artist to whom it belongs.
///
/// # Errors
/// Members that are not known, not of their shape or not a program's to say, each by name.
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

/// What has the shape of an input is one: members that it does not know were refused before.
fn input<I: DeserializeOwned>(said: Map<String, Value>) -> Result<I, ProblemResponse> {
    let said = without_nulls(said.into());
    serde_json::from_value(said)
        .map_err(|error| ProblemResponse::bad_request(format!("The body cannot be read: {error}.")))
}
