use domain::catalogue::RetailerState;
use serde::Serialize;
use types::catalogue::{
    AlternativeInput, ArtistContent, ArtistInput, Availability, ChapterInput, ImageInput,
    LinkInput, OfferInput, PlacementInput, PriceInput, ProductContent, ProductInput, RetailerInput,
    ReviewStatus, Status, Tier, TimeInput, VideoContent, VideoInput,
};

use super::*;
use crate::v1::catalogue::members::{MemberErrors, Shape, check};

/// Asserts that the JSON of a value has these members and no others.
#[track_caller]
fn assert_names(value: &impl Serialize, members: Members) {
    let value = members_of(serde_json::to_value(value).unwrap());
    let mut names: Vec<_> = value.keys().map(String::as_str).collect();
    let mut known: Vec<_> = members.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    known.sort_unstable();
    assert_eq!(names, known);
}

#[track_caller]
fn rows(members: Members, list: &str) -> Members {
    let found = members.iter().find(|(name, _)| *name == list);
    match found.unwrap() {
        (_, Shape::Rows(members)) => members,
        (_, shape) => panic!("{list} is {shape:?}"),
    }
}

#[test]
fn members_are_those_of_the_inputs_at_every_depth() {
    assert_names(&ArtistInput::default(), ArtistContent::MEMBERS);
    assert_names(&LinkInput::default(), rows(ArtistContent::MEMBERS, "links"));
    assert_names(&VideoInput::default(), VideoContent::MEMBERS);
    assert_names(
        &ChapterInput::default(),
        rows(VideoContent::MEMBERS, "chapters"),
    );
    assert_names(
        &PlacementInput::default(),
        rows(VideoContent::MEMBERS, "placements"),
    );
    assert_names(&ProductInput::default(), ProductContent::MEMBERS);
    assert_names(
        &ImageInput::default(),
        rows(ProductContent::MEMBERS, "images"),
    );
    assert_names(
        &OfferInput::default(),
        rows(ProductContent::MEMBERS, "offers"),
    );
    assert_names(
        &AlternativeInput::default(),
        rows(ProductContent::MEMBERS, "alternatives"),
    );
    assert_names(&RetailerInput::default(), RetailerState::MEMBERS);
}

/// Asserts that the JSON of an entity, without the members that only the server sets, is accepted as
/// a body.
#[track_caller]
fn assert_comes_back<R: Resource>(content: &R, only_server: &[&str]) -> Value {
    let mut shown = content.to_json_members();
    for name in only_server {
        shown.remove(*name).unwrap();
    }
    let mut refused = MemberErrors::default();
    check(&shown, R::MEMBERS, "", &mut refused);
    refused.into_result().unwrap();
    assert_eq!(shown.len(), R::MEMBERS.len(), "{shown:?}");
    shown.into()
}

#[test]
fn a_video_that_is_shown_is_the_video_that_is_taken() {
    let id = "prd_0123456789abcdef0123456789abcdef";
    let input = VideoInput {
        title: "A walk".to_owned(),
        url: "https://youtu.be/dQw4w9WgXcQ".to_owned(),
        duration: TimeInput::Millis(90_500),
        published_on: "2026-11-23".to_owned(),
        chapters: vec![ChapterInput {
            start: TimeInput::Millis(0),
            title: "Out".to_owned(),
        }]
        .into(),
        placements: vec![PlacementInput {
            product_id: id.to_owned(),
            start: TimeInput::Millis(1500),
            ..PlacementInput::default()
        }],
        status: Status::Published,
        ..VideoInput::default()
    };
    let content = input.check().unwrap();
    let shown = assert_comes_back(&content, &[]);
    assert_eq!(shown["duration"], 90_500);
    assert_eq!(shown["placements"][0]["start"], 1500);
    let shown = crate::v1::catalogue::members::without_nulls(shown);
    let again: VideoInput = serde_json::from_value(shown).unwrap();
    assert_eq!(again.check().unwrap(), content);
}

#[test]
fn a_product_that_is_shown_is_the_product_that_is_taken() {
    for availability in [
        Availability::Unknown,
        Availability::InStock,
        Availability::OutOfStock,
        Availability::PreOrder,
        Availability::Discontinued,
    ] {
        let input = ProductInput {
            name: "A lens".to_owned(),
            offers: vec![OfferInput {
                url: "https://shop.example/lens".to_owned(),
                price: PriceInput::Minor {
                    minor: 1999,
                    currency: "EUR".to_owned(),
                },
                availability,
                ..OfferInput::default()
            }],
            alternatives: [Tier::Cheaper, Tier::Dearer]
                .into_iter()
                .zip("ab".chars())
                .map(|(tier, end)| AlternativeInput {
                    product_id: format!("prd_0123456789abcdef0123456789abcde{end}"),
                    tier,
                })
                .collect(),
            ..ProductInput::default()
        };
        let content = input.check().unwrap();
        let shown = assert_comes_back(&content, &[]);
        assert_eq!(shown["offers"][0]["price"]["minor"], 1999);
        let shown = crate::v1::catalogue::members::without_nulls(shown);
        let again: ProductInput = serde_json::from_value(shown).unwrap();
        assert_eq!(again.check().unwrap(), content);
    }
}

#[test]
fn artists_and_retailers_that_are_shown_are_those_that_are_taken() {
    let artist = ArtistInput {
        name: "Ada".to_owned(),
        links: vec![LinkInput {
            label: "Home".to_owned(),
            url: "https://ada.example/".to_owned(),
        }],
        ..ArtistInput::default()
    };
    assert_comes_back(&artist.check().unwrap(), &[]);
    let retailer = RetailerInput {
        name: "Shop".to_owned(),
        domains: vec!["shop.example".to_owned()],
        ..RetailerInput::default()
    };
    let kept = RetailerState {
        retailer: retailer.check().unwrap(),
        review_status: ReviewStatus::Proposed,
    };
    assert_comes_back(&kept, &["standing"]);
}
