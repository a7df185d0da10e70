//! The page that creates or edits an entity.

use std::sync::Arc;

use leptos::prelude::*;
use types::{
    Problem,
    catalogue::{EntityKind, Status},
    pages::{
        PageLookup, Visibility,
        studio::{
            EditPage, EntityDetails, EntityHead, FormProblem, Notice, ProductChoices,
            SubmittedForm, SubmittedInput,
        },
    },
};

use super::{
    PRODUCTS,
    button_form::{ButtonAction, ButtonForm},
    deletion::deletion,
    edit_form::{EditForm, EditState},
    foreign_hosts,
    frame::{StudioSection, page as area_page},
    notice, paths,
    placements::PlacementsPart,
    player, problem_notice,
    product::UnlistedOffers,
    review, visibility,
};
use crate::{
    api::studio::{edit, entity_actions},
    pages::page_model::{page_from, parameter, query},
    query::QueryString,
    server_fn_problem::ServerFnProblem,
    texts::studio_texts,
};

type EditPageData = (EditPage, SubmittedForm);

/// The page of an entity.
pub(super) fn page() -> AnyView {
    let (list, id, query) = (parameter("list"), parameter("id"), query());
    page_from(
        move || (list.get(), id.get(), query.get()),
        |(list, id, _)| find(list, Some(id), String::new()),
        move |shown| show(shown, Some(id.get_untracked()), &query.get_untracked()),
    )
}

/// The page of an entity as the response to a plain form below its path; otherwise 404.
pub(super) fn page_of_form() -> AnyView {
    let (list, id) = (parameter("list"), parameter("id"));
    page_from(
        move || (list.get(), id.get()),
        |(list, id)| async move {
            match edit::was_submitted() {
                true => find(list, Some(id), String::new()).await,
                false => Err(Problem::NotFound.into()),
            }
        },
        move |shown| show(shown, Some(id.get_untracked()), ""),
    )
}

/// The page of a new entity, with an optional preselected artist.
pub(super) fn page_of_new() -> AnyView {
    let (list, query) = (parameter("list"), query());
    page_from(
        move || (list.get(), query.get()),
        |(list, query)| find(list, None, QueryString::of(&query).text("artist")),
        move |shown| show(shown, None, &query.get_untracked()),
    )
}

async fn find(
    list: String,
    id: Option<String>,
    artist: String,
) -> Result<PageLookup<EditPageData>, ServerFnProblem> {
    let kind = paths::kind_of_list(&list).ok_or(Problem::NotFound)?;
    edit::read_page(kind, id, artist)
        .await
        .map(PageLookup::Page)
}

/// The state that the sections of the page share.
#[derive(Clone, Copy)]
pub(super) struct EditPageState {
    /// The current revision of the entity, which its forms start from.
    pub(super) revision: RwSignal<u64>,
    /// The notice of the last operation.
    pub(super) notice: RwSignal<Option<Notice>>,
}

fn show((page, submitted): EditPageData, id: Option<String>, query: &str) -> AnyView {
    let entity = page.entity.clone();
    let revision = entity.as_ref().map(|entity| entity.revision);
    let state = EditPageState {
        revision: RwSignal::new(revision.unwrap_or_default()),
        notice: RwSignal::new(submitted.notice().or(QueryString::of(query).notice())),
    };
    let kind = page.kind();
    let title = match &entity {
        Some(entity) => entity.name.clone(),
        None => untitled(&page, &submitted),
    };
    let is_changeable = match &page.details {
        EntityDetails::Retailer(review) => review.is_changeable(),
        _ => true,
    };
    let problem = match (&submitted.typed, &submitted.problem) {
        (SubmittedInput::Nothing, Some(problem)) => problem_notice::of_problem(problem),
        _ => None,
    };
    if let EntityDetails::Product(product) = &page.details {
        provide_context(UnlistedOffers(product.unlisted_offers.as_slice().into()));
    }
    let edit = EditState::new(&page, &submitted);
    let form = EditForm::new(id, &page, &submitted, edit);
    let of_entity = entity.clone();
    let children = view! {
        {entity.as_ref().map(|entity| state_of(kind, entity, state.revision))}
        {move || notice::of_entity(state.notice.get(), of_entity.as_ref())}
        {problem}
        {entity.as_ref().and_then(|entity| details(&page, &submitted, entity, state, edit))}
        {proposals(&page.products)}
        {form.show(is_changeable)}
        {entity.as_ref().filter(|_| is_changeable).map(|entity| deletion(kind, &entity.id, state.revision))}
    };
    area_page(StudioSection::List(kind), title, children.into_any())
}

