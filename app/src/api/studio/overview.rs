//! The overview of the studio, and the steps of the first visit.

use leptos::prelude::*;
use server_fn::codec::Json;
#[cfg(feature = "ssr")]
use types::pages::studio::SubmittedInput;
use types::{
    catalogue::StepForm,
    pages::{
        StudioOverview,
        studio::{FormSuccess, SubmittedForm},
    },
};

use crate::{
    client::PageClient,
    server_fn_problem::{ServerFnFormProblem, ServerFnProblem},
};

/// Counts of the account's entities, and which of them are not public.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/read/studio/overview")]
pub async fn read_overview() -> Result<StudioOverview, ServerFnProblem> {
    super::server_fn::run(async |context| ssr::read_overview(&context).await).await
}

/// The overview, with a step that was submitted as a plain form, if any. With a step the overview is
/// `None` if it cannot be read, so that no input is lost.
///
/// # Errors
/// As [`read_overview`], if no step was submitted.
#[cfg(feature = "ssr")]
pub(crate) async fn read_page() -> Result<(Option<StudioOverview>, SubmittedForm), ServerFnProblem>
{
    let submitted: SubmittedForm = use_context().unwrap_or_default();
    let known = match submitted.typed {
        SubmittedInput::Step(_) => {
            ssr::read_overview(&crate::request_context::RequestContext::current()?)
                .await
                .ok()
        }
        _ => Some(read_overview().await?),
    };
    Ok((known, submitted))
}

#[cfg(not(feature = "ssr"))]
pub(crate) async fn read_page() -> Result<(Option<StudioOverview>, SubmittedForm), ServerFnProblem>
{
    Ok((Some(read_overview().await?), SubmittedForm::default()))
}

/// Creates the entity of a step of the first visit.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/studio/create_first")]
pub async fn create_first(form: StepForm) -> Result<FormSuccess, ServerFnFormProblem> {
    super::server_fn::run_form(async |context| ssr::create_first(&context, &form).await).await
}

/// The bodies of these server functions; pages and plain forms call them, too.
#[cfg(feature = "ssr")]
pub mod ssr {
    use domain::{
        Caller,
        catalogue::{Catalogue, CatalogueError},
    };
    use types::{
        Field, FieldErrors, Problem, Reason,
        catalogue::{EntityKind, StepForm, VideoInput},
        pages::{
            StudioOverview,
            studio::{EntityInput, FormProblem, FormSuccess, Notice},
        },
    };

    use crate::{
        api::studio::{
            entity::{CatalogueResult, Entities, Entity},
            server_fn::{catalogue, success},
        },
        pages::studio::paths,
        request_context::RequestContext,
    };

    /// Counts of the account's entities, and which of them are not public.
    ///
    /// # Errors
    /// [`Problem::Unauthenticated`], [`Problem::Unavailable`].
    pub async fn read_overview(context: &RequestContext) -> Result<StudioOverview, Problem> {
        let (catalogue, caller) = catalogue(context);
        Ok(catalogue.studio.overview(caller).await?)
    }

    /// Creates the entity of a step, for the first artist of the account.
    ///
    /// # Errors
    /// Every [`FormProblem`] of a new entity; refused fields are mapped to those that the step has.
    pub async fn create_first(
        context: &RequestContext,
        form: &StepForm,
    ) -> Result<FormSuccess, FormProblem> {
        let (catalogue, caller) = catalogue(context);
        let input = EntityInput::from(form.input.clone());
        match create(catalogue, caller, &input).await {
            Ok(_) => Ok(success(paths::OVERVIEW, Notice::Saved)),
            Err(CatalogueError::Invalid(errors)) => {
                Err(Problem::Invalid(at_fields(input.kind(), &errors)).into())
            }
            Err(error) => Err(Problem::from(error).into()),
        }
    }

    async fn create(
        catalogue: &Catalogue,
        caller: &Caller,
        input: &EntityInput,
    ) -> CatalogueResult<Entity> {
        let artist = match input.kind().belongs_to_artist() {
            true => catalogue.artists.all(caller).await?.into_iter().next(),
            false => None,
        };
        if let EntityInput::Video(video) = input {
            require_link(video).map_err(CatalogueError::Invalid)?;
        }
        let artist = artist.map(|first| first.id).unwrap_or_default();
        Entities::of(catalogue, caller).create(&artist, input).await
    }

    /// A video can be stored without a link, but this step requires one.
    fn require_link(video: &VideoInput) -> Result<(), FieldErrors> {
        if !video.url.trim().is_empty() {
            return Ok(());
        }
        let mut errors = FieldErrors::one(Field::Url, Reason::Required);
        for (field, reason) in video.check().err().unwrap_or_default().iter() {
            errors.refuse(field, reason);
        }
        Err(errors)
    }

    /// Maps errors to the fields of the step, which has none for the slug: the slug is derived from the
    /// name, so its errors are shown there.
    fn at_fields(kind: EntityKind, errors: &FieldErrors) -> FieldErrors {
        let mut at_fields = FieldErrors::default();
        for (field, reason) in errors.iter() {
            let field = match (field, kind) {
                (Field::Slug, EntityKind::Video) => Field::Title,
                (Field::Slug, _) => Field::Name,
                (field, _) => field,
            };
            at_fields.refuse(field, reason);
        }
        at_fields
    }
}
