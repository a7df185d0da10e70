//! Whether a shop is one, and who decides it.

use domain::catalogue::Standing;
use leptos::prelude::*;

use super::Shelf;
use crate::texts::texts;

/// What is known of a retailer besides its form.
#[derive(Clone, Debug)]
pub struct Judged {
    /// Whether somebody has looked at it.
    pub standing: Standing,
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

impl Judged {
    /// Whether the one who looks at the page may change it.
    pub fn is_changeable(&self) -> bool {
        self.is_moderator || self.standing == Standing::Proposed
    }
}

/// A retailer's standing in a word or two.
pub(super) fn badge(standing: Standing) -> AnyView {
    let class = match standing {
        Standing::Approved => "badge badge-public",
        Standing::Proposed | Standing::Blocked => "badge",
    };
    view! { <span class=class>{word(standing)}</span> }.into_any()
}

fn word(standing: Standing) -> &'static str {
    let texts = &texts().studio.standing;
    match standing {
        Standing::Proposed => texts.proposed,
        Standing::Approved => texts.approved,
        Standing::Blocked => texts.blocked,
    }
}

/// The standing of a retailer, what uses it, and for moderators the buttons that change it.
pub(super) fn panel(id: &str, revision: u64, judged: &Judged) -> AnyView {
    let texts = &texts().studio.standing;
    let lead = match judged.standing {
        Standing::Proposed => texts.proposed_lead,
        Standing::Approved => texts.approved_lead,
        Standing::Blocked => texts.blocked_lead,
    };
    let path = Shelf::Retailers.path_of(id);
    let ways = [
        (Standing::Approved, "/approval", texts.approve),
        (Standing::Blocked, "/block", texts.block),
        (Standing::Proposed, "/proposal", texts.reopen),
    ];
    let ways = ways
        .into_iter()
        .filter(|(standing, ..)| *standing != judged.standing);
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
            <p>{badge(judged.standing)} " " {lead}</p>
            <p>{(texts.uses)(judged.uses)} " " {(texts.deleted)(judged.deleted)}</p>
            <ul class="users">{judged.users.iter().map(user).collect::<Vec<_>>()}</ul>
            {judged.is_moderator.then(|| view! {
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
