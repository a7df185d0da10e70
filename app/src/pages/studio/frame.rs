//! The frame of every page of the studio: navigation and heading.

use leptos::prelude::*;
use types::catalogue::EntityKind;

use super::paths;
use crate::{components::page_heading::PageHeading, page_head::PageHead, texts::studio_texts};

/// A target of the studio's navigation.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum StudioSection {
    Overview,
    List(EntityKind),
    Trash,
}

impl StudioSection {
    fn path(self) -> &'static str {
        match self {
            Self::Overview => paths::OVERVIEW,
            Self::List(kind) => paths::list(kind),
            Self::Trash => paths::TRASH,
        }
    }

    fn title(self) -> &'static str {
        let texts = studio_texts();
        match self {
            Self::Overview => texts.overview.title,
            Self::List(kind) => (texts.kind)(kind).title,
            Self::Trash => texts.trash.title,
        }
    }
}

/// A page of the studio with its heading; the document's title names the studio.
pub(super) fn page(area: StudioSection, heading: String, children: AnyView) -> AnyView {
    view! {
        {head(&heading)}
        {body(area, heading.into(), children)}
    }
    .into_any()
}

/// The metadata of a page with this title.
pub(super) fn head(title: &str) -> AnyView {
    let title = (studio_texts().page_title)(title);
    view! { <PageHead title/> }.into_any()
}

/// A page of the studio without metadata, for one that sets its own.
pub(super) fn body(area: StudioSection, heading: Signal<String>, children: AnyView) -> AnyView {
    view! {
        <div class="studio-page">
            {navigation(area)}
            <PageHeading text=heading/>
            {children}
        </div>
    }
    .into_any()
}

fn navigation(here: StudioSection) -> AnyView {
    let lists = EntityKind::ALL.map(StudioSection::List);
    let areas = [StudioSection::Overview]
        .into_iter()
        .chain(lists)
        .chain([StudioSection::Trash]);
    let links = areas.map(|area| {
        let current = (area == here).then_some("page");
        view! {
            <li>
                <a class="studio-nav-link" href=area.path() aria-current=current>
                    {area.title()}
                </a>
            </li>
        }
    });
    view! {
        <nav class="studio-nav" aria-label=studio_texts().navigation>
            <ul role="list">{links.collect::<Vec<_>>()}</ul>
        </nav>
    }
    .into_any()
}
