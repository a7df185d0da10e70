//! The placements of a video, and the form that adds one.

use leptos::prelude::*;
use types::{
    Field, FieldErrors,
    catalogue::{EntityKind, FORM_VERSION, PlacementInput},
    pages::{ForeignVideo, studio::PlacedProduct},
};

use super::{
    PRODUCTS,
    field::{Control, Shown, Spec, show},
    paths,
};
use crate::{pages::public::address, texts::texts};

/// The form that adds one placement.
#[derive(Debug)]
pub(super) struct PlacementForm {
    /// What was typed into it.
    pub(super) placement: PlacementInput,
    /// The revision of the video from which it starts.
    pub(super) revision: Option<u64>,
    /// Its refused fields, in row 0.
    pub(super) errors: FieldErrors,
    /// Whether there is a product to choose.
    pub(super) has_products: bool,
}

/// The list and the form below it: the part of the page that changes when something is tagged.
pub(super) fn part(
    path: &str,
    video: Option<&ForeignVideo>,
    placed: &[PlacedProduct],
    form: &PlacementForm,
) -> AnyView {
    let texts = &texts().studio.player;
    let list = if placed.is_empty() {
        view! { <p>{texts.nothing_tagged}</p> }.into_any()
    } else {
        let rows = placed.iter().map(|one| row(video, one));
        view! { <ol class="tagged" role="list">{rows.collect::<Vec<_>>()}</ol> }.into_any()
    };
    view! {
        <div class="tag-part" id="tagged" data-part="">
            <h3>{texts.tagged}</h3>
            {list}
            <h3>{texts.tag_heading}</h3>
            {if form.has_products { self::form(path, form) } else { no_products() }}
        </div>
    }
    .into_any()
}

fn row(video: Option<&ForeignVideo>, one: &PlacedProduct) -> AnyView {
    let name = one.name.clone();
    let seconds = one.start.map(|start| start.millis() / 1000);
    let end = one.end.map(|end| (end.millis() / 1000).to_string());
    view! {
        <li class="tagged-row" data-at=seconds.map(|at| at.to_string()) data-until=end>
            {time(video, one)}
            <span class="tagged-what">
                <a href=paths::edit(EntityKind::Product, &one.product_id)><bdi>{name}</bdi></a>
                {(!one.note.is_empty()).then(|| view! { <span class="tagged-note" dir="auto">{one.note.clone()}</span> })}
            </span>
        </li>
    }
    .into_any()
}

/// The time as a link to the video there, which the program turns into a jump of the player.
fn time(video: Option<&ForeignVideo>, one: &PlacedProduct) -> AnyView {
    let Some(start) = one.start else {
        let whole = texts().studio.player.whole;
        return view! { <span class="tagged-time">{whole}</span> }.into_any();
    };
    let seconds = start.millis() / 1000;
    let text = match one.end {
        Some(end) => [start.to_string(), "–".to_owned(), end.to_string()].concat(),
        None => start.to_string(),
    };
    match video {
        Some(video) => view! {
            <a
                class="tagged-time"
                href=address::link(video.at(seconds))
                rel="noopener external"
                target="_blank"
                data-seek=seconds.to_string()
            >
                {text}
            </a>
        }
        .into_any(),
        None => view! { <span class="tagged-time">{text}</span> }.into_any(),
    }
}

/// The form that adds one to the video whose page is at this path.
pub(super) fn form(path: &str, form: &PlacementForm) -> AnyView {
    let texts = &texts().studio;
    let placement = &form.placement;
    let line = |field| Spec::optional(field, Control::Line("text"));
    let revision = form.revision.unwrap_or_default().to_string();
    view! {
        <form
            class="form tag-form"
            method="post"
            action=[path, "/placements"].concat()
            novalidate
            data-part-form=""
        >
            <input type="hidden" name="form_version" value=FORM_VERSION/>
            <input type="hidden" name="revision" value=revision/>
            {(!form.errors.is_empty()).then(|| view! {
                <div class="problem-notice" role="alert" tabindex="-1">
                    <p>{crate::texts::texts().problems.invalid}</p>
                </div>
            })}
            {field(
                form,
                Spec::required(Field::PlacementProductId(0), Control::Proposed(PRODUCTS)),
                placement.product_id.clone(),
            )}
            <div class="tag-form-time">
                {field(form, line(Field::PlacementStart(0)), placement.start.text())}
                <button class="button button-quiet with-program" type="button" data-tag-now="">
                    {texts.player.now}
                </button>
            </div>
            {field(form, line(Field::PlacementNote(0)), placement.note.clone())}
            <div class="form-end">
                <button class="button" type="submit">{texts.player.tag}</button>
            </div>
        </form>
    }
    .into_any()
}

/// A field of the only row, which is called what it is called within a row.
fn field(form: &PlacementForm, spec: Spec, value: String) -> AnyView {
    let name = spec.field().member();
    let reason = form.errors.get(spec.field());
    let shown = Shown {
        id: ["tag-", name].concat(),
        name: name.to_owned(),
        value,
        error: reason.map(|reason| (crate::texts::texts().reason)(spec.field(), reason)),
    };
    show(spec, shown)
}

fn no_products() -> AnyView {
    let texts = &texts().studio.player;
    view! {
        <p>
            {texts.no_products} " "
            <a href=paths::new(EntityKind::Product)>{texts.no_products_link}</a>
        </p>
    }
    .into_any()
}
