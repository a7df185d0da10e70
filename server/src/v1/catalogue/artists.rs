//! `/v1/artists`

use async_trait::async_trait;
use domain::{
    Caller,
    catalogue::{ArtistId, ArtistView, Catalogue, ListPage, ListQuery},
    documents::Revision,
};
use serde_json::{Map, Value};
use types::catalogue::{ArtistContent, ArtistInput};

use super::{
    listing::Words,
    members::{Members, STATUS, Shape},
    resource::{Outcome, Resource, members_of},
};

/// Artists.
#[derive(Debug)]
pub(crate) enum Artists {}

#[async_trait]
impl Resource for Artists {
    const PATH: &'static str = "/v1/artists";
    const NAMES: (&'static str, &'static str) = ("Artist", "Artists");
    const MEMBERS: Members = &[
        ("name", Shape::Text),
        ("slug", Shape::Text),
        ("bio", Shape::Text),
        ("disclosure", Shape::Text),
        (
            "links",
            Shape::Rows(&[("label", Shape::Text), ("url", Shape::Text)]),
        ),
        ("status", STATUS),
    ];
    const PARENT: Option<&'static str> = None;
    const FILTERS: &'static [&'static str] = &["deleted"];

    type Content = ArtistContent;
    type Input = ArtistInput;

    fn is_id(text: &str) -> bool {
        ArtistId::parse(text).is_some()
    }

    fn words(content: &ArtistContent) -> Words<'_> {
        Words {
            name: &content.name,
            text: &content.bio,
            ..Words::default()
        }
    }

    fn show(content: &ArtistContent) -> Map<String, Value> {
        members_of(serde_json::to_value(content).unwrap_or_default())
    }

    async fn create(
        catalogue: &Catalogue,
        caller: &Caller,
        _: &str,
        input: &ArtistInput,
    ) -> Outcome<ArtistView> {
        catalogue.artists.create(caller, None, input).await
    }

    async fn get(catalogue: &Catalogue, caller: &Caller, id: &str) -> Outcome<ArtistView> {
        catalogue.artists.get(caller, id).await
    }

    async fn list(
        catalogue: &Catalogue,
        caller: &Caller,
        query: &ListQuery,
    ) -> Outcome<ListPage<ArtistContent>> {
        catalogue.artists.list(caller, query).await
    }

    async fn deleted(
        catalogue: &Catalogue,
        caller: &Caller,
        query: &ListQuery,
    ) -> Outcome<ListPage<ArtistContent>> {
        catalogue.artists.trash(caller, query).await
    }

    async fn change(
        catalogue: &Catalogue,
        caller: &Caller,
        id: &str,
        from: Revision,
        input: &ArtistInput,
    ) -> Outcome<ArtistView> {
        catalogue.artists.update(caller, id, from, input).await
    }

    async fn delete(
        catalogue: &Catalogue,
        caller: &Caller,
        id: &str,
        from: Revision,
    ) -> Outcome<ArtistView> {
        catalogue.artists.delete(caller, id, from).await
    }

    async fn restore(catalogue: &Catalogue, caller: &Caller, id: &str) -> Outcome<ArtistView> {
        catalogue.artists.restore(caller, id).await
    }
}
