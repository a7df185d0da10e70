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
    PRODUCTS, StudioForm,
    conflict::rows_as_text,
    field::{FieldSpec, InputKind, field, field_in},
    form::id_of,
    rows::{RowHandle, RowList},
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
    form: StudioForm,
    typed: &EntityForm<EntityInput>,
    product: &ProductInput,
) -> AnyView {
    view! {
        {field(form, FieldSpec::required(Field::Name, InputKind::Line("text")), &product.name)}
        <div class="form-pair">
            {field(form, FieldSpec::optional(Field::Brand, InputKind::Line("text")), &product.brand)}
            {field(form, FieldSpec::optional(Field::Gtin, InputKind::Line("numeric")), &product.gtin)}
        </div>
        {field(form, FieldSpec::optional(Field::Description, InputKind::Lines(5)), &product.description)}
        {field(form, FieldSpec::optional(Field::Slug, InputKind::Line("text")), &product.slug)}
        {lists(form, typed, product)}
        {currencies()}
    }
    .into_any()
}

fn lists(form: StudioForm, typed: &EntityForm<EntityInput>, product: &ProductInput) -> AnyView {
    let offers = RowList {
        field: Field::Offers,
        typed: &product.offers,
        blank: blank_offer(product),
        row: offer,
    };
    let images = RowList {
        field: Field::Images,
        typed: &product.images,
        blank: ImageInput::default(),
        row: image,
    };
    let attributes = RowList {
        field: Field::Attributes,
        typed: &product.attributes,
        blank: AttributeInput::default(),
        row: attribute,
    };
    let alternatives = RowList {
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

fn offer(form: StudioForm, row: RowHandle, offer: &OfferInput) -> AnyView {
    let currency = FieldSpec::in_row(Field::OfferCurrency, InputKind::Proposed(CURRENCIES));
    let amount = FieldSpec::in_row(Field::OfferAmount, InputKind::Line("decimal"));
    let options = Availability::ALL.map(|one| {
        let text = (studio_texts().availability)(one);
        (one.name().to_owned(), text.to_owned())
    });
    let availability = Select {
        name: row.name_of(Field::Offers, "availability"),
        id: id_of(&Field::Offers.form_name_of(row.key, "availability")),
        label: studio_texts().edit_page.availability,
        options: options.into(),
        chosen: offer.availability.name().to_owned(),
    };
    view! {
        {row.hidden_id(Field::Offers, &offer.id)}
        {unlisted(&offer.id)}
        {field_in(form, row, FieldSpec::in_row(Field::OfferUrl, InputKind::Line("url")), &offer.url)}
        <div class="row-price">
            {field_in(form, row, amount, &offer.price.amount())}
            {field_in(form, row, currency, offer.price.currency())}
            {availability.show()}
        </div>
    }
    .into_any()
}

/// The ids of the offers on the page that only the owner sees; a context for the rows.
#[derive(Clone)]
pub(super) struct UnlistedOffers(pub(super) Arc<[String]>);

/// The note in the row of an offer that only the owner sees; `None` for other offers.
fn unlisted(offer: &str) -> Option<AnyView> {
    let unlisted = use_context::<UnlistedOffers>()?;
    let is_unlisted = unlisted.0.iter().any(|id| id == offer);
    let (badge, hint) = studio_texts().edit_page.unlisted_offer;
    let note =
        || view! { <p class="form-field-hint"><span class="badge">{badge}</span> " " {hint}</p> };
    is_unlisted.then(|| note().into_any())
}

fn image(form: StudioForm, row: RowHandle, image: &ImageInput) -> AnyView {
    view! {
        {field_in(form, row, FieldSpec::in_row(Field::ImageUrl, InputKind::Line("url")), &image.url)}
        {field_in(form, row, FieldSpec::in_row(Field::ImageAlt, InputKind::Line("text")), &image.alt)}
    }
    .into_any()
}

fn attribute(form: StudioForm, row: RowHandle, fact: &AttributeInput) -> AnyView {
    let line = |field: fn(u16) -> Field| FieldSpec::in_row(field, InputKind::Line("text"));
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

fn alternative(form: StudioForm, row: RowHandle, alternative: &AlternativeInput) -> AnyView {
    let product = FieldSpec::in_row(Field::AlternativeProductId, InputKind::Proposed(PRODUCTS));
    let options = [Tier::Cheaper, Tier::Dearer].map(|one| {
        let text = (studio_texts().tier)(one);
        (one.name().to_owned(), text.to_owned())
    });
    let tier = Select {
        name: row.name_of(Field::Alternatives, "tier"),
        id: id_of(&Field::Alternatives.form_name_of(row.key, "tier")),
        label: studio_texts().edit_page.tier,
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
    let offers = rows_as_text(&product.offers, |offer| {
        vec![
            offer.url.clone(),
            offer.price.amount(),
            offer.price.currency().to_owned(),
            offer.availability.name().to_owned(),
        ]
    });
    let images = rows_as_text(&product.images, |image| {
        vec![image.url.clone(), image.alt.clone()]
    });
    let attributes = rows_as_text(&product.attributes, |fact| {
        vec![fact.name.clone(), fact.value.clone()]
    });
    let alternatives = rows_as_text(&product.alternatives, |one| {
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
