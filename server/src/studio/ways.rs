//! What is done with a thing by a button: publishing it, deleting it, and taking that back.

use app::pages::studio::Notice;
use axum::response::Response;
use domain::{
    catalogue::{CatalogueError, View},
    documents::Revision,
};
use types::{
    Problem,
    catalogue::{RowPlaces, Status},
};

use super::{
    desk::{Desk, parts},
    done, fail,
    named::Named,
    thing::Thing,
};
use crate::{
    forms::{Posted, RevisionForm},
    redirect::see_other,
};

/// `POST /studio/videos/{id}/publication`
pub(crate) async fn publish<T: Thing>(named: Named, posted: Posted<RevisionForm>) -> Response {
    set_status::<T>(named, posted, Status::Published, Notice::Published).await
}

/// `POST /studio/videos/{id}/publication/end`
pub(crate) async fn withdraw<T: Thing>(named: Named, posted: Posted<RevisionForm>) -> Response {
    set_status::<T>(named, posted, Status::Draft, Notice::Withdrawn).await
}

async fn set_status<T: Thing>(
    Named(id): Named,
    posted: Posted<RevisionForm>,
    status: Status,
    notice: Notice,
) -> Response {
    let (desk, from) = match open::<T>(&id, posted).await {
        Ok(open) => open,
        Err(answer) => return answer,
    };
    let Some(view) = &desk.view else {
        return desk.reader.not_found().await;
    };
    let input = T::with_status(T::input(&view.content), status);
    let (catalogue, caller) = parts(&desk.reader);
    let changed = T::change(catalogue, caller, &id, from, &input).await;
    conclude(desk, changed, &id, notice).await
}

/// `POST /studio/videos/{id}/deletion`
pub(crate) async fn delete<T: Thing>(Named(id): Named, posted: Posted<RevisionForm>) -> Response {
    let (desk, from) = match open::<T>(&id, posted).await {
        Ok(open) => open,
        Err(answer) => return answer,
    };
    let (catalogue, caller) = parts(&desk.reader);
    match T::delete(catalogue, caller, &id, from).await {
        Ok(_) => see_other(&format!("{}?deleted={id}", T::SHELF.path())),
        Err(error) => conclude(desk, Err(error), &id, Notice::Saved).await,
    }
}

/// `POST /studio/videos/{id}/restoration`
pub(crate) async fn restore<T: Thing>(Named(id): Named, posted: Posted<RevisionForm>) -> Response {
    let reader = posted.reader;
    let (catalogue, caller) = parts(&reader);
    match T::restore(catalogue, caller, &id).await {
        Ok(_) => done(&T::SHELF.path_of(&id), Notice::Restored),
        Err(error) => fail(reader, error).await,
    }
}

/// The page that the button stands on, and the revision that it started from.
pub(super) async fn open<T: Thing>(
    id: &str,
    posted: Posted<RevisionForm>,
) -> Result<(Desk<T>, Revision), Response> {
    let Posted { reader, form } = posted;
    let desk = Desk::open(reader, id).await?;
    Ok((desk, Revision(form.revision())))
}

/// Leads on, or shows the page as it is now and why nothing was done.
pub(super) async fn conclude<T: Thing>(
    desk: Desk<T>,
    changed: Result<View<T::Content>, CatalogueError>,
    id: &str,
    notice: Notice,
) -> Response {
    let Err(error) = changed else {
        return done(&T::SHELF.path_of(id), notice);
    };
    // Somebody else may have changed what was read a moment ago.
    let desk = match Desk::<T>::open(desk.reader, id).await {
        Ok(desk) => desk,
        Err(answer) => return answer,
    };
    let kept = desk.kept();
    match error {
        CatalogueError::Invalid(errors) => {
            let places = RowPlaces::default();
            desk.refuse_fields(kept, &places, &errors).await
        }
        error => match Problem::from(error) {
            Problem::NotFound => desk.reader.not_found().await,
            problem => desk.refuse_whole(kept, problem).await,
        },
    }
}
