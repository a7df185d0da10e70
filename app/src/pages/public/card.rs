//! Entities as cards in a list.

use leptos::prelude::*;
use types::pages::{
    ArtistCard, Card, ProductAppearance, ProductCard, SearchHit, TextSegment, VideoCard,
};

use super::{address, poster, price, video_time::fragment};
use crate::{bidi_isolation::with_isolated, texts::public_texts};

/// A grid of cards in the order of the list.
pub(crate) fn cards(cards: &[Card]) -> AnyView {
    let cards: Vec<_> = cards.iter().map(|one| card(one, None)).collect();
    grid(cards)
}

/// A grid of rendered cards.
pub(super) fn grid(cards: Vec<AnyView>) -> AnyView {
    view! { <ul class="cards" role="list">{cards}</ul> }.into_any()
}

/// The card of an entity, with highlighted matches if a search found it.
pub(super) fn card(card: &Card, found: Option<&SearchHit>) -> AnyView {
    match card {
        Card::Artist(card) => artist(card, found),
        Card::Video(card) => video(card, found),
        Card::Product(card) => product(card, found),
    }
}

/// The card of a video.
pub(super) fn video(card: &VideoCard, found: Option<&SearchHit>) -> AnyView {
    let texts = &public_texts().card;
    let href = address::video(&card.artist.slug, &card.slug);
    let name = name(&card.title, found);
    view! {
        <li class="card card-video">
            {poster::small(card.duration)}
            <h3 class="card-name"><a class="card-link" href=href>{name}</a></h3>
            <p class="card-note">{with_isolated(texts.by, &card.artist.name)}</p>
            {found.map(|found| snippet(&found.snippet))}
        </li>
    }
    .into_any()
}

/// The card of a video that shows a product, with links to the seconds at which it does.
pub(super) fn appearance(appearance: &ProductAppearance) -> AnyView {
    let texts = public_texts();
    let card = &appearance.video;
    let path = address::video(&card.artist.slug, &card.slug);
    let starts = appearance.starts.iter();
    let times: Vec<_> = starts
        .map(|start| {
            let href = [path.as_str(), &fragment(*start)].concat();
            let label = (texts.video.jump)(&start.to_string());
            view! { <a class="time" href=href aria-label=label>{start.to_string()}</a> }
        })
        .collect();
    let name = name(&card.title, None);
    view! {
        <li class="card card-video">
            {poster::small(card.duration)}
            <h3 class="card-name"><a class="card-link" href=path.clone()>{name}</a></h3>
            <p class="card-note">{with_isolated(texts.card.by, &card.artist.name)}</p>
            {(!times.is_empty()).then(|| view! { <p class="card-times">{times}</p> })}
        </li>
    }
    .into_any()
}

/// The card of a product.
pub(super) fn product(card: &ProductCard, found: Option<&SearchHit>) -> AnyView {
    let href = address::product(&card.artist.slug, &card.slug);
    let name = name(&card.name, found);
    let brand = (!card.brand.is_empty()).then(|| card.brand.clone());
    view! {
        <li class="card card-product">
            {brand.map(|brand| view! { <p class="card-brand" dir="auto">{brand}</p> })}
            <h3 class="card-name"><a class="card-link" href=href>{name}</a></h3>
            {price::line(card)}
            {found.map(|found| snippet(&found.snippet))}
        </li>
    }
    .into_any()
}

fn artist(card: &ArtistCard, found: Option<&SearchHit>) -> AnyView {
    let href = address::of_artist(&card.artist);
    let name = name(&card.artist.name, found);
    let bio = match found {
        Some(found) => snippet(&found.snippet),
        None => view! { <p class="card-note" dir="auto">{card.bio.clone()}</p> }.into_any(),
    };
    view! {
        <li class="card card-artist">
            <span class="card-initial" aria-hidden="true" dir="auto">{initial(&card.artist.name)}</span>
            <h3 class="card-name"><a class="card-link" href=href>{name}</a></h3>
            {bio}
        </li>
    }
    .into_any()
}

fn name(plain: &str, found: Option<&SearchHit>) -> AnyView {
    match found {
        Some(found) => marked(&found.name),
        None => view! { <bdi>{plain.to_owned()}</bdi> }.into_any(),
    }
}

fn snippet(segments: &[TextSegment]) -> AnyView {
    view! { <p class="card-note" dir="auto">{marked(segments)}</p> }.into_any()
}

/// A text with its matches in `mark` elements.
fn marked(segments: &[TextSegment]) -> AnyView {
    let segment = |segment: &TextSegment| {
        let text = segment.text.clone();
        match segment.is_match {
            true => view! { <mark>{text}</mark> }.into_any(),
            false => text.into_any(),
        }
    };
    let segments: Vec<_> = segments.iter().map(segment).collect();
    view! { <bdi>{segments}</bdi> }.into_any()
}

/// The first letter or digit of a name, in upper case; empty if there is none.
pub(super) fn initial(name: &str) -> String {
    let first = name.chars().find(|c| c.is_alphanumeric());
    first.map_or_else(String::new, |first| first.to_uppercase().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_initial_is_a_letter_or_nothing() {
        assert_eq!(initial("“ada”"), "A");
        assert_eq!(initial("🎬 ñandú"), "Ñ");
        assert_eq!(initial("🎬"), "");
    }
}
