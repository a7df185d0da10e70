//! What a page of a thing shows besides its form.

use std::collections::BTreeSet;

use app::pages::studio::{Choices, RetailerReview, Tag, Tagged, User, sheet::Special};
use domain::{
    Caller,
    catalogue::{Catalogue, ListQuery, MOST_MEANT, ProductView, RetailerView, VideoView},
    search::{Page, Sort, Words},
};
use types::catalogue::{Placement, normalized_name};

use super::thing::Answer;

/// So many products are proposed in a field.
const PROPOSED: usize = 500;

/// The products of an artist, or of all artists of the caller's, but for one: the first of them by
/// name, and those that a form names.
pub(super) async fn choices(
    catalogue: &Catalogue,
    caller: &Caller,
    artist: Option<&str>,
    without: Option<&str>,
    named: &[String],
) -> Answer<Choices> {
    let query = ListQuery {
        artist: artist.map(str::to_owned),
        words: Words::parse(""),
        sort: Sort::Name,
        page: Page::Offset(0),
        limit: PROPOSED,
    };
    let page = catalogue.products.list(caller, &query).await?;
    let has_others = page.total > PROPOSED as u64;
    let mut products = page.things;
    products.retain(|one| Some(one.id.as_str()) != without);
    let proposed = choices_of(&products);
    if !has_others {
        return Ok(proposed);
    }
    // Another one of the last name may stand behind it.
    let last = products
        .last()
        .map(|one| normalized_name(&one.content.name));
    let is_proposed = |typed: &&str| {
        let id = proposed.id_of(typed).unwrap_or(typed);
        let product = products.iter().find(|one| one.id == id);
        product.is_some_and(|one| Some(normalized_name(&one.content.name)) != last)
    };
    let named: BTreeSet<_> = named.iter().map(String::as_str).take(MOST_MEANT).collect();
    let others: Vec<_> = named
        .into_iter()
        .filter(|typed| !is_proposed(typed))
        .collect();
    for other in catalogue.products.meant(caller, artist, &others).await? {
        let is_known = products.iter().any(|one| one.id == other.id);
        if !is_known && Some(other.id.as_str()) != without {
            products.push(other);
        }
    }
    Ok(choices_of(&products).and_others())
}

fn choices_of(products: &[ProductView]) -> Choices {
    let names = |one: &ProductView| (one.id.clone(), one.content.name.clone(), one.slug.clone());
    Choices::of(products.iter().map(names))
}

/// Where a video is watched and what is tagged in it, above the form that tags more.
pub(super) async fn video(
    catalogue: &Catalogue,
    caller: &Caller,
    view: &VideoView,
    choices: &Choices,
    tag: Option<Tag>,
) -> Answer<Special> {
    let video = catalogue.studio.video(caller, view).await?;
    let placements = &view.content.placements;
    let tag = Tag {
        revision: Some(view.revision),
        has_products: !choices.is_empty(),
        ..tag.unwrap_or_default()
    };
    let tagged = placements.iter().map(|one| tagged(one, choices));
    Ok(Special::Video(video, tagged.collect(), Box::new(tag)))
}

fn tagged(placement: &Placement, choices: &Choices) -> Tagged {
    let id = &placement.product_id;
    Tagged {
        name: choices.label_of(id).unwrap_or(id).to_owned(),
        product_id: id.clone(),
        start: placement.start,
        end: placement.end,
        note: placement.note.clone(),
    }
}

/// What is decided about a retailer, and what uses it: one's own products with the way to them, and
/// those of others, which only moderators learn of, with their links.
pub(super) async fn retailer(
    catalogue: &Catalogue,
    caller: &Caller,
    view: &RetailerView,
) -> Answer<Special> {
    let uses = catalogue.retailers.uses(caller, &view.id).await?;
    let own = catalogue.artists.list(caller).await?;
    let users = uses.products.into_iter().map(|one| {
        let product = one.product;
        let is_own = own.iter().any(|artist| artist.id == product.parent);
        User {
            links: one.links,
            id: is_own.then_some(product.id),
            name: product.content.name,
        }
    });
    Ok(Special::Retailer(RetailerReview {
        status: view.content.review_status,
        uses: uses.total,
        deleted: uses.deleted,
        users: users.collect(),
        is_moderator: uses.is_moderator,
    }))
}
