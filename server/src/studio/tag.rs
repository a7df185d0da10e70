//! Tagging: one more product in a video, at the second at which it is seen.

use app::pages::studio::{Form, Shelf, sheet::Refused};
use axum::response::Response;
use domain::{catalogue::CatalogueError, documents::Revision};
use types::{
    Field, FieldErrors, Problem,
    catalogue::{VideoInput, form::Pairs},
};

use super::{
    desk::{Desk, parts},
    named::Named,
    thing::{Thing, Videos},
};
use crate::{forms::Posted, problem::Refusal, redirect::see_other};

/// `POST /studio/videos/{id}/placements`
pub(crate) async fn tag(Named(id): Named, posted: Posted) -> Response {
    let Posted { reader, entries } = posted;
    let typed = entries.pairs();
    let desk = match Desk::<Videos>::open_for(reader, &id, typed).await {
        Ok(desk) => desk,
        Err(answer) => return answer,
    };
    let Some(view) = &desk.view else {
        return desk.reader.not_found().await;
    };
    let mut input = Videos::input(&view.content);
    let row = input.placements.len();
    let sent = VideoInput::from_pairs(&desk.choices.to_ids(typed));
    input.placements.extend(sent.placements.into_iter().take(1));
    if input.placements.len() == row {
        input.placements.push(Default::default());
    }
    let from = super::desk::form::<Videos>(typed)
        .revision
        .unwrap_or_default();
    let (catalogue, caller) = parts(&desk.reader);
    let changed = catalogue
        .videos
        .change(caller, &id, Revision(from), &input)
        .await;
    match changed {
        Ok(_) => see_other(&format!("{}?tagged#tagged", Shelf::Videos.path_of(&id))),
        Err(CatalogueError::Invalid(errors)) => refuse_fields(desk, typed, &errors, row).await,
        Err(error) => refuse_whole(desk, typed, error.into(), &id).await,
    }
}

/// Shows what is refused where it was typed: in the form that tags, or in that of the video.
async fn refuse_fields(
    desk: Desk<Videos>,
    typed: &Pairs,
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
    let tag = Form::of(Shelf::Videos, typed.to_vec(), None).refused_for(of_tag);
    let form = desk.kept().refused_for(of_video);
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
async fn refuse_whole(desk: Desk<Videos>, typed: &Pairs, problem: Problem, id: &str) -> Response {
    if problem == Problem::NotFound {
        return desk.reader.not_found().await;
    }
    let desk = match Desk::<Videos>::open_for(desk.reader, id, typed).await {
        Ok(desk) => desk,
        Err(answer) => return answer,
    };
    let tag = Form::of(Shelf::Videos, typed.to_vec(), None);
    let refused = Some(Refused::Problem(problem.clone()));
    let kept = desk.kept();
    desk.refuse(kept, refused, Some(tag), problem.into()).await
}
