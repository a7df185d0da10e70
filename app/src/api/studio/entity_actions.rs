//! The operations of an entity's buttons: publish, withdraw, delete, restore.

use leptos::prelude::*;
use server_fn::codec::Json;
use types::{
    catalogue::{EntityKind, Status},
    pages::studio::FormSuccess,
};

use crate::{client::PageClient, server_fn_problem::ServerFnFormProblem};

/// Publishes an entity or makes it a draft, if it still has this revision.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/studio/set_status")]
pub async fn set_status(
    kind: EntityKind,
    id: String,
    revision: u64,
    status: Status,
) -> Result<FormSuccess, ServerFnFormProblem> {
    let body = async |context| ssr::set_status(&context, kind, &id, revision, status).await;
    super::server_fn::run_form(body).await
}

/// Deletes an entity that still has this revision.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/studio/delete")]
pub async fn delete_entity(
    kind: EntityKind,
    id: String,
    revision: u64,
) -> Result<FormSuccess, ServerFnFormProblem> {
    let body = async |context| ssr::delete_entity(&context, kind, &id, revision).await;
    super::server_fn::run_form(body).await
}

/// Restores a deleted entity from the trash.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/studio/restore")]
pub async fn restore_entity(
    kind: EntityKind,
    id: String,
) -> Result<FormSuccess, ServerFnFormProblem> {
    let body = async |context| ssr::restore_entity(&context, kind, &id).await;
    super::server_fn::run_form(body).await
}

/// The bodies of these server functions; plain forms call them, too.
#[cfg(feature = "ssr")]
pub mod ssr {
    use domain::documents::Revision;
    use types::{
        Problem,
        catalogue::{EntityKind, Status},
        pages::studio::{FormSuccess, Notice},
    };

    use crate::{
        api::studio::{
            entity::Entities,
            server_fn::{catalogue, success},
        },
        pages::studio::paths,
        request_context::RequestContext,
    };

    /// Publishes an entity or makes it a draft, if it still has this revision.
    ///
    /// # Errors
    /// [`Problem::Malformed`] for a retailer, which only moderators approve; every [`Problem`] of an
    /// update.
    pub async fn set_status(
        context: &RequestContext,
        kind: EntityKind,
        id: &str,
        revision: u64,
        status: Status,
    ) -> Result<FormSuccess, Problem> {
        if kind == EntityKind::Retailer {
            return Err(Problem::Malformed);
        }
        let (catalogue, caller) = catalogue(context);
        let entities = Entities::of(catalogue, caller);
        let entity = entities.get(kind, id).await?;
        let input = entity.input().with_status(status);
        entities.update(id, Revision(revision), &input).await?;
        let notice = match status {
            Status::Published => Notice::Published,
            Status::Draft => Notice::Withdrawn,
        };
        Ok(success(&paths::edit(kind, id), notice))
    }

    /// Deletes an entity that still has this revision. The success redirects to the list, which offers
    /// to restore the entity.
    ///
    /// # Errors
    /// Every [`Problem`] of a change.
    pub async fn delete_entity(
        context: &RequestContext,
        kind: EntityKind,
        id: &str,
        revision: u64,
    ) -> Result<FormSuccess, Problem> {
        let (catalogue, caller) = catalogue(context);
        let entities = Entities::of(catalogue, caller);
        let deleted = entities.delete(kind, id, Revision(revision)).await?;
        Ok(FormSuccess {
            location: [paths::list(kind), "?deleted=", deleted.id()].concat(),
            notice: None,
        })
    }

    /// Restores a deleted entity from the trash.
    ///
    /// # Errors
    /// [`Problem::NotFound`], also more than thirty days after the deletion,
    /// [`Problem::Unauthenticated`], [`Problem::RateLimited`], [`Problem::Unavailable`].
    pub async fn restore_entity(
        context: &RequestContext,
        kind: EntityKind,
        id: &str,
    ) -> Result<FormSuccess, Problem> {
        let (catalogue, caller) = catalogue(context);
        Entities::of(catalogue, caller).restore(kind, id).await?;
        Ok(success(&paths::edit(kind, id), Notice::Restored))
    }
}
