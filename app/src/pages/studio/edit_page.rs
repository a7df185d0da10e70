//! The page on which an entity is created or edited.

use leptos::prelude::*;
use types::{
    FieldErrors, Problem,
    catalogue::{EntityForm, EntityKind, PlacementInput},
    pages::{
        Visibility,
        studio::{EditPage, EntityDetails, EntityHead, FormProblem, Notice, ProductChoices},
    },
};

use super::{
    Form, PRODUCTS, edit_form, foreign_hosts,
    frame::{Area, content, page as area_page},
    notice, paths,
    placements::{self, PlacementForm},
    player, refusal, review, visibility,
};
use crate::{content::Content, texts::texts};

/// What a form that was sent adds to its page.
#[derive(Clone, Debug, Default)]
pub struct Submitted {
    /// What was done.
    pub notice: Option<Notice>,
    /// Why the form was refused.
    pub problem: Option<FormProblem>,
    /// The form of a placement, if that was sent.
    pub placement: Option<EntityForm<PlacementInput>>,
}

/// The page of an entity, and what a form that was sent adds to it.
#[derive(Debug)]
pub(super) struct EditPageProps {
    pub(super) page: EditPage,
    pub(super) form: Form,
    /// The path of the page, to which its form is sent.
    pub(super) path: String,
    pub(super) submitted: Submitted,
}

/// The page at this path as content.
pub fn page(page: EditPage, path: String, submitted: Submitted) -> Content {
    let refused = submitted
        .problem
        .as_ref()
        .and_then(FormProblem::field_errors);
    let form = Form::new(
        page.form.clone(),
        refused.unwrap_or(&FieldErrors::default()),
    );
    let props = EditPageProps {
        page,
        form,
        path,
        submitted,
    };
    let title = match &props.page.entity {
        Some(entity) => entity.name.clone(),
        None => props.untitled(),
    };
    content(&title.clone(), move || show(&props, title)).with_behaviour()
}

fn show(props: &EditPageProps, title: String) -> AnyView {
    let entity = props.page.entity.as_ref();
    let problem = props.submitted.problem.as_ref();
    let children = view! {
        {entity.map(|entity| state(props, entity))}
        {notice::of_entity(props.submitted.notice, entity)}
        {problem.and_then(refusal::notice)}
        {entity.and_then(|entity| details(props, entity))}
        {proposals(&props.page.products)}
        {edit_form::show(props)}
        {entity.and_then(|entity| deletion(props, entity))}
    };
    let kind = props.page.kind();
    area_page(Area::List(kind), title, children.into_any())
}

/// The artist of an entity, who sees it, and the button that changes that.
fn state(props: &EditPageProps, entity: &EntityHead) -> AnyView {
    let artist = entity.artist.clone().map(|artist| {
        let path = paths::edit(EntityKind::Artist, &artist.id);
        view! { <a class="studio-state-artist" href=path><bdi>{artist.name}</bdi></a> }
    });
    let is_public = entity.visibility == Some(Visibility::Public);
    let public = entity
        .public_path
        .clone()
        .filter(|_| is_public)
        .map(|path| {
            view! { <a class="studio-state-link" href=path>{texts().studio.sheet.see}</a> }
        });
    let kind = props.page.kind();
    view! {
        <div class="studio-state">
            {artist}
            {entity.visibility.map(visibility::badge)}
            {public}
            {entity.visibility.map(|visibility| publication(kind, entity, visibility))}
        </div>
    }
    .into_any()
}

fn publication(kind: EntityKind, entity: &EntityHead, visibility: Visibility) -> AnyView {
    let texts = &texts().studio.sheet;
    let (end, label) = match visibility {
        Visibility::Draft => ("/publication", texts.publish),
        Visibility::Public | Visibility::ArtistIsDraft => ("/publication/end", texts.withdraw),
    };
    view! {
        <form method="post" action=[&paths::edit(kind, &entity.id), end].concat()>
            {edit_form::revision(Some(entity.revision))}
            <button class="button button-quiet" type="submit">{label}</button>
        </form>
    }
    .into_any()
}

fn details(props: &EditPageProps, entity: &EntityHead) -> Option<AnyView> {
    match &props.page.details {
        EntityDetails::None => None,
        EntityDetails::Artist(links) => foreign_hosts::links(links),
        EntityDetails::Product(pictures) => foreign_hosts::pictures(pictures),
        EntityDetails::Video(video, placed) => {
            let path = paths::edit(EntityKind::Video, &entity.id);
            let form = props.placement_form();
            let part = placements::part(&path, video.as_ref(), placed, &form);
            Some(player::section(video.as_ref(), part))
        }
        EntityDetails::Retailer(review) => Some(review::panel(&entity.id, entity.revision, review)),
    }
}

/// The products that the fields of the page propose.
fn proposals(products: &ProductChoices) -> AnyView {
    let options = products.iter().map(|product| {
        view! { <option value=product.label.clone() dir="auto" data-id=product.id.clone()></option> }
    });
    view! {
        <datalist id=PRODUCTS data-more=products.has_others()>{options.collect::<Vec<_>>()}</datalist>
    }
    .into_any()
}

fn deletion(props: &EditPageProps, entity: &EntityHead) -> Option<AnyView> {
    if !props.is_changeable() {
        return None;
    }
    let texts = &texts().studio.sheet;
    let kind = props.page.kind();
    let action = [&paths::edit(kind, &entity.id), "/deletion"].concat();
    Some(
        view! {
            <section class="studio-deletion">
                <h2>{texts.delete_heading}</h2>
                <p>{(texts.delete_lead)(kind)}</p>
                <form method="post" action=action>
                    {edit_form::revision(Some(entity.revision))}
                    <button class="button button-quiet" type="submit">{texts.delete}</button>
                </form>
            </section>
        }
        .into_any(),
    )
}

impl EditPageProps {
    /// Whether the form has something that is not saved.
    pub(super) fn is_typed(&self) -> bool {
        let is_refused = match &self.submitted.problem {
            Some(FormProblem::InvalidPlacement { video, .. }) => !video.is_empty(),
            problem => problem.is_some(),
        };
        is_refused || self.form.more().is_some()
    }

    /// Whether the reader of the page may change the entity.
    pub(super) fn is_changeable(&self) -> bool {
        match &self.page.details {
            EntityDetails::Retailer(review) => review.is_changeable(),
            _ => true,
        }
    }

    /// The form that adds a placement, with what was typed into it.
    pub(super) fn placement_form(&self) -> PlacementForm {
        let typed = self.submitted.placement.clone().unwrap_or_default();
        let entity = self.page.entity.as_ref();
        let errors = match &self.submitted.problem {
            Some(FormProblem::InvalidPlacement { placement, .. }) => placement.clone(),
            _ => FieldErrors::default(),
        };
        PlacementForm {
            revision: entity
                .map(|entity| entity.revision)
                .or(typed.extras.revision()),
            placement: typed.input,
            errors,
            has_products: !self.page.products.is_empty(),
        }
    }

    /// The title without a stored entity: a new one is called so; one that could not be read is called
    /// what was typed.
    fn untitled(&self) -> String {
        if self.submitted.placement.is_some() {
            return texts().studio.player.tag_heading.to_owned();
        }
        let problem = self.submitted.problem.as_ref();
        let is_lost = matches!(problem, Some(FormProblem::Problem(problem)) if !matches!(problem, Problem::Invalid(_)));
        let typed = self.form.name().filter(|_| is_lost);
        let new = (texts().studio.kind)(self.page.kind()).new;
        typed.unwrap_or(new).to_owned()
    }
}
