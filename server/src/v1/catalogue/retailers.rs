//! `/v1/retailers`

use domain::catalogue::RetailerState;
use serde_json::{Map, Value};

use super::{
    members::{Members, Shape},
    resource::{Resource, members_of},
};

impl Resource for RetailerState {
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

    fn to_json_members(&self) -> Map<String, Value> {
        let mut shown = members_of(serde_json::to_value(&self.retailer).unwrap_or_default());
        shown.insert("standing".to_owned(), self.review_status.name().into());
        shown
    }
}
