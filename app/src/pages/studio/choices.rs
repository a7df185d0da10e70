//! Products as people choose them in a form: by what they are called, not by an id.

use std::collections::HashMap;

use leptos::prelude::*;

/// The fields that choose a product.
const FIELDS: [&str; 2] = ["placement_product_id", "alternative_product_id"];

/// The id of the list of proposals in the document.
pub(super) const LIST: &str = "products-to-choose";

/// Products as people choose them in a form.
///
/// A field holds what a product is called, which works without a script for any number of them.
/// Two of one name are told apart by their short names.
#[derive(Clone, Debug, Default)]
pub struct Choices(Vec<Choice>);

#[derive(Clone, Debug)]
struct Choice {
    id: String,
    label: String,
}

impl Choices {
    /// Products by id, name and short name.
    pub fn of(products: impl IntoIterator<Item = (String, String, String)>) -> Self {
        let products: Vec<_> = products.into_iter().collect();
        let mut named: HashMap<String, usize> = HashMap::new();
        for (_, name, _) in &products {
            *named.entry(key(name)).or_default() += 1;
        }
        let choices = products.into_iter().map(|(id, name, slug)| {
            let is_alone = named.get(&key(&name)).is_some_and(|count| *count == 1);
            let label = if is_alone {
                name
            } else {
                [&name, " (", &slug, ")"].concat()
            };
            Choice { id, label }
        });
        Self(choices.collect())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What a product is called here.
    pub fn label_of(&self, id: &str) -> Option<&str> {
        let choice = self.0.iter().find(|choice| choice.id == id)?;
        Some(&choice.label)
    }

    /// The product that a person means.
    pub fn id_of(&self, typed: &str) -> Option<&str> {
        let typed = key(typed);
        let choice = self.0.iter().find(|choice| key(&choice.label) == typed)?;
        Some(&choice.id)
    }

    /// The form with ids where people see names; what is known by none stays as it is.
    pub fn to_labels(&self, values: &[(String, String)]) -> Vec<(String, String)> {
        replaced(values, |value| self.label_of(value))
    }

    /// The form as the domain takes it, with ids.
    pub fn to_ids(&self, values: &[(String, String)]) -> Vec<(String, String)> {
        replaced(values, |value| self.id_of(value))
    }

    /// The proposals for the fields of a page.
    pub(super) fn proposals(&self) -> AnyView {
        let options = self.0.iter().map(|choice| {
            view! { <option value=choice.label.clone() data-id=choice.id.clone()></option> }
        });
        view! { <datalist id=LIST>{options.collect::<Vec<_>>()}</datalist> }.into_any()
    }
}

fn key(name: &str) -> String {
    name.trim().to_lowercase()
}

fn replaced<'a>(
    values: &[(String, String)],
    find: impl Fn(&str) -> Option<&'a str>,
) -> Vec<(String, String)> {
    let replace = |(name, value): &(String, String)| {
        let found = FIELDS.contains(&name.as_str()).then(|| find(value));
        let value = found.flatten().unwrap_or(value);
        (name.clone(), value.to_owned())
    };
    values.iter().map(replace).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choices() -> Choices {
        let product =
            |id: &str, name: &str, slug: &str| (id.to_owned(), name.to_owned(), slug.to_owned());
        Choices::of([
            product("prd_1", "Red lamp", "red-lamp"),
            product("prd_2", "Sofa", "sofa"),
            product("prd_3", "sofa", "sofa-2"),
        ])
    }

    fn chosen(value: &str) -> Vec<(String, String)> {
        vec![
            ("title".to_owned(), value.to_owned()),
            ("placement_product_id".to_owned(), value.to_owned()),
        ]
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
    }

    #[test]
    fn only_fields_that_choose_a_product_change_and_what_is_unknown_stays() {
        let ids = choices().to_ids(&chosen("Red lamp"));
        assert_eq!(ids[0].1, "Red lamp");
        assert_eq!(ids[1].1, "prd_1");
        assert_eq!(choices().to_labels(&ids), chosen("Red lamp"));
        assert_eq!(choices().to_ids(&chosen("prd_9")), chosen("prd_9"));
    }
}
