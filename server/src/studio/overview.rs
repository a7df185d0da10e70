//! The first page of the studio, and the steps of a first visit.

use app::pages::studio::{
    Form, Notice, Step, Steps,
    overview::{self, Overview},
};
use axum::response::Response;
use domain::catalogue::CatalogueError;
use types::{
    Field, FieldErrors, Problem, Reason,
    catalogue::{RowPlaces, StepForm, StepInput, VideoInput},
    pages::StudioOverview,
};

use super::{
    asked::Query,
    desk::parts,
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
pub(crate) async fn take_step(posted: Posted<StepForm>) -> Response {
    let Posted { reader, form } = posted;
    let taken = match &form.input {
        StepInput::Artist(artist) => take::<Artists>(&reader, artist, Ok(())).await,
        StepInput::Video(video) => take::<Videos>(&reader, video, require_link(video)).await,
        StepInput::Product(product) => take::<Products>(&reader, product, Ok(())).await,
    };
    let error = match taken {
        Ok(()) => return done("/studio", Notice::Saved),
        Err(error) => error,
    };
    let (step, form) = match form.input {
        StepInput::Artist(artist) => (Step::Artist, Form::new(artist, None)),
        StepInput::Video(video) => (Step::Video, Form::new(video, None)),
        StepInput::Product(product) => (Step::Product, Form::new(product, None)),
    };
    refuse(reader, step, form, error).await
}

/// Makes what the step is about, of the first artist, if the step has what it requires.
async fn take<T: Thing>(
    reader: &Reader,
    input: &T::Input,
    required: Result<(), FieldErrors>,
) -> Answer<()> {
    let (catalogue, caller) = parts(reader);
    let artist = match T::SHELF.belongs_to_artist() {
        true => {
            let artists = catalogue.artists.list(caller).await?;
            artists.into_iter().next().map(|first| first.id)
        }
        false => None,
    };
    required.map_err(CatalogueError::Invalid)?;
    let artist = artist.unwrap_or_default();
    T::create(catalogue, caller, &artist, input).await.map(drop)
}

/// A video can be kept without a link, but here the link is what is asked for.
fn require_link(video: &VideoInput) -> Result<(), FieldErrors> {
    if !video.url.trim().is_empty() {
        return Ok(());
    }
    let mut errors = FieldErrors::one(Field::Url, Reason::Required);
    for (field, reason) in video.check().err().unwrap_or_default().iter() {
        errors.refuse(field, reason);
    }
    Err(errors)
}

/// Shows the step again, with what was typed.
async fn refuse(reader: Reader, step: Step, typed: Form, error: CatalogueError) -> Response {
    let (form, problem) = match error {
        CatalogueError::Invalid(errors) => {
            let errors = at_fields(step, &errors);
            let refused = RowPlaces::default().refused(&errors);
            (typed.refused_for(refused), None)
        }
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