/// The artist and the visibility of an entity, with the button that publishes or withdraws it.
fn state_of(kind: EntityKind, entity: &EntityHead, revision: RwSignal<u64>) -> AnyView {
    let artist = entity.artist.clone().map(|artist| {
        let path = paths::edit(EntityKind::Artist, &artist.id);
        view! { <a class="studio-state-artist" href=path><bdi>{artist.name}</bdi></a> }
    });
    let is_public = entity.visibility == Some(Visibility::Public);
    let public = entity.public_path.clone().filter(|_| is_public);
    let public = public.map(|path| {
        view! { <a class="studio-state-link" href=path>{studio_texts().edit_page.see}</a> }
    });
    view! {
        <div class="studio-state">
            {artist}
            {entity.visibility.map(visibility::badge)}
            {public}
            {entity.visibility.map(|one| publication(kind, &entity.id, one, revision))}
        </div>
    }
    .into_any()
}

fn publication(
    kind: EntityKind,
    id: &str,
    visibility: Visibility,
    revision: RwSignal<u64>,
) -> AnyView {
    let texts = &studio_texts().edit_page;
    let (end, label, status) = match visibility {
        Visibility::Draft => ("/publication", texts.publish, Status::Published),
        Visibility::Public | Visibility::ArtistIsDraft => {
            ("/publication/end", texts.withdraw, Status::Draft)
        }
    };
    let button = ButtonForm::new(kind, id, end, label).at(revision);
    let id = id.to_owned();
    let change: ButtonAction = Arc::new(move |revision| {
        Box::pin(entity_actions::set_status(
            kind,
            id.clone(),
            revision,
            status,
        ))
    });
    button.show(change)
}

fn details(
    page: &EditPage,
    submitted: &SubmittedForm,
    entity: &EntityHead,
    state: EditPageState,
    edit: EditState,
) -> Option<AnyView> {
    match &page.details {
        EntityDetails::None => None,
        EntityDetails::Artist(links) => foreign_hosts::links(links),
        EntityDetails::Product(product) => foreign_hosts::pictures(&product.pictures),
        EntityDetails::Video(video, placed) => {
            let placements = PlacementsPart::new(&entity.id, page, submitted, state, edit);
            Some(player::section(video.as_ref(), placed, placements))
        }
        EntityDetails::Retailer(review) => Some(review::panel(&entity.id, state.revision, review)),
    }
}

/// The `datalist` of products for the fields of the page.
fn proposals(products: &ProductChoices) -> AnyView {
    let options = products.iter().map(|product| {
        view! { <option value=product.label.clone() dir="auto"></option> }
    });
    view! { <datalist id=PRODUCTS>{options.collect::<Vec<_>>()}</datalist> }.into_any()
}

/// The title without a stored entity: that of a new one, or the typed name of one that could not be
/// read.
fn untitled(page: &EditPage, submitted: &SubmittedForm) -> String {
    let texts = studio_texts();
    if matches!(submitted.typed, SubmittedInput::Placement(_)) {
        return texts.player.tag_heading.to_owned();
    }
    let is_lost = match &submitted.problem {
        Some(FormProblem::Problem(problem)) => !matches!(problem, Problem::Invalid(_)),
        _ => false,
    };
    match page.form.input.name().trim() {
        typed if is_lost && !typed.is_empty() => typed.to_owned(),
        _ => (texts.kind)(page.kind()).new.to_owned(),
    }
}
