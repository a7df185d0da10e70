//! The first page of the studio: what to do first, and what everybody sees of what there is.

use leptos::prelude::*;
use types::{
    Problem,
    pages::{EntitySummary, HiddenEntity, StudioOverview},
};

use super::{
    Notice, Shelf, Steps,
    frame::{Room, page as room_page},
    notice, steps, visibility,
};
use crate::{
    components::session_facts::SessionFacts, content::Content, state::AppState, texts::texts,
};

/// The first page of the studio.
#[derive(Debug)]
pub struct Overview {
    /// What there is; nothing is known of it while it cannot be read.
    pub known: Option<StudioOverview>,
    /// The steps of a first visit, while they are of use.
    pub steps: Option<Steps>,
    /// What was just done.
    pub notice: Option<Notice>,
    /// Why a step was refused, but for single fields.
    pub problem: Option<Problem>,
}

/// The page as content.
pub fn page(overview: Overview) -> Content {
    Content::new(texts().studio.title, move || show(&overview))
}

fn show(overview: &Overview) -> AnyView {
    let app = AppState::current();
    let texts = &texts().studio;
    let heading = app.of_visitor(|visitor| {
        let name = visitor.account.first_name.as_deref();
        (crate::texts::texts().studio.heading)(name)
    });
    let problem = overview.problem.as_ref().and_then(texts.problem);
    let children = view! {
        <p class="studio-page-lead">{texts.lead}</p>
        {notice::show(overview.notice)}
        {problem.map(|problem| view! {
            <div class="problem-notice" role="alert" tabindex="-1"><p>{problem}</p></div>
        })}
        {overview.steps.as_ref().map(steps::show)}
        <div class="studio-page-columns">
            {overview.known.as_ref().map(summaries)}
            <section class="panel studio-session">
                <h2>{texts.session_heading}</h2>
                <SessionFacts/>
                <p>
                    <a href="/account">{texts.account_link}</a>
                </p>
            </section>
        </div>
    };
    room_page(Room::Overview, heading.get_untracked(), children.into_any())
}

fn summaries(known: &StudioOverview) -> AnyView {
    let summaries = [
        (Shelf::Artists, &known.artists),
        (Shelf::Videos, &known.videos),
        (Shelf::Products, &known.products),
    ];
    let summaries = summaries.map(|(shelf, summary)| item(shelf, summary));
    view! {
        <section class="panel">
            <h2>{texts().studio.overview.heading}</h2>
            <ul class="tallies" role="list">{summaries.into_iter().collect::<Vec<_>>()}</ul>
        </section>
    }
    .into_any()
}

fn item(shelf: Shelf, summary: &EntitySummary) -> AnyView {
    let texts = &texts().studio;
    let count = match summary.total {
        0 => texts.overview.none.to_owned(),
        total => (texts.overview.public_of)(summary.public, total),
    };
    view! {
        <li class="tally">
            <h3>
                <a href=shelf.path()>{(texts.shelf)(shelf).title}</a>
            </h3>
            <p>{count}</p>
            {hidden(shelf, summary)}
        </li>
    }
    .into_any()
}

/// What nobody else sees, and why not.
fn hidden(shelf: Shelf, summary: &EntitySummary) -> Option<AnyView> {
    let texts = &texts().studio.overview;
    if summary.total == 0 {
        return None;
    }
    if summary.public == summary.total {
        return Some(view! { <p class="tally-good">{texts.all_public}</p> }.into_any());
    }
    let row = |one: &HiddenEntity| {
        view! {
            <li>
                <a href=shelf.path_of(&one.id)><bdi>{one.name.clone()}</bdi></a>
                " "
                {visibility::badge(one.visibility)}
            </li>
        }
    };
    let rows: Vec<_> = summary.hidden.iter().map(row).collect();
    let all = summary.total.saturating_sub(summary.public);
    let more = all.saturating_sub(rows.len() as u64);
    Some(
        view! {
            <p>{texts.hidden}</p>
            <ul class="tally-hidden" role="list">{rows}</ul>
            {(more > 0).then(|| view! { <p>{(texts.more)(more)}</p> })}
        }
        .into_any(),
    )
}
