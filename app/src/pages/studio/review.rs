//! The review status of a retailer, and the products that use it.

use std::sync::Arc;

use leptos::prelude::*;
use types::{
    catalogue::{EntityKind, ReviewStatus},
    pages::studio::{RetailerReview, RetailerUse},
};

use super::{
    button_form::{ButtonAction, ButtonForm},
    paths,
};
use crate::{api::studio::reviews::review_retailer, texts::studio_texts};

/// A review status as a badge.
pub(super) fn badge(status: ReviewStatus) -> AnyView {
    let class = match status {
        ReviewStatus::Approved => "badge badge-public",
        ReviewStatus::Proposed | ReviewStatus::Blocked => "badge",
    };
    view! { <span class=class>{word(status)}</span> }.into_any()
}

fn word(status: ReviewStatus) -> &'static str {
    let texts = &studio_texts().review;
    match status {
        ReviewStatus::Proposed => texts.proposed,
        ReviewStatus::Approved => texts.approved,
        ReviewStatus::Blocked => texts.blocked,
    }
}

/// The review status of a retailer, the products that use it, and the buttons of moderators.
pub(super) fn panel(id: &str, revision: RwSignal<u64>, review: &RetailerReview) -> AnyView {
    let texts = &studio_texts().review;
    let lead = match review.status {
        ReviewStatus::Proposed => texts.proposed_lead,
        ReviewStatus::Approved => texts.approved_lead,
        ReviewStatus::Blocked => texts.blocked_lead,
    };
    let ways = [
        (ReviewStatus::Approved, "/approval", texts.approve),
        (ReviewStatus::Blocked, "/block", texts.block),
        (ReviewStatus::Proposed, "/proposal", texts.reopen),
    ];
    let ways = ways
        .into_iter()
        .filter(|(status, ..)| *status != review.status);
    let buttons = ways.map(|(status, end, label)| {
        let form = ButtonForm::new(EntityKind::Retailer, id, end, label).at(revision);
        form.show(decide(id, status))
    });
    view! {
        <section class="panel">
            <h2>{texts.heading}</h2>
            <p>{badge(review.status)} " " {lead}</p>
            <p>{(texts.uses)(review.uses)}</p>
            <ul class="retailer-uses">{review.products.iter().map(product).collect::<Vec<_>>()}</ul>
            {review.is_moderator.then(|| view! {
                <div class="form-end">{buttons.collect::<Vec<_>>()}</div>
            })}
        </section>
    }
    .into_any()
}

fn decide(id: &str, status: ReviewStatus) -> ButtonAction {
    let id = id.to_owned();
    Arc::new(move |revision| Box::pin(review_retailer(id.clone(), revision, status)))
}

/// Links in products are shown as text, because no moderator has checked them yet.
fn product(product: &RetailerUse) -> AnyView {
    let name = product.name.clone();
    let name = match &product.id {
        Some(id) => {
            view! { <a href=paths::edit(EntityKind::Product, id)><bdi>{name}</bdi></a> }.into_any()
        }
        None => view! { <bdi>{name}</bdi> }.into_any(),
    };
    let links = product.links.iter().map(|link| {
        view! { <span class="retailer-use-link" dir="auto">{link.clone()}</span> }
    });
    view! { <li>{name} {links.collect::<Vec<_>>()}</li> }.into_any()
}
