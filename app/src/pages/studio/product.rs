//! The fields of the form of a product.

use std::sync::Arc;

use leptos::prelude::*;
use types::{
    Field,
    catalogue::{
        AlternativeInput, AttributeInput, Availability, EntityForm, ImageInput, OfferInput,
        PriceInput, ProductInput, Tier,
    },
    pages::studio::EntityInput,
};

use super::{
    Form, PRODUCTS,
    conflict::written,
    field::{Control, Spec, field, field_in},
    form::id_of,
    rows::{List, Row},
    select::Select,
};
use crate::texts::studio_texts;

/// The id of the `datalist` of suggested currencies.
const CURRENCIES: &str = "currencies-to-choose";

/// Suggested currencies; every other currency can be typed.
const COMMON: [&str; 12] = [
    "EUR", "USD", "GBP", "CHF", "JPY", "SEK", "NOK", "DKK", "PLN", "CZK", "CAD", "AUD",
];

/// The fields of the form of a product.
pub(super) fn fields(
    form: Form,
    typed: &EntityForm<EntityInput>,
    product: &ProductInput,
) -> AnyView {
    view! {
        {field(form, Spec::required(Field::Name, Control::Line("text")), &product.name)}
        <div class="form-pair">
            {field(form, Spec::optional(Field::Brand, Control::Line("text")), &product.brand)}
            {field(form, Spec::optional(Field::Gtin, Control::Line("numeric")), &product.gtin)}
        </div>
        {field(form, Spec::optional(Field::Description, Control::Lines(5)), &product.description)}
        {field(form, Spec::optional(Field::Slug, Control::Line("text")), &product.slug)}
        {lists(form, typed, product)}
        {currencies()}
    }
    .into_any()
}

fn lists(form: Form, typed: &EntityForm<EntityInput>, product: &ProductInput) -> AnyView {
    let offers = List {
        field: Field::Offers,
        typed: &product.offers,
        blank: blank_offer(product),
        row: offer,
    };
    let images = List {
        field: Field::Images,
        typed: &product.images,
        blank: ImageInput::default(),
        row: image,
    };
    let attributes = List {
        field: Field::Attributes,
        typed: &product.attributes,
        blank: AttributeInput::default(),
        row: attribute,
    };
    let alternatives = List {
        field: Field::Alternatives,
        typed: &product.alternatives,
        blank: AlternativeInput::default(),
        row: alternative,
    };
    view! {
        {offers.show(form, typed).0}
        {images.show(form, typed).0}
        {attributes.show(form, typed).0}
        {alternatives.show(form, typed).0}
    }
    .into_any()
}

fn offer(form: Form, row: Row, offer: &OfferInput) -> AnyView {
    let currency = Spec::in_row(Field::OfferCurrency, Control::Proposed(CURRENCIES));
    let amount = Spec::in_row(Field::OfferAmount, Control::Line("decimal"));
    let options = Availability::ALL.map(|one| {
        let text = (studio_texts().availability)(one);
        (one.name().to_owned(), text.to_owned())
    });
    let availability = Select {
        name: row.name_of(Field::Offers, "availability"),
        id: id_of(&Field::Offers.form_name_of(row.key, "availability")),
        label: studio_texts().sheet.availability,
        options: options.into(),
        chosen: offer.availability.name().to_owned(),
    };
    view! {
        {row.hidden_id(Field::Offers, &offer.id)}
        {unlisted(&offer.id)}
        {field_in(form, row, Spec::in_row(Field::OfferUrl, Control::Line("url")), &offer.url)}
        <div class="row-price">
            {field_in(form, row, amount, &offer.price.amount())}
            {field_in(form, row, currency, offer.price.currency())}
            {availability.show()}
        </div>
    }
    .into_any()
}

/// The ids of the offers on the page that nobody but the author sees, as context of their rows.
#[derive(Clone)]
pub(super) struct UnlistedOffers(pub(super) Arc<[String]>);

/// What is said of an offer that nobody but the author sees.
fn unlisted(offer: &str) -> Option<AnyView> {
    let unlisted = use_context::<UnlistedOffers>()?;
    let is_unlisted = unlisted.0.iter().any(|id| id == offer);
    let (badge, hint) = studio_texts().sheet.unlisted_offer;
    let note =
        || view! { <p class="form-field-hint"><span class="badge">{badge}</span> " " {hint}</p> };
    is_unlisted.then(|| note().into_any())
}

fn image(form: Form, row: Row, image: &ImageInput) -> AnyView {
    view! {
        {field_in(form, row, Spec::in_row(Field::ImageUrl, Control::Line("url")), &image.url)}
        {field_in(form, row, Spec::in_row(Field::ImageAlt, Control::Line("text")), &image.alt)}
    }
    .into_any()
}

fn attribute(form: Form, row: Row, fact: &AttributeInput) -> AnyView {
    let line = |field: fn(u16) -> Field| Spec::in_row(field, Control::Line("text"));
    view! {
        {field_in(form, row, line(Field::AttributeName), &fact.name)}
        {field_in(form, row, line(Field::AttributeValue), &fact.value)}
    }
    .into_any()
}

/// An empty offer in the currency of the first one.
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

fn alternative(form: Form, row: Row, alternative: &AlternativeInput) -> AnyView {
    let product = Spec::in_row(Field::AlternativeProductId, Control::Proposed(PRODUCTS));
    let options = [Tier::Cheaper, Tier::Dearer].map(|one| {
        let text = (studio_texts().tier)(one);
        (one.name().to_owned(), text.to_owned())
    });
    let tier = Select {
        name: row.name_of(Field::Alternatives, "tier"),
        id: id_of(&Field::Alternatives.form_name_of(row.key, "tier")),
        label: studio_texts().sheet.tier,
        options: options.into(),
        chosen: alternative.tier.name().to_owned(),
    };
    view! {
        {field_in(form, row, product, &alternative.product_id)}
        {tier.show()}
    }
    .into_any()
}

fn currencies() -> AnyView {
    let options = COMMON.map(|code| view! { <option value=code></option> });
    view! { <datalist id=CURRENCIES>{options.into_iter().collect::<Vec<_>>()}</datalist> }
        .into_any()
}

/// The fields as text, for comparing two versions.
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
