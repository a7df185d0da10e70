//! Decisions of moderators about retailers.

use leptos::prelude::*;
use server_fn::codec::Json;
use types::{catalogue::ReviewStatus, pages::studio::FormSuccess};

use crate::{client::PageClient, server_fn_problem::ServerFnFormProblem};

/// Sets the review status of a retailer that still has this revision.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/studio/review")]
pub async fn review_retailer(
    id: String,
    revision: u64,
    status: ReviewStatus,
) -> Result<FormSuccess, ServerFnFormProblem> {
    let body = async |context| ssr::review_retailer(&context, &id, revision, status).await;
    super::server_fn::run_form(body).await
}

/// The bodies of these server functions; plain forms call them, too.
#[cfg(feature = "ssr")]
pub mod ssr {
    use domain::documents::Revision;
    use types::{
        Problem,
        catalogue::{EntityKind, ReviewStatus},
        pages::studio::{FormSuccess, Notice},
    };

    use crate::{
        api::studio::server_fn::{catalogue, success},
        pages::studio::paths,
        request_context::RequestContext,
    };

    /// Sets the review status of a retailer that still has this revision.
    ///
    /// # Errors
    /// [`Problem::Forbidden`] unless the caller is a moderator, [`Problem::Invalid`] if another
    /// approved retailer has one of its domains; every [`Problem`] of an update.
    pub async fn review_retailer(
        context: &RequestContext,
        id: &str,
        revision: u64,
        status: ReviewStatus,
    ) -> Result<FormSuccess, Problem> {
        let (catalogue, caller) = catalogue(context);
        let retailers = &catalogue.retailers;
        retailers
            .set_review_status(caller, id, Revision(revision), status)
            .await?;
        Ok(success(
            &paths::edit(EntityKind::Retailer, id),
            Notice::Reviewed,
        ))
    }
}
