//! The English labels and hints of the studio's fields.

use types::Field;

use crate::texts::studio::FieldTexts;

/// Label and hint of a field.
pub(super) fn label(field: Field) -> FieldTexts {
    let (label, hint) = match field {
        Field::EmailAddress | Field::Password | Field::FirstName | Field::LastName => ("", ""),
        Field::Name => ("Name", ""),
        Field::Title => ("Title", ""),
        Field::Slug => (
            "Short name in the address",
            "Small letters, digits and hyphens. Left empty, it is made of the name. A former one still leads here.",
        ),
        Field::Bio => ("About the artist", ""),
        Field::Disclosure => (
            "Note on earnings",
            "What viewers read before the first link to a shop. Left empty, they read our own sentence.",
        ),
        Field::Description => ("Description", ""),
        Field::Url => (
            "Link of the video",
            "From YouTube, Vimeo, PeerTube or anywhere else.",
        ),
        Field::Duration => ("Length", "Minutes and seconds, like 12:34."),
        Field::PublishedOn => ("Published there on", "Like 2026-11-23."),
        Field::Brand => ("Brand", ""),
        Field::Gtin => (
            "Number below the barcode",
            "The GTIN: 8, 12, 13 or 14 digits, or an ISBN.",
        ),
        Field::Homepage => ("Home page", ""),
        Field::Links => ("Links", "Where else the artist is to be found."),
        Field::Chapters => ("Chapters", "One on each line: 1:23 and its title."),
        Field::Placements => (
            "Products in it",
            "Without a time a product is in it all along.",
        ),
        Field::Images => (
            "Pictures",
            "Links to pictures elsewhere. Say in words what is to be seen, for those who do not see it.",
        ),
        Field::Attributes => ("Facts", "Colour, size, material: what people ask."),
        Field::Offers => ("Offers", "Who sells it. The shop is found by the link."),
        Field::Alternatives => (
            "Alternatives",
            "Other products of the artist that do the same.",
        ),
        Field::Domains => (
            "Domains",
            "By them a link is known to lead to this shop: shop.example.",
        ),
        Field::LinkLabel(_) => ("What it is", ""),
        Field::LinkUrl(_) | Field::OfferUrl(_) => ("Link", ""),
        Field::ChapterStart(_) | Field::ChapterTitle(_) => ("Chapters", ""),
        Field::PlacementProductId(_) | Field::AlternativeProductId(_) => ("Product", ""),
        Field::PlacementStart(_) => ("From", ""),
        Field::PlacementEnd(_) => ("To", ""),
        Field::PlacementNote(_) => ("Note", ""),
        Field::ImageUrl(_) => ("Link of the picture", ""),
        Field::ImageAlt(_) => ("In words", ""),
        Field::AttributeName(_) => ("Fact", ""),
        Field::AttributeValue(_) => ("Value", ""),
        Field::OfferRetailerId(_) => ("Shop", ""),
        Field::OfferAmount(_) => ("Price", ""),
        Field::OfferCurrency(_) => ("Currency", ""),
        Field::Domain(_) => ("Domain", ""),
    };
    FieldTexts {
        label,
        hint: (!hint.is_empty()).then_some(hint),
    }
}

/// The name of a row of a list.
pub(super) fn row(list: Field) -> &'static str {
    match list {
        Field::Links => "Link",
        Field::Placements => "Product",
        Field::Images => "Picture",
        Field::Attributes => "Fact",
        Field::Offers => "Offer",
        Field::Alternatives => "Alternative",
        Field::Domains => "Domain",
        _ => "Row",
    }
}
