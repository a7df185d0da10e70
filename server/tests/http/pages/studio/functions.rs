//! Server functions of the studio: what they read and do is what its pages and plain forms read and do.

mod reading;
mod refusals;
mod writes;

use app::failure::FormFailure;
use leptos::prelude::FromServerFnError as _;
use serde_json::{Value, json};
use types::pages::studio::{FormProblem, FormSuccess};

use super::creator::Creator;
use crate::support::{Answer, Caller as _};

/// The id at the end of the path of a page.
fn id_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

/// The form of an entity, as a component sends it.
fn form(kind: &str, input: Value, extras: Value) -> Value {
    json!({ "input": { kind: input }, "extras": extras })
}

/// What a form answers that was accepted.
#[track_caller]
fn accepted(answer: &Answer) -> FormSuccess {
    assert_eq!(answer.status, 200, "{}", answer.lossy());
    serde_json::from_value(answer.json()).unwrap()
}

/// Why a form was refused.
#[track_caller]
fn refused(answer: &Answer) -> FormProblem {
    FormFailure::de(answer.text().into()).0
}

impl Creator {
    /// Calls a server function.
    async fn function(&self, name: &str, arguments: &Value) -> Answer {
        self.who.function(name, arguments).await
    }

    /// The stored input of an entity, and its revision, as its page reads them.
    async fn stored(&self, kind: &str, id: &str) -> (Value, u64) {
        let arguments = json!({ "kind": kind, "id": id });
        let page = self.function("read/studio/entity", &arguments).await;
        let page = page.is(200).json();
        let revision = page["entity"]["revision"].as_u64().unwrap();
        (page["form"]["input"][kind].clone(), revision)
    }
}
