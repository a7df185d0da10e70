//! `/v1/artists`

use serde_json::{Map, Value};
use types::catalogue::ArtistContent;

use super::{
    members::{Members, STATUS, Shape},
    resource::{Resource, members_of},
};

impl Resource for ArtistContent {
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

    fn to_json_members(&self) -> Map<String, Value> {
        members_of(serde_json::to_value(self).unwrap_or_default())
    }
}
