//! Forms that create and change entities.

use app::api::studio::{creation, overview, placements};
use types::{
    catalogue::{EntityForm, PlacementInput, StepForm},
    pages::studio::{EntityInput, FormProblem, FormSuccess, TypedForm},
};

use super::StudioInput;
use crate::forms::{Area, FormContext, Outcome, PlainForm, Typed};

/// `POST /studio/videos/new`, `POST /studio/videos/{id}`
impl<I: StudioInput> PlainForm for EntityForm<I> {
    const AREA: Area = Area::Studio;

    async fn run(&self, context: &FormContext<'_>) -> Result<Outcome, FormProblem> {
        if self.extras.more.is_some() {
            return Ok(Outcome::MoreRows);
        }
        let form: EntityForm<EntityInput> = self.clone().map(Into::into);
        let success = match context.id() {
            "new" => creation::ssr::create_entity(&context.visit, &form).await?,
            id => creation::ssr::update_entity(&context.visit, id, &form).await?,
        };
        Ok(success.into())
    }

    fn typed(self, problem: Option<&FormProblem>) -> Typed {
        let form: EntityForm<EntityInput> = self.map(Into::into);
        let form = match problem {
            // Both versions are shown, so to save the form again is a decision.
            Some(FormProblem::Conflict(conflict)) => form.at_revision(conflict.revision),
            _ => form,
        };
        Typed::Studio(Box::new(TypedForm::Entity(form)))
    }
}

/// `POST /studio/videos/{id}/placements`
impl PlainForm for EntityForm<PlacementInput> {
    const AREA: Area = Area::Studio;

    async fn run(&self, context: &FormContext<'_>) -> Result<Outcome, FormProblem> {
        let added = placements::ssr::add_placement(&context.visit, context.id(), self).await?;
        Ok(added.into())
    }

    fn typed(self, _: Option<&FormProblem>) -> Typed {
        Typed::Studio(Box::new(TypedForm::Placement(self)))
    }
}

/// `POST /studio`: a step of a first visit.
impl PlainForm for StepForm {
    const AREA: Area = Area::Studio;

    async fn run(&self, context: &FormContext<'_>) -> Result<Outcome, FormProblem> {
        let created = overview::ssr::create_first(&context.visit, self).await?;
        Ok(created.into())
    }

    fn typed(self, _: Option<&FormProblem>) -> Typed {
        Typed::Studio(Box::new(TypedForm::Step(self.input.into())))
    }
}

impl From<FormSuccess> for Outcome {
    fn from(success: FormSuccess) -> Self {
        Self::Done(success.location)
    }
}
