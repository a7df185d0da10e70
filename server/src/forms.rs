//! Forms without JavaScript: each is sent to its own page, and a refused one comes back with what
//! was typed.

mod posted;

use std::{sync::Arc, time::Duration};

use app::{
    api::{accounts, sessions},
    page::{Refusal as RefusedForm, Typed},
    visit::Visit,
};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{Uri, request::Parts},
    response::Response,
};
use types::{
    LogIn, NameChange, Problem, SignUp,
    form_body::{FormBody, FormBodyError},
};

pub(crate) use self::posted::{Posted, RevisionForm};
use crate::{
    media_type::Accepted,
    middleware::{
        Arrival,
        limits::{MAX_BODY, read_body},
    },
    pages::{self, Page, ask_to_log_in, next_path},
    problem::{self, Refusal},
    redirect::see_other,
    session::{Carried, Identity, identify},
    state::AppState,
};

/// A form of an account, and what is done with it: the body of the server function that the page
/// calls when its program is there.
pub(crate) trait PlainForm: FormBody + Send + Sync {
    /// Does what the form is for.
    fn run(&self, visit: &Visit) -> impl Future<Output = Result<(), Problem>> + Send;

    /// What is shown again when it is refused; never a password.
    fn typed(self) -> Typed;

    /// The path that is shown when it is done.
    fn next(uri: &Uri) -> String;
}

impl PlainForm for LogIn {
    async fn run(&self, visit: &Visit) -> Result<(), Problem> {
        sessions::ssr::log_in(visit, self).await.map(drop)
    }

    fn typed(self) -> Typed {
        Typed {
            remember: self.is_remembered(),
            email_address: self.email_address,
            ..Typed::default()
        }
    }

    fn next(uri: &Uri) -> String {
        next_path(uri).as_str().to_owned()
    }
}

impl PlainForm for SignUp {
    async fn run(&self, visit: &Visit) -> Result<(), Problem> {
        accounts::ssr::sign_up(visit, self).await.map(drop)
    }

    fn typed(self) -> Typed {
        Typed {
            email_address: self.email_address,
            first_name: self.first_name,
            last_name: self.last_name,
            ..Typed::default()
        }
    }

    fn next(uri: &Uri) -> String {
        next_path(uri).as_str().to_owned()
    }
}

impl PlainForm for NameChange {
    async fn run(&self, visit: &Visit) -> Result<(), Problem> {
        accounts::ssr::change_names(visit, self).await.map(drop)
    }

    fn typed(self) -> Typed {
        Typed {
            first_name: self.first_name,
            last_name: self.last_name,
            ..Typed::default()
        }
    }

    fn next(_: &Uri) -> String {
        "/account".to_owned()
    }
}

/// `POST` of a page with a form: does what it is for and redirects, or shows the page again with what
/// was typed and why it is refused.
pub(crate) async fn submit<F: PlainForm>(
    State(state): State<AppState>,
    request: Request,
) -> Response {
    let (sheet, form) = match Sheet::read::<F>(state, request).await {
        Ok(read) => read,
        Err(response) => return response,
    };
    match form.run(&sheet.visit()).await {
        Ok(()) => see_other(&F::next(&sheet.uri)),
        Err(problem) => sheet.refuse(problem, form.typed()).await,
    }
}

/// `POST /account/sessions/end`: a button without a field, so there is nothing to read.
pub(crate) async fn end_all_sessions(State(state): State<AppState>, request: Request) -> Response {
    let mut sheet = match Sheet::open(state, request).await {
        Ok((sheet, _)) => sheet,
        Err(response) => return response,
    };
    // The button stands on the account's page, which is where a refusal is shown.
    sheet.uri = Uri::from_static("/account");
    match accounts::ssr::end_all_sessions(&sheet.visit()).await {
        Ok(()) => sheet.finish(see_other(app::SESSIONS_ENDED)),
        Err(Problem::Unauthenticated) => ask_to_log_in(&sheet.uri),
        Err(problem) => sheet.refuse(problem, Typed::default()).await,
    }
}

/// `POST /logout`: nobody needs to be signed in for it.
pub(crate) async fn log_out(State(state): State<AppState>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let carried = Carried::new(&state, Some(&parts));
    if let Err(problem) = app::visit::SessionWire::end(carried.as_ref()).await {
        return problem::refuse(&state, parts, problem.into()).await;
    }
    let mut response = see_other(app::LOGGED_OUT);
    carried.finish(&mut response);
    response
}

/// A form that was sent, and who sent it.
struct Sheet {
    state: AppState,
    uri: Uri,
    parts: Parts,
    identity: Identity,
    carried: Arc<Carried>,
}

impl Sheet {
    /// Reads who sent a form, but not the form.
    async fn open(state: AppState, request: Request) -> Result<(Self, Body), Response> {
        let (parts, body) = request.into_parts();
        let identity = match identify(&state, &parts).await {
            Ok(identity) => identity,
            Err(problem) => return Err(problem::refuse(&state, parts, problem.into()).await),
        };
        let carried = Carried::new(&state, Some(&parts));
        let sheet = Self {
            state,
            uri: parts.uri.clone(),
            parts,
            identity,
            carried,
        };
        Ok((sheet, body))
    }

    async fn read<T: FormBody>(state: AppState, request: Request) -> Result<(Self, T), Response> {
        let (sheet, body) = Self::open(state, request).await?;
        match decode(&sheet.parts, body, MAX_BODY, sheet.state.timeouts.body).await {
            Ok(form) => Ok((sheet, form)),
            Err(refusal) => Err(sheet.refuse_whole(refusal).await),
        }
    }

    fn visit(&self) -> Visit {
        self.carried.visit_of(&self.state, self.identity.clone())
    }

    fn finish(&self, mut response: Response) -> Response {
        self.carried.finish(&mut response);
        response
    }

    /// Shows the form again, with what was typed and why it is refused.
    async fn refuse(self, problem: Problem, typed: Typed) -> Response {
        if let Err(busy) = problem::acquire(&self.parts).await {
            return busy;
        }
        let refusal = Refusal::from(problem.clone());
        let permit = self.parts.extensions.get().cloned();
        let page = Page {
            refused: Some(RefusedForm { problem, typed }),
            ..Page::new(self.uri, self.identity, permit)
        };
        let mut response = pages::render(&self.state, page).await;
        refusal.mark(&mut response);
        response
    }

    /// Says that this is no form.
    async fn refuse_whole(self, refusal: Refusal) -> Response {
        let arrival: Option<&Arrival> = self.parts.extensions.get();
        let request_id = arrival.map(|arrival| arrival.id.as_str().to_owned());
        if let Err(busy) = problem::acquire(&self.parts).await {
            return busy;
        }
        let permit = self.parts.extensions.get().cloned();
        let page = Page {
            request_id,
            ..Page::new(self.uri, self.identity, permit)
        };
        problem::refuse_with_page(&self.state, page, refusal).await
    }
}

/// Reads the body of a request into a form: of a page of the account or of the studio.
async fn decode<T: FormBody>(
    parts: &Parts,
    body: Body,
    most: usize,
    time: Duration,
) -> Result<T, Refusal> {
    Accepted::Form.check(&parts.headers)?;
    let body = read_body(parts, body, most, time).await?;
    T::read_body(&body).map_err(|error| match error {
        FormBodyError::TooLarge => Refusal::too_large(),
        FormBodyError::Malformed => Problem::Malformed.into(),
    })
}
