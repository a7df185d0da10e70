//! The form with which an entity is created or edited.

use leptos::prelude::*;
use types::{
    catalogue::{EntityKind, FORM_VERSION, Status},
    pages::studio::EntityInput,
};

use super::{Form, artist, edit_page::EditPageProps, paths, placements, product, retailer, video};
use crate::texts::texts;

/// The form, or what stands in its place.
pub(super) fn show(props: &EditPageProps) -> AnyView {
    let texts = &texts().studio;
    let (page, form) = (&props.page, &props.form);
    let has_no_artist = page.artists.as_ref().is_some_and(Vec::is_empty);
    if page.entity.is_none() && form.kind().is_for_artist() && has_no_artist && !props.is_typed() {
        return view! {
            <p>{texts.sheet.no_artist}</p>
            <p><a class="button" href=paths::new(EntityKind::Artist)>{texts.sheet.no_artist_link}</a></p>
        }
        .into_any();
    }
    if page.entity.is_none() && props.submitted.placement.is_some() {
        return placements::form(&props.path, &props.placement_form());
    }
    if !props.is_changeable() {
        return view! { <p>{texts.review.by_moderators}</p> {closed(form)} }.into_any();
    }
    let label = match page.is_new() {
        true => (texts.kind)(form.kind()).create,
        false => texts.sheet.save,
    };
    view! {
        <form
            class="form studio-form"
            method="post"
            action=props.path.clone()
            novalidate
            data-check=form.kind().name()
            data-line=texts.sheet.in_line
            data-keep=texts.sheet.leave
            data-unsaved=props.is_typed().then_some("")
        >
            // Enter in a field presses the first button of a form, which must be the one that saves.
            <button class="visually-hidden" type="submit" tabindex="-1" aria-hidden="true">
                {label}
            </button>
            <input type="hidden" name="form_version" value=FORM_VERSION/>
            <span id="revision" data-part="">{revision(form.revision())}</span>
            {artist_choice(props)}
            {fields(form)}
            {form.status().map(status)}
            <div class="form-end">
                <button class="submit-button button" type="submit">{label}</button>
            </div>
        </form>
    }
    .into_any()
}

/// The revision from which a form starts.
pub(super) fn revision(revision: Option<u64>) -> Option<AnyView> {
    let revision = revision?.to_string();
    Some(view! { <input type="hidden" name="revision" value=revision/> }.into_any())
}

/// What a form says that its reader must not change.
fn closed(form: &Form) -> Option<AnyView> {
    let EntityInput::Retailer(retailer) = form.input() else {
        return None;
    };
    Some(view! { <p dir="auto">{retailer.domains.join(", ")}</p> }.into_any())
}

fn fields(form: &Form) -> AnyView {
    match form.input() {
        EntityInput::Artist(artist) => artist::fields(form, artist),
        EntityInput::Video(video) => video::fields(form, video),
        EntityInput::Product(product) => product::fields(form, product),
        EntityInput::Retailer(retailer) => retailer::fields(form, retailer),
    }
}

/// The choice of an artist. If the artists could not be read, the chosen one is kept.
fn artist_choice(props: &EditPageProps) -> Option<AnyView> {
    if !props.page.is_new() || !props.form.kind().is_for_artist() {
        return None;
    }
    let (name, chosen) = ("artist_id", props.form.artist_id());
    match &props.page.artists {
        Some(artists) if !artists.is_empty() => {
            let label = texts().studio.sheet.artist;
            let options = artists.iter().map(|one| (one.id.clone(), one.name.clone()));
            let select = super::field::select(name.to_owned(), label, options.collect(), chosen);
            Some(select)
        }
        _ if chosen.is_empty() => None,
        _ => {
            let chosen = chosen.to_owned();
            Some(view! { <input type="hidden" name=name value=chosen/> }.into_any())
        }
    }
}

fn status(status: Status) -> AnyView {
    let texts = &texts().studio.sheet;
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
