//! The public pages of the catalogue. They form one chunk of the WebAssembly program.

pub mod address;
mod artist;
mod card;
mod destination;
mod home;
mod json_ld;
mod leaving;
mod list;
mod meta;
mod offer;
mod paging;
mod poster;
mod price;
mod product;
mod search;
mod search_form;
mod unapproved_retailer;
mod video;
mod video_time;

use leptos::{
    prelude::*,
    wasm_split::{SplitLoaderError, wasm_split},
};
use types::pages::PublicKind;

pub(crate) use self::poster::provider;
use self::{card::cards, meta::PageMeta};
use crate::chunks::lazy_route;

/// A public page.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PublicPage {
    Home,
    List(PublicKind),
    Artist,
    Video,
    Product,
    Search,
    Leaving,
    UnapprovedRetailer,
}

/// Renders a public page. There is one function for all of them because each split function becomes
/// a file, and code that two of them share becomes a third.
#[wasm_split(public, wasm_split_path = leptos::wasm_split, fallible, preload(preload))]
pub(crate) fn public(page: PublicPage) -> Result<AnyView, SplitLoaderError> {
    Ok(match page {
        PublicPage::Home => home::page(),
        PublicPage::List(kind) => list::page(kind),
        PublicPage::Artist => artist::page(),
        PublicPage::Video => video::page(),
        PublicPage::Product => product::page(),
        PublicPage::Search => search::page(),
        PublicPage::Leaving => leaving::page(),
        PublicPage::UnapprovedRetailer => unapproved_retailer::page(),
    })
}

lazy_route!(HomeRoute, public(PublicPage::Home));
lazy_route!(VideosRoute, public(PublicPage::List(PublicKind::Video)));
lazy_route!(ProductsRoute, public(PublicPage::List(PublicKind::Product)));
lazy_route!(ArtistsRoute, public(PublicPage::List(PublicKind::Artist)));
lazy_route!(ArtistRoute, public(PublicPage::Artist));
lazy_route!(VideoRoute, public(PublicPage::Video));
lazy_route!(ProductRoute, public(PublicPage::Product));
lazy_route!(SearchRoute, public(PublicPage::Search));
lazy_route!(LeaveRoute, public(PublicPage::Leaving));
lazy_route!(GoRoute, public(PublicPage::UnapprovedRetailer));
