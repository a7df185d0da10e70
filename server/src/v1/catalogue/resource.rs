//! The differences between artists, videos, products and retailers in `/v1`.

use domain::catalogue::Kind;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::members::Members;

/// A kind of entity in `/v1`: its path, its names and the shape of its JSON.
pub(crate) trait Resource: Kind<Input: DeserializeOwned> {
    /// The path of the collection.
    const PATH: &'static str;
    /// The singular and the plural in messages.
    const NAMES: (&'static str, &'static str);
    /// The members that a client can set.
    const MEMBERS: Members;
    /// The name of the member with the id of the entity's artist; `None` for artists.
    const PARENT: Option<&'static str>;
    /// The query parameters that a list of this kind has besides the common ones.
    const FILTERS: &'static [&'static str];

    /// The content as JSON: all [`MEMBERS`](Self::MEMBERS), and those of the kind that only the
    /// server sets.
    fn to_json_members(&self) -> Map<String, Value>;
}

/// The members of an object; empty for any other value.
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
