//! The first page of the studio: what to do first, and what everybody sees of what there is.

use domain::catalogue::{Hidden, Overview as Known, Tally};
use leptos::prelude::*;
use types::Problem;

use super::{
    Notice, Shelf, Steps,
    frame::{Room, page as room_page},
    notice, publicity, steps,
};
use crate::{
    components::session_facts::SessionFacts, content::Content, state::AppState, texts::texts,
};

/// The first page of the studio.
#[derive(Debug)]
pub struct Overview {
    /// What there is; nothing is known of it while it cannot be read.
    pub known: Option<Known>,
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
            {overview.known.as_ref().map(tallies)}
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

fn tallies(known: &Known) -> AnyView {
    let tallies = [
        (Shelf::Artists, &known.artist_tally),
        (Shelf::Videos, &known.videos),
        (Shelf::Products, &known.products),
    ];
    let tallies = tallies.map(|(shelf, tally)| item(shelf, tally));
    view! {
        <section class="panel">
            <h2>{texts().studio.overview.heading}</h2>
            <ul class="tallies" role="list">{tallies.into_iter().collect::<Vec<_>>()}</ul>
        </section>
    }
    .into_any()
}

fn item(shelf: Shelf, tally: &Tally) -> AnyView {
    let texts = &texts().studio;
    let count = match tally.total {
        0 => texts.overview.none.to_owned(),
        total => (texts.overview.public_of)(tally.public, total),
    };
    view! {
        <li class="tally">
            <h3>
                <a href=shelf.path()>{(texts.shelf)(shelf).title}</a>
            </h3>
            <p>{count}</p>
            {hidden(shelf, tally)}
        </li>
    }
    .into_any()
}

/// What nobody else sees, and why not.
fn hidden(shelf: Shelf, tally: &Tally) -> Option<AnyView> {
    let texts = &texts().studio.overview;
    if tally.total == 0 {
        return None;
    }
    if tally.public == tally.total {
        return Some(view! { <p class="tally-good">{texts.all_public}</p> }.into_any());
    }
    let row = |one: &Hidden| {
        view! {
            <li>
                <a href=shelf.path_of(&one.id)><bdi>{one.name.clone()}</bdi></a>
                " "
                {publicity::badge(one.why)}
            </li>
        }
    };
    let rows: Vec<_> = tally.hidden.iter().map(row).collect();
    let all = tally.total.saturating_sub(tally.public);
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
