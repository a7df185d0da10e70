//! The three steps of a first visit.

use leptos::prelude::*;
use types::{
    Field,
    catalogue::{ArtistInput, ProductInput, VideoInput},
};

use super::{
    EntityInput, Form,
    field::{Control, Spec, field},
};
use crate::texts::texts;

/// The steps of a first visit: which are done, and what was typed into one that was refused.
#[derive(Debug)]
pub struct Steps {
    /// Whether each of them is done.
    pub done: [bool; 3],
    /// A step that was refused, with what was typed into it.
    pub refused: Option<(Step, Form)>,
}

/// A step of a first visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// An artist's name.
    Artist,
    /// A video's link.
    Video,
    /// A product's name.
    Product,
}

impl Step {
    const ALL: [Self; 3] = [Self::Artist, Self::Video, Self::Product];

    /// The name in the form.
    fn name(self) -> &'static str {
        match self {
            Self::Artist => "artist",
            Self::Video => "video",
            Self::Product => "product",
        }
    }

    /// The form of it with nothing typed into it.
    fn blank(self) -> Form {
        let input = match self {
            Self::Artist => ArtistInput::default().into(),
            Self::Video => VideoInput::default().into(),
            Self::Product => EntityInput::from(ProductInput::default()),
        };
        Form::new(input, None)
    }
}

/// The steps. Each is a form of its own; what is done is ticked.
pub(super) fn show(steps: &Steps) -> AnyView {
    let texts = &texts().studio.steps;
    let items = Step::ALL
        .into_iter()
        .zip(steps.done)
        .map(|(step, is_done)| {
            let is_open = step == Step::Artist || steps.done[0];
            item(steps, step, is_done, is_open)
        });
    let items: Vec<_> = items.collect();
    let lead = match steps.done {
        [true, true, true] => texts.all_done,
        _ => texts.lead,
    };
    view! {
        <section class="steps" aria-labelledby="steps-heading">
            <div class="steps-top">
                <div class="steps-words">
                    <h2 id="steps-heading">{texts.heading}</h2>
                    <p>{lead}</p>
                </div>
                <span class="steps-art" inner_html=include_str!("../../art/table.svg")></span>
            </div>
            <ol class="steps-list" role="list">{items}</ol>
        </section>
    }
    .into_any()
}

fn item(steps: &Steps, step: Step, is_done: bool, is_open: bool) -> AnyView {
    let texts = &texts().studio.steps;
    let (heading, lead, button) = match step {
        Step::Artist => texts.artist,
        Step::Video => texts.video,
        Step::Product => texts.product,
    };
    let body = match (is_done, is_open) {
        (true, _) => view! { <p class="step-done">{texts.done}</p> }.into_any(),
        (false, false) => {
            view! { <p>{lead}</p> <p class="step-waits">{texts.waits}</p> }.into_any()
        }
        (false, true) => view! { <p>{lead}</p> {form(steps, step, button)} }.into_any(),
    };
    let class = if is_done { "step step-is-done" } else { "step" };
    view! { <li class=class><h3>{heading}</h3> {body}</li> }.into_any()
}

fn form(steps: &Steps, step: Step, button: &'static str) -> AnyView {
    let typed = match &steps.refused {
        Some((refused, typed)) if *refused == step => typed.clone(),
        _ => step.blank(),
    };
    let line = |field: Field, inputmode| Spec::required(field, Control::Line(inputmode));
    let fields = match &typed.input {
        EntityInput::Video(video) => vec![
            field(&typed, line(Field::Url, "url"), &video.url),
            field(&typed, line(Field::Title, "text"), &video.title),
        ],
        input => vec![field(&typed, line(Field::Name, "text"), input.name())],
    };
    view! {
        <form class="form" method="post" action="/studio" novalidate>
            <input type="hidden" name="step" value=step.name()/>
            {fields}
            <div class="form-end"><button class="button" type="submit">{button}</button></div>
        </form>
    }
    .into_any()
}
