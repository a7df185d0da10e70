//! The buttons that change an entity: each is a plain form with the revision as its only field.

use app::api::studio::{entity_actions, reviews};
use axum::{
    extract::{Request, State},
    http::Uri,
    response::Response,
    routing::{MethodRouter, get},
};
use serde::Deserialize;
use types::{
    Problem,
    catalogue::{EntityKind, ReviewStatus, Status},
    form_body::FormBody,
    pages::studio::{FormSuccess, SubmittedInput},
};

use crate::{
    forms::{FormContext, FormGroup, FormRequest, FormValues},
    redirect::see_other,
    state::AppState,
};

/// The action of a button.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Button {
    Delete,
    Restore,
    Publish,
    Withdraw,
    Approve,
    Block,
    Reopen,
}

/// The body that a button submits.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct RevisionForm {
    revision: String,
}

impl FormBody for RevisionForm {}

impl RevisionForm {
    /// The revision of the entity when the button was rendered. A malformed one becomes 0, which no
    /// entity has, so it is a conflict.
    fn revision(&self) -> u64 {
        self.revision.parse().unwrap_or_default()
    }
}

/// `GET` of a form's own URL: redirects to the edit page of the entity. The browser stays at that URL
/// after a refused form, and requests it on a reload.
pub(crate) async fn redirect_to_entity(uri: Uri) -> Response {
    let parts: Vec<_> = uri.path().split('/').take(4).collect();
    see_other(&parts.join("/"))
}

/// The route of a button for one kind of entity.
pub(crate) fn button(kind: EntityKind, button: Button) -> MethodRouter<AppState> {
    get(redirect_to_entity).post(
        async move |State(state): State<AppState>, request: Request| {
            press(state, request, kind, button).await
        },
    )
}

/// Runs the action. A success redirects; a refusal renders the current edit page with the reason.
async fn press(state: AppState, request: Request, kind: EntityKind, button: Button) -> Response {
    let (request, form) =
        match FormRequest::read::<RevisionForm>(state, request, FormGroup::Studio).await {
            Ok(read) => read,
            Err(response) => return response,
        };
    let context = FormContext {
        request_context: request.request_context(),
        uri: request.uri(),
    };
    match (button.run(kind, &context, form.revision()).await, button) {
        (Ok(success), _) => see_other(&success.location),
        // A deleted entity has no edit page that could show the reason.
        (Err(problem), Button::Restore) => request.fail(problem.into()).await,
        (Err(problem), _) => {
            let nothing = FormValues::Studio(Box::new(SubmittedInput::Nothing));
            request.refuse(problem.into(), nothing).await
        }
    }
}

impl Button {
    async fn run(
        self,
        kind: EntityKind,
        context: &FormContext<'_>,
        revision: u64,
    ) -> Result<FormSuccess, Problem> {
        let (request_context, id) = (&context.request_context, context.id());
        let status = async |status| {
            entity_actions::ssr::set_status(request_context, kind, id, revision, status).await
        };
        let review = async |status| {
            reviews::ssr::review_retailer(request_context, id, revision, status).await
        };
        match self {
            Self::Delete => {
                entity_actions::ssr::delete_entity(request_context, kind, id, revision).await
            }
            Self::Restore => entity_actions::ssr::restore_entity(request_context, kind, id).await,
            Self::Publish => status(Status::Published).await,
            Self::Withdraw => status(Status::Draft).await,
            Self::Approve => review(ReviewStatus::Approved).await,
            Self::Block => review(ReviewStatus::Blocked).await,
            Self::Reopen => review(ReviewStatus::Proposed).await,
        }
    }
}
