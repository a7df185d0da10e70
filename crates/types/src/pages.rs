//! Models of the pages. The domain and the server functions build them, `app` renders them.
//!
//! Everybody who may see a page can read its whole model, for example in the browser's tools. So a
//! model has no field that its page does not show: no id of an entity, unless the page links to it by
//! that id, nothing of a draft, and no stored URL of an unapproved host, except in the page that names
//! it.

mod artist_page;
mod artist_ref;
mod card;
mod card_list;
mod destination;
mod excerpt;
mod foreign_link;
mod foreign_picture;
mod foreign_video;
mod home_page;
mod leaving_page;
mod page_lookup;
mod paging;
mod product_card;
mod product_page;
mod public_kind;
mod public_offer;
mod search_page;
pub mod studio;
mod studio_overview;
mod text_segment;
mod unapproved_retailer_page;
mod video_page;
mod visibility;

pub use artist_page::ArtistPage;
pub use artist_ref::ArtistRef;
pub use card::{ArtistCard, Card, VideoCard};
pub use card_list::CardList;
pub use destination::Destination;
pub use excerpt::excerpt;
pub use foreign_link::{ForeignLink, LinkTarget};
pub use foreign_picture::ForeignPicture;
pub use foreign_video::{ForeignVideo, Playback, PlayerSource, WatchTarget};
pub use home_page::HomePage;
pub use leaving_page::{LeavingPage, LinkingEntity};
pub use page_lookup::PageLookup;
pub use paging::{Paged, Paging};
pub use product_card::{PriceRange, ProductCard};
pub use product_page::{ProductAlternative, ProductAppearance, ProductPage};
pub use public_kind::PublicKind;
pub use public_offer::PublicOffer;
pub use search_page::{SearchGroup, SearchHit, SearchPage};
pub use studio_overview::{EntitySummary, HiddenEntity, StudioOverview};
pub use text_segment::TextSegment;
pub use unapproved_retailer_page::UnapprovedRetailerPage;
pub use video_page::{PublicPlacement, VideoPage};
pub use visibility::Visibility;

#[cfg(test)]
mod tests;
