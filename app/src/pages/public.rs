//! The catalogue as everybody sees it. These pages are one part of the browser's program.

pub mod address;
mod artist;
mod card;
mod home;
mod json_ld;
#[cfg(feature = "ssr")]
pub mod leaving;
mod list;
mod meta;
mod moment;
mod offer;
mod paging;
mod player;
mod poster;
mod price;
mod product;
mod search;
mod search_form;
#[cfg(feature = "ssr")]
pub mod unapproved_retailer;
mod video;

use leptos::prelude::*;
use types::pages::PublicKind;

#[cfg(feature = "ssr")]
pub(crate) use self::poster::provider;
use self::{card::cards, meta::Meta};

/// A public page.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PublicPage {
    Home,
    List(PublicKind),
    Artist,
    Video,
    Product,
    Search,
}

/// Shows a public page.
pub(crate) fn public(page: PublicPage) -> AnyView {
    match page {
        PublicPage::Home => home::page(),
        PublicPage::List(kind) => list::page(kind),
        PublicPage::Artist => artist::page(),
        PublicPage::Video => video::page(),
        PublicPage::Product => product::page(),
        PublicPage::Search => search::page(),
    }
}
