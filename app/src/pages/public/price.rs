//! Prices of a product.

use leptos::prelude::*;
use types::pages::{PriceRange, ProductCard};

use crate::texts::public_texts;

/// The lowest price and the number of retailers. Prices in different currencies are shown side by
/// side and not compared.
pub(super) fn line(card: &ProductCard) -> AnyView {
    let texts = &public_texts().card;
    if card.retailers == 0 {
        return view! { <p class="price-line price-line-none">{texts.no_shop}</p> }.into_any();
    }
    let prices: Vec<_> = card.prices.iter().map(lowest).collect();
    let at = (texts.at_shops)(card.retailers);
    view! {
        <p class="price-line">
            {(!prices.is_empty()).then(|| view! { <strong>{prices.join(texts.or)}</strong> " " })}
            {at}
        </p>
    }
    .into_any()
}

/// The ranges from lowest to highest price, for each currency in which they differ.
pub(super) fn ranges(card: &ProductCard) -> Option<String> {
    let texts = public_texts();
    let is_range = |range: &&PriceRange| range.low.minor != range.high.minor;
    let ranges = card.prices.iter().filter(is_range);
    let ranges: Vec<_> = ranges
        .map(|range| (texts.offers.range)(&range.low.text(), &range.high.text()))
        .collect();
    (!ranges.is_empty()).then(|| ranges.join(texts.card.or))
}

fn lowest(range: &PriceRange) -> String {
    let low = range.low.text();
    match range.low.minor == range.high.minor {
        true => low,
        false => (public_texts().card.from)(&low),
    }
}
