//! The first page.

use leptos::prelude::*;
use types::{SignupMode, pages::CardList};

use super::public::{Meta, Shelf, cards};
use crate::{
    components::page_heading::PageHeading, content::Content, markup::markup, state::AppState,
    texts::texts,
};

/// What is new in the catalogue.
#[derive(Clone, Debug, PartialEq)]
pub enum Newest {
    /// These things.
    Read {
        /// The newest videos.
        videos: CardList,
        /// The newest products.
        products: CardList,
    },
    /// It cannot be read just now. The rest of the page needs no store, and is shown.
    Unavailable,
}

/// The first page: what this is, in words and in a drawing, and what is new.
pub fn page(newest: Newest, origin: &str) -> Content {
    let texts = texts();
    let meta = Meta {
        origin: origin.to_owned(),
        path: "/".to_owned(),
        title: texts.home.title.to_owned(),
        description: texts.document.description.to_owned(),
        kind: "website",
        image: None,
        json_ld: Vec::new(),
    };
    let show = move || show(AppState::current(), &newest);
    Content::new(texts.home.title, show).with_head(meta.into_head())
}

fn show(app: AppState, newest: &Newest) -> AnyView {
    let is_signed_in = app.visitor.with_untracked(Option::is_some);
    let texts = &texts().home;
    view! {
        <div class="home-page">
            <section class="hero">
                <div class="hero-words">
                    <p class="eyebrow">{texts.eyebrow}</p>
                    <PageHeading text=texts.heading/>
                    <p class="hero-lead">{texts.lead}</p>
                    <p class="hero-ways">
                        {if is_signed_in { way_on() } else { ways_in(app) }}
                    </p>
                </div>
                <figure class="hero-figure" inner_html=figure()></figure>
            </section>
            {new_things(newest)}
            <section class="home-section" inner_html=steps()></section>
            <section class="home-section" inner_html=promises()></section>
        </div>
    }
    .into_any()
}

fn new_things(newest: &Newest) -> AnyView {
    let texts = &texts().public.newest;
    match newest {
        Newest::Read { videos, products } => view! {
            {shelf(Shelf::Videos, texts.videos, videos)}
            {shelf(Shelf::Products, texts.products, products)}
        }
        .into_any(),
        Newest::Unavailable => view! { <p class="list-empty">{texts.unavailable}</p> }.into_any(),
    }
}

/// The newest things of a kind, and the way to all of them.
fn shelf(shelf: Shelf, heading: &'static str, list: &CardList) -> Option<AnyView> {
    if list.cards.is_empty() {
        return None;
    }
    let view = view! {
        <section class="home-section">
            <h2>{heading}</h2>
            {cards(&list.cards)}
            <p><a class="list-all" href=shelf.path()>{(shelf.texts().all)(list.total)}</a></p>
        </section>
    };
    Some(view.into_any())
}

fn way_on() -> AnyView {
    view! { <a class="button" href="/studio">{texts().home.open_studio}</a> }.into_any()
}

fn ways_in(app: AppState) -> AnyView {
    let texts = &texts().home;
    view! {
        {(app.signup == SignupMode::Open)
            .then(|| view! { <a class="button" href="/signup">{texts.start}</a> })}
        <a class="button button-quiet" href="/login">{texts.have_account}</a>
    }
    .into_any()
}

fn figure() -> String {
    let texts = &texts().home;
    markup![
        "<div class=hero-art role=img aria-label=\"",
        texts.picture,
        "\">",
        include_str!("../art/hero.svg"),
        "</div><figcaption>",
        texts.caption,
        "</figcaption>"
    ]
}

fn steps() -> String {
    let texts = &texts().home;
    let points = texts.steps.map(point).concat();
    markup![
        "<h2>",
        texts.how_heading,
        "</h2><ol class=home-steps role=list>",
        &points,
        "</ol>"
    ]
}

fn promises() -> String {
    let texts = &texts().home;
    let points = texts.promises.map(point).concat();
    markup![
        "<h2>",
        texts.promise_heading,
        "</h2><ul class=home-promises role=list>",
        &points,
        "</ul>"
    ]
}

fn point((heading, text): (&str, &str)) -> String {
    markup![
        "<li class=home-point><h3>",
        heading,
        "</h3><p>",
        text,
        "</p></li>"
    ]
}
