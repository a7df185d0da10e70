//! What stands around every page of the studio: the way to its rooms, and the heading.

use leptos::prelude::*;
use types::catalogue::EntityKind;

use super::paths;
use crate::{components::page_heading::PageHeading, texts::texts};

/// A room of the studio.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Room {
    Overview,
    List(EntityKind),
    Trash,
}

impl Room {
    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Overview => paths::OVERVIEW,
            Self::List(kind) => paths::list(kind),
            Self::Trash => paths::TRASH,
        }
    }

    fn title(self) -> &'static str {
        let texts = &texts().studio;
        match self {
            Self::Overview => texts.overview.title,
            Self::List(kind) => (texts.kind)(kind).title,
            Self::Trash => texts.bin.title,
        }
    }
}

/// A page in a room, under its heading.
pub(super) fn page(room: Room, heading: String, children: AnyView) -> AnyView {
    view! {
        <div class="studio-page">
            {rooms(room)}
            <PageHeading text=heading/>
            {children}
        </div>
    }
    .into_any()
}

fn rooms(here: Room) -> AnyView {
    let lists = EntityKind::ALL.map(Room::List);
    let rooms = [Room::Overview]
        .into_iter()
        .chain(lists)
        .chain([Room::Trash]);
    let links = rooms.map(|room| {
        let current = (room == here).then_some("page");
        view! {
            <li>
                <a class="studio-room" href=room.path() aria-current=current>
                    {room.title()}
                </a>
            </li>
        }
    });
    view! {
        <nav class="studio-rooms" aria-label=texts().studio.navigation>
            <ul role="list">{links.collect::<Vec<_>>()}</ul>
        </nav>
    }
    .into_any()
}
