//! What stands around every page of the studio: the way to its rooms, and the heading.

use leptos::prelude::*;

use super::Shelf;
use crate::{components::page_heading::PageHeading, texts::texts};

/// A room of the studio.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Room {
    Overview,
    Shelf(Shelf),
    Bin,
}

impl Room {
    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Overview => "/studio",
            Self::Shelf(shelf) => shelf.path(),
            Self::Bin => "/studio/bin",
        }
    }

    fn title(self) -> &'static str {
        let texts = &texts().studio;
        match self {
            Self::Overview => texts.overview.title,
            Self::Shelf(shelf) => (texts.shelf)(shelf).title,
            Self::Bin => texts.bin.title,
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
    let shelves = Shelf::ALL.map(Room::Shelf);
    let rooms = [Room::Overview]
        .into_iter()
        .chain(shelves)
        .chain([Room::Bin]);
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
