//! The catalogue as everybody sees it. These pages are one part of the browser's program.

pub mod address;
mod artist;
mod card;
mod destination;
mod home;
mod json_ld;
mod leaving;
mod list;
mod meta;
mod moment;
mod offer;
mod paging;
mod poster;
mod price;
mod product;
mod search;
mod search_form;
mod unapproved_retailer;
mod video;

use leptos::{
    prelude::*,
    wasm_split::{SplitLoaderError, wasm_split},
};
use leptos_router::LazyRoute;
use types::pages::PublicKind;

#[cfg(feature = "ssr")]
pub(crate) use self::poster::provider;
use self::{card::cards, meta::Meta};
use crate::parts::whole_page;

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

/// Makes a public page. It is one function for all of them, because each function that is cut off
/// becomes a file of its own, and what two of them share a third.
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

/// Declares the route of a public page. The framework's own `#[lazy_route]` panics when a part does not
/// load, and leaves a page whose links are dead (leptos#4347, leptos#4785).
macro_rules! route {
    ($name:ident, $page:expr) => {
        #[derive(Debug)]
        pub(crate) struct $name;

        impl LazyRoute for $name {
            fn data() -> Self {
                Self
            }

            async fn view(_: Self) -> AnyView {
                match public($page).await {
                    Ok(view) => view,
                    Err(_) => whole_page().await,
                }
            }
        }
    };
}

route!(HomeRoute, PublicPage::Home);
route!(VideosRoute, PublicPage::List(PublicKind::Video));
route!(ProductsRoute, PublicPage::List(PublicKind::Product));
route!(ArtistsRoute, PublicPage::List(PublicKind::Artist));
route!(ArtistRoute, PublicPage::Artist);
route!(VideoRoute, PublicPage::Video);
route!(ProductRoute, PublicPage::Product);
route!(SearchRoute, PublicPage::Search);
route!(LeaveRoute, PublicPage::Leaving);
route!(GoRoute, PublicPage::UnapprovedRetailer);
