//! What tells artists, videos, products and retailers apart in `/v1`.

use domain::catalogue::Kind;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::members::Members;

/// A kind of catalogue entity: its names, and the shape of its JSON.
pub(crate) trait Resource: Kind<Input: DeserializeOwned> {
    /// The path of the collection.
    const PATH: &'static str;
    /// What one entity is called in messages, and what several are.
    const NAMES: (&'static str, &'static str);
    /// The members that a client can set.
    const MEMBERS: Members;
    /// The member that names the artist to whom an entity belongs; `None` for artists.
    const PARENT: Option<&'static str>;
    /// The parameters of a list besides those of every list.
    const FILTERS: &'static [&'static str];

    /// Every member of [`MEMBERS`](Self::MEMBERS), and those that only the server sets.
    fn to_json_members(&self) -> Map<String, Value>;
}

/// An object's members; anything else has none.
pub(super) fn members_of(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(members) => members,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Map::new()
        }
    }
}

#[cfg(test)]
mod tests;
