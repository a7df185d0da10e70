//! Routes of the catalogue in `/v1`.

use axum::routing::{MethodRouter, get, post, put};
use domain::catalogue::RetailerState;
use types::catalogue::{ArtistContent, ProductContent, VideoContent};

use crate::{
    state::AppState,
    v1::catalogue::{approve, block, create, delete, get_entity, list, reopen, restore, update},
};

/// The paths with their methods; `GET` includes `HEAD`. `{id}` matches one segment.
pub const ROUTES: [(&str, &[&str]); 14] = [
    ("/v1/artists", &["GET", "POST"]),
    ("/v1/artists/{id}", &["GET", "PATCH", "DELETE"]),
    ("/v1/artists/{id}/restoration", &["POST"]),
    ("/v1/videos", &["GET", "POST"]),
    ("/v1/videos/{id}", &["GET", "PATCH", "DELETE"]),
    ("/v1/videos/{id}/restoration", &["POST"]),
    ("/v1/products", &["GET", "POST"]),
    ("/v1/products/{id}", &["GET", "PATCH", "DELETE"]),
    ("/v1/products/{id}/restoration", &["POST"]),
    ("/v1/retailers", &["GET", "POST"]),
    ("/v1/retailers/{id}", &["GET", "PATCH", "DELETE"]),
    ("/v1/retailers/{id}/restoration", &["POST"]),
    ("/v1/retailers/{id}/approval", &["PUT", "DELETE"]),
    ("/v1/retailers/{id}/block", &["PUT"]),
];

/// The handlers of these paths.
pub(super) fn served() -> [(&'static str, MethodRouter<AppState>); 14] {
    macro_rules! of {
        ($path:literal, $kind:ident) => {
            [
                (
                    concat!("/v1/", $path),
                    get(list::<$kind>).post(create::<$kind>),
                ),
                (
                    concat!("/v1/", $path, "/{id}"),
                    get(get_entity::<$kind>)
                        .patch(update::<$kind>)
                        .delete(delete::<$kind>),
                ),
                (
                    concat!("/v1/", $path, "/{id}/restoration"),
                    post(restore::<$kind>),
                ),
            ]
        };
    }
    let [artists, artist, artist_restoration] = of!("artists", ArtistContent);
    let [videos, video, video_restoration] = of!("videos", VideoContent);
    let [products, product, product_restoration] = of!("products", ProductContent);
    let [retailers, retailer, retailer_restoration] = of!("retailers", RetailerState);
    [
        artists,
        artist,
        artist_restoration,
        videos,
        video,
        video_restoration,
        products,
        product,
        product_restoration,
        retailers,
        retailer,
        retailer_restoration,
        ("/v1/retailers/{id}/approval", put(approve).delete(reopen)),
        ("/v1/retailers/{id}/block", put(block)),
    ]
}

/// The route of a path, with `{id}` instead of ids.
pub(super) fn name_of(path: &str) -> Option<&'static str> {
    let is_it = |route: &&str| {
        let (mut asked, mut known) = (path.split('/'), route.split('/'));
        loop {
            match (asked.next(), known.next()) {
                (None, None) => return true,
                (Some(_), Some("{id}")) => {}
                (Some(asked), Some(known)) if asked == known => {}
                _ => return false,
            }
        }
    };
    ROUTES.iter().map(|(route, _)| *route).find(is_it)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_that_is_served_is_listed() {
        let served = served().map(|(path, _)| path);
        assert_eq!(served, ROUTES.map(|(path, _)| path));
    }

    #[test]
    fn a_name_never_has_an_id_in_it() {
        for (path, name) in [
            ("/v1/videos", Some("/v1/videos")),
            ("/v1/videos/vid_1", Some("/v1/videos/{id}")),
            ("/v1/videos/", Some("/v1/videos/{id}")),
            (
                "/v1/retailers/%0a/approval",
                Some("/v1/retailers/{id}/approval"),
            ),
            ("/v1/videos/vid_1/secret", None),
            ("/v1/videos/vid_1/restoration/", None),
            ("/v1", None),
        ] {
            assert_eq!(name_of(path), name, "{path}");
        }
    }
}
