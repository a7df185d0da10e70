//! The lists within forms, and the names of their fields.

use types::{Field, catalogue::form::Kind};

/// A list within a form.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) list: Field,
    /// What a person types, in the order in which it is shown.
    pub(super) typed: &'static [&'static str],
    /// What else a row says; it is there also in a row that nobody has touched.
    pub(super) given: &'static [&'static str],
    pub(super) order: &'static str,
}

pub(super) const LINKS: Columns = Columns {
    list: Field::Links,
    typed: &["link_label", "link_url"],
    given: &[],
    order: "link_order",
};
pub(super) const PLACEMENTS: Columns = Columns {
    list: Field::Placements,
    typed: &[
        "placement_product_id",
        "placement_start",
        "placement_end",
        "placement_note",
    ],
    given: &[],
    order: "placement_order",
};
pub(super) const IMAGES: Columns = Columns {
    list: Field::Images,
    typed: &["image_url", "image_alt"],
    given: &[],
    order: "image_order",
};
pub(super) const ATTRIBUTES: Columns = Columns {
    list: Field::Attributes,
    typed: &["attribute_name", "attribute_value"],
    given: &[],
    order: "attribute_order",
};
pub(super) const OFFERS: Columns = Columns {
    list: Field::Offers,
    typed: &["offer_url", "offer_amount"],
    given: &["offer_currency", "offer_availability"],
    order: "offer_order",
};
pub(super) const ALTERNATIVES: Columns = Columns {
    list: Field::Alternatives,
    typed: &["alternative_product_id"],
    given: &["alternative_tier"],
    order: "alternative_order",
};
pub(super) const DOMAINS: Columns = Columns {
    list: Field::Domains,
    typed: &["domain"],
    given: &[],
    order: "domain_order",
};

impl Columns {
    /// Everything that a row shows, in its order.
    pub(super) fn shown(&self) -> impl Iterator<Item = &'static str> + Clone {
        self.typed.iter().chain(self.given).copied()
    }
}

/// The fields of a kind of form that are there once, and its lists, as they are shown.
pub(super) fn of(kind: Kind) -> (&'static [Field], &'static [&'static Columns]) {
    match kind {
        Kind::Artist => (
            &[Field::Name, Field::Slug, Field::Bio, Field::Disclosure],
            &[&LINKS],
        ),
        Kind::Video => (
            &[
                Field::Title,
                Field::Url,
                Field::Slug,
                Field::Description,
                Field::Duration,
                Field::PublishedOn,
                Field::Chapters,
            ],
            &[&PLACEMENTS],
        ),
        Kind::Product => (
            &[
                Field::Name,
                Field::Brand,
                Field::Slug,
                Field::Description,
                Field::Gtin,
            ],
            &[&OFFERS, &IMAGES, &ATTRIBUTES, &ALTERNATIVES],
        ),
        Kind::Retailer => (&[Field::Name, Field::Slug, Field::Homepage], &[&DOMAINS]),
    }
}
