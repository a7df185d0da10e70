//! The plain forms that create and update entities.

use app::api::studio::{entity_forms, overview, placements};
use types::{
    catalogue::{EntityForm, PlacementInput, StepForm},
    pages::studio::{EntityInput, FormProblem, FormSuccess, SubmittedInput},
};

use super::StudioInput;
use crate::forms::{FormContext, FormGroup, FormOutcome, FormValues, PlainForm};

/// `POST /studio/{list}/new` and `POST /studio/{list}/{id}`: creates or updates an entity.
impl<I: StudioInput> PlainForm for EntityForm<I> {
    const AREA: FormGroup = FormGroup::Studio;

    async fn run(&self, context: &FormContext<'_>) -> Result<FormOutcome, FormProblem> {
        if self.extras.more.is_some() {
            return Ok(FormOutcome::MoreRows);
        }
        let form: EntityForm<EntityInput> = self.clone().map(Into::into);
        let success = match context.id() {
            "new" => entity_forms::ssr::create_entity(&context.request_context, &form).await?,
            id => entity_forms::ssr::update_entity(&context.request_context, id, &form).await?,
        };
        Ok(success.into())
    }

    fn typed(self, problem: Option<&FormProblem>) -> FormValues {
        let form: EntityForm<EntityInput> = self.map(Into::into);
        let form = match problem {
            // The page shows both versions, so the form gets the new revision: saving it again
            // overwrites the stored version on purpose.
            Some(FormProblem::Conflict(conflict)) => form.at_revision(conflict.revision),
            _ => form,
        };
        FormValues::Studio(Box::new(SubmittedInput::Entity(form)))
    }
}

/// `POST /studio/videos/{id}/placements`: adds one placement to a video.
impl PlainForm for EntityForm<PlacementInput> {
    const AREA: FormGroup = FormGroup::Studio;

    async fn run(&self, context: &FormContext<'_>) -> Result<FormOutcome, FormProblem> {
        let added =
            placements::ssr::add_placement(&context.request_context, context.id(), self).await?;
        Ok(added.into())
    }

    fn typed(self, _: Option<&FormProblem>) -> FormValues {
        FormValues::Studio(Box::new(SubmittedInput::Placement(self)))
    }
}

/// `POST /studio`: a step of the first visit, which creates the entity of the step.
impl PlainForm for StepForm {
    const AREA: FormGroup = FormGroup::Studio;

    async fn run(&self, context: &FormContext<'_>) -> Result<FormOutcome, FormProblem> {
        let created = overview::ssr::create_first(&context.request_context, self).await?;
        Ok(created.into())
    }

    fn typed(self, _: Option<&FormProblem>) -> FormValues {
        FormValues::Studio(Box::new(SubmittedInput::Step(self.input.into())))
    }
}

impl From<FormSuccess> for FormOutcome {
    fn from(success: FormSuccess) -> Self {
        Self::Done(success.location)
    }
}
