//! The page of a thing, and its form.

use app::pages::studio::{Form, Notice, differences, sheet::Refused};
use axum::response::Response;
use domain::{catalogue::CatalogueError, documents::Revision};
use types::Problem;

use super::{
    asked::Query,
    desk::{Desk, form, parts},
    done,
    named::Named,
    thing::Thing,
};
use crate::{content::Reader, forms::Posted};

/// `GET /studio/videos/{id}`
pub(crate) async fn show<T: Thing>(Named(id): Named, reader: Reader) -> Response {
    let notice = Query::of(&reader.uri).notice();
    match Desk::<T>::open(reader, &id).await {
        Ok(desk) => {
            let kept = desk.kept();
            desk.show(kept, notice).await
        }
        Err(answer) => answer,
    }
}

/// `POST /studio/videos/{id}`
pub(crate) async fn change<T: Thing>(Named(id): Named, posted: Posted) -> Response {
    let Posted { reader, entries } = posted;
    let desk = match Desk::<T>::open_for(reader, &id, entries.pairs()).await {
        Ok(desk) => desk,
        Err(answer) => return answer,
    };
    let typed = form::<T>(entries.pairs());
    if entries.has("more") {
        return desk.show(with_more(typed), Some(Notice::Rows)).await;
    }
    let input = T::read(&desk.choices.to_ids(&typed.values));
    save(desk, &id, typed, &input).await
}

/// Saves what was typed, if the thing is still what it was when that began.
pub(super) async fn save<T: Thing>(
    desk: Desk<T>,
    id: &str,
    typed: Form,
    input: &T::Input,
) -> Response {
    let (catalogue, caller) = parts(&desk.reader);
    let from = typed.revision.map(Revision).ok_or(CatalogueError::Moved);
    let changed = match from {
        Ok(from) => T::change(catalogue, caller, id, from, input).await,
        Err(moved) => Err(moved),
    };
    match changed {
        Ok(_) => done(&T::SHELF.path_of(id), Notice::Saved),
        Err(CatalogueError::Invalid(errors)) => desk.refuse_fields(typed, errors).await,
        Err(CatalogueError::Moved) => clash::<T>(desk.reader, id, typed).await,
        Err(error) => desk.refuse_whole(typed, error.into()).await,
    }
}

/// Shows both sides: what is saved now, and the form with what was typed. It starts from now, so
/// that saving it again is a decision.
async fn clash<T: Thing>(reader: Reader, id: &str, typed: Form) -> Response {
    let desk = match Desk::<T>::open_for(reader, id, &typed.values).await {
        Ok(desk) => desk,
        Err(answer) => return answer,
    };
    let now = desk.kept();
    let yours = T::normal(T::read(&desk.choices.to_ids(&typed.values)));
    let yours = desk.choices.to_labels(&T::write(&yours));
    let differences = differences(T::SHELF, &now.values, &yours);
    let form = typed.from(now.revision);
    let refused = Some(Refused::Clash(differences));
    desk.refuse(form, refused, None, Problem::Moved.into())
        .await
}

/// The form with more empty rows in the list that the pressed button names.
pub(super) fn with_more(form: Form) -> Form {
    let pressed = form.values.iter().rfind(|(name, _)| name == "more");
    let more = pressed.map(|(_, list)| list.clone());
    form.with_more(more)
}
