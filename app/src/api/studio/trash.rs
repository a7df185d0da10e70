//! The trash: deleted entities of an account that can still be restored.

use leptos::prelude::*;
use server_fn::codec::Json;
use types::{catalogue::EntityKind, pages::studio::TrashPage};

use crate::{client::PageClient, server_fn_problem::ServerFnProblem};

/// The first page of every kind, or one page of a single kind; pages count from 1.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/read/studio/trash")]
pub async fn read_trash(kind: Option<EntityKind>, page: u32) -> Result<TrashPage, ServerFnProblem> {
    super::server_fn::run(async |context| ssr::read_trash(&context, kind, page).await).await
}

/// The bodies of these server functions; pages call them during server-side rendering, too.
#[cfg(feature = "ssr")]
pub mod ssr {
    use domain::{
        Caller,
        catalogue::{Catalogue, ListQuery},
        search::{PageStart, QueryWords, Sort},
    };
    use types::{
        Problem,
        catalogue::EntityKind,
        pages::studio::{TrashPage, TrashSection, TrashedEntity},
    };

    use crate::{
        api::studio::{
            entity::{CatalogueResult, Entities},
            lists::ssr::{PAGE_SIZE, offset, pages},
            server_fn::catalogue,
        },
        request_context::RequestContext,
    };

    /// The first page of every kind, or one page of a single kind; pages count from 1.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for a page that the trash does not have, [`Problem::Unauthenticated`],
    /// [`Problem::Unavailable`].
    pub async fn read_trash(
        context: &RequestContext,
        kind: Option<EntityKind>,
        page: u32,
    ) -> Result<TrashPage, Problem> {
        if page == 0 || kind.is_none() && page > 1 {
            return Err(Problem::NotFound);
        }
        let (catalogue, caller) = catalogue(context);
        let mut sections = Vec::new();
        for one in EntityKind::ALL {
            if kind.is_none_or(|kind| kind == one) {
                sections.push(section(catalogue, caller, one, page).await?);
            }
        }
        if sections.iter().any(|section| section.page > section.pages) {
            return Err(Problem::NotFound);
        }
        Ok(TrashPage { kind, sections })
    }

    async fn section(
        catalogue: &Catalogue,
        caller: &Caller,
        kind: EntityKind,
        page: u32,
    ) -> CatalogueResult<TrashSection> {
        // A deletion is the last change of an entity, so this is the order of the deletions.
        let query = ListQuery {
            artist: None,
            words: QueryWords::parse(""),
            sort: Sort::Updated,
            page: PageStart::Offset(offset(page)),
            limit: PAGE_SIZE,
        };
        let found = Entities::of(catalogue, caller).trash(kind, &query).await?;
        let trashed = found.entities.iter().map(|entity| TrashedEntity {
            id: entity.id().to_owned(),
            name: entity.name().to_owned(),
            deleted_at: entity.deleted_at().to_owned(),
        });
        Ok(TrashSection {
            kind,
            entities: trashed.collect(),
            page,
            pages: pages(found.total),
        })
    }
}
