//! The first page of the studio: what to do first, and what everybody sees of what there is.

use leptos::prelude::*;
use types::{
    catalogue::EntityKind,
    pages::{
        EntitySummary, HiddenEntity, StudioOverview,
        studio::{EntityInput, FormProblem, Notice},
    },
};

use super::{
    frame::{Area, page as area_page},
    notice, paths,
    steps::{self, Steps},
    visibility,
};
use crate::{
    components::session_facts::SessionFacts, content::Content, state::AppState, texts::texts,
};

/// A form of a first step that was refused, and why.
#[derive(Clone, Debug)]
pub struct RefusedStep {
    /// What was typed.
    pub input: EntityInput,
    /// Why it was refused.
    pub problem: FormProblem,
}

/// The page as content. Without an overview, which could not be read, it shows a step that was refused.
pub fn page(
    overview: Option<StudioOverview>,
    notice: Option<Notice>,
    refused: Option<RefusedStep>,
) -> Content {
    let show = move || show(overview.as_ref(), notice, refused.as_ref());
    Content::new(texts().studio.title, show)
}

fn show(
    overview: Option<&StudioOverview>,
    notice: Option<Notice>,
    refused: Option<&RefusedStep>,
) -> AnyView {
    let app = AppState::current();
    let texts = &texts().studio;
    let heading = app.of_visitor(|visitor| {
        let name = visitor.account.first_name.as_deref();
        (crate::texts::texts().studio.heading)(name)
    });
    let problem = refused.map(|refused| refused.problem.to_problem());
    let problem = problem.as_ref().and_then(texts.problem);
    let children = view! {
        <p class="studio-page-lead">{texts.lead}</p>
        {notice::show(notice)}
        {problem.map(|problem| view! {
            <div class="problem-notice" role="alert" tabindex="-1"><p>{problem}</p></div>
        })}
        {Steps::new(overview, refused).as_ref().map(steps::show)}
        <div class="studio-page-columns">
            {overview.map(summaries)}
            <section class="panel studio-session">
                <h2>{texts.session_heading}</h2>
                <SessionFacts/>
                <p>
                    <a href="/account">{texts.account_link}</a>
                </p>
            </section>
        </div>
    };
    area_page(Area::Overview, heading.get_untracked(), children.into_any())
}

fn summaries(known: &StudioOverview) -> AnyView {
    let summaries = [
        (EntityKind::Artist, &known.artists),
        (EntityKind::Video, &known.videos),
        (EntityKind::Product, &known.products),
    ];
    let summaries = summaries.map(|(kind, summary)| item(kind, summary));
    view! {
        <section class="panel">
            <h2>{texts().studio.overview.heading}</h2>
            <ul class="tallies" role="list">{summaries.into_iter().collect::<Vec<_>>()}</ul>
        </section>
    }
    .into_any()
}

fn item(kind: EntityKind, summary: &EntitySummary) -> AnyView {
    let texts = &texts().studio;
    let count = match summary.total {
        0 => texts.overview.none.to_owned(),
        total => (texts.overview.public_of)(summary.public, total),
    };
    view! {
        <li class="tally">
            <h3>
                <a href=paths::list(kind)>{(texts.kind)(kind).title}</a>
            </h3>
            <p>{count}</p>
            {hidden(kind, summary)}
        </li>
    }
    .into_any()
}

/// What nobody else sees, and why not.
fn hidden(kind: EntityKind, summary: &EntitySummary) -> Option<AnyView> {
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
                <a href=paths::edit(kind, &one.id)><bdi>{one.name.clone()}</bdi></a>
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
