//! The fields of a product's form.

use leptos::prelude::*;
use types::{
    Field,
    catalogue::{Availability, Tier},
};

use super::{
    Form,
    choices::LIST,
    field::{Control, Spec, field, field_in_row, field_of_row, select},
    form::id_in_row,
    lists::{ALTERNATIVES, ATTRIBUTES, IMAGES, OFFERS},
    rows::rows,
};
use crate::texts::texts;

/// The id of the list of currencies that are proposed.
const CURRENCIES: &str = "currencies-to-choose";

/// What most prices are in; every other currency can be typed.
const COMMON: [&str; 12] = [
    "EUR", "USD", "GBP", "CHF", "JPY", "SEK", "NOK", "DKK", "PLN", "CZK", "CAD", "AUD",
];

/// The fields of a product's form.
pub(super) fn fields(form: &Form) -> AnyView {
    view! {
        {field(form, Spec::required(Field::Name, Control::Line("text")))}
        <div class="form-pair">
            {field(form, Spec::optional(Field::Brand, Control::Line("text")))}
            {field(form, Spec::optional(Field::Gtin, Control::Line("numeric")))}
        </div>
        {field(form, Spec::optional(Field::Description, Control::Lines(5)))}
        {field(form, Spec::optional(Field::Slug, Control::Line("text")))}
        {rows(form, &OFFERS, offer)}
        {rows(form, &IMAGES, |form, row| view! {
            {field_in_row(form, row, Spec::in_row(Field::ImageUrl(0), Control::Line("url")))}
            {field_in_row(form, row, Spec::in_row(Field::ImageAlt(0), Control::Line("text")))}
        }.into_any())}
        {rows(form, &ATTRIBUTES, |form, row| view! {
            {field_in_row(form, row, Spec::in_row(Field::AttributeName(0), Control::Line("text")))}
            {field_in_row(form, row, Spec::in_row(Field::AttributeValue(0), Control::Line("text")))}
        }.into_any())}
        {rows(form, &ALTERNATIVES, alternative)}
        {currencies()}
    }
    .into_any()
}

fn offer(form: &Form, row: usize) -> AnyView {
    let id = form.cell("offer_id", row).to_owned();
    let availability = form.cell("offer_availability", row);
    let options = Availability::ALL.map(|one| {
        let text = (texts().studio.availability)(one);
        (one.name().to_owned(), text.to_owned())
    });
    view! {
        <input type="hidden" name="offer_id" value=id/>
        {field_in_row(form, row, Spec::in_row(Field::OfferUrl(0), Control::Line("url")))}
        <div class="row-price">
            {field_in_row(form, row, Spec::in_row(Field::OfferAmount(0), Control::Line("decimal")))}
            {field_of_row(
                form,
                row,
                Spec::in_row(Field::OfferCurrency(0), Control::Proposed(CURRENCIES)),
                currency(form, row),
            )}
            {select(
                id_in_row("offer_availability", row),
                "offer_availability",
                texts().studio.sheet.availability,
                options.into(),
                availability,
            )}
        </div>
    }
    .into_any()
}

/// What was sent in a row, otherwise the currency of the first offer.
fn currency(form: &Form, row: usize) -> String {
    let mut sent = form.cells("offer_currency");
    let first = sent.clone().next().unwrap_or(form.text("usual_currency"));
    let usual = if first.is_empty() { "EUR" } else { first };
    sent.nth(row).unwrap_or(usual).to_owned()
}

fn alternative(form: &Form, row: usize) -> AnyView {
    let tier = form.cell("alternative_tier", row);
    let options = [Tier::Cheaper, Tier::Dearer].map(|one| {
        let text = (texts().studio.tier)(one);
        (one.name().to_owned(), text.to_owned())
    });
    view! {
        {field_in_row(
            form,
            row,
            Spec::in_row(Field::AlternativeProductId(0), Control::Proposed(LIST)),
        )}
        {select(
            id_in_row("alternative_tier", row),
            "alternative_tier",
            texts().studio.sheet.tier,
            options.into(),
            tier,
        )}
    }
    .into_any()
}

fn currencies() -> AnyView {
    let options = COMMON.map(|code| view! { <option value=code></option> });
    view! { <datalist id=CURRENCIES>{options.into_iter().collect::<Vec<_>>()}</datalist> }
        .into_any()
}
