//! What the page of a thing is made of, and how it is answered.

use app::pages::studio::{
    Choices, Form, Notice, Tag, chosen_products,
    sheet::{self, Artists, Refused, Sheet, Special, Thing as Known},
};
use axum::response::Response;
use domain::{
    Caller,
    catalogue::{Catalogue, CatalogueError, View},
};
use types::{
    FieldErrors, Problem,
    catalogue::{EntityForm, RowPlaces},
};

use super::{
    fail,
    thing::{Answer, Thing},
};
use crate::{content::Reader, problem::Refusal};

/// The page of a thing, or of a new one, while its answer is put together.
pub(super) struct Desk<T: Thing> {
    pub(super) reader: Reader,
    /// The thing as it is now; a new one is none yet.
    pub(super) view: Option<View<T::Content>>,
    /// The products that can be chosen in its form.
    pub(super) choices: Choices,
}

impl<T: Thing> Desk<T> {
    /// The page of a thing that there is.
    ///
    /// # Errors
    /// The answer: that there is no such thing, or why it cannot be read.
    pub(super) async fn open(reader: Reader, id: &str) -> Result<Self, Response> {
        match Self::read(reader, id, Vec::new()).await {
            Ok(desk) => Ok(desk),
            Err((reader, error)) => Err(fail(reader, error).await),
        }
    }

    /// The same for a form that was sent: when the thing cannot be read, or is not there any more, the
    /// answer is the form, as it was typed.
    ///
    /// # Errors
    /// The answer.
    pub(super) async fn open_for(
        reader: Reader,
        id: &str,
        typed: &EntityForm<T::Input>,
    ) -> Result<Self, Response> {
        match Self::read(reader, id, chosen_products(&typed.input)).await {
            Ok(desk) => Ok(desk),
            Err((reader, error)) => {
                let desk = Self::unread(reader);
                let form = Form::sent(typed.clone());
                Err(desk.refuse_whole(form, error.into()).await)
            }
        }
    }

    /// A page of which nothing else is known.
    pub(super) fn unread(reader: Reader) -> Self {
        Self {
            reader,
            view: None,
            // Whether there is a product of a name is not known either.
            choices: Choices::default().and_others(),
        }
    }

    /// `named` are the products that a form names besides those that are kept.
    pub(super) async fn read(
        reader: Reader,
        id: &str,
        mut named: Vec<String>,
    ) -> Result<Self, (Reader, CatalogueError)> {
        let (catalogue, caller) = parts(&reader);
        let known: Answer<_> = async {
            let view = T::get(catalogue, caller, id).await?;
            named.extend(chosen_products(&T::input(&view.content)));
            let artist = Some(view.parent.as_str());
            let choices = T::choices(catalogue, caller, artist, Some(id), &named).await?;
            Ok((view, choices))
        }
        .await;
        match known {
            Ok((view, choices)) => Ok(Self {
                reader,
                view: Some(view),
                choices,
            }),
            Err(error) => Err((reader, error)),
        }
    }

    /// The form with what is kept.
    pub(super) fn kept(&self) -> Form {
        let kept = self.view.as_ref();
        let input = kept.map(|view| self.choices.to_labels(T::input(&view.content)));
        Form::new(input.unwrap_or_default(), kept.map(|view| view.revision))
    }

    /// What was typed as it is meant, and where its rows stand in the form.
    pub(super) fn meant(&self, typed: &EntityForm<T::Input>) -> (T::Input, RowPlaces) {
        let (input, places) = typed.arranged();
        (self.choices.to_ids(input), places)
    }

    /// Shows the page.
    pub(super) async fn show(self, form: Form, notice: Option<Notice>) -> Response {
        let shown = self.sheet(form, None, None).await;
        match shown {
            Ok(sheet) => {
                let sheet = Sheet { notice, ..sheet };
                self.reader.show(sheet::page(sheet)).await
            }
            Err(error) => fail(self.reader, error).await,
        }
    }

