//! The page of a thing, and its form.

use app::pages::studio::{EntityInput, Form, Notice, differences, sheet::Refused};
use axum::response::Response;
use domain::{catalogue::CatalogueError, documents::Revision};
use types::{Problem, catalogue::EntityForm};

use super::{
    asked::Query,
    desk::{Desk, parts},
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
pub(crate) async fn change<T: Thing>(
    Named(id): Named,
    posted: Posted<EntityForm<T::Input>>,
) -> Response {
    let Posted { reader, form } = posted;
    let desk = match Desk::<T>::open_for(reader, &id, &form).await {
        Ok(desk) => desk,
        Err(answer) => return answer,
    };
    if form.extras.more.is_some() {
        return desk.show(with_more(form), Some(Notice::Rows)).await;
    }
    save(desk, &id, form).await
}

/// Saves what was typed, if the thing is still what it was when that began.
async fn save<T: Thing>(desk: Desk<T>, id: &str, typed: EntityForm<T::Input>) -> Response {
    let (catalogue, caller) = parts(&desk.reader);
    let (input, places) = desk.meant(&typed);
    // No entity has revision 0. The change is tried all the same, so that it counts as one.
    let from = Revision(typed.extras.revision().unwrap_or_default());
    match T::change(catalogue, caller, id, from, &input).await {
        Ok(_) => done(&T::SHELF.path_of(id), Notice::Saved),
        Err(CatalogueError::Invalid(errors)) => {
            let form = Form::sent(typed);
            desk.refuse_fields(form, &places, &errors).await
        }
        Err(CatalogueError::Moved) => clash::<T>(desk.reader, id, typed).await,
        Err(error) => desk.refuse_whole(Form::sent(typed), error.into()).await,
    }
}

/// Shows both sides: what is saved now, and the form with what was typed. It starts from now, so
/// that saving it again is a decision.
async fn clash<T: Thing>(reader: Reader, id: &str, typed: EntityForm<T::Input>) -> Response {
    let desk = match Desk::<T>::open_for(reader, id, &typed).await {
        Ok(desk) => desk,
        Err(answer) => return answer,
    };
    let now = desk.kept();
    let (yours, _) = desk.meant(&typed);
    let yours = desk.choices.to_labels(T::normal(yours));
    let differences = differences(&now.input, &yours.into());
    let form = Form::sent(typed).from(now.revision);
    let refused = Some(Refused::Clash(differences));
    desk.refuse(form, refused, None, Problem::Moved.into())
        .await
}

/// The form with more empty rows in the list that the pressed button names.
pub(super) fn with_more<I: Into<EntityInput>>(form: EntityForm<I>) -> Form {
    let more = form.extras.more.clone();
    Form::sent(form).with_more(more)
}
