use time::OffsetDateTime;
use types::catalogue::{
    AttributeInput, ChapterInput, ImageInput, OfferInput, PlacementInput, ProductInput, TimeInput,
    VideoInput,
};

use super::*;
use crate::{catalogue::entities::record::EntityState, clock::ManualClock};

/// Letters of four bytes, the maximum of UTF-8.
fn letters(count: usize) -> String {
    "\u{20000}".repeat(count)
}

fn url(number: usize) -> String {
    let url = format!("https://shop-{number}.example/");
    format!("{url}{}", "a".repeat(2_048 - url.len()))
}

fn slug(number: usize) -> Slug {
    let slug = format!("{number}-{}", "a".repeat(80));
    Slug::parse(&slug[..80], 1, 80).unwrap().unwrap()
}

/// Size of a document with the maximum number of former slugs, in bytes.
fn size<C: Kind>(content: C) -> usize {
    let clock = ManualClock::new(OffsetDateTime::UNIX_EPOCH);
    let mut record = EntityRecord::new("art_1", slug(0), content, "acc_1", &clock);
    (1..=100).for_each(|number| record.rename(slug(number)));
    record.delete("acc_1", &clock);
    let kept = EntityState::Live(Box::new(record));
    serde_json::to_vec(&kept).unwrap().len()
}

#[test]
fn the_largest_product_fits_into_its_collection() {
    let product = ProductInput {
        name: letters(200),
        brand: letters(80),
        description: letters(10_000),
        images: (0..12)
            .map(|number| ImageInput {
                url: url(number),
                alt: letters(300),
            })
            .collect(),
        attributes: (0..50)
            .map(|number| AttributeInput {
                name: format!("{number:02}{}", letters(58)),
                value: letters(300),
            })
            .collect(),
        offers: (0..50)
            .map(|number| OfferInput {
                url: url(number),
                ..OfferInput::default()
            })
            .collect(),
        ..ProductInput::default()
    };
    let size = size(product.check().unwrap());
    assert!((200_000..PRODUCTS.max_body_bytes).contains(&size), "{size}");
}

#[test]
fn the_largest_video_fits_into_its_collection() {
    let video = VideoInput {
        title: letters(200),
        description: letters(10_000),
        chapters: (0..100)
            .map(|number| ChapterInput {
                start: TimeInput::Millis(1_000 * (number + 1)),
                title: letters(100),
            })
            .collect(),
        placements: (0..100)
            .map(|number| PlacementInput {
                product_id: format!("prd_{number:032x}"),
                note: letters(300),
                ..PlacementInput::default()
            })
            .collect(),
        ..VideoInput::default()
    };
    let size = size(video.check().unwrap());
    assert!((200_000..VIDEOS.max_body_bytes).contains(&size), "{size}");
}
