//! The leave page: the warning before a link to a host that is not approved.

use leptos::prelude::*;
use types::{
    catalogue::EntityKind,
    pages::{LeavingPage, LinkingEntity},
};

use super::{address, destination};
use crate::{
    api::public as api,
    app_context::AppContext,
    components::page_heading::PageHeading,
    page_head::{HeadTags, Indexing, PageHead},
    pages::{
        page_model::{page_from, parameter},
        studio::paths,
    },
    texts::public_texts,
};

/// `rel` of the link: user-generated, not endorsed, and the other page gets neither `opener` nor
/// `Referer`.
const REL: &str = "nofollow ugc noopener noreferrer external";

/// Names the host; only a click on the link leads there. The page of a draft is for its owner only,
/// so it is read again when the session ends.
pub(super) fn page() -> AnyView {
    let (entity, digest) = (parameter("entity"), parameter("digest"));
    let is_signed_in = AppContext::current().is_signed_in();
    page_from(
        move || (entity.get(), digest.get(), is_signed_in.get()),
        |(entity, digest, _)| destination::as_page(api::leave(entity, digest)),
        |destination| destination::view(destination, show),
    )
}

fn show(page: &LeavingPage) -> AnyView {
    let texts = &public_texts().leaving;
    let head = HeadTags {
        is_indexed: Indexing::No,
        ..HeadTags::default()
    };
    let unicode = page.unicode_host.clone().map(|host| {
        view! {
            <p>
                {texts.unicode} " "
                <bdi class="leaving-page-unicode">{host}</bdi>
                ". " {texts.alike}
            </p>
        }
    });
    let (back, name) = back_link(&page.entity);
    view! {
        <PageHead title=(texts.title)(&page.host) head/>
        <div class="leaving-page">
            <PageHeading text=texts.heading/>
            <p>{texts.lead}</p>
            <p class="leaving-page-host" dir="ltr">{page.host.clone()}</p>
            {unicode}
            <p>{texts.unchecked}</p>
            <div class="leaving-page-actions">
                <a class="button" href=back>
                    {texts.back} " " <bdi>{name.to_owned()}</bdi>
                </a>
                <a class="button button-quiet" rel=REL href=page.url.clone()>
                    {(texts.onward)(&page.host)}
                </a>
            </div>
            <p class="leaving-page-url">
                {texts.whole} " " <code dir="ltr">{page.url.clone()}</code>
            </p>
        </div>
    }
    .into_any()
}

/// Path and name of the entity that has the link.
fn back_link(entity: &LinkingEntity) -> (String, &str) {
    match entity {
        LinkingEntity::Artist(artist) => (address::of_artist(artist), &artist.name),
        LinkingEntity::Video {
            artist,
            slug,
            title,
        } => (address::video(&artist.slug, slug), title),
        LinkingEntity::ArtistDraft { id, name } => (paths::edit(EntityKind::Artist, id), name),
        LinkingEntity::VideoDraft { id, title } => (paths::edit(EntityKind::Video, id), title),
    }
}
