//! The first visit: three steps, and the overview afterwards.

use super::{
    creator::Creator,
    form::{Form, error_at, unescaped},
};
use crate::support::{Caller as _, TestApp};

/// The forms of the steps, by name.
fn steps(html: &str) -> Vec<&str> {
    let steps = html.split(r#"name="step" value=""#).skip(1);
    steps.map(|rest| rest.split('"').next().unwrap()).collect()
}

#[tokio::test]
async fn three_steps_are_ticked_as_they_are_done() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let html = ada.page("/studio").await;
    assert_eq!(steps(&html), ["artist"]);
    assert_eq!(html.matches("step-done").count(), 0);
    Form::of(&html, "/studio")
        .with("name", "Ada Films")
        .send(&ada.who)
        .await
        .leads_to("/studio?saved");

    let html = ada.page("/studio").await;
    assert_eq!(steps(&html), ["video", "product"]);
    assert_eq!(html.matches("step-done").count(), 1);
    let video = [
        ("step", "video"),
        ("url", "https://vimeo.com/123"),
        ("title", "My room"),
    ];
    ada.who
        .submit("/studio", &video)
        .await
        .leads_to("/studio?saved");

    let html = ada.page("/studio").await;
    assert_eq!(steps(&html), ["product"]);
    let form = Form::of(&html, "/studio").with("name", "Red lamp");
    form.send(&ada.who).await.leads_to("/studio?saved");

    let html = ada.page("/studio").await;
    assert_eq!(steps(&html), Vec::<&str>::new());
    assert_eq!(html.matches("step-done").count(), 3);
    for entity in ["Ada Films", "My room", "Red lamp"] {
        assert!(html.contains(entity), "{entity} is not named: {html}");
    }
}

/// The slug is derived from the name, and a step has no field for it.
#[tokio::test]
async fn a_name_that_is_taken_is_said_at_the_step() {
    let app = TestApp::start().await;
    let bob = Creator::sign_up(&app, "bob@example.org").await;
    bob.artist("Ada Films").await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let html = ada.page("/studio").await;
    let typed = Form::of(&html, "/studio").with("name", "Ada Films");
    let html = typed.send(&ada.who).await.is(422).page();
    assert_eq!(Form::of(&html, "/studio").text("name"), "Ada Films");
    assert_eq!(
        error_at(&html, "name"),
        "This one is taken already. Choose another."
    );
}

#[tokio::test]
async fn the_steps_are_over_once_something_is_public() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada Films").await;
    let video = ada.video("My room").await;
    let product = ada.product("Red lamp").await;
    ada.press(&video, &format!("{video}/publication"))
        .await
        .is(303);
    let html = ada.page("/studio").await;
    assert!(
        html.contains("0 of 1 public") && html.contains("Three steps"),
        "{html}"
    );
    assert!(html.contains("Not public: its artist is a draft"), "{html}");
    ada.press(&artist, &format!("{artist}/publication"))
        .await
        .is(303);
    let html = ada.page("/studio").await;
    assert!(
        html.contains("1 of 1 public") && !html.contains("Three steps"),
        "{html}"
    );
    let hidden = html
        .split("summary-hidden")
        .nth(1)
        .unwrap()
        .split("</ul>")
        .next()
        .unwrap();
    assert!(
        hidden.contains(&product) && hidden.contains("Draft"),
        "{hidden}"
    );
}

#[tokio::test]
async fn a_step_that_is_refused_keeps_what_was_typed() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let typed = [("step", "artist"), ("name", "")];
    let html = ada.who.submit("/studio", &typed).await.is(422).page();
    assert!(html.contains(r#"aria-invalid="true""#), "{html}");
    ada.artist("Ada Films").await;
    for (url, title) in [
        ("", "My <room>"),
        ("http://x.example/", "My <room>"),
        ("vimeo.com/1", ""),
    ] {
        let typed = [("step", "video"), ("url", url), ("title", title)];
        let html = ada.who.submit("/studio", &typed).await.is(422).page();
        let html = unescaped(&html);
        assert!(html.contains(&format!(r#"value="{title}""#)), "{html}");
        assert!(html.contains(&format!(r#"value="{url}""#)), "{html}");
        assert_eq!(html.matches(r#"aria-invalid="true""#).count(), 1);
    }
    ada.who
        .submit("/studio", &[("step", "other")])
        .await
        .is(400);
    ada.who.submit("/studio", &[]).await.is(400);
}
