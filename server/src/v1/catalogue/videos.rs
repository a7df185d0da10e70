//! `/v1/videos`

use serde_json::{Map, Value};
use types::catalogue::VideoContent;

use super::{
    members::{Members, STATUS, Shape},
    resource::{Resource, members_of},
};

impl Resource for VideoContent {
    const PATH: &'static str = "/v1/videos";
    const NAMES: (&'static str, &'static str) = ("Video", "Videos");
    const MEMBERS: Members = &[
        ("title", Shape::Text),
        ("slug", Shape::Text),
        ("description", Shape::Text),
        ("url", Shape::Text),
        ("duration", Shape::Time),
        ("published_on", Shape::Text),
        (
            "chapters",
            Shape::Rows(&[("start", Shape::Time), ("title", Shape::Text)]),
        ),
        (
            "placements",
            Shape::Rows(&[
                ("id", Shape::Text),
                ("product_id", Shape::Text),
                ("start", Shape::Time),
                ("end", Shape::Time),
                ("note", Shape::Text),
            ]),
        ),
        ("status", STATUS),
    ];
    const PARENT: Option<&'static str> = Some("artist_id");
    const FILTERS: &'static [&'static str] = &["artist_id", "deleted"];

    fn to_json_members(&self) -> Map<String, Value> {
        let mut shown = members_of(serde_json::to_value(self).unwrap_or_default());
        shown.remove("link");
        let url = self.link.as_ref().map(|link| link.url.as_str());
        shown.insert("url".to_owned(), url.into());
        shown
    }
}
