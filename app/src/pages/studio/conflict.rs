//! A conflict: the stored version beside the submitted one.

use leptos::prelude::*;
use types::{
    Field,
    catalogue::{FormRow, Status},
    pages::studio::{EntityInput, FormConflict},
};

use super::{artist, product, retailer, video};
use crate::texts::studio_texts;

/// A field that differs between the stored and the submitted version.
#[derive(Clone, Debug, PartialEq)]
struct FieldDifference {
    /// The label of the field.
    label: &'static str,
    /// The stored value as text.
    now: String,
    /// The submitted value as text.
    yours: String,
}

/// The fields that differ between two versions of an entity. A list counts as one field.
fn differences(now: &EntityInput, yours: &EntityInput) -> Vec<FieldDifference> {
    let texts = studio_texts();
    // An empty slug means that the slug stays, so it is no difference.
    let names_slug = !yours.slug().trim().is_empty();
    let fields = field_texts(now).into_iter().zip(field_texts(yours));
    let fields = fields.filter(|((field, _), _)| *field != Field::Slug || names_slug);
    let fields = fields.map(|((field, now), (_, yours))| FieldDifference {
        label: (texts.field)(field).label,
        now,
        yours,
    });
    let status = now.status().zip(yours.status());
    let status = status.map(|(now, yours)| FieldDifference {
        label: texts.edit_page.status,
        now: status_text(now).to_owned(),
        yours: status_text(yours).to_owned(),
    });
    let all = fields.chain(status);
    all.filter(|one| one.now.trim() != one.yours.trim())
        .collect()
}

fn field_texts(input: &EntityInput) -> Vec<(Field, String)> {
    match input {
        EntityInput::Artist(artist) => artist::field_texts(artist),
        EntityInput::Video(video) => video::field_texts(video),
        EntityInput::Product(product) => product::field_texts(product),
        EntityInput::Retailer(retailer) => retailer::field_texts(retailer),
    }
}

/// A list as text, one line per row.
pub(super) fn rows_as_text<R: FormRow>(rows: &[R], cells: impl Fn(&R) -> Vec<String>) -> String {
    let rows = rows.iter().filter(|row| !row.is_blank());
    let rows = rows.map(|row| {
        let cells = cells(row);
        let cells = cells.iter().map(|cell| cell.trim());
        let cells: Vec<_> = cells.filter(|cell| !cell.is_empty()).collect();
        cells.join(" · ")
    });
    rows.collect::<Vec<_>>().join("\n")
}

fn status_text(status: Status) -> &'static str {
    let texts = &studio_texts().edit_page;
    match status {
        Status::Published => texts.published,
        Status::Draft => texts.draft,
    }
}

/// The stored version and the content of the form, side by side.
pub(super) fn show(conflict: &FormConflict, yours: &EntityInput, lead: &'static str) -> AnyView {
    let texts = &studio_texts().conflict;
    let differences = differences(&conflict.stored, yours);
    let sides = match differences.is_empty() {
        true => view! { <p>{texts.same}</p> }.into_any(),
        false => table(&differences),
    };
    view! {
        <h2>{texts.heading}</h2>
        <p>{lead}</p>
        {sides}
    }
    .into_any()
}

fn table(differences: &[FieldDifference]) -> AnyView {
    let texts = &studio_texts().conflict;
    let side = |label: &'static str, text: &str| {
        let text = match text {
            "" => texts.nothing.to_owned(),
            text => text.to_owned(),
        };
        view! { <td role="cell" data-label=label><div class="conflict-side" dir="auto">{text}</div></td> }
    };
    let rows = differences.iter().map(|one| {
        view! {
            <tr role="row">
                <th scope="row" role="rowheader">{one.label}</th>
                {side(texts.now, &one.now)}
                {side(texts.yours, &one.yours)}
            </tr>
        }
    });
    view! {
        <table class="entity-table conflict-table" role="table">
            <thead role="rowgroup">
                <tr role="row">
                    <th scope="col" role="columnheader">{texts.field}</th>
                    <th scope="col" role="columnheader">{texts.now}</th>
                    <th scope="col" role="columnheader">{texts.yours}</th>
                </tr>
            </thead>
            <tbody role="rowgroup">{rows.collect::<Vec<_>>()}</tbody>
        </table>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use types::catalogue::{OfferInput, PriceInput, ProductInput};

    use super::*;

    fn lamp() -> ProductInput {
        ProductInput {
            name: "Lamp".to_owned(),
            ..ProductInput::default()
        }
    }

    fn between(now: ProductInput, yours: ProductInput) -> Vec<FieldDifference> {
        differences(&now.into(), &yours.into())
    }

    #[test]
    fn only_what_differs_is_shown() {
        let of_brand = |brand: &str, status| ProductInput {
            brand: brand.to_owned(),
            status,
            ..lamp()
        };
        let now = of_brand("A", Status::Draft);
        let differences = between(now, of_brand("B", Status::Published));
        let sides: Vec<_> = differences
            .iter()
            .map(|one| (one.now.as_str(), one.yours.as_str()))
            .collect();
        assert_eq!(sides, [("A", "B"), ("Draft", "Published")]);
    }

    #[test]
    fn a_short_name_that_is_left_empty_is_no_difference() {
        let side = |slug: &str| ProductInput {
            slug: slug.to_owned(),
            ..lamp()
        };
        for (now, yours, count) in [("lamp", "", 0), ("", "lamp", 1), ("lamp", "red-lamp", 1)] {
            let differences = between(side(now), side(yours));
            assert_eq!(differences.len(), count, "{now} {yours}");
        }
    }

    #[test]
    fn a_list_is_compared_as_a_whole_and_without_its_empty_rows() {
        let offer = |url: &str, amount: &str| OfferInput {
            url: url.to_owned(),
            price: PriceInput::Typed {
                amount: amount.to_owned(),
                currency: "EUR".to_owned(),
            },
            ..OfferInput::default()
        };
        let of_offers = |offers| ProductInput { offers, ..lamp() };
        let now = of_offers(vec![offer("https://a.example/1", "19.90")]);
        let yours = vec![offer("https://a.example/1", "17.90"), offer("", "")];
        let differences = between(now, of_offers(yours));
        assert_eq!(differences.len(), 1);
        let [now, yours] = [&differences[0].now, &differences[0].yours];
        assert_eq!(now, "https://a.example/1 · 19.90 · EUR · unknown");
        assert_eq!(yours, "https://a.example/1 · 17.90 · EUR · unknown");
    }
}
