//! The first page of the studio, and the steps of a first visit.

use app::pages::studio::{
    Form, Notice, Step, Steps,
    overview::{self, Overview},
};
use axum::response::Response;
use domain::catalogue::CatalogueError;
use types::{Field, FieldErrors, Problem, Reason, catalogue::form::Pairs, pages::StudioOverview};

use super::{
    asked::Query,
    desk::{form, parts},
    done,
    thing::{Answer, Artists, Products, Thing, Videos},
};
use crate::{content::Reader, forms::Posted, problem::Refusal};

/// `GET /studio`
pub(crate) async fn overview(reader: Reader) -> Response {
    let (catalogue, caller) = parts(&reader);
    let notice = Query::of(&reader.uri).notice();
    match catalogue.studio.overview(caller).await {
        Ok(known) => {
            let page = Overview {
                steps: steps(&known, None),
                known: Some(known),
                notice,
                problem: None,
            };
            reader.show(overview::page(page)).await
        }
        Err(error) => super::fail(reader, error).await,
    }
}

/// `POST /studio`: a step of a first visit.
pub(crate) async fn take_step(posted: Posted) -> Response {
    let Posted { reader, entries } = posted;
    let Some(step) = Step::from_name(entries.text("step")) else {
        return reader.fail(Problem::Malformed).await;
    };
    let typed = entries.pairs();
    let taken = match step {
        Step::Artist => take::<Artists>(&reader, typed).await,
        Step::Video => take::<Videos>(&reader, typed).await,
        Step::Product => take::<Products>(&reader, typed).await,
    };
    let error = match taken {
        Ok(()) => return done("/studio", Notice::Saved),
        Err(error) => error,
    };
    let form = match step {
        Step::Artist => form::<Artists>(typed),
        Step::Video => form::<Videos>(typed),
        Step::Product => form::<Products>(typed),
    };
    refuse(reader, step, form, error).await
}

/// Makes what the step is about, of the first artist.
async fn take<T: Thing>(reader: &Reader, typed: &Pairs) -> Answer<()> {
    let (catalogue, caller) = parts(reader);
    let artist = match T::SHELF.belongs_to_artist() {
        true => {
            let artists = catalogue.artists.list(caller).await?;
            artists.into_iter().next().map(|first| first.id)
        }
        false => None,
    };
    require_link::<T>(typed)?;
    let artist = artist.unwrap_or_default();
    T::create(catalogue, caller, &artist, &T::read(typed))
        .await
        .map(drop)
}

/// A video can be kept without a link, but here the link is what is asked for.
fn require_link<T: Thing>(typed: &Pairs) -> Answer<()> {
    let is_video = T::SHELF == Videos::SHELF;
    let mut links = typed.iter().filter(|(name, _)| name == Field::Url.name());
    if !is_video || links.any(|(_, link)| !link.trim().is_empty()) {
        return Ok(());
    }
    let mut errors = FieldErrors::one(Field::Url, Reason::Required);
    let others = types::catalogue::form::check(T::SHELF.form(), typed);
    for (field, reason) in others.iter() {
        errors.refuse(field, reason);
    }
    Err(CatalogueError::Invalid(errors))
}

/// Shows the step again, with what was typed.
async fn refuse(reader: Reader, step: Step, typed: Form, error: CatalogueError) -> Response {
    let (form, problem) = match error {
        CatalogueError::Invalid(errors) => (typed.refused_for(at_fields(step, &errors)), None),
        error => (typed, Some(Problem::from(error))),
    };
    let refusal = match &problem {
        Some(problem) => problem.clone().into(),
        None => Refusal::unprocessable(),
    };
    let (catalogue, caller) = parts(&reader);
    // What there is may be what cannot be read; what was typed is shown all the same.
    let known = catalogue.studio.overview(caller).await.ok();
    let steps = match &known {
        Some(known) => steps(known, Some((step, form))),
        None => Some(Steps {
            done: [step != Step::Artist, false, false],
            refused: Some((step, form)),
        }),
    };
    let page = Overview {
        known,
        steps,
        notice: None,
        problem,
    };
    reader.refuse(refusal, overview::page(page)).await
}

/// What is wrong, at the fields that the step has: its short name is made of what it is called.
fn at_fields(step: Step, errors: &FieldErrors) -> FieldErrors {
    let mut at_fields = FieldErrors::default();
    for (field, reason) in errors.iter() {
        let field = match (field, step) {
            (Field::Slug, Step::Video) => Field::Title,
            (Field::Slug, Step::Artist | Step::Product) => Field::Name,
            (field, _) => field,
        };
        at_fields.refuse(field, reason);
    }
    at_fields
}

/// The steps, while they are of use: until something of what they make is public.
fn steps(known: &StudioOverview, refused: Option<(Step, Form)>) -> Option<Steps> {
    let done = [
        known.artists.total > 0,
        known.videos.total > 0,
        known.products.total > 0,
    ];
    let is_public = known.videos.public > 0 || known.products.public > 0;
    let is_over = done == [true; 3] && is_public && refused.is_none();
    (!is_over).then_some(Steps { done, refused })
}
