//! The error page.

use crate::support::{
    Anonymous, Caller, PASSWORD, SignedIn, TestApp,
    faulty::{Fault, SECRET_CAUSE},
};

#[tokio::test]
async fn trouble_is_a_whole_page_that_says_what_to_do() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await.at(&app);
    let app = app.restart(&[]).await;
    let ada = ada.at(&app);
    app.store.fail(Fault::Unavailable);
    let answer = ada.visit("/studio").await.is(503);
    let html = answer.page();
    assert!(html.contains("We cannot get at our records"), "{html}");
    assert!(!html.contains(SECRET_CAUSE));
    assert!(answer.header("retry-after").is_some());
    assert!(
        html.contains(answer.request_id()),
        "the page does not name the request"
    );
}

#[tokio::test]
async fn a_page_that_breaks_is_500_without_its_cause() {
    let app = TestApp::start().await;
    let ada = SignedIn::sign_up(&app, "ada@example.org").await;
    let app = app.restart(&[]).await;
    let ada = ada.at(&app);
    for fault in [Fault::Damaged, Fault::Panics] {
        app.store.fail(fault);
        let answer = ada.visit("/studio").await.is(500);
        assert!(!answer.text().contains(SECRET_CAUSE));
        assert!(answer.header("content-security-policy").is_some());
        let form = [("email_address", "bob@example.org"), ("password", PASSWORD)];
        let answer = Anonymous::of(&app).submit("/signup", &form).await.is(500);
        assert!(!answer.text().contains(SECRET_CAUSE));
        assert!(answer.set_cookies().is_empty());
        app.store.fail(Fault::None);
    }
    ada.visit("/studio").await.is(200);
}

#[tokio::test]
async fn a_form_that_cannot_be_read_is_told_in_a_page() {
    let app = TestApp::start().await;
    let anonymous = Anonymous::of(&app);
    let wrong_type = anonymous
        .post("/login")
        .header("content-type", "text/plain")
        .body("x=y");
    assert!(
        wrong_type
            .send()
            .await
            .is(415)
            .page()
            .contains("We could not read that")
    );
    let twice = "email_address=a%40b.de&email_address=c%40d.de&password=x";
    let form = "application/x-www-form-urlencoded";
    let twice = anonymous
        .post("/login")
        .header("content-type", form)
        .body(twice);
    twice.send().await.is(400).page();
}
