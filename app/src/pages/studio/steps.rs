//! The three steps of a first visit.

use leptos::prelude::*;
use types::{
    Field,
    catalogue::{EntityForm, EntityKind, StepForm},
    pages::{
        StudioOverview,
        studio::{EntityInput, FormProblem, SubmittedForm, SubmittedInput},
    },
};

use super::{
    field::{FieldSpec, InputKind, field},
    form::{FormFuture, StudioForm, StudioFormKind},
    paths, problem_notice,
};
use crate::{
    api::studio::overview::create_first, components::submit_button::SubmitButton,
    texts::studio_texts,
};

/// The kinds that the steps create, in order.
const STEPS: [EntityKind; 3] = [EntityKind::Artist, EntityKind::Video, EntityKind::Product];

/// The steps: which of them are done, and the values of a refused one.
pub(super) struct Steps {
    done: [bool; 3],
    refused: Option<(EntityInput, Option<FormProblem>)>,
}

impl Steps {
    /// The steps; `None` once each kind exists and a video or product is public. Without an overview
    /// the state is derived from the refused step.
    pub(super) fn new(
        overview: Option<&StudioOverview>,
        submitted: &SubmittedForm,
    ) -> Option<Self> {
        let refused = match &submitted.typed {
            SubmittedInput::Step(typed) => Some((typed.clone(), submitted.problem.clone())),
            _ => None,
        };
        let Some(overview) = overview else {
            let (typed, _) = refused.as_ref()?;
            return Some(Self {
                done: [typed.kind() != EntityKind::Artist, false, false],
                refused,
            });
        };
        let kinds = [&overview.artists, &overview.videos, &overview.products];
        let done = kinds.map(|summary| summary.total > 0);
        let is_public = overview.videos.public > 0 || overview.products.public > 0;
        let is_over = done == [true; 3] && is_public && refused.is_none();
        (!is_over).then_some(Self { done, refused })
    }

    /// The typed values of a step, and why they were refused.
    fn typed(&self, kind: EntityKind) -> (EntityInput, Option<FormProblem>) {
        let refused = self
            .refused
            .clone()
            .filter(|(typed, _)| typed.kind() == kind);
        refused.unwrap_or_else(|| (EntityInput::new(kind), None))
    }
}

/// The steps. Each open one has a form; done ones are ticked.
pub(super) fn show(steps: Steps) -> AnyView {
    let texts = &studio_texts().steps;
    let items = STEPS.into_iter().zip(steps.done).map(|(kind, is_done)| {
        let is_open = kind == EntityKind::Artist || steps.done[0];
        item(&steps, kind, is_done, is_open)
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
                <span class="steps-art" inner_html=include_str!("../../art/worktable.svg")></span>
            </div>
            <ol class="steps-list" role="list">{items}</ol>
        </section>
    }
    .into_any()
}

fn item(steps: &Steps, kind: EntityKind, is_done: bool, is_open: bool) -> AnyView {
    let texts = &studio_texts().steps;
    let (heading, lead, button) = match kind {
        EntityKind::Artist => texts.artist,
        EntityKind::Video => texts.video,
        EntityKind::Product | EntityKind::Retailer => texts.product,
    };
    let body = match (is_done, is_open) {
        (true, _) => view! { <p class="step-done">{texts.done}</p> }.into_any(),
        (false, false) => {
            view! { <p>{lead}</p> <p class="step-blocked">{texts.waits}</p> }.into_any()
        }
        (false, true) => view! { <p>{lead}</p> {form(steps.typed(kind), button)} }.into_any(),
    };
    let class = if is_done {
        "step step-completed"
    } else {
        "step"
    };
    view! { <li class=class><h3>{heading}</h3> {body}</li> }.into_any()
}

fn form((typed, problem): (EntityInput, Option<FormProblem>), button: &'static str) -> AnyView {
    let form = StudioForm::new(problem, form_kind(typed.kind()));
    let line = |field: Field, inputmode| FieldSpec::required(field, InputKind::Line(inputmode));
    let fields = match &typed {
        EntityInput::Video(video) => vec![
            field(form, line(Field::Url, "url"), &video.url),
            field(form, line(Field::Title, "text"), &video.title),
        ],
        input => vec![field(form, line(Field::Name, "text"), input.name())],
    };
    view! {
        <form
            class="form"
            method="post"
            action=paths::OVERVIEW
            novalidate
            node_ref=form.node
            on:input=move |event| form.on_input(&event)
            on:submit=move |event| form.on_submit(&event)
        >
            <input type="hidden" name="step" value=typed.kind().name()/>
            {problem_notice::notice_of_step(form)}
            {fields}
            <div class="form-end"><SubmitButton label=button is_busy=form.is_busy/></div>
        </form>
    }
    .into_any()
}

fn form_kind(kind: EntityKind) -> StudioFormKind {
    StudioFormKind {
        name_of: Field::form_name,
        check: None,
        send: Box::new(move |body| {
            // This is the deserializer of the entity's form, which the WebAssembly already has.
            let form = EntityForm::read(kind, body).ok()?;
            let answer: FormFuture = Box::pin(create_first(StepForm::of(form.input)?));
            Some(answer)
        }),
        on_success: None,
        next_path: None,
        on_problem: None,
        leave_prompt: None,
    }
}
