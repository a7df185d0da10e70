//! `/v1/products`

use serde_json::{Map, Value};
use types::catalogue::ProductContent;

use super::{
    members::{Members, STATUS, Shape},
    resource::{Resource, members_of},
};

/// The values of an offer's `availability`.
const AVAILABILITIES: &[&str] = &[
    "unknown",
    "in_stock",
    "out_of_stock",
    "pre_order",
    "discontinued",
];

impl Resource for ProductContent {
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

    fn to_json_members(&self) -> Map<String, Value> {
        members_of(serde_json::to_value(self).unwrap_or_default())
    }
}
