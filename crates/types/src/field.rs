//! Fields of forms, and why their values are refused.

mod errors;
mod path;
mod reason;

use serde::{Deserialize, Serialize};

pub use errors::FieldErrors;
pub use reason::Reason;

/// A field of a form or of a JSON body.
///
/// One enum names the fields of all forms. An error is thereby the same value wherever it appears: at
/// a JSON path ([`path`](Field::path)), at the name of an input ([`form_name`](Field::form_name)), as
/// a label and as a sentence; and each of these is a `match` that the compiler keeps complete. A new
/// field is a variant here, a line in `field/path.rs`, and a label in the texts of `app`.
///
/// A field of a row carries the number of its row, from 0.
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
    /// The list `links` as a whole.
    Links,
    /// The list `chapters` as a whole.
    Chapters,
    /// The list `placements` as a whole.
    Placements,
    /// The list `images` as a whole.
    Images,
    /// The list `attributes` as a whole.
    Attributes,
    /// The list `offers` as a whole.
    Offers,
    /// The list `alternatives` as a whole.
    Alternatives,
    /// The list `domains` as a whole.
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
