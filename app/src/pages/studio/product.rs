//! The fields of a product's form.

use leptos::prelude::*;
use types::{
    Field,
    catalogue::{
        AlternativeInput, AttributeInput, Availability, ImageInput, OfferInput, PriceInput,
        ProductInput, Tier,
    },
};

use super::{
    Form, PRODUCTS,
    clash::written,
    field::{Control, Spec, field, select},
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
pub(super) fn fields(form: &Form, product: &ProductInput) -> AnyView {
    let offers = (product.offers.as_slice(), &blank_offer(product));
    let images = (product.images.as_slice(), &ImageInput::default());
    let attributes = (product.attributes.as_slice(), &AttributeInput::default());
    let alternatives = (
        product.alternatives.as_slice(),
        &AlternativeInput::default(),
    );
    view! {
        {field(form, Spec::required(Field::Name, Control::Line("text")), &product.name)}
        <div class="form-pair">
            {field(form, Spec::optional(Field::Brand, Control::Line("text")), &product.brand)}
            {field(form, Spec::optional(Field::Gtin, Control::Line("numeric")), &product.gtin)}
        </div>
        {field(form, Spec::optional(Field::Description, Control::Lines(5)), &product.description)}
        {field(form, Spec::optional(Field::Slug, Control::Line("text")), &product.slug)}
        {rows(form, Field::Offers, offers, offer)}
        {rows(form, Field::Images, images, |form, row, image| view! {
            {field(form, Spec::in_row(Field::ImageUrl(row), Control::Line("url")), &image.url)}
            {field(form, Spec::in_row(Field::ImageAlt(row), Control::Line("text")), &image.alt)}
        }.into_any())}
        {rows(form, Field::Attributes, attributes, |form, row, fact| view! {
            {field(form, Spec::in_row(Field::AttributeName(row), Control::Line("text")), &fact.name)}
            {field(form, Spec::in_row(Field::AttributeValue(row), Control::Line("text")), &fact.value)}
        }.into_any())}
        {rows(form, Field::Alternatives, alternatives, alternative)}
        {currencies()}
    }
    .into_any()
}

fn offer(form: &Form, row: u16, offer: &OfferInput) -> AnyView {
    let id_name = Field::Offers.form_name_of(row, "id");
    let currency = Spec::in_row(Field::OfferCurrency(row), Control::Proposed(CURRENCIES));
    let amount = Spec::in_row(Field::OfferAmount(row), Control::Line("decimal"));
    let options = Availability::ALL.map(|one| {
        let text = (texts().studio.availability)(one);
        (one.name().to_owned(), text.to_owned())
    });
    view! {
        <input type="hidden" name=id_name value=offer.id.clone()/>
        {field(form, Spec::in_row(Field::OfferUrl(row), Control::Line("url")), &offer.url)}
        <div class="row-price">
            {field(form, amount, &offer.price.amount())}
            {field(form, currency, offer.price.currency())}
            {select(
                Field::Offers.form_name_of(row, "availability"),
                texts().studio.sheet.availability,
                options.into(),
                offer.availability.name(),
            )}
        </div>
    }
    .into_any()
}

/// An offer into which nothing is typed, in the currency of the first one.
fn blank_offer(product: &ProductInput) -> OfferInput {
    let first = product.offers.first();
    let usual = first.map_or("", |offer| offer.price.currency());
    let currency = if usual.is_empty() { "EUR" } else { usual };
    OfferInput {
        price: PriceInput::Typed {
            amount: String::new(),
            currency: currency.to_owned(),
        },
        ..OfferInput::default()
    }
}

fn alternative(form: &Form, row: u16, alternative: &AlternativeInput) -> AnyView {
    let product = Spec::in_row(
        Field::AlternativeProductId(row),
        Control::Proposed(PRODUCTS),
    );
    let options = [Tier::Cheaper, Tier::Dearer].map(|one| {
        let text = (texts().studio.tier)(one);
        (one.name().to_owned(), text.to_owned())
    });
    view! {
        {field(form, product, &alternative.product_id)}
        {select(
            Field::Alternatives.form_name_of(row, "tier"),
            texts().studio.sheet.tier,
            options.into(),
            alternative.tier.name(),
        )}
    }
    .into_any()
}

fn currencies() -> AnyView {
    let options = COMMON.map(|code| view! { <option value=code></option> });
    view! { <datalist id=CURRENCIES>{options.into_iter().collect::<Vec<_>>()}</datalist> }
        .into_any()
}

/// The same as text, for the comparison of two states.
pub(super) fn field_texts(product: &ProductInput) -> Vec<(Field, String)> {
    let offers = written(&product.offers, |offer| {
        vec![
            offer.url.clone(),
            offer.price.amount(),
            offer.price.currency().to_owned(),
            offer.availability.name().to_owned(),
        ]
    });
    let images = written(&product.images, |image| {
        vec![image.url.clone(), image.alt.clone()]
    });
    let attributes = written(&product.attributes, |fact| {
        vec![fact.name.clone(), fact.value.clone()]
    });
    let alternatives = written(&product.alternatives, |one| {
        vec![one.product_id.clone(), one.tier.name().to_owned()]
    });
    vec![
        (Field::Name, product.name.clone()),
        (Field::Brand, product.brand.clone()),
        (Field::Slug, product.slug.clone()),
        (Field::Description, product.description.clone()),
        (Field::Gtin, product.gtin.clone()),
        (Field::Offers, offers),
        (Field::Images, images),
        (Field::Attributes, attributes),
        (Field::Alternatives, alternatives),
    ]
}
