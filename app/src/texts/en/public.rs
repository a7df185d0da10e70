//! The English texts of the public pages.

use types::catalogue::Availability;

use super::MONTHS;
use crate::texts::public::{
    ArtistTexts, CardTexts, HomeTexts, ListTexts, NewestTexts, OfferTexts, PagingTexts,
    ProductTexts, PublicTexts, SearchTexts, VideoTexts,
};
use crate::texts::public::{LeavingTexts, UnapprovedRetailerTexts};

pub(in crate::texts) static PUBLIC: PublicTexts = PublicTexts {
    home: HOME,
    artists: ListTexts {
        title: "Artists",
        lead: "The people who make the videos, and say where things are from.",
        description: "Everybody who shows where to buy what is in their videos.",
        count: |count| counted(count, "artist", "artists"),
        empty: "Nobody has published anything yet. This is where they will be.",
        all: |count| format!("All {}", counted(count, "artist", "artists")),
    },
    videos: ListTexts {
        title: "Videos",
        lead: "Each with the things that are in it, pinned to the second.",
        description: "Videos with the products that are in them, each at its time.",
        count: |count| counted(count, "video", "videos"),
        empty: "No video has been published yet. This is where they will be.",
        all: |count| format!("All {}", counted(count, "video", "videos")),
    },
    products: ListTexts {
        title: "Products",
        lead: "Things that somebody showed in a video, with the shops that sell them.",
        description: "Products from videos, with the shops that sell them and what they ask.",
        count: |count| counted(count, "product", "products"),
        empty: "No product has been published yet. This is where they will be.",
        all: |count| format!("All {}", counted(count, "product", "products")),
    },
    newest: NewestTexts {
        videos: "New videos",
        products: "New products",
        unavailable: "What is new cannot be read just now. It is safe; please come back in a moment.",
    },
    card: CardTexts {
        by: |artist| format!("by {artist}"),
        duration: "Length",
        from: |price| format!("from {price}"),
        or: " or ",
        at_shops: |count| format!("at {}", counted(count.into(), "shop", "shops")),
        no_shop: "No shop yet",
    },
    paging: PagingTexts {
        label: "Pages",
        previous: "Previous",
        next: "Next",
        position: |page, pages| format!("Page {page} of {pages}"),
        title: |title, page| format!("{title}, page {page}"),
    },
    artist: ArtistTexts {
        eyebrow: "Artist",
        links: "Elsewhere",
        videos: "Videos",
        products: "Products",
        empty: "Nothing is published here yet.",
        description: |name| format!("Videos by {name}, and the products that are in them."),
    },
    video: VideoTexts {
        title: |title, artist| format!("{title}, by {artist}"),
        by: "by",
        watch: |provider| format!("Watch on {provider}"),
        play: |provider| format!("Play, from {provider}"),
        from: |label, time| format!("{label}, from {time} on"),
        frame: "The video",
        no_link: "This video has no link yet.",
        published: "Published",
        day: |year, month, day| {
            let month = MONTHS.get(month.wrapping_sub(1)).unwrap_or(&"");
            format!("{} {month} {year}", day.trim_start_matches('0'))
        },
        products: "In this video",
        no_products: "Nothing is pinned to this video yet.",
        chapters: "Chapters",
        about: "About this video",
        jump: |time| format!("Jump to {time}"),
        span: |start, end| format!("Jump to {start}, shown until {end}"),
        somewhere: "Untimed",
        description: |artist, count| {
            let products = counted(count as u64, "product", "products");
            format!("A video by {artist}, with {products} and where to buy what is in it.")
        },
    },
    product: ProductTexts {
        title: |name, brand| match brand {
            "" => name.to_owned(),
            brand => format!("{name}, {brand}"),
        },
        shown_by: "Shown by",
        about: "About it",
        details: "Details",
        brand: "Brand",
        gtin: "GTIN",
        alternatives: "Instead of it",
        cheaper: "Costs less",
        dearer: "Costs more",
        videos: "Seen in",
        no_picture: "There is no picture of it yet.",
        picture_not_shown: |host| format!("Pictures from {host} are not shown here."),
        description: |artist| format!("Shown by {artist}, with the shops that sell it."),
    },
    offers: OfferTexts {
        heading: "Where to buy it",
        disclosure: |artist| {
            format!(
                "Links may pay a commission to {artist} when you buy something. It costs you \
                 nothing more."
            )
        },
        context: |shop| format!("Go to {shop}"),
        unchecked: "Shop not approved",
        no_price: "Price at the shop",
        none: "Nobody has said yet where it can be bought.",
        availability: |availability| match availability {
            Availability::Unknown => "",
            Availability::InStock => "In stock",
            Availability::OutOfStock => "Out of stock",
            Availability::PreOrder => "To be ordered ahead",
            Availability::Discontinued => "No longer made",
        },
        range: |low, high| format!("{low} to {high}"),
    },
    search: SearchTexts {
        title: "Search",
        title_of: |words| format!("“{words}”"),
        label: "Search for",
        hint: "A video, a product, a brand or a name; the beginning of a word is enough.",
        button: "Search",
        kinds: "What to search in",
        everything: "Everything",
        empty: "Type what you remember: a thing, a brand, who showed it.",
        ways: "Or look around:",
        nothing: |words| format!("Nothing was found for “{words}”."),
        advice: "Every word has to fit. Try fewer words, only the beginning of one, or another \
                 spelling.",
        found: |count| match count {
            0 => "Nothing found".to_owned(),
            count => format!("{} found", counted(count, "result", "results")),
        },
    },
    unapproved_retailer: UnapprovedRetailerTexts {
        title: "Shop not checked yet",
        heading: "We have not looked at this shop yet",
        lead: |domain| format!("The link leads to {domain}, and nobody here has checked that yet."),
        why: "We send people only to shops that somebody here has looked at and approved.",
        back: |product| format!("Back to {product}"),
    },
    leaving: LeavingTexts {
        title: |host| format!("Leaving for {host}"),
        heading: "This link leads to another site",
        lead: "The site behind it is:",
        unicode: "Browsers may show this name as",
        alike: "A letter in such a name can look like another one.",
        unchecked: "Nobody here has checked that site. Go on only if you know it and trust it.",
        back: "Back to",
        onward: |host| format!("Go on to {host}"),
        whole: "The whole address:",
    },
};

