//! The public page of a video.

use leptos::prelude::*;
use types::{
    catalogue::Timecode,
    pages::{ForeignVideo, PublicPlacement, VideoPage},
};

use super::{
    PageMeta, address, json_ld, offer, poster, price,
    video_time::{self, TimeAnchors, fragment, readable, seconds},
};
use crate::{
    api::public as api, components::page_heading::PageHeading, navigation::Navigation,
    page_head::PageHead, pages::page_model::artist_page_from, player::Player, texts::public_texts,
};

/// What the times on the page link to: the player, the provider, or an element of the page.
#[derive(Debug)]
struct TimeLinks<'a> {
    player: Player,
    video: Option<&'a ForeignVideo>,
    anchors: TimeAnchors,
}

/// The public page of a video.
pub(super) fn page() -> AnyView {
    let player = Player::new();
    artist_page_from(api::video, move |page| show(&page, player))
}

/// The start in seconds that the URL requests.
fn start(page: &VideoPage) -> u32 {
    let asked = Navigation::current().address_now().query().text("t");
    video_time::start_second(&asked, page.duration)
}

fn meta(page: &VideoPage) -> PageMeta {
    PageMeta {
        path: address::video(&page.artist.slug, &page.slug),
        title: page.title.clone(),
        description: match page.description.as_str() {
            "" => (public_texts().video.description)(&page.artist.name, page.placements.len()),
            description => description.to_owned(),
        },
        kind: "video.other",
        image: page.video.as_ref().and_then(|one| one.thumbnail.clone()),
    }
}

fn show(page: &VideoPage, player: Player) -> AnyView {
    let texts = &public_texts().video;
    // Another address of this route may name the same video; it then starts again.
    player.unload();
    player.set_source(page.video.as_ref().and_then(ForeignVideo::player).cloned());
    let mut times = TimeLinks {
        player,
        video: page.video.as_ref(),
        anchors: TimeAnchors::default(),
    };
    let products = products(page, &mut times);
    let chapters = chapters(page, &mut times);
    let about = (!page.description.is_empty()).then(|| {
        let description = page.description.clone();
        view! {
            <section class="video-about">
                <h2>{texts.about}</h2>
                <p class="prose" dir="auto">{description}</p>
            </section>
        }
    });
    let title = (texts.title)(&page.title, &page.artist.name);
    view! {
        <PageHead title head=meta(page).into_head()/>
        <article class="video-page">
            {json_ld::video(page)}
            <div class="video-main">
                {poster::large(page.video.as_ref(), start(page), player)}
                <header class="video-head">
                    <PageHeading text=page.title.clone()/>
                    {byline(page)}
                </header>
            </div>
            {products}
            <div class="video-rest">
                {chapters}
                {about}
            </div>
        </article>
    }
    .into_any()
}

fn byline(page: &VideoPage) -> AnyView {
    let texts = &public_texts().video;
    let published = page.published_on.as_ref().map(|day| {
        view! {
            <span>
                {texts.published} " " <time datetime=day.as_str().to_owned()>{readable(day)}</time>
            </span>
        }
    });
    view! {
        <p class="byline">
            <span>
                {texts.by} " "
                <a href=address::of_artist(&page.artist)><bdi>{page.artist.name.clone()}</bdi></a>
            </span>
            {published}
        </p>
    }
    .into_any()
}

fn products(page: &VideoPage, times: &mut TimeLinks<'_>) -> AnyView {
    let texts = &public_texts().video;
    let rows: Vec<_> = page
        .placements
        .iter()
        .map(|one| placement(one, times))
        .collect();
    let is_sold = page.placements.iter().any(|one| one.offer.is_some());
    let disclosure = is_sold.then(|| offer::disclosure(&page.disclosure, &page.artist.name));
    let shown = match rows.is_empty() {
        true => view! { <p class="list-empty">{texts.no_products}</p> }.into_any(),
        false => view! { <ol class="placements" role="list">{rows}</ol> }.into_any(),
    };
    view! {
        <section class="video-products">
            <h2>{texts.products}</h2>
            {disclosure}
            {shown}
        </section>
    }
    .into_any()
}

fn placement(shown: &PublicPlacement, times: &mut TimeLinks<'_>) -> AnyView {
    let product = &shown.product;
    let href = address::product(&product.artist.slug, &product.slug);
    let brand = (!product.brand.is_empty()).then(|| product.brand.clone());
    let note = (!shown.note.is_empty()).then(|| shown.note.clone());
    let (start, end) = (shown.start.map(seconds), shown.end.map(seconds));
    view! {
        <li
            class="placement"
            id=shown.start.and_then(|start| times.anchors.take(start))
            data-current=times.player.is_playing(start, end)
        >
            {placement_time(shown, times)}
            <div class="placement-words">
                {brand.map(|brand| view! { <p class="card-brand" dir="auto">{brand}</p> })}
                <h3 class="placement-name"><a href=href><bdi>{product.name.clone()}</bdi></a></h3>
                {note.map(|note| view! { <p class="placement-note" dir="auto">{note}</p> })}
                {price::line(product)}
                {shown.offer.as_ref().and_then(offer::button)}
            </div>
        </li>
    }
    .into_any()
}

fn placement_time(shown: &PublicPlacement, times: &TimeLinks<'_>) -> AnyView {
    let texts = &public_texts().video;
    let Some(start) = shown.start else {
        return view! { <span class="time time-none">{texts.somewhere}</span> }.into_any();
    };
    let label = match shown.end {
        Some(end) => (texts.span)(&start.to_string(), &end.to_string()),
        None => (texts.jump)(&start.to_string()),
    };
    time(start, label, times)
}

/// A time as a link: it seeks in the player, or leads to the provider.
fn time(start: Timecode, label: String, times: &TimeLinks<'_>) -> AnyView {
    let (player, second) = (times.player, seconds(start));
    let href = times.video.map(|video| address::link(video.at(second)));
    let href = href.unwrap_or_else(|| fragment(start));
    view! {
        <a
            class="time"
            href=href
            rel="nofollow noopener"
            aria-label=label
            on:click=move |event| player.link_clicked(&event, second)
        >
            {start.to_string()}
        </a>
    }
    .into_any()
}

fn chapters(page: &VideoPage, times: &mut TimeLinks<'_>) -> Option<AnyView> {
    let chapters = &page.chapters;
    if chapters.is_empty() {
        return None;
    }
    let texts = &public_texts().video;
    let rows: Vec<_> = chapters
        .iter()
        .map(|chapter| {
            let label = (texts.jump)(&chapter.start.to_string());
            view! {
                <li class="chapter" id=times.anchors.take(chapter.start)>
                    {time(chapter.start, label, times)}
                    <span dir="auto">{chapter.title.clone()}</span>
                </li>
            }
        })
        .collect();
    let view = view! {
        <section class="video-chapters">
            <h2>{texts.chapters}</h2>
            <ol class="chapters" role="list">{rows}</ol>
        </section>
    };
    Some(view.into_any())
}
