//! The home page.

use leptos::prelude::*;
use types::{
    SignupMode,
    pages::{CardList, HomePage, PageLookup, PublicKind},
};

use super::{PageMeta, address, cards, list::list_texts};
use crate::{
    api::public as api,
    app_context::AppContext,
    components::{
        log_out_notice::{LOGGED_OUT, LogOutNotice},
        page_heading::PageHeading,
    },
    markup::markup,
    page_head::PageHead,
    pages::page_model::{page_from, query},
    texts::public_texts,
};

/// The home page: what the site is, and the newest videos and products.
pub(super) fn page() -> AnyView {
    let query = query();
    page_from(
        move || query.get(),
        async |_| Ok(PageLookup::Page(api::home().await?)),
        |page| show(AppContext::current(), &page),
    )
}

fn show(app: AppContext, page: &HomePage) -> AnyView {
    let is_signed_in = app.is_signed_in();
    let texts = &public_texts().home;
    let meta = PageMeta {
        path: "/".to_owned(),
        title: texts.title.to_owned(),
        description: crate::texts::texts().document.description.to_owned(),
        kind: "website",
        image: None,
    };
    view! {
        <PageHead title=texts.title head=meta.into_head()/>
        <LogOutNotice address=LOGGED_OUT text=crate::texts::texts().site.logged_out/>
        <div class="home-page">
            <section class="hero">
                <div class="hero-words">
                    <p class="eyebrow">{texts.eyebrow}</p>
                    <PageHeading text=texts.heading/>
                    <p class="hero-lead">{texts.lead}</p>
                    <p class="hero-actions">
                        {move || if is_signed_in.get() { studio_link() } else { visitor_links(app) }}
                    </p>
                </div>
                <figure class="hero-figure" inner_html=figure()></figure>
            </section>
            {newest(page)}
            <section class="home-section" inner_html=steps()></section>
            <section class="home-section" inner_html=promises()></section>
        </div>
    }
    .into_any()
}

fn newest(page: &HomePage) -> AnyView {
    let texts = &public_texts().newest;
    match page {
        HomePage::Newest { videos, products } => view! {
            {part(PublicKind::Video, texts.videos, videos)}
            {part(PublicKind::Product, texts.products, products)}
        }
        .into_any(),
        HomePage::Unavailable => view! { <p class="list-empty">{texts.unavailable}</p> }.into_any(),
    }
}

/// The newest entities of a kind, with a link to all of them.
fn part(kind: PublicKind, heading: &'static str, list: &CardList) -> Option<AnyView> {
    if list.cards.is_empty() {
        return None;
    }
    let view = view! {
        <section class="home-section">
            <h2>{heading}</h2>
            {cards(&list.cards)}
            <p><a class="list-all" href=address::list(kind)>{(list_texts(kind).all)(list.total)}</a></p>
        </section>
    };
    Some(view.into_any())
}

fn studio_link() -> AnyView {
    view! { <a class="button" href="/studio">{public_texts().home.open_studio}</a> }.into_any()
}

fn visitor_links(app: AppContext) -> AnyView {
    let texts = &public_texts().home;
    view! {
        {(app.signup == SignupMode::Open)
            .then(|| view! { <a class="button" href="/signup">{texts.start}</a> })}
        <a class="button button-quiet" href="/login">{texts.have_account}</a>
    }
    .into_any()
}

fn figure() -> String {
    let texts = &public_texts().home;
    markup![
        "<div class=hero-art role=img aria-label=\"",
        texts.picture,
        "\">",
        include_str!("../../art/hero.svg"),
        "</div><figcaption>",
        texts.caption,
        "</figcaption>"
    ]
}

fn steps() -> String {
    let texts = &public_texts().home;
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
    let texts = &public_texts().home;
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
