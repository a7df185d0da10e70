//! Adding a single placement to a video.

use leptos::prelude::*;
use server_fn::codec::Json;
use types::{
    catalogue::{EntityForm, PlacementInput},
    pages::studio::FormSuccess,
};

use crate::{client::PageClient, server_fn_problem::ServerFnFormProblem};

/// Adds a placement to the video with this id.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/studio/add_placement")]
pub async fn add_placement(
    id: String,
    form: EntityForm<PlacementInput>,
) -> Result<FormSuccess, ServerFnFormProblem> {
    super::server_fn::run_form(async |context| ssr::add_placement(&context, &id, &form).await).await
}

/// The bodies of these server functions; plain forms call them, too.
#[cfg(feature = "ssr")]
pub mod ssr {
    use domain::{catalogue::CatalogueError, documents::Revision};
    use types::{
        Field, FieldErrors, Problem,
        catalogue::{EntityForm, EntityKind, PlacementInput, VideoInput},
        pages::studio::{FormProblem, FormSuccess, Notice, chosen_products},
    };

    use crate::{
        api::studio::{edit::ssr::read_entity, entity::Entity, server_fn::catalogue},
        pages::studio::paths,
        request_context::RequestContext,
    };

    /// Adds a placement to the video with this id, if the video still has the revision that the form
    /// was shown with.
    ///
    /// # Errors
    /// [`FormProblem::InvalidPlacement`]; every [`Problem`] of an update.
    pub async fn add_placement(
        context: &RequestContext,
        id: &str,
        form: &EntityForm<PlacementInput>,
    ) -> Result<FormSuccess, FormProblem> {
        let (catalogue, caller) = catalogue(context);
        let (kind, named) = (EntityKind::Video, products_of(&form.input));
        let read = read_entity(catalogue, caller, kind, id, &named).await;
        let (entity, choices) = read.map_err(Problem::from)?;
        let Entity::Video(view) = &entity else {
            return Err(Problem::NotFound.into());
        };
        let mut video = VideoInput::from(&view.content);
        let row = video.placements.len();
        video.placements.push(form.input.clone());
        let video = choices.to_ids(video);
        let from = Revision(form.extras.revision().unwrap_or_default());
        match catalogue.videos.update(caller, id, from, &video).await {
            Ok(_) => Ok(FormSuccess {
                location: [&paths::edit(kind, id), "?tagged#tagged"].concat(),
                notice: Some(Notice::Placed),
            }),
            Err(CatalogueError::Invalid(errors)) => Err(invalid(&errors, row)),
            Err(error) => Err(Problem::from(error).into()),
        }
    }

    /// The product that a placement names, by id or label; empty if it names none.
    pub fn products_of(placement: &PlacementInput) -> Vec<String> {
        chosen_products(&VideoInput {
            placements: vec![placement.clone()],
            ..VideoInput::default()
        })
    }

    /// Splits refused fields into those of the placement at index `row` and those of the rest of the
    /// video.
    fn invalid(errors: &FieldErrors, row: usize) -> FormProblem {
        let (mut placement, mut video) = (FieldErrors::default(), FieldErrors::default());
        for (field, reason) in errors.iter() {
            match is_of_placement(field, row) {
                true => placement.refuse(field.in_row(0), reason),
                false => video.refuse(field, reason),
            }
        }
        FormProblem::InvalidPlacement { placement, video }
    }

    fn is_of_placement(field: Field, row: usize) -> bool {
        let is_placement = matches!(
            field,
            Field::PlacementProductId(_)
                | Field::PlacementStart(_)
                | Field::PlacementEnd(_)
                | Field::PlacementNote(_)
        );
        is_placement && field.row().map(usize::from) == Some(row)
    }
}
