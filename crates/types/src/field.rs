//! Fields of forms, and why a value in one is refused.

mod errors;
mod place;
mod reason;

use serde::{Deserialize, Serialize};

pub use errors::FieldErrors;
pub use reason::Reason;

/// A field of a form. Its place in JSON is its [`path`](Field::path), and what it is called in HTML is
/// the same path in the spelling of forms, its [`form_name`](Field::form_name).
///
/// A field that is there once for each row of a list carries the number of its row, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// `email_address`
    EmailAddress,
    /// `password`
    Password,
    /// `first_name`
    FirstName,
    /// `last_name`
    LastName,
    /// `name`
    Name,
    /// `title`
    Title,
    /// `slug`
    Slug,
    /// `bio`
    Bio,
    /// `disclosure`
    Disclosure,
    /// `description`
    Description,
    /// `url`
    Url,
    /// `duration`
    Duration,
    /// `published_on`
    PublishedOn,
    /// `brand`
    Brand,
    /// `gtin`
    Gtin,
    /// `homepage`
    Homepage,
    /// `links`, as a whole
    Links,
    /// `chapters`, as a whole
    Chapters,
    /// `placements`, as a whole
    Placements,
    /// `images`, as a whole
    Images,
    /// `attributes`, as a whole
    Attributes,
    /// `offers`, as a whole
    Offers,
    /// `alternatives`, as a whole
    Alternatives,
    /// `domains`, as a whole
    Domains,
    /// `links[…].label`
    LinkLabel(u16),
    /// `links[…].url`
    LinkUrl(u16),
    /// `chapters[…].start`
    ChapterStart(u16),
    /// `chapters[…].title`
    ChapterTitle(u16),
    /// `placements[…].product_id`
    PlacementProductId(u16),
    /// `placements[…].start`
    PlacementStart(u16),
    /// `placements[…].end`
    PlacementEnd(u16),
    /// `placements[…].note`
    PlacementNote(u16),
    /// `images[…].url`
    ImageUrl(u16),
    /// `images[…].alt`
    ImageAlt(u16),
    /// `attributes[…].name`
    AttributeName(u16),
    /// `attributes[…].value`
    AttributeValue(u16),
    /// `offers[…].retailer_id`
    OfferRetailerId(u16),
    /// `offers[…].url`
    OfferUrl(u16),
    /// `offers[…].price.minor`
    OfferAmount(u16),
    /// `offers[…].price.currency`
    OfferCurrency(u16),
    /// `alternatives[…].product_id`
    AlternativeProductId(u16),
    /// `domains[…]`
    Domain(u16),
}
