//! What is tagged in a video, and the form that tags more.

use leptos::prelude::*;
use types::{
    Field, FieldErrors,
    catalogue::{FORM_VERSION, PlacementInput, Timecode},
    pages::ForeignVideo,
};

use super::{
    Shelf,
    choices::LIST,
    field::{Control, Shown, Spec, show},
};
use crate::{pages::public::address, texts::texts};

/// A product in a video, as the list beside the player shows it.
#[derive(Clone, Debug)]
pub struct Tagged {
    /// The product.
    pub product_id: String,
    /// What it is called.
    pub name: String,
    /// When it is first seen.
    pub start: Option<Timecode>,
    /// When it is last seen.
    pub end: Option<Timecode>,
    /// What the artist says of it.
    pub note: String,
}

/// The form that tags one more: a placement without a list.
#[derive(Clone, Debug, Default)]
pub struct Tag {
    /// What was typed into it.
    pub placement: PlacementInput,
    /// The revision that it starts from.
    pub revision: Option<u64>,
    /// What of it is refused.
    pub errors: FieldErrors,
    /// Whether there is a product to choose.
    pub has_products: bool,
}

/// The list and the form below it: the part of the page that changes when something is tagged.
pub(super) fn part(
    path: &str,
    video: Option<&ForeignVideo>,
    tagged: &[Tagged],
    tag: &Tag,
) -> AnyView {
    let texts = &texts().studio.player;
    let list = if tagged.is_empty() {
        view! { <p>{texts.nothing_tagged}</p> }.into_any()
    } else {
        let rows = tagged.iter().map(|one| row(video, one));
        view! { <ol class="tagged" role="list">{rows.collect::<Vec<_>>()}</ol> }.into_any()
    };
    view! {
        <div class="tag-part" id="tagged" data-part="">
            <h3>{texts.tagged}</h3>
            {list}
            <h3>{texts.tag_heading}</h3>
            {if tag.has_products { form(place_of(path), tag) } else { no_products() }}
        </div>
    }
    .into_any()
}

fn row(video: Option<&ForeignVideo>, one: &Tagged) -> AnyView {
    let name = one.name.clone();
    let seconds = one.start.map(|start| start.millis() / 1000);
    let end = one.end.map(|end| (end.millis() / 1000).to_string());
    view! {
        <li class="tagged-row" data-at=seconds.map(|at| at.to_string()) data-until=end>
            {time(video, one)}
            <span class="tagged-what">
                <a href=Shelf::Products.path_of(&one.product_id)><bdi>{name}</bdi></a>
                {(!one.note.is_empty()).then(|| view! { <span class="tagged-note" dir="auto">{one.note.clone()}</span> })}
            </span>
        </li>
    }
    .into_any()
}

/// The time as a link to the video there, which the program turns into a jump of the player.
fn time(video: Option<&ForeignVideo>, one: &Tagged) -> AnyView {
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

/// Where the form of the video at this path is sent.
fn place_of(path: &str) -> String {
    [path, "/placements"].concat()
}

/// The form that tags one more.
pub(super) fn form(action: String, tag: &Tag) -> AnyView {
    let texts = &texts().studio;
    let placement = &tag.placement;
    let line = |field| Spec::optional(field, Control::Line("text"));
    let revision = tag.revision.unwrap_or_default().to_string();
    view! {
        <form
            class="form tag-form"
            method="post"
            action=action
            novalidate
            data-part-form=""
        >
            <input type="hidden" name="form_version" value=FORM_VERSION/>
            <input type="hidden" name="revision" value=revision/>
            {(!tag.errors.is_empty()).then(|| view! {
                <div class="problem-notice" role="alert" tabindex="-1">
                    <p>{crate::texts::texts().problems.invalid}</p>
                </div>
            })}
            {field(
                tag,
                Spec::required(Field::PlacementProductId(0), Control::Proposed(LIST)),
                placement.product_id.clone(),
            )}
            <div class="tag-form-time">
                {field(tag, line(Field::PlacementStart(0)), placement.start.text())}
                <button class="button button-quiet with-program" type="button" data-tag-now="">
                    {texts.player.now}
                </button>
            </div>
            {field(tag, line(Field::PlacementNote(0)), placement.note.clone())}
            <div class="form-end">
                <button class="button" type="submit">{texts.player.tag}</button>
            </div>
        </form>
    }
    .into_any()
}

/// A field of the only row, which is called what it is called within a row.
fn field(tag: &Tag, spec: Spec, value: String) -> AnyView {
    let name = spec.field().member();
    let reason = tag.errors.get(spec.field());
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
            <a href=Shelf::Products.path_of_new()>{texts.no_products_link}</a>
        </p>
    }
    .into_any()
}
