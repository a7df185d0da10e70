//! The first page.

use leptos::prelude::*;
use types::SignupMode;

use crate::{components::page_heading::PageHeading, markup::markup, state::AppState, texts::texts};

/// The first page: what this is, in words and in a drawing.
#[component]
pub(crate) fn HomePage() -> impl IntoView {
    let app = AppState::current();
    let is_signed_in = app.is_signed_in();
    let texts = &texts().home;
    view! {
        <div class="home-page">
            <section class="hero">
                <div class="hero-words">
                    <p class="eyebrow">{texts.eyebrow}</p>
                    <PageHeading text=texts.heading/>
                    <p class="hero-lead">{texts.lead}</p>
                    <p class="hero-ways">
                        {move || if is_signed_in.get() { way_on() } else { ways_in(app) }}
                    </p>
                </div>
                <figure class="hero-figure" inner_html=figure()></figure>
            </section>
            <section class="home-section" inner_html=steps()></section>
            <section class="home-section" inner_html=promises()></section>
        </div>
    }
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
