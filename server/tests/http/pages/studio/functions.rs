//! Server functions of the studio do the same as its pages and plain forms.

mod reading;
mod refusals;
mod writes;

use app::server_fn_problem::ServerFnFormProblem;
use leptos::prelude::FromServerFnError as _;
use serde_json::{Value, json};
use types::pages::studio::{FormProblem, FormSuccess};

use super::creator::Creator;
use crate::support::{Caller as _, TestResponse};

/// The id at the end of a path.
fn id_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

/// The form of an entity as the client sends it.
fn form(kind: &str, input: Value, extras: Value) -> Value {
    json!({ "input": { kind: input }, "extras": extras })
}

/// The success of a form.
#[track_caller]
fn accepted(answer: &TestResponse) -> FormSuccess {
    assert_eq!(answer.status, 200, "{}", answer.lossy());
    serde_json::from_value(answer.json()).unwrap()
}

/// The problem of a form.
#[track_caller]
fn refused(answer: &TestResponse) -> FormProblem {
    ServerFnFormProblem::de(answer.text().into()).0
}

impl Creator {
    /// Calls a server function.
    async fn function(&self, name: &str, arguments: &Value) -> TestResponse {
        self.who.function(name, arguments).await
    }

    /// The input of a stored entity and its revision, as its page reads them.
    async fn stored(&self, kind: &str, id: &str) -> (Value, u64) {
        let arguments = json!({ "kind": kind, "id": id });
        let page = self.function("read/studio/entity", &arguments).await;
        let page = page.is(200).json();
        let revision = page["entity"]["revision"].as_u64().unwrap();
        (page["form"]["input"][kind].clone(), revision)
    }
}
