//! `/v1/products`

use async_trait::async_trait;
use domain::{
    Caller,
    catalogue::{Catalogue, ListPage, ListQuery, ProductId, ProductView},
    documents::Revision,
};
use serde_json::{Map, Value};
use types::catalogue::{ProductContent, ProductInput};

use super::{
    listing::Words,
    members::{Members, STATUS, Shape},
    resource::{Outcome, Resource, members_of},
};

/// Whether something can be had.
const AVAILABILITIES: &[&str] = &[
    "unknown",
    "in_stock",
    "out_of_stock",
    "pre_order",
    "discontinued",
];

/// Products.
#[derive(Debug)]
pub(crate) enum Products {}

#[async_trait]
impl Resource for Products {
    const PATH: &'static str = "/v1/products";
    const NAMES: (&'static str, &'static str) = ("Product", "Products");
    const MEMBERS: Members = &[
        ("name", Shape::Text),
        ("slug", Shape::Text),
        ("brand", Shape::Text),
        ("description", Shape::Text),
        ("gtin", Shape::Text),
        (
            "images",
            Shape::Rows(&[("url", Shape::Text), ("alt", Shape::Text)]),
        ),
        (
            "attributes",
            Shape::Rows(&[("name", Shape::Text), ("value", Shape::Text)]),
        ),
        (
            "offers",
            Shape::Rows(&[
                ("id", Shape::Text),
                ("retailer_id", Shape::Text),
                ("url", Shape::Text),
                ("price", Shape::Price),
                ("availability", Shape::Word(AVAILABILITIES)),
            ]),
        ),
        (
            "alternatives",
            Shape::Rows(&[
                ("product_id", Shape::Text),
                ("tier", Shape::Word(&["cheaper", "dearer"])),
            ]),
        ),
        ("status", STATUS),
    ];
    const PARENT: Option<&'static str> = Some("artist_id");
    const FILTERS: &'static [&'static str] = &["artist_id", "deleted"];

    type Content = ProductContent;
    type Input = ProductInput;

    fn is_id(text: &str) -> bool {
        ProductId::parse(text).is_some()
    }

    fn words(content: &ProductContent) -> Words<'_> {
        Words {
            name: &content.name,
            brand: &content.brand,
            text: &content.description,
        }
    }

    fn show(content: &ProductContent) -> Map<String, Value> {
        members_of(serde_json::to_value(content).unwrap_or_default())
    }

    async fn create(
        catalogue: &Catalogue,
        caller: &Caller,
        artist: &str,
        input: &ProductInput,
    ) -> Outcome<ProductView> {
        catalogue.products.create(caller, Some(artist), input).await
    }

    async fn get(catalogue: &Catalogue, caller: &Caller, id: &str) -> Outcome<ProductView> {
        catalogue.products.get(caller, id).await
    }

    async fn list(
        catalogue: &Catalogue,
        caller: &Caller,
        query: &ListQuery,
    ) -> Outcome<ListPage<ProductContent>> {
        catalogue.products.list(caller, query).await
    }

    async fn deleted(
        catalogue: &Catalogue,
        caller: &Caller,
        query: &ListQuery,
    ) -> Outcome<ListPage<ProductContent>> {
        catalogue.products.trash(caller, query).await
    }

    async fn change(
        catalogue: &Catalogue,
        caller: &Caller,
        id: &str,
        from: Revision,
        input: &ProductInput,
    ) -> Outcome<ProductView> {
        catalogue.products.update(caller, id, from, input).await
    }

    async fn delete(
        catalogue: &Catalogue,
        caller: &Caller,
        id: &str,
        from: Revision,
    ) -> Outcome<ProductView> {
        catalogue.products.delete(caller, id, from).await
    }

    async fn restore(catalogue: &Catalogue, caller: &Caller, id: &str) -> Outcome<ProductView> {
        catalogue.products.restore(caller, id).await
    }
}
