//! `/v1/videos`

use async_trait::async_trait;
use domain::{
    Caller,
    catalogue::{Catalogue, ListPage, ListQuery, VideoId, VideoView},
    documents::Revision,
};
use serde_json::{Map, Value};
use types::catalogue::{VideoContent, VideoInput};

use super::{
    listing::Words,
    members::{Members, STATUS, Shape},
    resource::{Outcome, Resource, members_of},
};

/// Videos.
#[derive(Debug)]
pub(crate) enum Videos {}

#[async_trait]
impl Resource for Videos {
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

    type Content = VideoContent;
    type Input = VideoInput;

    fn is_id(text: &str) -> bool {
        VideoId::parse(text).is_some()
    }

    fn words(content: &VideoContent) -> Words<'_> {
        Words {
            name: &content.title,
            text: &content.description,
            ..Words::default()
        }
    }

    fn show(content: &VideoContent) -> Map<String, Value> {
        let mut shown = members_of(serde_json::to_value(content).unwrap_or_default());
        shown.remove("link");
        let url = content.link.as_ref().map(|link| link.url.as_str());
        shown.insert("url".to_owned(), url.into());
        shown
    }

    async fn create(
        catalogue: &Catalogue,
        caller: &Caller,
        artist: &str,
        input: &VideoInput,
    ) -> Outcome<VideoView> {
        catalogue.videos.create(caller, Some(artist), input).await
    }

    async fn get(catalogue: &Catalogue, caller: &Caller, id: &str) -> Outcome<VideoView> {
        catalogue.videos.get(caller, id).await
    }

    async fn list(
        catalogue: &Catalogue,
        caller: &Caller,
        query: &ListQuery,
    ) -> Outcome<ListPage<VideoContent>> {
        catalogue.videos.list(caller, query).await
    }

    async fn deleted(
        catalogue: &Catalogue,
        caller: &Caller,
        query: &ListQuery,
    ) -> Outcome<ListPage<VideoContent>> {
        catalogue.videos.trash(caller, query).await
    }

    async fn change(
        catalogue: &Catalogue,
        caller: &Caller,
        id: &str,
        from: Revision,
        input: &VideoInput,
    ) -> Outcome<VideoView> {
        catalogue.videos.update(caller, id, from, input).await
    }

    async fn delete(
        catalogue: &Catalogue,
        caller: &Caller,
        id: &str,
        from: Revision,
    ) -> Outcome<VideoView> {
        catalogue.videos.delete(caller, id, from).await
    }

    async fn restore(catalogue: &Catalogue, caller: &Caller, id: &str) -> Outcome<VideoView> {
        catalogue.videos.restore(caller, id).await
    }
}
