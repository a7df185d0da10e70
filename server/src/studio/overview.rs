//! The first page of the studio, and the steps of a first visit.

use app::{
    api::studio::overview,
    pages::studio::overview::{self as overview_page, RefusedStep},
};
use axum::response::Response;
use types::catalogue::StepForm;

use super::{fail, query::Query, refusal::refusal_of};
use crate::{content::Reader, forms::Posted, redirect::see_other};

/// `GET /studio`
pub(crate) async fn show_overview(reader: Reader) -> Response {
    let notice = Query::of(&reader.uri).notice();
    match overview::ssr::read_overview(&reader.visit()).await {
        Ok(known) => {
            let content = overview_page::page(Some(known), notice, None);
            reader.show(content).await
        }
        Err(problem) => fail(reader, problem).await,
    }
}

/// `POST /studio`: a step of a first visit.
pub(crate) async fn create_first(posted: Posted<StepForm>) -> Response {
    let Posted { reader, form } = posted;
    let visit = reader.visit();
    let problem = match overview::ssr::create_first(&visit, &form).await {
        Ok(success) => return see_other(&success.location),
        Err(problem) => problem,
    };
    // What there is may be what cannot be read; what was typed is shown all the same.
    let known = overview::ssr::read_overview(&visit).await.ok();
    let refusal = refusal_of(&problem);
    let step = RefusedStep {
        input: form.input.into(),
        problem,
    };
    let content = overview_page::page(known, None, Some(step));
    reader.refuse(refusal, content).await
}
