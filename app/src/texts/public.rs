//! Texts of the public pages.

use types::catalogue::Availability;

/// Texts of the public pages.
pub(crate) struct PublicTexts {
    pub(crate) home: HomeTexts,
    pub(crate) artists: ListTexts,
    pub(crate) videos: ListTexts,
    pub(crate) products: ListTexts,
    pub(crate) newest: NewestTexts,
    pub(crate) card: CardTexts,
    pub(crate) paging: PagingTexts,
    pub(crate) artist: ArtistTexts,
    pub(crate) video: VideoTexts,
    pub(crate) product: ProductTexts,
    pub(crate) offers: OfferTexts,
    pub(crate) search: SearchTexts,
    pub(crate) unapproved_retailer: UnapprovedRetailerTexts,
    pub(crate) leaving: LeavingTexts,
}

/// The home page.
pub(crate) struct HomeTexts {
    pub(crate) title: &'static str,
    pub(crate) eyebrow: &'static str,
    pub(crate) heading: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) start: &'static str,
    pub(crate) open_studio: &'static str,
    pub(crate) have_account: &'static str,
    pub(crate) picture: &'static str,
    pub(crate) caption: &'static str,
    pub(crate) how_heading: &'static str,
    pub(crate) steps: [(&'static str, &'static str); 3],
    pub(crate) promise_heading: &'static str,
    pub(crate) promises: [(&'static str, &'static str); 3],
}

/// The list of a kind.
pub(crate) struct ListTexts {
    pub(crate) title: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) description: &'static str,
    /// The number of entities in a sentence.
    pub(crate) count: fn(u64) -> String,
    pub(crate) empty: &'static str,
    /// The link to the complete list, with its number of entities.
    pub(crate) all: fn(u64) -> String,
}

/// The newest entities on the home page.
pub(crate) struct NewestTexts {
    pub(crate) videos: &'static str,
    pub(crate) products: &'static str,
    pub(crate) unavailable: &'static str,
}

/// A card in a list.
pub(crate) struct CardTexts {
    pub(crate) by: fn(&str) -> String,
    pub(crate) duration: &'static str,
    /// The lowest of several prices.
    pub(crate) from: fn(&str) -> String,
    pub(crate) or: &'static str,
    pub(crate) at_shops: fn(u32) -> String,
    pub(crate) no_shop: &'static str,
}

/// The pagination of a list.
pub(crate) struct PagingTexts {
    pub(crate) label: &'static str,
    pub(crate) previous: &'static str,
    pub(crate) next: &'static str,
    pub(crate) position: fn(u32, u32) -> String,
    /// The title of a page after the first one.
    pub(crate) title: fn(&str, u32) -> String,
}

/// The page of an artist.
pub(crate) struct ArtistTexts {
    pub(crate) eyebrow: &'static str,
    pub(crate) links: &'static str,
    pub(crate) videos: &'static str,
    pub(crate) products: &'static str,
    pub(crate) empty: &'static str,
    pub(crate) description: fn(&str) -> String,
}

/// The page of a video.
pub(crate) struct VideoTexts {
    pub(crate) title: fn(&str, &str) -> String,
    pub(crate) by: &'static str,
    pub(crate) watch: fn(&str) -> String,
    /// The label of the same link where hydration replaces it with the player.
    pub(crate) play: fn(&str) -> String,
    /// The label of the link with its start time.
    pub(crate) from: fn(&str, &str) -> String,
    /// The accessible name of the player's frame.
    pub(crate) frame: &'static str,
    pub(crate) no_link: &'static str,
    pub(crate) published: &'static str,
    /// A date; the month counts from 1.
    pub(crate) day: fn(&str, usize, &str) -> String,
    pub(crate) products: &'static str,
    pub(crate) no_products: &'static str,
    pub(crate) chapters: &'static str,
    pub(crate) about: &'static str,
    pub(crate) jump: fn(&str) -> String,
    pub(crate) span: fn(&str, &str) -> String,
    pub(crate) somewhere: &'static str,
    pub(crate) description: fn(&str, usize) -> String,
}

/// The page of a product.
pub(crate) struct ProductTexts {
    pub(crate) title: fn(&str, &str) -> String,
    pub(crate) shown_by: &'static str,
    pub(crate) about: &'static str,
    pub(crate) details: &'static str,
    pub(crate) brand: &'static str,
    pub(crate) gtin: &'static str,
    pub(crate) alternatives: &'static str,
    pub(crate) cheaper: &'static str,
    pub(crate) dearer: &'static str,
    pub(crate) videos: &'static str,
    pub(crate) no_picture: &'static str,
    /// Takes the host of the picture.
    pub(crate) picture_not_shown: fn(&str) -> String,
    pub(crate) description: fn(&str) -> String,
}

/// The offers of a product.
pub(crate) struct OfferTexts {
    pub(crate) heading: &'static str,
    pub(crate) disclosure: fn(&str) -> String,
    pub(crate) context: fn(&str) -> String,
    pub(crate) unchecked: &'static str,
    pub(crate) no_price: &'static str,
    pub(crate) none: &'static str,
    pub(crate) availability: fn(Availability) -> &'static str,
    pub(crate) range: fn(&str, &str) -> String,
}

/// The search page.
pub(crate) struct SearchTexts {
    pub(crate) title: &'static str,
    pub(crate) title_of: fn(&str) -> String,
    pub(crate) label: &'static str,
    pub(crate) hint: &'static str,
    pub(crate) button: &'static str,
    pub(crate) kinds: &'static str,
    pub(crate) everything: &'static str,
    pub(crate) empty: &'static str,
    pub(crate) ways: &'static str,
    pub(crate) nothing: fn(&str) -> String,
    pub(crate) advice: &'static str,
    pub(crate) found: fn(u64) -> String,
}

/// The page instead of a redirect to a retailer that is not approved.
pub(crate) struct UnapprovedRetailerTexts {
    pub(crate) title: &'static str,
    pub(crate) heading: &'static str,
    /// Takes the domain of the shop.
    pub(crate) lead: fn(&str) -> String,
    pub(crate) why: &'static str,
    pub(crate) back: fn(&str) -> String,
}

/// The leave page: the warning before a host that is not approved.
pub(crate) struct LeavingTexts {
    pub(crate) title: fn(&str) -> String,
    pub(crate) heading: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) unicode: &'static str,
    pub(crate) alike: &'static str,
    pub(crate) unchecked: &'static str,
    pub(crate) back: &'static str,
    pub(crate) onward: fn(&str) -> String,
    pub(crate) whole: &'static str,
}
