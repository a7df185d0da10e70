//! The sample catalogue is valid.

use std::collections::HashSet;

use super::*;

/// Fails for an empty or repeated slug.
fn unique(slugs: impl Iterator<Item = String>) -> HashSet<String> {
    let mut seen = HashSet::new();
    for slug in slugs {
        assert!(!slug.is_empty() && seen.insert(slug.clone()), "{slug:?}");
    }
    seen
}

#[test]
fn every_thing_passes_its_form_and_has_a_slug_of_its_own() {
    for artist in artists() {
        artist.check().unwrap();
    }
    for (_, video) in videos() {
        let video = video.check().unwrap();
        assert!(
            video.duration.is_some_and(|long| long.millis() >= MINUTE),
            "{video:?}"
        );
    }
    for product in products() {
        product.check().unwrap();
    }
    for retailer in retailers() {
        retailer.check().unwrap();
    }
    let artists = unique(artists().map(|artist| artist.slug));
    assert!(videos().all(|(artist, _)| artists.contains(artist)));
    assert_eq!(artists.len(), 41);
    assert_eq!(
        unique(videos().map(|(artist, video)| format!("{artist}/{}", video.slug))).len(),
        200
    );
    assert_eq!(unique(products().map(|product| product.slug)).len(), 120);
    assert_eq!(unique(retailers().map(|retailer| retailer.slug)).len(), 20);
}

#[test]
fn every_line_has_its_parts_and_all_of_it_is_small() {
    for (text, parts) in [(DIRECTORS, 2), (FILMS, 10), (GEAR, 6), (SHOPS, 5)] {
        for line in text.lines() {
            assert_eq!(
                line.split('\t').filter(|part| !part.is_empty()).count(),
                parts,
                "{line}"
            );
        }
    }
    assert!(DIRECTORS.len() + FILMS.len() + GEAR.len() + SHOPS.len() < 200_000);
}

#[test]
fn nothing_is_said_that_the_sources_do_not_say() {
    assert!(products().all(|product| product.offers.is_empty() && product.gtin.is_empty()));
    assert!(videos().all(|(_, video)| {
        video.placements.is_empty() && video.url.is_empty() && video.published_on.is_empty()
    }));
}