    /// Shows the form again with the fields that are refused.
    pub(super) async fn refuse_fields(
        self,
        form: Form,
        places: &RowPlaces,
        errors: &FieldErrors,
    ) -> Response {
        let form = form.refused_for(places.refused(errors));
        self.refuse(form, None, None, Refusal::unprocessable())
            .await
    }

    /// Shows the form again, and why all of it is refused.
    pub(super) async fn refuse_whole(self, form: Form, problem: Problem) -> Response {
        let refused = Refused::Problem(problem.clone());
        self.refuse(form, Some(refused), None, problem.into()).await
    }

    /// Shows the form again, and why.
    pub(super) async fn refuse(
        self,
        form: Form,
        refused: Option<Refused>,
        tag: Option<Tag>,
        refusal: Refusal,
    ) -> Response {
        // What else belongs to the page may be what could not be read; the form is shown all the same.
        let whole = self.sheet(form.clone(), refused.clone(), tag.clone()).await;
        let sheet = whole.unwrap_or_else(|_| self.bare(form, refused, tag));
        self.reader.refuse(refusal, sheet::page(sheet)).await
    }

    async fn sheet(&self, form: Form, refused: Option<Refused>, tag: Option<Tag>) -> Answer<Sheet> {
        let (catalogue, caller) = parts(&self.reader);
        let Some(view) = &self.view else {
            return Ok(Sheet {
                artists: artists(catalogue, caller).await?,
                ..self.bare(form, refused, tag)
            });
        };
        Ok(Sheet {
            thing: Some(known::<T>(catalogue, caller, view).await?),
            special: T::special(catalogue, caller, view, &self.choices, tag).await?,
            ..self.bare(form, refused, None)
        })
    }

    /// The page with nothing but the form, or the form that tags more if that was sent.
    fn bare(&self, form: Form, refused: Option<Refused>, tag: Option<Tag>) -> Sheet {
        let action = match &self.view {
            Some(view) if tag.is_none() => T::SHELF.path_of(&view.id),
            _ => self.reader.uri.path().to_owned(),
        };
        let special = tag.map(|tag| Special::UnreadVideo(Box::new(tag)));
        Sheet {
            form,
            thing: None,
            action,
            artists: Artists::Unknown,
            products: self.choices.clone(),
            notice: None,
            refused,
            special: special.unwrap_or(Special::None),
        }
    }
}

/// What can be done, and who asks.
pub(super) fn parts(reader: &Reader) -> (&Catalogue, &Caller) {
    (&reader.state.domain.catalogue, reader.caller())
}

/// The artists that an account may choose from; unknown without a session.
async fn artists(catalogue: &Catalogue, caller: &Caller) -> Answer<Artists> {
    let own = match caller {
        Caller::SignedIn { .. } => catalogue.artists.list(caller).await?,
        Caller::Anonymous(_) | Caller::System => return Ok(Artists::Unknown),
    };
    let artists = own.into_iter().map(|one| (one.id, one.content.name));
    Ok(Artists::Known(artists.collect()))
}

async fn known<T: Thing>(
    catalogue: &Catalogue,
    caller: &Caller,
    view: &View<T::Content>,
) -> Answer<Known> {
    let artist = match T::SHELF.belongs_to_artist() {
        true => Some(catalogue.artists.get(caller, &view.parent).await?),
        false => None,
    };
    let content = artist.as_ref().map(|artist| &artist.content);
    let slug = artist.as_ref().map(|artist| artist.slug.as_str());
    Ok(Known {
        id: view.id.clone(),
        revision: view.revision,
        name: T::name(&view.content).to_owned(),
        visibility: T::visibility(&view.content, content),
        public_path: T::SHELF.public_path(slug, &view.slug),
        artist: artist.map(|artist| (artist.id, artist.content.name)),
    })
}
