//! Three-way merge of a form after a conflict.

use super::{EntityInput, FormConflict};
use crate::catalogue::{
    AlternativeInput, AttributeInput, ImageInput, LinkInput, OfferInput, PlacementInput, TimeInput,
};

/// The text of a value in a form, by which two values are compared: a value that was read from a form has
/// another spelling than a stored one, and fewer fields.
trait FormText {
    fn form_text(&self) -> String;
}

impl FormConflict {
    /// The typed fields, and the stored value of every field that equals `base`, the version that the form
    /// was shown with. A list counts as one field.
    pub fn merged(&self, base: &EntityInput) -> EntityInput {
        let mut merged = self.typed.clone();
        match (&mut merged, base, &self.stored) {
            (
                EntityInput::Artist(typed),
                EntityInput::Artist(base),
                EntityInput::Artist(stored),
            ) => {
                take(&mut typed.name, &base.name, &stored.name);
                take(&mut typed.slug, &base.slug, &stored.slug);
                take(&mut typed.bio, &base.bio, &stored.bio);
                take(&mut typed.disclosure, &base.disclosure, &stored.disclosure);
                take(&mut typed.links, &base.links, &stored.links);
                take_equal(&mut typed.status, base.status, stored.status);
            }
            (EntityInput::Video(typed), EntityInput::Video(base), EntityInput::Video(stored)) => {
                take(&mut typed.title, &base.title, &stored.title);
                take(&mut typed.slug, &base.slug, &stored.slug);
                take(
                    &mut typed.description,
                    &base.description,
                    &stored.description,
                );
                take(&mut typed.url, &base.url, &stored.url);
                take(&mut typed.duration, &base.duration, &stored.duration);
                take(
                    &mut typed.published_on,
                    &base.published_on,
                    &stored.published_on,
                );
                if typed.chapters.text().trim() == base.chapters.text().trim() {
                    typed.chapters.clone_from(&stored.chapters);
                }
                take(&mut typed.placements, &base.placements, &stored.placements);
                take_equal(&mut typed.status, base.status, stored.status);
            }
            (
                EntityInput::Product(typed),
                EntityInput::Product(base),
                EntityInput::Product(stored),
            ) => {
                take(&mut typed.name, &base.name, &stored.name);
                take(&mut typed.slug, &base.slug, &stored.slug);
                take(&mut typed.brand, &base.brand, &stored.brand);
                take(
                    &mut typed.description,
                    &base.description,
                    &stored.description,
                );
                take(&mut typed.gtin, &base.gtin, &stored.gtin);
                take(&mut typed.images, &base.images, &stored.images);
                take(&mut typed.attributes, &base.attributes, &stored.attributes);
                take(&mut typed.offers, &base.offers, &stored.offers);
                take(
                    &mut typed.alternatives,
                    &base.alternatives,
                    &stored.alternatives,
                );
                take_equal(&mut typed.status, base.status, stored.status);
            }
            (
                EntityInput::Retailer(typed),
                EntityInput::Retailer(base),
                EntityInput::Retailer(stored),
            ) => {
                take(&mut typed.name, &base.name, &stored.name);
                take(&mut typed.slug, &base.slug, &stored.slug);
                take(&mut typed.homepage, &base.homepage, &stored.homepage);
                take(&mut typed.domains, &base.domains, &stored.domains);
            }
            _ => {}
        }
        merged
    }
}

fn take<T: Clone + FormText>(typed: &mut T, base: &T, stored: &T) {
    if typed.form_text() == base.form_text() {
        typed.clone_from(stored);
    }
}

fn take_equal<T: PartialEq>(typed: &mut T, base: T, stored: T) {
    if *typed == base {
        *typed = stored;
    }
}

impl FormText for String {
    fn form_text(&self) -> String {
        self.trim().to_owned()
    }
}

impl FormText for TimeInput {
    fn form_text(&self) -> String {
        self.text().trim().to_owned()
    }
}

