//! Why a form was refused, before everything else on its page.

use leptos::prelude::*;
use types::{FieldErrors, NextPath, Problem, pages::studio::FormProblem};

use super::{
    clash,
    form::{id_of, label, sentence},
    paths,
};
use crate::texts::texts;

/// Why the form of an entity was refused, with links to what is to be mended; nothing where the form
/// of a placement says it.
pub(super) fn notice(problem: &FormProblem) -> Option<AnyView> {
    let texts = &texts().studio;
    let body = match (problem, problem.field_errors()) {
        (_, Some(errors)) if errors.is_empty() => return None,
        (_, Some(errors)) => fields(errors),
        (FormProblem::Conflict(conflict), _) => {
            let differences = clash::differences(&conflict.stored, &conflict.typed);
            view! {
                <h2>{texts.clash.heading}</h2>
                <p>{texts.clash.lead}</p>
                {clash::show(&differences)}
            }
            .into_any()
        }
        (FormProblem::NoArtist, _) => view! { <p>{texts.sheet.choose_artist}</p> }.into_any(),
        (FormProblem::UnknownArtist, _) => view! { <p>{texts.sheet.artist_gone}</p> }.into_any(),
        (FormProblem::Problem(problem), _) => whole(problem)?,
        (FormProblem::InvalidPlacement { .. }, None) => return None,
    };
    Some(
        view! { <div class="problem-notice" role="alert" tabindex="-1" autofocus>{body}</div> }
            .into_any(),
    )
}

fn fields(errors: &FieldErrors) -> AnyView {
    let links = errors.iter().map(|(field, reason)| {
        let id = ["#", &id_of(&field.form_name())].concat();
        view! {
            <li>
                <a href=id>{label(field)}</a>
                ": "
                {sentence(field, reason)}
            </li>
        }
    });
    view! {
        <p>{texts().studio.sheet.fields_refused}</p>
        <ul>{links.collect::<Vec<_>>()}</ul>
    }
    .into_any()
}

fn whole(problem: &Problem) -> Option<AnyView> {
    let sentence = (texts().studio.problem)(problem)?;
    let log_in = (*problem == Problem::Unauthenticated).then(|| {
        // In a new tab: this one keeps what was typed.
        let next = NextPath::parse(paths::OVERVIEW).encoded();
        view! {
            <a href=["/login?next=", &next].concat() target="_blank">
                {texts().problems.session_ended_link}
            </a>
        }
    });
    let trash = (*problem == Problem::NotFound).then(|| {
        let open = texts().studio.bin.open;
        view! { <a href=paths::TRASH target="_blank">{open}</a> }
    });
    Some(view! { <p>{sentence}</p> {log_in} {trash} }.into_any())
}
