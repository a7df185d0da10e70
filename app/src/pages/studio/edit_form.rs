//! The form that creates or updates an entity.

use std::sync::Arc;

use leptos::prelude::*;
use types::{
    Field, FieldErrors, Reason,
    catalogue::{EntityForm, EntityKind, FORM_VERSION, Status},
    pages::studio::{
        ArtistOption, EditPage, EntityDetails, EntityInput, ProductChoices, SubmittedForm,
        SubmittedInput,
    },
};

use super::{
    StudioForm, artist, conflict,
    form::{FormFuture, StudioFormKind},
    paths,
    placements::PlacementForm,
    problem_notice, product, retailer,
    select::Select,
    video,
};
use crate::{
    api::studio::entity_forms::{create_entity, update_entity},
    components::submit_button::SubmitButton,
    texts::studio_texts,
};

mod state;

pub(super) use state::EditState;

/// The form that creates or updates an entity.
pub(super) struct EditForm {
    stored: FormSetup,
    state: EditState,
    /// The form of a placement, shown alone when its video could not be read.
    placement: Option<PlacementForm>,
    /// The text to show if the caller may not change the entity.
    closed: Option<String>,
}

/// The parts of the form that do not change while it is filled in.
#[derive(Clone)]
struct FormSetup {
    kind: EntityKind,
    /// The id; `None` for a new entity.
    id: Option<String>,
    products: Arc<ProductChoices>,
    artists: Option<Vec<ArtistOption>>,
}

impl EditForm {
    /// The form of the entity with this id, or of a new one.
    pub(super) fn new(
        id: Option<String>,
        page: &EditPage,
        submitted: &SubmittedForm,
        state: EditState,
    ) -> Self {
        let placement = match (&submitted.typed, &id) {
            (SubmittedInput::Placement(_), Some(id)) if page.entity.is_none() => {
                Some(PlacementForm::new(id, page, submitted))
            }
            _ => None,
        };
        let closed = match (&page.details, &page.form.input) {
            (EntityDetails::Retailer(_), EntityInput::Retailer(retailer)) => {
                Some(retailer.domains.join(", "))
            }
            _ => None,
        };
        Self {
            stored: FormSetup {
                kind: page.kind(),
                id,
                products: Arc::new(page.products.clone()),
                artists: page.artists.clone(),
            },
            state,
            placement,
            closed,
        }
    }

    /// The form, or what is shown instead of it.
    pub(super) fn show(self, is_changeable: bool) -> AnyView {
        let texts = studio_texts();
        if let Some(placement) = self.placement {
            return placement.show_alone();
        }
        let has_no_artist = self.stored.artists.as_ref().is_some_and(Vec::is_empty);
        let is_unsaved = self.state.content().is_unsaved();
        let is_new = self.stored.id.is_none() && self.stored.kind.is_for_artist();
        if is_new && has_no_artist && !is_unsaved {
            return no_artist();
        }
        if !is_changeable {
            let closed = self.closed.map(|text| view! { <p dir="auto">{text}</p> });
            return view! { <p>{texts.review.by_moderators}</p> {closed} }.into_any();
        }
        let (stored, state) = (self.stored, self.state);
        view! {
            <For
                each=move || [state.generation.get()]
                key=|generation| *generation
                children=move |generation| element(&stored, state, generation)
            />
        }
        .into_any()
    }
}

fn no_artist() -> AnyView {
    let texts = &studio_texts().edit_page;
    view! {
        <p>{texts.no_artist}</p>
        <p>
            <a class="button" href=paths::new(EntityKind::Artist)>{texts.no_artist_link}</a>
        </p>
    }
    .into_any()
}

fn element(stored: &FormSetup, state: EditState, generation: u32) -> AnyView {
    let texts = studio_texts();
    let content = state.content();
    let form = StudioForm::new(content.problem.clone(), form_kind(stored, state));
    let kind = stored.kind;
    let (action, label) = match &stored.id {
        Some(id) => (paths::edit(kind, id), texts.edit_page.save),
        None => (paths::new(kind), (texts.kind)(kind).create),
    };
    if content.is_unsaved() {
        form.mark_unsaved();
    }
    if generation > 0 {
        form.focus_when_shown("[role=alert]");
    }
    let typed = content.form;
    let merged = content.merged.map(|both| {
        problem_notice::notice_with(conflict::show(&both, &typed.input, texts.conflict.merged))
    });
    view! {
        <form
            class="form studio-form"
            method="post"
            action=action
            novalidate
            node_ref=form.node
            on:input=move |event| form.on_input(&event)
            on:compositionend=move |event| form.on_input(&event)
            on:focusout=move |event| form.on_blur(&event)
            on:submit=move |event| form.on_submit(&event)
        >
            // Enter in a field activates the first submit button, which must be the one that saves.
            <button class="visually-hidden" type="submit" tabindex="-1" aria-hidden="true">
                {label}
            </button>
            <input type="hidden" name="form_version" value=FORM_VERSION/>
            {stored.id.is_some().then(|| revision(state))}
            {merged}
            {problem_notice::notice(form)}
            {artist_choice(stored, &typed)}
            {fields(form, &typed, state)}
            {typed.input.status().map(status)}
            <div class="form-end">
                <SubmitButton label=label is_busy=form.is_busy/>
            </div>
        </form>
    }
    .into_any()
}

