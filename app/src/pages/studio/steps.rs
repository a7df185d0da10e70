//! The three steps of a first visit.

use leptos::prelude::*;
use types::{
    Field, FieldErrors,
    catalogue::{EntityForm, EntityKind, FormExtras},
    pages::{StudioOverview, studio::EntityInput},
};

use super::{
    Form,
    field::{Control, Spec, field},
    overview::RefusedStep,
    paths,
};
use crate::texts::texts;

/// What each of the steps creates.
const STEPS: [EntityKind; 3] = [EntityKind::Artist, EntityKind::Video, EntityKind::Product];

/// The steps of a first visit: which are done, and what was typed into one that was refused.
pub(super) struct Steps {
    done: [bool; 3],
    refused: Option<Form>,
}

impl Steps {
    /// The steps, while they are of use: until something that they create is public. Without an
    /// overview only what a refused step says of them is known.
    pub(super) fn new(
        overview: Option<&StudioOverview>,
        refused: Option<&RefusedStep>,
    ) -> Option<Self> {
        let form = refused.map(refused_form);
        let Some(overview) = overview else {
            let form = form?;
            return Some(Self {
                done: [form.kind() != EntityKind::Artist, false, false],
                refused: Some(form),
            });
        };
        let kinds = [&overview.artists, &overview.videos, &overview.products];
        let done = kinds.map(|summary| summary.total > 0);
        let is_public = overview.videos.public > 0 || overview.products.public > 0;
        let is_over = done == [true; 3] && is_public && form.is_none();
        (!is_over).then_some(Self {
            done,
            refused: form,
        })
    }

    /// The form of a step, with what was typed.
    fn form(&self, kind: EntityKind) -> Form {
        let refused = self.refused.clone().filter(|form| form.kind() == kind);
        refused.unwrap_or_else(|| Form::new(EntityForm::new(kind, ""), &FieldErrors::default()))
    }
}

fn refused_form(refused: &RefusedStep) -> Form {
    let form = EntityForm {
        input: refused.input.clone(),
        extras: FormExtras::default(),
    };
    let errors = refused.problem.field_errors();
    Form::new(form, errors.unwrap_or(&FieldErrors::default()))
}

/// The steps. Each is a form of its own; what is done is ticked.
pub(super) fn show(steps: &Steps) -> AnyView {
    let texts = &texts().studio.steps;
    let items = STEPS.into_iter().zip(steps.done).map(|(kind, is_done)| {
        let is_open = kind == EntityKind::Artist || steps.done[0];
        item(steps, kind, is_done, is_open)
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

fn item(steps: &Steps, kind: EntityKind, is_done: bool, is_open: bool) -> AnyView {
    let texts = &texts().studio.steps;
    let (heading, lead, button) = match kind {
        EntityKind::Artist => texts.artist,
        EntityKind::Video => texts.video,
        EntityKind::Product | EntityKind::Retailer => texts.product,
    };
    let body = match (is_done, is_open) {
        (true, _) => view! { <p class="step-done">{texts.done}</p> }.into_any(),
        (false, false) => {
            view! { <p>{lead}</p> <p class="step-waits">{texts.waits}</p> }.into_any()
        }
        (false, true) => view! { <p>{lead}</p> {form(&steps.form(kind), button)} }.into_any(),
    };
    let class = if is_done { "step step-is-done" } else { "step" };
    view! { <li class=class><h3>{heading}</h3> {body}</li> }.into_any()
}

fn form(typed: &Form, button: &'static str) -> AnyView {
    let line = |field: Field, inputmode| Spec::required(field, Control::Line(inputmode));
    let fields = match typed.input() {
        EntityInput::Video(video) => vec![
            field(typed, line(Field::Url, "url"), &video.url),
            field(typed, line(Field::Title, "text"), &video.title),
        ],
        input => vec![field(typed, line(Field::Name, "text"), input.name())],
    };
    view! {
        <form class="form" method="post" action=paths::OVERVIEW novalidate>
            <input type="hidden" name="step" value=typed.kind().name()/>
            {fields}
            <div class="form-end"><button class="button" type="submit">{button}</button></div>
        </form>
    }
    .into_any()
}
