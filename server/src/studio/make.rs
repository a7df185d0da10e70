//! The page on which a new thing is made.

use app::pages::studio::{Choices, Form, Notice, chosen_products, sheet::Refused};
use axum::response::Response;
use domain::catalogue::CatalogueError;
use types::{Problem, catalogue::EntityForm};

use super::{
    asked::Query,
    desk::{Desk, parts},
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
    let form = Form::new(T::Input::default(), None).of_artist(artist);
    desk.show(form, None).await
}

/// `POST /studio/videos/new`
pub(crate) async fn make<T: Thing>(posted: Posted<EntityForm<T::Input>>) -> Response {
    let Posted { reader, form } = posted;
    let named = chosen_products(&form.input);
    let desk = match open::<T>(reader, &form.extras.artist_id, &named).await {
        Ok(desk) => desk,
        Err((reader, error)) => {
            let desk = Desk::<T>::unread(reader);
            let problem = Problem::from(error);
            return desk.refuse_whole(Form::sent(form), problem).await;
        }
    };
    if form.extras.more.is_some() {
        return desk.show(with_more(form), Some(Notice::Rows)).await;
    }
    let (catalogue, caller) = parts(&desk.reader);
    let (input, places) = desk.meant(&form);
    let artist = &form.extras.artist_id;
    let made = T::create(catalogue, caller, artist, &input).await;
    let form = Form::sent(form);
    match made {
        Ok(view) => done(&T::SHELF.path_of(&view.id), Notice::Created),
        Err(CatalogueError::Invalid(errors)) => desk.refuse_fields(form, &places, &errors).await,
        Err(CatalogueError::Unknown) => {
            let refused = Some(match form.artist_id.as_str() {
                "" => Refused::NoArtist,
                _ => Refused::ArtistGone,
            });
            desk.refuse(form, refused, None, Refusal::unprocessable())
                .await
        }
        Err(error) => desk.refuse_whole(form, error.into()).await,
    }
}

/// A new thing can be of any artist of the caller's, so until one is chosen the products of all are
/// proposed; the domain refuses those of another artist than the chosen one.
async fn open<T: Thing>(
    reader: Reader,
    artist: &str,
    named: &[String],
) -> Result<Desk<T>, (Reader, CatalogueError)> {
    let (catalogue, caller) = parts(&reader);
    let of = async |artist| T::choices(catalogue, caller, artist, None, named).await;
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
