//! The placements of a video, and the form that adds one.

use leptos::{prelude::*, task::spawn_local};
use types::{
    catalogue::EntityKind,
    pages::{
        ForeignVideo,
        studio::{EditPage, EntityDetails, EntityInput, Notice, PlacedProduct, SubmittedForm},
    },
};

use super::{edit_form::EditState, edit_page::EditPageState, paths};
use crate::{api::studio::edit, pages::public::address, player::Player, texts::studio_texts};

mod form;

pub(super) use form::PlacementForm;

/// The section of placements with its form; it changes while the rest of the page stays.
pub(super) struct PlacementsPart {
    id: String,
    form: PlacementForm,
    has_products: bool,
    entity: EditPageState,
    edit: EditState,
}

/// The state that adding a placement changes.
#[derive(Clone, Copy)]
struct PlacementsState {
    id: StoredValue<String>,
    placed: RwSignal<Vec<PlacedProduct>>,
    /// The revision that the form of a placement starts from.
    revision: RwSignal<u64>,
    entity: EditPageState,
    edit: EditState,
}

impl PlacementsPart {
    /// The section on the page of the video with this id.
    pub(super) fn new(
        id: &str,
        page: &EditPage,
        submitted: &SubmittedForm,
        entity: EditPageState,
        edit: EditState,
    ) -> Self {
        Self {
            id: id.to_owned(),
            form: PlacementForm::new(id, page, submitted),
            has_products: !page.products.is_empty(),
            entity,
            edit,
        }
    }

    pub(super) fn show(
        self,
        video: Option<&ForeignVideo>,
        placed: &[PlacedProduct],
        player: Player,
    ) -> AnyView {
        let texts = &studio_texts().player;
        let state = PlacementsState {
            id: StoredValue::new(self.id),
            placed: RwSignal::new(placed.to_vec()),
            revision: RwSignal::new(self.entity.revision.get_untracked()),
            entity: self.entity,
            edit: self.edit,
        };
        let video = video.cloned();
        let list = move || list(video.as_ref(), &state.placed.get(), player);
        let form = match self.has_products {
            true => self.form.show(state, player),
            false => no_products(),
        };
        view! {
            <div class="placements-part" id="tagged">
                <h3>{texts.tagged}</h3>
                {list}
                <h3>{texts.tag_heading}</h3>
                {form}
            </div>
        }
        .into_any()
    }
}

impl PlacementsState {
    /// Updates the page after a placement was added, without touching unsaved input. False if the
    /// current placements cannot be read.
    async fn added(self) -> bool {
        let before = self.revision.get_untracked();
        let Some((revision, stored)) = self.read().await else {
            return false;
        };
        // Otherwise another user has changed the video as well, and the form does not show that change.
        if revision == before + 1 {
            if self.entity.revision.try_get_untracked() == Some(before) {
                self.entity.revision.set(revision);
            }
            self.edit.add_placement(before, stored);
        }
        self.entity.notice.try_set(Some(Notice::Placed));
        true
    }

    /// Reads the placements and the revision that the next one can be added to.
    async fn read(self) -> Option<(u64, EntityInput)> {
        let id = self.id.get_value();
        let read = edit::stored_page(EntityKind::Video, Some(id), String::new()).await;
        let (page, _) = read.ok()?;
        if let EntityDetails::Video(_, placed) = &page.details {
            self.placed.try_set(placed.clone());
        }
        let revision = page.entity.as_ref()?.revision;
        self.revision.try_set(revision);
        Some((revision, page.form.input))
    }

    /// After a conflict: shows the current placements.
    fn refresh(self) {
        spawn_local(async move {
            self.read().await;
        });
    }
}

fn list(video: Option<&ForeignVideo>, placed: &[PlacedProduct], player: Player) -> AnyView {
    if placed.is_empty() {
        return view! { <p>{studio_texts().player.nothing_tagged}</p> }.into_any();
    }
    let rows = placed.iter().map(|one| row(video, one, player));
    view! { <ol class="studio-placements" role="list">{rows.collect::<Vec<_>>()}</ol> }.into_any()
}

fn row(video: Option<&ForeignVideo>, one: &PlacedProduct, player: Player) -> AnyView {
    let name = one.name.clone();
    let [start, end] = [one.start, one.end].map(|time| time.map(|time| time.millis() / 1000));
    view! {
        <li class="studio-placement" data-current=player.is_playing(start, end)>
            {time(video, one, player)}
            <span class="studio-placement-product">
                <a href=paths::edit(EntityKind::Product, &one.product_id)><bdi>{name}</bdi></a>
                {(!one.note.is_empty()).then(|| view! {
                    <span class="studio-placement-note" dir="auto">{one.note.clone()}</span>
                })}
            </span>
        </li>
    }
    .into_any()
}

/// The time as a link to that second of the video; after hydration it seeks in the player.
fn time(video: Option<&ForeignVideo>, one: &PlacedProduct, player: Player) -> AnyView {
    let Some(start) = one.start else {
        let whole = studio_texts().player.whole;
        return view! { <span class="studio-placement-time">{whole}</span> }.into_any();
    };
    let seconds = start.millis() / 1000;
    let text = match one.end {
        Some(end) => [start.to_string(), "–".to_owned(), end.to_string()].concat(),
        None => start.to_string(),
    };
    match video {
        Some(video) => view! {
            <a
                class="studio-placement-time"
                href=address::link(video.at(seconds))
                rel="noopener external"
                target="_blank"
                on:click=move |event| player.link_clicked(&event, seconds)
            >
                {text}
            </a>
        }
        .into_any(),
        None => view! { <span class="studio-placement-time">{text}</span> }.into_any(),
    }
}

fn no_products() -> AnyView {
    let texts = &studio_texts().player;
    view! {
        <p>
            {texts.no_products} " "
            <a href=paths::new(EntityKind::Product)>{texts.no_products_link}</a>
        </p>
    }
    .into_any()
}
