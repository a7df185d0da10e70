//! `/v1/retailers`

use async_trait::async_trait;
use domain::{
    Caller,
    catalogue::{
        Catalogue, CatalogueError, ListPage, ListQuery, RetailerId, RetailerKept, RetailerView,
    },
    documents::Revision,
};
use serde_json::{Map, Value};
use types::catalogue::RetailerInput;

use super::{
    listing::{self, Words},
    members::{Members, Shape},
    resource::{Outcome, Resource, members_of},
};

/// Retailers.
#[derive(Debug)]
pub(crate) enum Retailers {}

#[async_trait]
impl Resource for Retailers {
    const PATH: &'static str = "/v1/retailers";
    const NAMES: (&'static str, &'static str) = ("Retailer", "Retailers");
    const MEMBERS: Members = &[
        ("name", Shape::Text),
        ("slug", Shape::Text),
        ("homepage", Shape::Text),
        ("domains", Shape::Texts),
    ];
    const PARENT: Option<&'static str> = Some("artist_id");
    const FILTERS: &'static [&'static str] = &["artist_id"];

    type Content = RetailerKept;
    type Input = RetailerInput;

    fn is_id(text: &str) -> bool {
        RetailerId::parse(text).is_some()
    }

    fn words(kept: &RetailerKept) -> Words<'_> {
        Words {
            name: &kept.retailer.name,
            ..Words::default()
        }
    }

    fn show(kept: &RetailerKept) -> Map<String, Value> {
        let mut shown = members_of(serde_json::to_value(&kept.retailer).unwrap_or_default());
        shown.insert("standing".to_owned(), kept.review_status.name().into());
        shown
    }

    async fn create(
        catalogue: &Catalogue,
        caller: &Caller,
        artist: &str,
        input: &RetailerInput,
    ) -> Outcome<RetailerView> {
        catalogue
            .retailers
            .create(caller, Some(artist), input)
            .await
    }

    async fn get(catalogue: &Catalogue, caller: &Caller, id: &str) -> Outcome<RetailerView> {
        catalogue.retailers.get(caller, id).await
    }

    async fn list(
        catalogue: &Catalogue,
        caller: &Caller,
        query: &ListQuery,
    ) -> Outcome<ListPage<RetailerKept>> {
        let retailers = catalogue.retailers.all(caller).await?;
        Ok(listing::page(retailers, query, Self::words).await)
    }

    /// No list of them is to be had: `deleted` is not among the filters.
    async fn deleted(_: &Catalogue, _: &Caller, _: &ListQuery) -> Outcome<ListPage<RetailerKept>> {
        Err(CatalogueError::Unknown)
    }

    async fn change(
        catalogue: &Catalogue,
        caller: &Caller,
        id: &str,
        from: Revision,
        input: &RetailerInput,
    ) -> Outcome<RetailerView> {
        catalogue.retailers.update(caller, id, from, input).await
    }

    async fn delete(
        catalogue: &Catalogue,
        caller: &Caller,
        id: &str,
        from: Revision,
    ) -> Outcome<RetailerView> {
        catalogue.retailers.delete(caller, id, from).await
    }

    async fn restore(catalogue: &Catalogue, caller: &Caller, id: &str) -> Outcome<RetailerView> {
        catalogue.retailers.restore(caller, id).await
    }
}
