//! The page on which a new thing is made.

use app::pages::studio::{Choices, Form, Notice, sheet::Refused};
use axum::response::Response;
use domain::catalogue::CatalogueError;
use types::{Problem, catalogue::form::Pairs};

use super::{
    asked::Query,
    desk::{Desk, form, parts},
    done,
    edit::with_more,
    fail,
    thing::Thing,
};
use crate::{content::Reader, forms::Posted, problem::Refusal};

/// `GET /studio/videos/new`
pub(crate) async fn blank<T: Thing>(reader: Reader) -> Response {
    let artist = Query::of(&reader.uri).text("artist").to_owned();
    let desk = match open::<T>(reader, &artist, &[]).await {
        Ok(desk) => desk,
        Err((reader, error)) => return fail(reader, error).await,
    };
    let values = vec![("artist_id".to_owned(), artist)];
    desk.show(Form::of(T::SHELF, values, None), None).await
}

/// `POST /studio/videos/new`
pub(crate) async fn make<T: Thing>(posted: Posted) -> Response {
    let Posted { reader, entries } = posted;
    let typed = form::<T>(entries.pairs());
    let desk = match open::<T>(reader, entries.text("artist_id"), &typed.values).await {
        Ok(desk) => desk,
        Err((reader, error)) => {
            let desk = Desk::<T>::unread(reader);
            return desk.refuse_whole(typed, Problem::from(error)).await;
        }
    };
    if entries.has("more") {
        return desk.show(with_more(typed), Some(Notice::Rows)).await;
    }
    let (catalogue, caller) = parts(&desk.reader);
    let input = T::read(&desk.choices.to_ids(&typed.values));
    let artist = entries.text("artist_id");
    match T::create(catalogue, caller, artist, &input).await {
        Ok(view) => done(&T::SHELF.path_of(&view.id), Notice::Created),
        Err(CatalogueError::Invalid(errors)) => desk.refuse_fields(typed, errors).await,
        Err(CatalogueError::Unknown) => {
            let refused = Some(match artist {
                "" => Refused::NoArtist,
                _ => Refused::ArtistGone,
            });
            desk.refuse(typed, refused, None, Refusal::unprocessable())
                .await
        }
        Err(error) => desk.refuse_whole(typed, error.into()).await,
    }
}

/// A new thing can be of any artist of the caller's, so until one is chosen the products of all are
/// proposed; the domain refuses those of another artist than the chosen one.
async fn open<T: Thing>(
    reader: Reader,
    artist: &str,
    typed: &Pairs,
) -> Result<Desk<T>, (Reader, CatalogueError)> {
    let (catalogue, caller) = parts(&reader);
    let of = async |artist| T::choices(catalogue, caller, artist, None, typed).await;
    let choices = match Some(artist).filter(|artist| !artist.is_empty()) {
        None => of(None).await,
        chosen => match of(chosen).await {
            // What is made is refused; what was typed is shown all the same.
            Err(CatalogueError::Unknown) => of(None).await,
            // Another artist may still be chosen, and then other products.
            known => known.map(Choices::and_others),
        },
    };
    match choices {
        Ok(choices) => Ok(Desk {
            choices,
            ..Desk::unread(reader)
        }),
        Err(error) => Err((reader, error)),
    }
}
