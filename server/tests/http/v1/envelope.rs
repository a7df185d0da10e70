//! The envelope of errors in `/v1`.

use crate::support::{
    Caller, PASSWORD, Program, SignedIn, TestApp, credentials,
    faulty::{Fault, SECRET_CAUSE},
};

#[tokio::test]
async fn unknown_paths_answer_with_the_envelope() {
    let app = TestApp::start().await;
    for path in [
        "/v1",
        "/v1/",
        "/v1/nothing",
        "/v1/users",
        "/v1/users/new/",
        "/v1/test/x",
        "/v1/%FF",
        "/v1//test",
    ] {
        let answer = Program::of(&app).visit(path).await;
        let message = answer.is_refusal(404, "not_found");
        assert_eq!(
            message,
            "The requested URL was not found on the server. If you entered the URL manually \
             please check your spelling and try again.",
            "{path}"
        );
        assert_eq!(answer.json()["error"], "404: Not Found");
    }
}

#[tokio::test]
async fn a_path_that_only_begins_alike_is_a_page() {
    let app = TestApp::start().await;
    for path in ["/v1x", "/v10/test", "/V1/test"] {
        Program::of(&app).visit(path).await.is(404).page();
    }
}

#[tokio::test]
async fn the_keys_stand_in_the_order_of_the_contract() {
    let app = TestApp::start().await;
    let text = Program::of(&app).visit("/v1/nothing").await.text();
    let places: Vec<_> = [
        "\"error\"",
        "\"message\"",
        "\"success\"",
        "\"code\"",
        "\"fields\"",
        "\"request_id\"",
    ]
    .iter()
    .map(|key| text.find(key).unwrap())
    .collect();
    assert!(places.is_sorted(), "{text}");
}

/// A defect of the original: internal errors were sent as HTML.
#[tokio::test]
async fn what_breaks_inside_is_told_in_the_envelope_and_without_its_cause() {
    let mut app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    for fault in [Fault::Damaged, Fault::Panics] {
        // A cached session would need no store.
        app = app.restart(&[]).await;
        app.store.fail(fault);
        let bob = credentials("bob@example.org", PASSWORD);
        for answer in [
            ada.at(&app).test().await,
            Program::of(&app).new_user(&bob).await,
        ] {
            answer.is_refusal(500, "internal_server_error");
            assert_eq!(answer.json()["error"], "500: Internal Server Error");
            assert!(!answer.text().contains(SECRET_CAUSE), "{fault:?}");
            assert!(answer.set_cookies().is_empty());
        }
        app.store.fail(Fault::None);
        ada.at(&app).test().await.is(200);
    }
}

/// A client cannot choose the id of its request.
#[tokio::test]
async fn a_request_id_is_ours_whatever_the_client_sends() {
    let app = TestApp::start().await;
    let program = Program::of(&app);
    let long = "a".repeat(65);
    for id in ["Trace-7_a.b", "", "a b", "<b>", "\"", "é", "a\tb", &long] {
        let answer = program
            .get("/v1/test")
            .header("x-request-id", id)
            .send()
            .await;
        answer.is_refusal(401, "unauthorized");
        assert_eq!(answer.request_id().len(), 32, "{id:?}");
        assert_ne!(answer.request_id(), id);
    }
}

#[tokio::test]
async fn two_answers_have_two_request_ids() {
    let app = TestApp::start().await;
    let program = Program::of(&app);
    assert_ne!(
        program.test().await.request_id(),
        program.test().await.request_id()
    );
}
