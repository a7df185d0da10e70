//! The products that a form can choose from.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::catalogue::{FormInput, normalized_name as key};

/// The products that a form can choose from.
///
/// A field holds the name of a product, which works without JavaScript for any number of products.
/// Products with the same name are distinguished by their slugs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductChoices {
    known: Vec<ProductName>,
    /// Whether other products can be chosen, too.
    has_others: bool,
}

/// A product and its label in a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductName {
    /// The id.
    pub id: String,
    /// The label: the name, the name with the slug, or the id.
    pub label: String,
    /// Accepted spellings: the label, and the name with the slug even where the name alone would do.
    keys: [String; 2],
}

/// The products that an input names, by label or id.
pub fn chosen_products<I: FormInput>(input: &I) -> Vec<String> {
    let typed = input.product_ids().into_iter().map(str::trim);
    let typed = typed.filter(|typed| !typed.is_empty());
    typed.map(str::to_owned).collect()
}

impl ProductChoices {
    /// The choices for products given by id, name and slug.
    pub fn of(products: impl IntoIterator<Item = (String, String, String)>) -> Self {
        let products: Vec<_> = products.into_iter().collect();
        let mut named: HashMap<String, usize> = HashMap::new();
        for (_, name, _) in &products {
            *named.entry(key(name)).or_default() += 1;
        }
        let mut known: Vec<_> = products
            .into_iter()
            .map(|(id, name, slug)| {
                let is_alone = named.get(&key(&name)).is_some_and(|count| *count == 1);
                let in_full = [&name, " (", &slug, ")"].concat();
                let keys = [key(if is_alone { &name } else { &in_full }), key(&in_full)];
                let label = if is_alone { name } else { in_full };
                ProductName { id, label, keys }
            })
            .collect();
        tell_apart(&mut known);
        Self {
            known,
            has_others: false,
        }
    }

    /// Notes that these are not all products that can be chosen.
    #[must_use]
    pub fn and_others(self) -> Self {
        Self {
            has_others: true,
            ..self
        }
    }

    /// Whether there are no products.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// The label of a product.
    pub fn label_of(&self, id: &str) -> Option<&str> {
        let choice = self.known.iter().find(|choice| choice.id == id)?;
        Some(&choice.label)
    }

    /// The id of the product that a text names; `None` if there is none, or more than one.
    pub fn id_of(&self, typed: &str) -> Option<&str> {
        let typed = key(typed);
        let is_meant = |one: &&ProductName| one.id == typed || one.keys.contains(&typed);
        let mut meant = self.known.iter().filter(is_meant);
        let first = meant.next()?;
        meant.next().is_none().then_some(first.id.as_str())
    }

    /// Replaces ids by labels for a form; unknown ids stay.
    pub fn to_labels<I: FormInput>(&self, input: I) -> I {
        replaced(input, |id| self.label_of(id))
    }

    /// Replaces labels by ids for the domain; unknown labels stay.
    pub fn to_ids<I: FormInput>(&self, input: I) -> I {
        replaced(input, |typed| self.id_of(typed))
    }

    /// The products.
    pub fn iter(&self) -> impl Iterator<Item = &ProductName> {
        self.known.iter()
    }

    /// Whether other products can be chosen, too.
    pub fn has_others(&self) -> bool {
        self.has_others
    }
}

/// A name can equal another product's name with its slug; then the label is the id.
fn tell_apart(known: &mut [ProductName]) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for one in known.iter() {
        let [label, in_full] = &one.keys;
        *counts.entry(label.clone()).or_default() += 1;
        if in_full != label {
            *counts.entry(in_full.clone()).or_default() += 1;
        }
    }
    for one in known {
        if counts.get(&one.keys[0]).is_some_and(|count| *count > 1) {
            one.label.clone_from(&one.id);
        }
    }
}

fn replaced<'a, I: FormInput>(mut input: I, find: impl Fn(&str) -> Option<&'a str>) -> I {
    for product in input.product_ids_mut() {
        if let Some(found) = find(product) {
            found.clone_into(product);
        }
    }
    input
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{PlacementInput, VideoInput};

    fn choices() -> ProductChoices {
        let product =
            |id: &str, name: &str, slug: &str| (id.to_owned(), name.to_owned(), slug.to_owned());
        ProductChoices::of([
            product("prd_1", "Red lamp", "red-lamp"),
            product("prd_2", "Sofa", "sofa"),
            product("prd_3", "sofa", "sofa-2"),
        ])
    }

    fn video(product: &str) -> VideoInput {
        let placement = PlacementInput {
            product_id: product.to_owned(),
            note: product.to_owned(),
            ..PlacementInput::default()
        };
        VideoInput {
            placements: vec![placement],
            ..VideoInput::default()
        }
    }

    #[test]
    fn a_product_is_meant_by_its_name_in_any_case() {
        assert_eq!(choices().id_of(" red LAMP "), Some("prd_1"));
        assert_eq!(choices().id_of("Red"), None);
    }

    #[test]
    fn two_of_one_name_are_told_apart() {
        assert_eq!(choices().label_of("prd_3"), Some("sofa (sofa-2)"));
        assert_eq!(choices().id_of("Sofa (sofa)"), Some("prd_2"));
        assert_eq!(choices().id_of("sofa"), None);
        let twins = ["prd_1", "prd_2"];
        let twins = twins.map(|id| (id.to_owned(), "Lamp".to_owned(), "lamp".to_owned()));
        assert_eq!(
            ProductChoices::of(twins).id_of("Lamp (lamp)"),
            None,
            "of two artists"
        );
    }

    #[test]
    fn a_name_that_reads_like_a_short_name_is_never_taken_for_another() {
        let product =
            |id: &str, name: &str, slug: &str| (id.to_owned(), name.to_owned(), slug.to_owned());
        let choices = ProductChoices::of([
            product("prd_1", "Lamp (lamp)", "other"),
            product("prd_2", "Lamp", "lamp"),
            product("prd_3", "Lamp", "lamp-2"),
        ]);
        for id in ["prd_1", "prd_2", "prd_3"] {
            let label = choices.label_of(id).unwrap();
            assert_eq!(choices.id_of(label), Some(id), "{label}");
        }
        assert_eq!(choices.id_of("Lamp (lamp)"), None);
    }

    #[test]
    fn a_short_name_is_understood_also_where_it_is_not_needed() {
        assert_eq!(choices().id_of("Red lamp (red-lamp)"), Some("prd_1"));
    }

    #[test]
    fn only_fields_that_choose_a_product_change_and_what_is_unknown_stays() {
        let ids = choices().to_ids(video("Red lamp"));
        assert_eq!(ids.placements[0].product_id, "prd_1");
        assert_eq!(ids.placements[0].note, "Red lamp");
        assert_eq!(choices().to_labels(ids), video("Red lamp"));
        assert_eq!(choices().to_ids(video("prd_9")), video("prd_9"));
        assert_eq!(chosen_products(&video(" Red lamp ")), ["Red lamp"]);
        assert_eq!(chosen_products(&video(" ")), [""; 0]);
    }
}
