use std::fmt::Debug;

use serde::{Serialize, de::DeserializeOwned};

use super::*;
use crate::catalogue::{
    Attribute, Availability, Chapter, Currency, Day, Gtin, Money, Provider, Tier, Timecode,
};

fn artist() -> ArtistRef {
    ArtistRef {
        name: "Ada".to_owned(),
        slug: "ada".to_owned(),
    }
}

fn time(millis: u32) -> Timecode {
    Timecode::from_millis(millis).unwrap()
}

fn video_card() -> VideoCard {
    VideoCard {
        artist: artist(),
        slug: "film".to_owned(),
        title: "Film".to_owned(),
        duration: Some(time(61_500)),
    }
}

fn price() -> Money {
    Money::from_minor(1_999, Currency::parse("EUR").unwrap().unwrap()).unwrap()
}

fn product_card() -> ProductCard {
    ProductCard {
        artist: artist(),
        slug: "lamp".to_owned(),
        name: "Lamp".to_owned(),
        brand: String::new(),
        prices: vec![PriceRange {
            low: price(),
            high: price(),
            offers: 1,
        }],
        retailers: 1,
    }
}

fn offer() -> PublicOffer {
    PublicOffer {
        id: Some("off_1".to_owned()),
        retailer: "Shop".to_owned(),
        price: Some(price()),
        availability: Availability::InStock,
    }
}

fn list(card: Card) -> CardList {
    CardList {
        cards: vec![card],
        total: 25,
    }
}

fn artist_page() -> ArtistPage {
    ArtistPage {
        artist: artist(),
        bio: "Films lamps.".to_owned(),
        links: vec![ForeignLink {
            label: "Home".to_owned(),
            host: "ada.example".to_owned(),
            target: LinkTarget::LeavePage {
                entity: "art_1".to_owned(),
                digest: "0a".to_owned(),
            },
        }],
        videos: list(Card::Video(video_card())),
        products: list(Card::Product(product_card())),
    }
}

fn video(target: WatchTarget, playback: Playback) -> ForeignVideo {
    ForeignVideo {
        provider: Provider::PeerTube,
        host: "films.example".to_owned(),
        target,
        playback,
        thumbnail: None,
    }
}

fn video_page(video: ForeignVideo) -> VideoPage {
    VideoPage {
        artist: artist(),
        slug: "film".to_owned(),
        title: "Film".to_owned(),
        description: String::new(),
        disclosure: String::new(),
        duration: None,
        published_on: Day::parse("2026-11-30").unwrap(),
        chapters: vec![Chapter {
            start: time(0),
            title: "Start".to_owned(),
        }],
        video: Some(video),
        placements: vec![PublicPlacement {
            start: Some(time(1_000)),
            end: None,
            note: String::new(),
            product: product_card(),
            offer: Some(offer()),
        }],
    }
}

fn product_page() -> ProductPage {
    ProductPage {
        product: product_card(),
        description: "Shines.".to_owned(),
        disclosure: String::new(),
        gtin: Gtin::parse("4006381333931").unwrap(),
        attributes: vec![Attribute {
            name: "Colour".to_owned(),
            value: "Red".to_owned(),
        }],
        pictures: vec![ForeignPicture {
            alt: "A lamp".to_owned(),
            host: "pictures.example".to_owned(),
            url: None,
        }],
        offers: vec![
            offer(),
            PublicOffer {
                id: None,
                ..offer()
            },
        ],
        alternatives: vec![ProductAlternative {
            tier: Tier::Dearer,
            product: product_card(),
        }],
        appearances: vec![ProductAppearance {
            video: video_card(),
            starts: vec![time(1_000)],
        }],
    }
}

fn search_page() -> SearchPage {
    let segment = |text: &str, is_match| TextSegment {
        text: text.to_owned(),
        is_match,
    };
    SearchPage {
        words: "ada lamps".to_owned(),
        kind: Some(PublicKind::Artist),
        paging: Paging::new(1, 1),
        groups: vec![SearchGroup {
            kind: PublicKind::Artist,
            total: 1,
            hits: vec![SearchHit {
                card: Card::Artist(ArtistCard {
                    artist: artist(),
                    bio: "Films lamps.".to_owned(),
                }),
                name: vec![segment("Ada", true)],
                snippet: vec![segment("Films ", false), segment("lamps", true)],
            }],
        }],
    }
}

fn comes_back<T: Serialize + DeserializeOwned + PartialEq + Debug>(page: &T) {
    let json = serde_json::to_string(page).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&json).unwrap(), page, "{json}");
}

#[test]
fn every_public_page_survives_the_way_to_the_browser() {
    comes_back(&artist_page());
    let player = PlayerSource {
        url: "https://films.example/videos/embed/1".to_owned(),
        origin: "https://films.example".to_owned(),
    };
    let direct = WatchTarget::Direct("https://films.example/w/1".to_owned());
    comes_back(&video_page(video(direct, Playback::Player(player))));
    let leave = WatchTarget::LeavePage {
        entity: "vid_1".to_owned(),
        digest: "0a".to_owned(),
        later: vec![(1, "0b".to_owned())],
    };
    comes_back(&video_page(video(leave, Playback::NoPlayer)));
    comes_back(&product_page());
    comes_back(&search_page());
    comes_back(&Destination::Unapproved(UnapprovedRetailerPage {
        artist: artist(),
        slug: "lamp".to_owned(),
        name: "Lamp".to_owned(),
        domain: "shop.example".to_owned(),
    }));
    comes_back(&Destination::<LeavingPage>::Approved {
        url: "https://a.example/".to_owned(),
    });
    comes_back(&Destination::Unapproved(LeavingPage {
        url: "https://a.example/".to_owned(),
        host: "a.example".to_owned(),
        unicode_host: None,
        entity: LinkingEntity::Artist(artist()),
    }));
    comes_back(&HomePage::Newest {
        videos: list(Card::Video(video_card())),
        products: CardList::default(),
    });
    comes_back(&HomePage::Unavailable);
}

#[test]
fn a_page_that_was_found_or_has_moved_survives_the_way_to_the_browser() {
    let paging = Paging::new(1, 25).unwrap();
    comes_back(&PageLookup::Page(Paged {
        paging,
        content: artist_page(),
    }));
    comes_back(&PageLookup::<VideoPage>::Redirect(
        "/videos/ada/film?t=83".to_owned(),
    ));
}

#[test]
fn the_overview_survives_the_way_to_the_browser() {
    let hidden = HiddenEntity {
        id: "vid_1".to_owned(),
        name: "Film".to_owned(),
        visibility: Visibility::ArtistIsDraft,
    };
    comes_back(&StudioOverview {
        artists: EntitySummary::default(),
        videos: EntitySummary {
            total: 1,
            public: 0,
            hidden: vec![hidden],
        },
        products: EntitySummary::default(),
    });
}
