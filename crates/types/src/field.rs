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
/// A field that is there once for each row of a list carries the number of its row, from 0. Only
/// fields of an account travel as data between our programs: what is wrong in a form of the
/// catalogue travels as the page that shows it.
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
    #[serde(skip)]
    Name,
    /// `title`
    #[serde(skip)]
    Title,
    /// `slug`
    #[serde(skip)]
    Slug,
    /// `bio`
    #[serde(skip)]
    Bio,
    /// `disclosure`
    #[serde(skip)]
    Disclosure,
    /// `description`
    #[serde(skip)]
    Description,
    /// `url`
    #[serde(skip)]
    Url,
    /// `duration`
    #[serde(skip)]
    Duration,
    /// `published_on`
    #[serde(skip)]
    PublishedOn,
    /// `brand`
    #[serde(skip)]
    Brand,
    /// `gtin`
    #[serde(skip)]
    Gtin,
    /// `homepage`
    #[serde(skip)]
    Homepage,
    /// `links`, as a whole
    #[serde(skip)]
    Links,
    /// `chapters`, as a whole
    #[serde(skip)]
    Chapters,
    /// `placements`, as a whole
    #[serde(skip)]
    Placements,
    /// `images`, as a whole
    #[serde(skip)]
    Images,
    /// `attributes`, as a whole
    #[serde(skip)]
    Attributes,
    /// `offers`, as a whole
    #[serde(skip)]
    Offers,
    /// `alternatives`, as a whole
    #[serde(skip)]
    Alternatives,
    /// `domains`, as a whole
    #[serde(skip)]
    Domains,
    /// `links[…].label`
    #[serde(skip)]
    LinkLabel(u16),
    /// `links[…].url`
    #[serde(skip)]
    LinkUrl(u16),
    /// `chapters[…].start`
    #[serde(skip)]
    ChapterStart(u16),
    /// `chapters[…].title`
    #[serde(skip)]
    ChapterTitle(u16),
    /// `placements[…].product_id`
    #[serde(skip)]
    PlacementProductId(u16),
    /// `placements[…].start`
    #[serde(skip)]
    PlacementStart(u16),
    /// `placements[…].end`
    #[serde(skip)]
    PlacementEnd(u16),
    /// `placements[…].note`
    #[serde(skip)]
    PlacementNote(u16),
    /// `images[…].url`
    #[serde(skip)]
    ImageUrl(u16),
    /// `images[…].alt`
    #[serde(skip)]
    ImageAlt(u16),
    /// `attributes[…].name`
    #[serde(skip)]
    AttributeName(u16),
    /// `attributes[…].value`
    #[serde(skip)]
    AttributeValue(u16),
    /// `offers[…].retailer_id`
    #[serde(skip)]
    OfferRetailerId(u16),
    /// `offers[…].url`
    #[serde(skip)]
    OfferUrl(u16),
    /// `offers[…].price.minor`
    #[serde(skip)]
    OfferAmount(u16),
    /// `offers[…].price.currency`
    #[serde(skip)]
    OfferCurrency(u16),
    /// `alternatives[…].product_id`
    #[serde(skip)]
    AlternativeProductId(u16),
    /// `domains[…]`
    #[serde(skip)]
    Domain(u16),
}