fn form_kind(stored: &FormSetup, state: EditState) -> StudioFormKind {
    let (kind, id, products) = (stored.kind, stored.id.clone(), stored.products.clone());
    StudioFormKind {
        name_of: Field::form_name,
        check: Some(Box::new(move |body| check(kind, body, &products))),
        send: Box::new(move |body| {
            let form = EntityForm::read(kind, body).ok()?;
            let answer: FormFuture = match id.clone() {
                Some(id) => Box::pin(update_entity(id, form)),
                None => Box::pin(create_entity(form)),
            };
            Some(answer)
        }),
        on_success: None,
        next_path: None,
        on_problem: Some(Box::new(move |_, problem| state.merge(problem))),
        leave_prompt: Some(studio_texts().edit_page.leave),
    }
}

/// The errors that are certain. A typed product may exist although it is not among the suggestions,
/// so it is refused only if all products are suggested.
fn check(kind: EntityKind, body: &[u8], products: &ProductChoices) -> FieldErrors {
    let Ok(form) = EntityForm::read(kind, body) else {
        return FieldErrors::default();
    };
    let errors = form.check(|typed| products.id_of(typed));
    if !products.has_others() {
        return errors;
    }
    let mut certain = FieldErrors::default();
    for (field, reason) in errors.iter() {
        let is_product = matches!(
            field,
            Field::PlacementProductId(_) | Field::AlternativeProductId(_)
        );
        if !is_product || reason != Reason::Unknown {
            certain.refuse(field, reason);
        }
    }
    certain
}

fn revision(state: EditState) -> AnyView {
    let value = move || state.revision.get().unwrap_or_default().to_string();
    view! { <input type="hidden" name="revision" value=value/> }.into_any()
}

fn fields(form: StudioForm, typed: &EntityForm<EntityInput>, state: EditState) -> AnyView {
    match &typed.input {
        EntityInput::Artist(artist) => artist::fields(form, typed, artist),
        EntityInput::Video(video) => {
            let (fields, rows) = video::fields(form, typed, video);
            state.set_rows(rows);
            fields
        }
        EntityInput::Product(product) => product::fields(form, typed, product),
        EntityInput::Retailer(retailer) => retailer::fields(form, typed, retailer),
    }
}

/// The select of the artist. If the artists could not be read, the chosen id is kept in a hidden
/// field.
fn artist_choice(stored: &FormSetup, typed: &EntityForm<EntityInput>) -> Option<AnyView> {
    if stored.id.is_some() || !stored.kind.is_for_artist() {
        return None;
    }
    let (name, chosen) = ("artist_id", typed.extras.artist_id.clone());
    match &stored.artists {
        Some(artists) if !artists.is_empty() => {
            let options = artists.iter().map(|one| (one.id.clone(), one.name.clone()));
            let select = Select {
                name: name.to_owned().into(),
                id: name.to_owned(),
                label: studio_texts().edit_page.artist,
                options: options.collect(),
                chosen,
            };
            Some(select.show())
        }
        _ if chosen.is_empty() => None,
        _ => Some(view! { <input type="hidden" name=name value=chosen/> }.into_any()),
    }
}

fn status(status: Status) -> AnyView {
    let texts = &studio_texts().edit_page;
    let choice = |one: Status, label: &'static str| {
        view! {
            <label class="check-field">
                <input type="radio" name="status" value=one.name() checked=one == status/>
                <span>{label}</span>
            </label>
        }
    };
    view! {
        <fieldset class="choice">
            <legend>{texts.status}</legend>
            {choice(Status::Draft, texts.draft)}
            {choice(Status::Published, texts.published)}
            <p class="form-field-hint">{texts.status_hint}</p>
        </fieldset>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_is_unknown_for_certain_only_where_all_are_proposed() {
        let lamp = || ("prd_1".to_owned(), "Lamp".to_owned(), "lamp".to_owned());
        let all = ProductChoices::of([lamp()]);
        let refused = |name: &str, products: &ProductChoices| {
            let body = format!("title=A&placements[0][product_id]={name}");
            let errors = check(EntityKind::Video, body.as_bytes(), products);
            errors.get(Field::PlacementProductId(0)).is_some()
        };
        assert!(!refused("lamp", &all));
        assert!(refused("Nothing of mine", &all));
        assert!(!refused("Nothing of mine", &all.and_others()));
    }
}
