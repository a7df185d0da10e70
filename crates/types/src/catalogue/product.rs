//! A product, with what it looks like and who sells it.

mod alternative;
mod attribute;
mod image;
mod offer;

use serde::{Deserialize, Serialize};

use super::{
    gtin::Gtin,
    rows::{self, Seen},
    slug::Slug,
    status::Status,
    text,
};
use crate::field::{Field, FieldErrors};

pub use alternative::{AlternativeInput, AlternativeLink, Tier};
pub use attribute::{Attribute, AttributeInput};
pub use image::{Image, ImageInput};
pub use offer::{Offer, OfferInput};

/// A product, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProductInput {
    /// Required, 1 to 200 code points.
    pub name: String,
    /// The short name, 1 to 80 characters; empty for one made of the name.
    pub slug: String,
    /// Up to 80 code points.
    pub brand: String,
    /// Up to 10,000 code points on several lines.
    pub description: String,
    /// 8, 12, 13 or 14 digits.
    pub gtin: String,
    /// Up to 12.
    pub images: Vec<ImageInput>,
    /// Up to 50.
    pub attributes: Vec<AttributeInput>,
    /// Up to 50.
    pub offers: Vec<OfferInput>,
    /// Up to 20.
    pub alternatives: Vec<AlternativeInput>,
    /// Whether everybody can see it.
    pub status: Status,
}

/// What is kept of a product.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProductContent {
    /// The name.
    pub name: String,
    /// The short name, where one was chosen.
    pub slug: Option<Slug>,
    /// Who makes it; empty where nobody has said.
    pub brand: String,
    /// What it is, on several lines.
    pub description: String,
    /// Its number in trade.
    pub gtin: Option<Gtin>,
    /// What it looks like; the first stands for it.
    pub images: Vec<Image>,
    /// What else is to be known of it.
    pub attributes: Vec<Attribute>,
    /// Who sells it.
    pub offers: Vec<Offer>,
    /// Other products that do the same.
    pub alternatives: Vec<AlternativeLink>,
    /// Whether everybody can see it.
    pub status: Status,
}

impl ProductInput {
    /// Checks every field.
    ///
    /// # Errors
    /// All refused fields at once.
    pub fn check(&self) -> Result<ProductContent, FieldErrors> {
        let mut errors = FieldErrors::default();
        let name = errors.note(Field::Name, text::required_line(&self.name, 200));
        let slug = errors.note(Field::Slug, Slug::parse(&self.slug, 1, 80));
        let brand = errors.note(Field::Brand, text::line(&self.brand, 80));
        let description = text::lines(&self.description, 10_000);
        let description = errors.note(Field::Description, description);
        let gtin = errors.note(Field::Gtin, Gtin::parse(&self.gtin));
        let images = rows::check(
            &self.images,
            Field::Images,
            12,
            &mut errors,
            ImageInput::check,
        );
        let attributes = self.check_attributes(&mut errors);
        let offers = self.check_offers(&mut errors);
        let alternatives = self.check_alternatives(&mut errors);
        errors.or(ProductContent {
            name: name.unwrap_or_default(),
            slug: slug.flatten(),
            brand: brand.unwrap_or_default(),
            description: description.unwrap_or_default(),
            gtin: gtin.flatten(),
            images,
            attributes,
            offers,
            alternatives,
            status: self.status,
        })
    }

    fn check_attributes(&self, errors: &mut FieldErrors) -> Vec<Attribute> {
        let mut seen = Seen::nothing();
        let check = |typed: &AttributeInput, row, errors: &mut FieldErrors| {
            typed.check(row, &mut seen, errors)
        };
        rows::check(&self.attributes, Field::Attributes, 50, errors, check)
    }

    fn check_offers(&self, errors: &mut FieldErrors) -> Vec<Offer> {
        let mut seen = Seen::nothing();
        let check =
            |typed: &OfferInput, row, errors: &mut FieldErrors| typed.check(row, &mut seen, errors);
        rows::check(&self.offers, Field::Offers, 50, errors, check)
    }

    fn check_alternatives(&self, errors: &mut FieldErrors) -> Vec<AlternativeLink> {
        let mut seen = Seen::nothing();
        let check = |typed: &AlternativeInput, row, errors: &mut FieldErrors| {
            typed.check(row, &mut seen, errors)
        };
        rows::check(&self.alternatives, Field::Alternatives, 20, errors, check)
    }
}

impl From<&ProductContent> for ProductInput {
    fn from(content: &ProductContent) -> Self {
        Self {
            name: content.name.clone(),
            slug: rows::text(content.slug.as_ref().map(Slug::as_str)),
            brand: content.brand.clone(),
            description: content.description.clone(),
            gtin: rows::text(content.gtin.as_ref().map(Gtin::as_str)),
            images: content.images.iter().map(ImageInput::from).collect(),
            attributes: content
                .attributes
                .iter()
                .map(AttributeInput::from)
                .collect(),
            offers: content.offers.iter().map(OfferInput::from).collect(),
            alternatives: content
                .alternatives
                .iter()
                .map(AlternativeInput::from)
                .collect(),
            status: content.status,
        }
    }
}

#[cfg(test)]
mod tests;
