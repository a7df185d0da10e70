//! Both sides of a change that somebody else was faster with.

use leptos::prelude::*;
use types::{Field, catalogue::form::Pairs};

use super::{
    Form, Shelf,
    lists::{self, Columns},
};
use crate::texts::texts;

/// A field in which what is saved now differs from what was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// What the field is called.
    pub label: &'static str,
    /// What is saved now.
    pub now: String,
    /// What was typed.
    pub yours: String,
}

/// Where two states of a form differ, field by field and in its order. A list is one field.
pub fn differences(shelf: Shelf, now: &Pairs, yours: &Pairs) -> Vec<Difference> {
    let (now, yours) = (
        Form::of(shelf, now.to_vec(), None),
        Form::of(shelf, yours.to_vec(), None),
    );
    let (fields, lists) = lists::of(shelf.form());
    let texts = &texts().studio;
    // A short name that is left empty stays what it is, so it never takes the place of another.
    let names_slug = !yours.text(Field::Slug.name()).trim().is_empty();
    let fields = fields
        .iter()
        .filter(|field| **field != Field::Slug || names_slug);
    let once = fields.map(|field| Difference {
        label: (texts.field)(*field).label,
        now: now.text(field.name()).to_owned(),
        yours: yours.text(field.name()).to_owned(),
    });
    let lists = lists.iter().map(|columns| Difference {
        label: (texts.field)(columns.list).label,
        now: written(&now, columns),
        yours: written(&yours, columns),
    });
    let status = shelf.has_status().then(|| Difference {
        label: texts.sheet.status,
        now: status(&now).to_owned(),
        yours: status(&yours).to_owned(),
    });
    let all = once.chain(lists).chain(status);
    all.filter(|one| one.now.trim() != one.yours.trim())
        .collect()
}

/// A list as text, with a line for each of its rows.
fn written(form: &Form, columns: &Columns) -> String {
    let rows = columns.shown().map(|name| form.cells(name).count()).max();
    let rows = (0..rows.unwrap_or_default()).filter_map(|place| {
        let typed = columns.typed.iter().map(|name| form.cell(name, place));
        typed.clone().any(|cell| !cell.trim().is_empty()).then(|| {
            let cells = columns.shown().map(|name| form.cell(name, place).trim());
            let cells: Vec<_> = cells.filter(|cell| !cell.is_empty()).collect();
            cells.join(" · ")
        })
    });
    rows.collect::<Vec<_>>().join("\n")
}

fn status(form: &Form) -> &'static str {
    let texts = &texts().studio.sheet;
    match form.text("status") {
        "published" => texts.published,
        _ => texts.draft,
    }
}

/// Both sides, next to each other.
pub(super) fn show(differences: &[Difference]) -> AnyView {
    let texts = &texts().studio.clash;
    if differences.is_empty() {
        return view! { <p>{texts.same}</p> }.into_any();
    }
    let side = |label: &'static str, text: &str| {
        let text = match text {
            "" => texts.nothing.to_owned(),
            text => text.to_owned(),
        };
        view! { <td role="cell" data-label=label><div class="clash-side" dir="auto">{text}</div></td> }
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
        <table class="shelf clash" role="table">
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
    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        let pair = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn only_what_differs_is_shown() {
        let now = pairs(&[("name", "Lamp"), ("brand", "A"), ("status", "draft")]);
        let yours = pairs(&[("name", "Lamp"), ("brand", "B"), ("status", "published")]);
        let differences = differences(Shelf::Products, &now, &yours);
        let sides: Vec<_> = differences
            .iter()
            .map(|one| (one.now.as_str(), one.yours.as_str()))
            .collect();
        assert_eq!(sides, [("A", "B"), ("Draft", "Published")]);
    }

    #[test]
    fn a_short_name_that_is_left_empty_is_no_difference() {
        let side = |slug: &str| pairs(&[("name", "Lamp"), ("slug", slug)]);
        for (now, yours, count) in [("lamp", "", 0), ("", "lamp", 1), ("lamp", "red-lamp", 1)] {
            let differences = differences(Shelf::Products, &side(now), &side(yours));
            assert_eq!(differences.len(), count, "{now} {yours}");
        }
    }

    #[test]
    fn a_list_is_compared_as_a_whole_and_without_its_empty_rows() {
        let now = pairs(&[
            ("offer_url", "https://a.example/1"),
            ("offer_amount", "19.90"),
            ("offer_currency", "EUR"),
        ]);
        let yours = pairs(&[
            ("offer_url", "https://a.example/1"),
            ("offer_amount", "17.90"),
            ("offer_currency", "EUR"),
            ("offer_url", ""),
            ("offer_amount", ""),
            ("offer_currency", "EUR"),
        ]);
        let differences = differences(Shelf::Products, &now, &yours);
        assert_eq!(differences.len(), 1);
        assert_eq!(differences[0].now, "https://a.example/1 · 19.90 · EUR");
        assert_eq!(differences[0].yours, "https://a.example/1 · 17.90 · EUR");
    }
}
