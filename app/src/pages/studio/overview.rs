//! The overview of the studio: the steps of a first visit, and which entities are public.

use leptos::prelude::*;
use types::{
    catalogue::EntityKind,
    pages::{
        EntitySummary, HiddenEntity, PageLookup, StudioOverview,
        studio::{Notice, SubmittedForm},
    },
};

use super::{
    frame::{self, StudioSection},
    notice, paths,
    steps::{self, Steps},
    visibility,
};
use crate::{
    api::studio::overview,
    app_context::AppContext,
    components::session_facts::SessionFacts,
    page_head::PageHead,
    pages::page_model::{page_from, query},
    query::QueryString,
    texts::studio_texts,
};

/// The overview of the studio.
pub(super) fn page() -> AnyView {
    let query = query();
    page_from(
        move || query.get(),
        |_| async { overview::read_page().await.map(PageLookup::Page) },
        move |(known, submitted)| {
            let notice = QueryString::of(&query.get_untracked()).notice();
            show(known.as_ref(), &submitted, notice)
        },
    )
}

/// If the overview could not be read, only a refused step is shown.
fn show(
    overview: Option<&StudioOverview>,
    submitted: &SubmittedForm,
    notice: Option<Notice>,
) -> AnyView {
    let app = AppContext::current();
    let texts = studio_texts();
    let heading = app.current_user_text(|current_user| {
        let name = current_user.account.first_name.as_deref();
        (studio_texts().heading)(name)
    });
    let children = view! {
        <p class="studio-page-lead">{texts.lead}</p>
        {notice::show(notice)}
        {Steps::new(overview, submitted).map(steps::show)}
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
    view! {
        <PageHead title=texts.title/>
        {frame::body(StudioSection::Overview, heading, children.into_any())}
    }
    .into_any()
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
            <h2>{studio_texts().overview.heading}</h2>
            <ul class="summaries" role="list">{summaries.into_iter().collect::<Vec<_>>()}</ul>
        </section>
    }
    .into_any()
}

fn item(kind: EntityKind, summary: &EntitySummary) -> AnyView {
    let texts = studio_texts();
    let count = match summary.total {
        0 => texts.overview.none.to_owned(),
        total => (texts.overview.public_of)(summary.public, total),
    };
    view! {
        <li class="summary">
            <h3>
                <a href=paths::list(kind)>{(texts.kind)(kind).title}</a>
            </h3>
            <p>{count}</p>
            {hidden(kind, summary)}
        </li>
    }
    .into_any()
}

/// The entities that are not public, with the reason.
fn hidden(kind: EntityKind, summary: &EntitySummary) -> Option<AnyView> {
    let texts = &studio_texts().overview;
    if summary.total == 0 {
        return None;
    }
    if summary.public == summary.total {
        return Some(view! { <p class="summary-public">{texts.all_public}</p> }.into_any());
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
            <ul class="summary-hidden" role="list">{rows}</ul>
            {(more > 0).then(|| view! { <p>{(texts.more)(more)}</p> })}
        }
        .into_any(),
    )
}
