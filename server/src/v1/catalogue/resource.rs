//! What tells artists, videos, products and retailers apart.

use async_trait::async_trait;
use domain::{
    Caller,
    catalogue::{Catalogue, CatalogueError, ListPage, ListQuery, View},
    documents::Revision,
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{listing::Words, members::Members};

/// What goes wrong in the domain.
pub(super) type Outcome<T> = Result<T, CatalogueError>;

/// One kind of thing.
#[async_trait]
pub(crate) trait Resource: Send + Sync + 'static {
    /// Where such things are.
    const PATH: &'static str;
    /// What one of them is called, and what several are.
    const NAMES: (&'static str, &'static str);
    /// What a person can say of one.
    const MEMBERS: Members;
    /// Where the artist is named to whom a new one belongs.
    const PARENT: Option<&'static str>;
    /// What a list takes besides what every list takes.
    const FILTERS: &'static [&'static str];

    /// What is kept of one.
    type Content: Send + Sync;
    /// What a person says of one.
    type Input: DeserializeOwned + Send + Sync;

    /// Whether a thing can have this name.
    fn is_id(text: &str) -> bool;

    /// What a list is searched and sorted by.
    fn words(content: &Self::Content) -> Words<'_>;

    /// Everything that a person can say of it, as [`MEMBERS`](Self::MEMBERS) has it, and what only
    /// the server says.
    fn show(content: &Self::Content) -> Map<String, Value>;

    async fn create(
        catalogue: &Catalogue,
        caller: &Caller,
        artist: &str,
        input: &Self::Input,
    ) -> Outcome<View<Self::Content>>;

    async fn get(catalogue: &Catalogue, caller: &Caller, id: &str) -> Outcome<View<Self::Content>>;

    async fn list(
        catalogue: &Catalogue,
        caller: &Caller,
        query: &ListQuery,
    ) -> Outcome<ListPage<Self::Content>>;

    /// Those that were deleted and can be restored.
    async fn deleted(
        catalogue: &Catalogue,
        caller: &Caller,
        query: &ListQuery,
    ) -> Outcome<ListPage<Self::Content>>;

    async fn change(
        catalogue: &Catalogue,
        caller: &Caller,
        id: &str,
        from: Revision,
        input: &Self::Input,
    ) -> Outcome<View<Self::Content>>;

    async fn delete(
        catalogue: &Catalogue,
        caller: &Caller,
        id: &str,
        from: Revision,
    ) -> Outcome<View<Self::Content>>;

    async fn restore(
        catalogue: &Catalogue,
        caller: &Caller,
        id: &str,
    ) -> Outcome<View<Self::Content>>;
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