impl<T: FormText> FormText for Vec<T> {
    fn form_text(&self) -> String {
        let rows: Vec<_> = self.iter().map(FormText::form_text).collect();
        rows.join("\n")
    }
}

impl FormText for LinkInput {
    fn form_text(&self) -> String {
        joined(&[&self.label, &self.url])
    }
}

impl FormText for PlacementInput {
    fn form_text(&self) -> String {
        let [start, end] = [&self.start, &self.end].map(FormText::form_text);
        joined(&[&self.product_id, &start, &end, &self.note])
    }
}

impl FormText for OfferInput {
    fn form_text(&self) -> String {
        let price = &self.price;
        let amount = price.amount();
        joined(&[
            &self.url,
            &amount,
            price.currency(),
            self.availability.name(),
        ])
    }
}

impl FormText for ImageInput {
    fn form_text(&self) -> String {
        joined(&[&self.url, &self.alt])
    }
}

impl FormText for AttributeInput {
    fn form_text(&self) -> String {
        joined(&[&self.name, &self.value])
    }
}

impl FormText for AlternativeInput {
    fn form_text(&self) -> String {
        joined(&[&self.product_id, self.tier.name()])
    }
}

/// Joins the cells of a row. Cells are single lines and contain no tab.
fn joined(cells: &[&str]) -> String {
    let cells: Vec<_> = cells.iter().map(|cell| cell.trim()).collect();
    cells.join("\t")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{AttributeInput, PriceInput, ProductInput, Status};

    fn product(name: &str, brand: &str, facts: &[&str]) -> EntityInput {
        let fact = |name: &&str| AttributeInput {
            name: (*name).to_owned(),
            value: "x".to_owned(),
        };
        ProductInput {
            name: name.to_owned(),
            brand: brand.to_owned(),
            attributes: facts.iter().map(fact).collect(),
            ..ProductInput::default()
        }
        .into()
    }

    fn merged(base: &EntityInput, stored: EntityInput, typed: EntityInput) -> EntityInput {
        let revision = 2;
        FormConflict {
            revision,
            stored,
            typed,
        }
        .merged(base)
    }

    #[test]
    fn what_nobody_touched_here_is_what_is_stored() {
        let base = product("Lamp", "A", &["size"]);
        let stored = product("Red lamp", "A", &["size", "weight"]).with_status(Status::Published);
        let both = merged(&base, stored, product("Lamp", "B", &["size"]));
        let expected = product("Red lamp", "B", &["size", "weight"]);
        assert_eq!(both, expected.with_status(Status::Published));
    }

    #[test]
    fn what_both_have_changed_is_what_was_typed() {
        let base = product("Lamp", "", &["size"]);
        let typed = product("Blue lamp", "", &["colour"]);
        assert_eq!(
            merged(&base, product("Red lamp", "", &[]), typed.clone()),
            typed
        );
    }

    #[test]
    fn an_offer_that_nobody_touched_is_known_by_what_is_shown_of_it() {
        let with_offer = |offer: OfferInput, gtin: &str| {
            EntityInput::from(ProductInput {
                name: "Lamp".to_owned(),
                gtin: gtin.to_owned(),
                offers: vec![offer],
                ..ProductInput::default()
            })
        };
        let offer = |amount: &str| OfferInput {
            url: "https://shop.example/lamp".to_owned(),
            price: PriceInput::Typed {
                amount: amount.to_owned(),
                currency: "EUR".to_owned(),
            },
            ..OfferInput::default()
        };
        // The stored offer has a retailer and a price in cents; an offer that a refused form sends has neither.
        let base = OfferInput {
            retailer_id: "ret_1".to_owned(),
            price: PriceInput::Minor {
                minor: 1990,
                currency: "EUR".to_owned(),
            },
            ..offer("")
        };
        let typed = with_offer(offer("19.90"), "not a number");
        let stored = with_offer(offer("17.90"), "");
        let both = merged(&with_offer(base, ""), stored, typed);
        assert_eq!(both, with_offer(offer("17.90"), "not a number"));
    }
}
