//! The problem of a form, above its fields.

use leptos::prelude::*;
use types::{Field, FieldErrors, NextPath, Problem, pages::studio::FormProblem};

use super::{
    StudioForm, conflict,
    field::{label, sentence},
    paths,
};
use crate::texts::{studio_texts, texts};

/// Why the form of an entity was refused, with links to the fields with errors.
pub(super) fn notice(form: StudioForm) -> AnyView {
    let shown = move || {
        let problem = form.problem.get()?;
        let body = body(form, &problem)?;
        Some(notice_with(body))
    };
    view! { {shown} }.into_any()
}

/// Why the form of a placement was refused; its errors are shown at the fields only.
pub(super) fn notice_of_placement(form: StudioForm) -> AnyView {
    let shown = move || {
        let body = match form.problem.get()? {
            FormProblem::InvalidPlacement { placement, .. } if !placement.is_empty() => {
                view! { <p>{texts().problems.invalid}</p> }.into_any()
            }
            problem => body(form, &problem)?,
        };
        Some(notice_with(body))
    };
    view! { {shown} }.into_any()
}

/// Why the form of a step was refused, unless its errors are shown at the fields.
pub(super) fn notice_of_step(form: StudioForm) -> AnyView {
    let shown = move || of_problem(&form.problem.get()?);
    view! { {shown} }.into_any()
}

/// Why the form of a button was refused.
pub(super) fn of_problem(problem: &FormProblem) -> Option<AnyView> {
    match problem {
        FormProblem::NoAnswer => Some(notice_with(no_answer())),
        problem => whole(&problem.to_problem()).map(notice_with),
    }
}

fn no_answer() -> AnyView {
    view! { <p>{texts().problems.unavailable}</p> }.into_any()
}

/// An alert that is focused when the page loads.
pub(super) fn notice_with(body: AnyView) -> AnyView {
    view! { <div class="problem-notice" role="alert" tabindex="-1" autofocus>{body}</div> }
        .into_any()
}

fn body(form: StudioForm, problem: &FormProblem) -> Option<AnyView> {
    let texts = studio_texts();
    match problem {
        FormProblem::Problem(Problem::Invalid(errors)) if errors.is_empty() => None,
        FormProblem::Problem(Problem::Invalid(errors)) => {
            Some(fields(errors, |field| Some(form.id_of(field))))
        }
        // The fields of the video belong to another form.
        FormProblem::InvalidPlacement { video, .. } => Some(fields(video, |_| None)),
        FormProblem::Conflict(both) => Some(conflict::show(both, &both.typed, texts.conflict.lead)),
        FormProblem::NoArtist => Some(view! { <p>{texts.edit_page.choose_artist}</p> }.into_any()),
        FormProblem::UnknownArtist => {
            Some(view! { <p>{texts.edit_page.artist_gone}</p> }.into_any())
        }
        FormProblem::NoAnswer => Some(no_answer()),
        FormProblem::Problem(problem) => whole(problem),
    }
}

/// The refused fields with their reasons; each label links to the element with its id.
fn fields(errors: &FieldErrors, id_of: impl Fn(Field) -> Option<String>) -> AnyView {
    let links = errors.iter().map(|(field, reason)| {
        let label = label(field);
        let label = match id_of(field) {
            Some(id) => view! { <a href=["#", &id].concat()>{label}</a> }.into_any(),
            None => label.into_any(),
        };
        view! { <li>{label} ": " {sentence(field, reason)}</li> }
    });
    view! {
        <p>{studio_texts().edit_page.fields_refused}</p>
        <ul>{links.collect::<Vec<_>>()}</ul>
    }
    .into_any()
}

fn whole(problem: &Problem) -> Option<AnyView> {
    let sentence = (studio_texts().problem)(problem)?;
    let log_in = (*problem == Problem::Unauthenticated).then(|| {
        // In a new tab: this one keeps the typed values.
        let next = NextPath::parse(paths::OVERVIEW).encoded();
        view! {
            <a href=["/login?next=", &next].concat() target="_blank">
                {texts().problems.session_ended_link}
            </a>
        }
    });
    let trash = (*problem == Problem::NotFound).then(|| {
        let open = studio_texts().trash.open;
        view! { <a href=paths::TRASH target="_blank">{open}</a> }
    });
    Some(view! { <p>{sentence}</p> {log_in} {trash} }.into_any())
}
