//! What a moderator has decided about a retailer, and what uses the retailer.

use leptos::prelude::*;
use types::catalogue::ReviewStatus;

use super::Shelf;
use crate::texts::texts;

/// What is known of a retailer besides its form.
#[derive(Clone, Debug)]
pub struct RetailerReview {
    /// What a moderator has decided about it.
    pub status: ReviewStatus,
    /// How many products use it, those of others too.
    pub uses: u64,
    /// How many more would use it if they were restored.
    pub deleted: u64,
    /// Some of those that use it.
    pub users: Vec<User>,
    /// Whether the one who looks at the page decides about it.
    pub is_moderator: bool,
}

/// A product that has an offer of a retailer's.
#[derive(Clone, Debug)]
pub struct User {
    /// Its id, when it belongs to the one who looks at the page.
    pub id: Option<String>,
    /// What it is called.
    pub name: String,
    /// Its links to the retailer.
    pub links: Vec<String>,
}

impl RetailerReview {
    /// Whether the one who looks at the page may change it.
    pub fn is_changeable(&self) -> bool {
        self.is_moderator || self.status == ReviewStatus::Proposed
    }
}

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
    let path = Shelf::Retailers.path_of(id);
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
            <ul class="users">{review.users.iter().map(user).collect::<Vec<_>>()}</ul>
            {review.is_moderator.then(|| view! {
                <div class="form-end">{buttons.collect::<Vec<_>>()}</div>
            })}
        </section>
    }
    .into_any()
}

/// Links of others are shown as text: nobody has looked at them yet.
fn user(user: &User) -> AnyView {
    let name = user.name.clone();
    let name = match &user.id {
        Some(id) => view! { <a href=Shelf::Products.path_of(id)><bdi>{name}</bdi></a> }.into_any(),
        None => view! { <bdi>{name}</bdi> }.into_any(),
    };
    let links = user.links.iter().map(|link| {
        view! { <span class="user-link" dir="auto">{link.clone()}</span> }
    });
    view! { <li>{name} {links.collect::<Vec<_>>()}</li> }.into_any()
}
