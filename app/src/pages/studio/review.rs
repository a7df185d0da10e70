//! What a moderator has decided about a retailer, and what uses the retailer.

use leptos::prelude::*;
use types::{
    catalogue::{EntityKind, ReviewStatus},
    pages::studio::{RetailerReview, RetailerUse},
};

use super::paths;
use crate::texts::texts;

/// A review status in a word or two.
pub(super) fn badge(status: ReviewStatus) -> AnyView {
    let class = match status {
        ReviewStatus::Approved => "badge badge-public",
        ReviewStatus::Proposed | ReviewStatus::Blocked => "badge",
    };
    view! { <span class=class>{word(status)}</span> }.into_any()
}

fn word(status: ReviewStatus) -> &'static str {
    let texts = &texts().studio.review;
    match status {
        ReviewStatus::Proposed => texts.proposed,
        ReviewStatus::Approved => texts.approved,
        ReviewStatus::Blocked => texts.blocked,
    }
}

/// What is decided about a retailer, what uses it, and for moderators the buttons that change it.
pub(super) fn panel(id: &str, revision: u64, review: &RetailerReview) -> AnyView {
    let texts = &texts().studio.review;
    let lead = match review.status {
        ReviewStatus::Proposed => texts.proposed_lead,
        ReviewStatus::Approved => texts.approved_lead,
        ReviewStatus::Blocked => texts.blocked_lead,
    };
    let path = paths::edit(EntityKind::Retailer, id);
    let ways = [
        (ReviewStatus::Approved, "/approval", texts.approve),
        (ReviewStatus::Blocked, "/block", texts.block),
        (ReviewStatus::Proposed, "/proposal", texts.reopen),
    ];
    let ways = ways
        .into_iter()
        .filter(|(status, ..)| *status != review.status);
    let buttons = ways.map(|(_, end, label)| {
        view! {
            <form method="post" action=[&path, end].concat()>
                <input type="hidden" name="revision" value=revision.to_string()/>
                <button class="button button-quiet" type="submit">{label}</button>
            </form>
        }
    });
    view! {
        <section class="panel">
            <h2>{texts.heading}</h2>
            <p>{badge(review.status)} " " {lead}</p>
            <p>{(texts.uses)(review.uses)} " " {(texts.deleted)(review.deleted)}</p>
            <ul class="users">{review.products.iter().map(product).collect::<Vec<_>>()}</ul>
            {review.is_moderator.then(|| view! {
                <div class="form-end">{buttons.collect::<Vec<_>>()}</div>
            })}
        </section>
    }
    .into_any()
}

/// Links of others are shown as text: nobody has looked at them yet.
fn product(product: &RetailerUse) -> AnyView {
    let name = product.name.clone();
    let name = match &product.id {
        Some(id) => {
            view! { <a href=paths::edit(EntityKind::Product, id)><bdi>{name}</bdi></a> }.into_any()
        }
        None => view! { <bdi>{name}</bdi> }.into_any(),
    };
    let links = product.links.iter().map(|link| {
        view! { <span class="user-link" dir="auto">{link.clone()}</span> }
    });
    view! { <li>{name} {links.collect::<Vec<_>>()}</li> }.into_any()
}
