//! The request of a plain form, and how its page is shown again.

use std::{sync::Arc, time::Duration};

use app::{
    page::{AccountFormValues as Fields, RefusedForm},
    request_context::RequestContext,
};
use axum::{
    body::Body,
    extract::Request,
    http::{Uri, request::Parts},
    response::Response,
};
use types::{
    Problem,
    form_body::{FormBody, FormBodyError},
    pages::studio::{FormProblem, SubmittedForm, SubmittedInput},
};

use super::FormGroup;
use crate::{
    media_type::BodyType,
    middleware::{RequestMeta, limits::read_body},
    not_found_delay::NotFoundDelay,
    pages::{self, PageRequest},
    problem::{self, ProblemResponse},
    session::{Authentication, RequestSession, authenticate},
    state::AppState,
};

/// The values of a form, to be shown again.
#[derive(Debug)]
pub(crate) enum FormValues {
    /// Values of a form of the account.
    Account(Fields),
    /// A form of the studio.
    Studio(Box<SubmittedInput>),
}

/// The request of a plain form and its sender. A request without a session is accepted, too: its page
/// must be shown again with the values, and the domain refuses the operation.
pub(crate) struct FormRequest {
    state: AppState,
    parts: Parts,
    authentication: Authentication,
    session: Arc<RequestSession>,
    not_found_delay: NotFoundDelay,
}

impl FormRequest {
    /// Identifies the sender without reading the body.
    pub(crate) async fn open(state: AppState, request: Request) -> Result<(Self, Body), Response> {
        let (parts, body) = request.into_parts();
        let authentication = match authenticate(&state, &parts).await {
            Ok(authentication) => authentication,
            Err(problem) => return Err(problem::refuse(&state, parts, problem.into()).await),
        };
        let session = RequestSession::new(&state, Some(&parts));
        let request = Self {
            state,
            parts,
            authentication,
            session,
            not_found_delay: NotFoundDelay::start(),
        };
        Ok((request, body))
    }

    /// Identifies the sender and reads the form. A form of the studio takes a slot of the queue of reads,
    /// like its page, until the response is complete.
    pub(crate) async fn read<T: FormBody>(
        state: AppState,
        request: Request,
        area: FormGroup,
    ) -> Result<(Self, T), Response> {
        let (mut request, body) = Self::open(state, request).await?;
        let most = area.most(request.is_signed_in());
        let decoded = decode::<T>(&request.parts, body, most, request.state.timeouts.body).await;
        if area == FormGroup::Studio {
            problem::acquire(&request.parts).await?;
        }
        // Identify again: the session may have ended while a slow body arrived.
        request.authentication = match authenticate(&request.state, &request.parts).await {
            Ok(authentication) => authentication,
            Err(problem) => return Err(request.fail(problem.into()).await),
        };
        request.not_found_delay = NotFoundDelay::start();
        match decoded {
            Ok(form) if form.is_of_this_version() => Ok((request, form)),
            Ok(_) => Err(request.fail(Problem::StalePage.into()).await),
            Err(refusal) => Err(request.fail(refusal).await),
        }
    }

    /// The path and query that the form was posted to.
    pub(crate) fn uri(&self) -> &Uri {
        &self.parts.uri
    }

    /// Whether a user is signed in.
    pub(crate) fn is_signed_in(&self) -> bool {
        self.authentication.current_user.is_some()
    }

    /// The context for the body of a server function.
    pub(crate) fn request_context(&self) -> RequestContext {
        self.session
            .request_context_for(&self.state, self.authentication.clone())
    }

    /// Adds the headers that the session needs to a response.
    pub(crate) fn finish(&self, mut response: Response) -> Response {
        self.session.add_session_headers(&mut response);
        response
    }

    /// Renders the page with the values.
    pub(crate) async fn show(self, typed: FormValues) -> Response {
        match self.page().await {
            Ok(page) => {
                let submitted = typed.submitted(None);
                pages::render(&self.state, PageRequest { submitted, ..page }).await
            }
            Err(busy) => busy,
        }
    }

    /// Renders the page with the values and the problem, with the status of the problem.
    pub(crate) async fn refuse(self, problem: FormProblem, typed: FormValues) -> Response {
        let page = match self.page().await {
            Ok(page) => page,
            Err(busy) => return busy,
        };
        let refusal = refusal_of(&problem, &typed);
        let fields = match &typed {
            FormValues::Account(fields) => fields.clone(),
            FormValues::Studio(_) => Fields::default(),
        };
        let page = PageRequest {
            refused: Some(RefusedForm {
                problem: problem.to_problem(),
                typed: fields,
            }),
            submitted: typed.submitted(Some(problem)),
            ..page
        };
        let mut response = pages::render(&self.state, page).await;
        // If the page itself could not be read, its own status is kept.
        if response.status().is_success() {
            refusal.mark(&mut response);
        }
        if problem::is_not_found(&response) {
            self.not_found_delay.wait().await;
        }
        response
    }

    /// Renders an error page instead of the page.
    pub(crate) async fn fail(self, refusal: ProblemResponse) -> Response {
        let page = match self.page().await {
            Ok(page) => page,
            Err(busy) => return busy,
        };
        let response = problem::refuse_with_page(&self.state, page, refusal).await;
        if problem::is_not_found(&response) {
            self.not_found_delay.wait().await;
        }
        response
    }

    async fn page(&self) -> Result<PageRequest, Response> {
        problem::acquire(&self.parts).await?;
        let meta: Option<&RequestMeta> = self.parts.extensions.get();
        let permit = self.parts.extensions.get().cloned();
        let (uri, authentication) = (self.parts.uri.clone(), self.authentication.clone());
        Ok(PageRequest {
            request_id: meta.map(|meta| meta.id.as_str().to_owned()),
            ..PageRequest::new(uri, authentication, permit)
        })
    }
}

impl FormValues {
    fn submitted(self, problem: Option<FormProblem>) -> Option<SubmittedForm> {
        match self {
            Self::Account(_) => None,
            Self::Studio(typed) => Some(SubmittedForm {
                typed: *typed,
                problem,
            }),
        }
    }
}

/// The status of a refused form. A page of the studio shows itself which fields are wrong.
fn refusal_of(problem: &FormProblem, typed: &FormValues) -> ProblemResponse {
    match (problem.to_problem(), typed) {
        (Problem::Invalid(_), FormValues::Studio(_)) => ProblemResponse::unprocessable(),
        (problem, _) => problem.into(),
    }
}

/// Reads and decodes the body.
async fn decode<T: FormBody>(
    parts: &Parts,
    body: Body,
    most: usize,
    time: Duration,
) -> Result<T, ProblemResponse> {
    BodyType::Form.check(&parts.headers)?;
    let body = read_body(parts, body, most, time).await?;
    T::read_body(&body).map_err(|error| match error {
        FormBodyError::TooLarge => ProblemResponse::too_large(),
        FormBodyError::Malformed => Problem::Malformed.into(),
    })
}
