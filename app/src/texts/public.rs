//! Texts of the public pages.

use types::catalogue::Availability;

/// Texts of the public pages.
pub(crate) struct Public {
    pub(crate) home: Home,
    pub(crate) artists: List,
    pub(crate) videos: List,
    pub(crate) products: List,
    pub(crate) newest: Newest,
    pub(crate) card: Card,
    pub(crate) paging: Paging,
    pub(crate) artist: Artist,
    pub(crate) video: Video,
    pub(crate) product: Product,
    pub(crate) offers: Offers,
    pub(crate) search: Search,
    pub(crate) unapproved_retailer: UnapprovedRetailer,
    pub(crate) leaving: Leaving,
}

/// The home page.
pub(crate) struct Home {
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
pub(crate) struct List {
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
pub(crate) struct Newest {
    pub(crate) videos: &'static str,
    pub(crate) products: &'static str,
    pub(crate) unavailable: &'static str,
}

/// A card in a list.
pub(crate) struct Card {
    pub(crate) by: fn(&str) -> String,
    pub(crate) duration: &'static str,
    /// The lowest of several prices.
    pub(crate) from: fn(&str) -> String,
    pub(crate) or: &'static str,
    pub(crate) at_shops: fn(u32) -> String,
    pub(crate) no_shop: &'static str,
}

/// The pagination of a list.
pub(crate) struct Paging {
    pub(crate) label: &'static str,
    pub(crate) previous: &'static str,
    pub(crate) next: &'static str,
    pub(crate) position: fn(u32, u32) -> String,
    /// The title of a page after the first one.
    pub(crate) title: fn(&str, u32) -> String,
}

/// The page of an artist.
pub(crate) struct Artist {
    pub(crate) eyebrow: &'static str,
    pub(crate) links: &'static str,
    pub(crate) videos: &'static str,
    pub(crate) products: &'static str,
    pub(crate) empty: &'static str,
    pub(crate) description: fn(&str) -> String,
}

/// The page of a video.
pub(crate) struct Video {
    pub(crate) title: fn(&str, &str) -> String,
    pub(crate) by: &'static str,
    pub(crate) watch: fn(&str) -> String,
    /// The same where hydration replaces the link with the player.
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
pub(crate) struct Product {
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
pub(crate) struct Offers {
    pub(crate) heading: &'static str,
    pub(crate) disclosure: fn(&str) -> String,
    pub(crate) visit: fn(&str) -> String,
    pub(crate) unchecked: &'static str,
    pub(crate) no_price: &'static str,
    pub(crate) none: &'static str,
    pub(crate) availability: fn(Availability) -> &'static str,
    pub(crate) range: fn(&str, &str) -> String,
}

/// The search page.
pub(crate) struct Search {
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
pub(crate) struct UnapprovedRetailer {
    pub(crate) title: &'static str,
    pub(crate) heading: &'static str,
    /// Takes the domain of the shop.
    pub(crate) lead: fn(&str) -> String,
    pub(crate) why: &'static str,
    pub(crate) back: fn(&str) -> String,
}

/// The leave page: the warning before a host that is not approved.
pub(crate) struct Leaving {
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