const HOME: HomeTexts = HomeTexts {
    title: "Show where it is from",
    eyebrow: "For people who make videos",
    heading: "“Where did you get that?” Answer it once.",
    lead: "Inspired pins the things in your videos to the second they appear, with the shops that \
           sell them and what they ask. Your viewers stop guessing. You stop answering.",
    start: "Create an account",
    open_studio: "Open the studio",
    have_account: "I already have an account",
    picture: "A drawing of a video: three things in the frame carry a pin, each pin has its place \
              on the timeline, and a card beside it lists shops with their prices.",
    caption: "A drawing, not a shop: this is how a video looks once its things are pinned.",
    how_heading: "How it works",
    steps: [
        (
            "Bring a video",
            "It stays where you publish it. Inspired only knows what appears in it, and when.",
        ),
        (
            "Pin what is in it",
            "The lamp at 0:42, the jacket at 3:10: each thing gets its moment on the timeline.",
        ),
        (
            "Say who sells it",
            "Original, cheaper, finer: list the shops side by side and let people choose.",
        ),
    ],
    promise_heading: "Made with care",
    promises: [
        (
            "Links that say what they are",
            "Who may earn from a link is said before the first one, and people are sent only to \
             shops that somebody has looked at.",
        ),
        (
            "Safe by default",
            "Your password is never stored, only a slow hash of it, and a session that you end is \
             over everywhere.",
        ),
        (
            "Light and open",
            "A page is usable after a few kilobytes and loads nothing from anybody else's computers.",
        ),
    ],
};

fn counted(count: u64, one: &str, many: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        _ => format!("{} {many}", grouped(count)),
    }
}

/// A number with thousands separators: `12,345`.
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_is_no_plural() {
        assert_eq!((PUBLIC.videos.count)(0), "0 videos");
        assert_eq!((PUBLIC.videos.count)(1), "1 video");
        assert_eq!((PUBLIC.videos.count)(12_345), "12,345 videos");
        assert_eq!((PUBLIC.search.found)(1_234_567), "1,234,567 results found");
    }

    #[test]
    fn a_day_is_said_as_people_say_it() {
        assert_eq!((PUBLIC.video.day)("2026", 11, "03"), "3 November 2026");
    }
}
