//! Tagging: one more product in a video, at the second at which it is seen.

use app::pages::studio::{Form, Shelf, Tag, chosen_products, sheet::Refused};
use axum::response::Response;
use domain::{catalogue::CatalogueError, documents::Revision};
use types::{
    Field, FieldErrors, Problem,
    catalogue::{EntityForm, PlacementInput, RowPlaces, VideoInput},
};

use super::{
    desk::{Desk, parts},
    named::Named,
    thing::{Thing, Videos},
};
use crate::{content::Reader, forms::Posted, problem::Refusal, redirect::see_other};

/// `POST /studio/videos/{id}/placements`
pub(crate) async fn tag(Named(id): Named, posted: Posted<EntityForm<PlacementInput>>) -> Response {
    let Posted { reader, form } = posted;
    let revision = form.extras.revision();
    let desk = match open(reader, &id, &form.input, revision).await {
        Ok(desk) => desk,
        Err(answer) => return answer,
    };
    let Some(view) = &desk.view else {
        return desk.reader.not_found().await;
    };
    let mut input = Videos::input(&view.content);
    let row = input.placements.len();
    input.placements.push(form.input.clone());
    let input = desk.choices.to_ids(input);
    let from = Revision(revision.unwrap_or_default());
    let (catalogue, caller) = parts(&desk.reader);
    let changed = catalogue.videos.change(caller, &id, from, &input).await;
    match changed {
        Ok(_) => see_other(&format!("{}?tagged#tagged", Shelf::Videos.path_of(&id))),
        Err(CatalogueError::Invalid(errors)) => refuse_fields(desk, form.input, &errors, row).await,
        Err(error) => refuse_whole(desk, form, error.into(), &id).await,
    }
}

/// The page of the video, with the product that is named among its choices. When the video cannot be
/// read, or is not there any more, the answer is the form as it was sent.
async fn open(
    reader: Reader,
    id: &str,
    placement: &PlacementInput,
    revision: Option<u64>,
) -> Result<Desk<Videos>, Response> {
    let typed = VideoInput {
        placements: vec![placement.clone()],
        ..VideoInput::default()
    };
    match Desk::read(reader, id, chosen_products(&typed)).await {
        Ok(desk) => Ok(desk),
        Err((reader, error)) => {
            let desk = Desk::<Videos>::unread(reader);
            let tag = Tag {
                placement: placement.clone(),
                revision,
                ..Tag::default()
            };
            let problem = Problem::from(error);
            let refused = Some(Refused::Problem(problem.clone()));
            let form = Form::new(typed, revision);
            Err(desk.refuse(form, refused, Some(tag), problem.into()).await)
        }
    }
}

/// Shows what is refused where it was typed: in the form that tags, or in that of the video.
async fn refuse_fields(
    desk: Desk<Videos>,
    placement: PlacementInput,
    errors: &FieldErrors,
    row: usize,
) -> Response {
    let (mut of_tag, mut of_video) = (FieldErrors::default(), FieldErrors::default());
    for (field, reason) in errors.iter() {
        match in_first_row(field, row) {
            Some(field) => of_tag.refuse(field, reason),
            None => of_video.refuse(field, reason),
        }
    }
    let tag = Tag {
        placement,
        errors: of_tag,
        ..Tag::default()
    };
    let places = RowPlaces::default();
    let form = desk.kept().refused_for(places.refused(&of_video));
    let refusal = Refusal::unprocessable();
    desk.refuse(form, None, Some(tag), refusal).await
}

/// A field of the row that was added, as the form that tags has it.
fn in_first_row(field: Field, row: usize) -> Option<Field> {
    if field.row().map(usize::from) != Some(row) {
        return None;
    }
    Some(match field {
        Field::PlacementProductId(_) => Field::PlacementProductId(0),
        Field::PlacementStart(_) => Field::PlacementStart(0),
        Field::PlacementEnd(_) => Field::PlacementEnd(0),
        Field::PlacementNote(_) => Field::PlacementNote(0),
        _ => return None,
    })
}

/// Shows the video as it is now, with what was typed to tag it.
async fn refuse_whole(
    desk: Desk<Videos>,
    form: EntityForm<PlacementInput>,
    problem: Problem,
    id: &str,
) -> Response {
    if problem == Problem::NotFound {
        return desk.reader.not_found().await;
    }
    let desk = match open(desk.reader, id, &form.input, form.extras.revision()).await {
        Ok(desk) => desk,
        Err(answer) => return answer,
    };
    let tag = Tag {
        placement: form.input,
        ..Tag::default()
    };
    let refused = Some(Refused::Problem(problem.clone()));
    let kept = desk.kept();
    desk.refuse(kept, refused, Some(tag), problem.into()).await
}
