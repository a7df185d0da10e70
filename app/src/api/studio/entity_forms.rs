//! Creation and update of entities by their forms.

use leptos::prelude::*;
use server_fn::codec::Json;
use types::{
    catalogue::EntityForm,
    pages::studio::{EntityInput, FormSuccess},
};

use crate::{client::PageClient, server_fn_problem::ServerFnFormProblem};

/// Creates an entity.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/studio/create")]
pub async fn create_entity(
    form: EntityForm<EntityInput>,
) -> Result<FormSuccess, ServerFnFormProblem> {
    super::server_fn::run_form(async |context| ssr::create_entity(&context, &form).await).await
}

/// Updates the entity with this id.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/studio/update")]
pub async fn update_entity(
    id: String,
    form: EntityForm<EntityInput>,
) -> Result<FormSuccess, ServerFnFormProblem> {
    super::server_fn::run_form(async |context| ssr::update_entity(&context, &id, &form).await).await
}

/// The bodies of these server functions; plain forms call them, too.
#[cfg(feature = "ssr")]
pub mod ssr {
    use domain::{catalogue::CatalogueError, documents::Revision};
    use types::{
        Problem,
        catalogue::EntityForm,
        pages::studio::{
            EntityInput, FormConflict, FormProblem, FormSuccess, Notice, ProductChoices,
            chosen_products,
        },
    };

    use crate::{
        api::studio::{
            choices::choices_of_new,
            edit::ssr::read_entity,
            entity::{Entities, Entity},
            server_fn::{catalogue, success},
        },
        pages::studio::paths,
        request_context::RequestContext,
    };

    /// Creates an entity.
    ///
    /// # Errors
    /// Every [`FormProblem`] except a conflict.
    pub async fn create_entity(
        context: &RequestContext,
        form: &EntityForm<EntityInput>,
    ) -> Result<FormSuccess, FormProblem> {
        let (catalogue, caller) = catalogue(context);
        let (kind, artist) = (form.input.kind(), form.extras.artist_id.as_str());
        let named = chosen_products(&form.input);
        let choices = choices_of_new(catalogue, caller, kind, artist, &named).await;
        let choices = choices.map_err(Problem::from)?;
        let (input, places) = form.arranged();
        let input = choices.to_ids(input);
        match Entities::of(catalogue, caller).create(artist, &input).await {
            Ok(entity) => Ok(success(&paths::edit(kind, entity.id()), Notice::Created)),
            Err(CatalogueError::Invalid(errors)) => {
                Err(Problem::Invalid(places.in_form(&errors)).into())
            }
            Err(CatalogueError::Unknown) if artist.is_empty() => Err(FormProblem::NoArtist),
            Err(CatalogueError::Unknown) => Err(FormProblem::UnknownArtist),
            Err(error) => Err(Problem::from(error).into()),
        }
    }

    /// Updates the entity with this id, if it still has the revision that the form was shown with.
    ///
    /// # Errors
    /// Every [`FormProblem`] of a stored entity.
    pub async fn update_entity(
        context: &RequestContext,
        id: &str,
        form: &EntityForm<EntityInput>,
    ) -> Result<FormSuccess, FormProblem> {
        let (catalogue, caller) = catalogue(context);
        let (kind, named) = (form.input.kind(), chosen_products(&form.input));
        let read = read_entity(catalogue, caller, kind, id, &named).await;
        let (_, choices) = read.map_err(Problem::from)?;
        let (input, places) = form.arranged();
        let input = choices.to_ids(input);
        // A malformed revision becomes 0, which no entity has. The update is called nevertheless, so
        // that it counts against the rate limit.
        let from = Revision(form.extras.revision().unwrap_or_default());
        match Entities::of(catalogue, caller)
            .update(id, from, &input)
            .await
        {
            Ok(_) => Ok(success(&paths::edit(kind, id), Notice::Saved)),
            Err(CatalogueError::Invalid(errors)) => {
                Err(Problem::Invalid(places.in_form(&errors)).into())
            }
            Err(CatalogueError::Conflict) => Err(conflict(context, id, form).await),
            Err(error) => Err(Problem::from(error).into()),
        }
    }

    /// The conflict with the submitted and the stored version, or the problem of reading the latter.
    async fn conflict(
        context: &RequestContext,
        id: &str,
        form: &EntityForm<EntityInput>,
    ) -> FormProblem {
        let (catalogue, caller) = catalogue(context);
        let (kind, named) = (form.input.kind(), chosen_products(&form.input));
        match read_entity(catalogue, caller, kind, id, &named).await {
            Ok((entity, choices)) => both_versions(&entity, &choices, form),
            Err(error) => Problem::from(error).into(),
        }
    }

    fn both_versions(
        entity: &Entity,
        choices: &ProductChoices,
        form: &EntityForm<EntityInput>,
    ) -> FormProblem {
        let (typed, _) = form.arranged();
        let typed = choices.to_ids(typed).normalized();
        FormProblem::Conflict(Box::new(FormConflict {
            revision: entity.revision(),
            stored: choices.to_labels(entity.input()),
            typed: choices.to_labels(typed),
        }))
    }
}
