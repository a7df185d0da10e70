//! Access to every server function, in one table.

use serde_json::{Value, json};
use types::{Problem, pages::studio::FormProblem};

use super::{super::creator::Creator, form, id_of, refused};
use crate::support::{
    Anonymous, Caller, Program, TestApp, TestResponse, callers::build, faulty::Fault,
};

/// Every function with arguments that the owner may send. `None` stands for the id of an entity of
/// another account.
struct Call {
    name: &'static str,
    /// The kind of the entity whose id the call contains, if any.
    names: Option<&'static str>,
    arguments: fn(&str) -> Value,
}

const CALLS: [Call; 17] = [
    call("read/studio/overview", None, |_| json!({})),
    call(
        "read/studio/list",
        None,
        |_| json!({ "kind": "video", "params": {} }),
    ),
    call(
        "read/studio/list",
        Some("artist"),
        |id| json!({ "kind": "video", "params": { "artist": id } }),
    ),
    call(
        "read/studio/trash",
        None,
        |_| json!({ "kind": null, "page": 1 }),
    ),
    call(
        "read/studio/new",
        None,
        |_| json!({ "kind": "product", "artist": "" }),
    ),
    call(
        "read/studio/entity",
        Some("artist"),
        |id| json!({ "kind": "artist", "id": id }),
    ),
    call(
        "read/studio/entity",
        Some("video"),
        |id| json!({ "kind": "video", "id": id }),
    ),
    call(
        "read/studio/entity",
        Some("product"),
        |id| json!({ "kind": "product", "id": id }),
    ),
    call(
        "read/studio/entity",
        Some("retailer"),
        |id| json!({ "kind": "retailer", "id": id }),
    ),
    call(
        "studio/create_first",
        None,
        |_| json!({ "form": { "step": "artist", "name": "Changed" } }),
    ),
    call(
        "studio/create",
        None,
        |_| json!({ "form": form("artist", json!({ "name": "Changed" }), json!({})) }),
    ),
    call("studio/update", Some("product"), |id| {
        let extras = json!({ "revision": "1" });
        json!({ "id": id, "form": form("product", json!({ "name": "Changed" }), extras) })
    }),
    call(
        "studio/set_status",
        Some("product"),
        |id| json!({ "kind": "product", "id": id, "revision": 1, "status": "published" }),
    ),
    call("studio/add_placement", Some("video"), |id| {
        let input = json!({ "product_id": "Red lamp", "note": "Changed" });
        json!({ "id": id, "form": { "input": input, "extras": { "revision": "1" } } })
    }),
    call(
        "studio/review",
        Some("retailer"),
        |id| json!({ "id": id, "revision": 1, "status": "approved" }),
    ),
    call(
        "studio/delete",
        Some("product"),
        |id| json!({ "kind": "product", "id": id, "revision": 1 }),
    ),
    call(
        "studio/restore",
        Some("product"),
        |id| json!({ "kind": "product", "id": id }),
    ),
];

const fn call(
    name: &'static str,
    names: Option<&'static str>,
    arguments: fn(&str) -> Value,
) -> Call {
    Call {
        name,
        names,
        arguments,
    }
}

/// The ids of an account with one entity of each kind.
struct Owned {
    ada: Creator,
    artist: String,
    video: String,
    product: String,
    retailer: String,
}

impl Owned {
    async fn new(app: &TestApp) -> Self {
        let ada = Creator::sign_up(app, "ada@example.org").await;
        let id = |path: String| id_of(&path).to_owned();
        Self {
            artist: id(ada.artist("Ada Films").await),
            video: id(ada.video("My room").await),
            product: id(ada.product("Red lamp").await),
            retailer: id(ada.shop("Lamp shop", "lamps.example").await),
            ada,
        }
    }

    fn arguments(&self, call: &Call) -> Value {
        (call.arguments)(match call.names {
            Some("artist") => &self.artist,
            Some("video") => &self.video,
            Some("product") => &self.product,
            Some("retailer") => &self.retailer,
            _ => "",
        })
    }

    /// All entities of the account, as its pages read them.
    async fn everything(&self) -> String {
        let mut all = Vec::new();
        for call in CALLS.iter().filter(|call| call.name.starts_with("read/")) {
            let answer = self.ada.function(call.name, &self.arguments(call)).await;
            all.push(answer.is(200).text());
        }
        all.join("\n")
    }
}

#[tokio::test]
async fn nobody_without_a_session_reads_or_changes_anything() {
    let app = TestApp::start().await;
    let owned = Owned::new(&app).await;
    let before = owned.everything().await;
    let visitor = Anonymous::of(&app);
    for call in &CALLS {
        let answer = visitor.function(call.name, &owned.arguments(call)).await;
        let answer = answer.is(401);
        assert_eq!(
            refused(&answer),
            Problem::Unauthenticated.into(),
            "{}",
            call.name
        );
    }
    assert_eq!(owned.everything().await, before);
}

#[tokio::test]
async fn another_site_reads_and_changes_nothing() {
    let app = TestApp::start().await;
    let owned = Owned::new(&app).await;
    let before = owned.everything().await;
    let program = Program::of(&app);
    for call in &CALLS {
        let foreign = program.post(&format!("/api/{}", call.name));
        let foreign = foreign
            .cookie(&owned.ada.who.cookie)
            .header("x-inspired-build", build())
            .header("sec-fetch-site", "cross-site")
            .header("origin", "https://evil.example")
            .json(&owned.arguments(call));
        let answer = foreign.send().await.is(403);
        assert_eq!(answer.json(), json!("cross_site"), "{}", call.name);
    }
    assert_eq!(owned.everything().await, before);
}

/// A response without the parts that differ between requests.
fn fingerprint(answer: &TestResponse) -> (u16, Vec<(String, String)>, String) {
    answer.fingerprint()
}

#[tokio::test]
async fn an_entity_of_somebody_else_is_answered_like_an_unknown_one() {
    let app = TestApp::start().await;
    let owned = Owned::new(&app).await;
    let before = owned.everything().await;
    let eve = Creator::sign_up(&app, "eve@example.org").await;
    eve.artist("Eve").await;
    for call in CALLS.iter().filter(|call| call.names.is_some()) {
        let of_ada = eve.function(call.name, &owned.arguments(call)).await;
        let of_ada = of_ada.is(404);
        assert_eq!(refused(&of_ada), Problem::NotFound.into(), "{}", call.name);
        let never = "0".repeat(32);
        for id in [
            format!("prd_{never}"),
            "x".to_owned(),
            String::new(),
            "\0/..".to_owned(),
        ] {
            // An empty id means every artist.
            if id.is_empty() && call.name == "read/studio/list" {
                continue;
            }
            let unknown = eve.function(call.name, &(call.arguments)(&id)).await;
            assert_eq!(
                fingerprint(&unknown),
                fingerprint(&of_ada),
                "{} {id}",
                call.name
            );
        }
    }
    assert_eq!(owned.everything().await, before);
}

#[tokio::test]
async fn an_artist_of_somebody_else_gets_nothing_new() {
    let app = TestApp::start().await;
    let owned = Owned::new(&app).await;
    let before = owned.everything().await;
    let eve = Creator::sign_up(&app, "eve@example.org").await;
    eve.artist("Eve").await;
    for (kind, input) in [
        ("video", json!({ "title": "Mine" })),
        ("product", json!({ "name": "Mine" })),
        (
            "retailer",
            json!({ "name": "Mine", "domains": ["mine.example"] }),
        ),
    ] {
        for (artist, problem) in [
            (owned.artist.as_str(), FormProblem::UnknownArtist),
            ("art_0", FormProblem::UnknownArtist),
            ("", FormProblem::NoArtist),
        ] {
            let extras = json!({ "artist_id": artist });
            let arguments = json!({ "form": form(kind, input.clone(), extras) });
            let answer = eve.function("studio/create", &arguments).await.is(400);
            assert_eq!(refused(&answer), problem, "{kind} {artist}");
        }
        let new = json!({ "kind": kind, "artist": owned.artist });
        let page = eve.function("read/studio/new", &new).await.is(200);
        assert!(!page.text().contains("Ada Films") && !page.text().contains("Red lamp"));
    }
    assert_eq!(owned.everything().await, before);
}

#[tokio::test]
async fn only_a_moderator_reviews_and_nobody_publishes_a_retailer() {
    let app = TestApp::start().await;
    let owned = Owned::new(&app).await;
    let id = &owned.retailer;
    let review = json!({ "id": id, "revision": 1, "status": "approved" });
    let answer = owned.ada.function("studio/review", &review).await.is(403);
    assert_eq!(refused(&answer), Problem::Forbidden.into());
    let publish = json!({ "kind": "retailer", "id": id, "revision": 1, "status": "published" });
    let answer = owned.ada.function("studio/set_status", &publish).await;
    assert_eq!(refused(&answer.is(400)), Problem::Malformed.into());
}

#[tokio::test]
async fn a_store_that_is_down_is_said_and_nothing_is_changed() {
    let app = TestApp::start().await;
    let owned = Owned::new(&app).await;
    let before = owned.everything().await;
    app.store.fail(Fault::Unavailable);
    for call in &CALLS {
        let answer = owned.ada.function(call.name, &owned.arguments(call)).await;
        let problem = refused(&answer.is(503));
        let is_down = matches!(problem, FormProblem::Problem(Problem::Unavailable(_)));
        assert!(is_down, "{}: {problem:?}", call.name);
    }
    app.store.fail(Fault::None);
    assert_eq!(owned.everything().await, before);
}

#[tokio::test]
async fn a_form_may_be_as_large_as_on_its_page() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let of_size = |size: usize| {
        let input = json!({ "name": "Ada", "unknown": "a".repeat(size) });
        json!({ "form": form("artist", input, json!({})) })
    };
    ada.function("studio/create", &of_size(500 * 1024))
        .await
        .is(200);
    ada.function("studio/create", &of_size(512 * 1024))
        .await
        .is(413);
    let visitor = Anonymous::of(&app);
    visitor
        .function("studio/create", &of_size(60 * 1024))
        .await
        .is(401);
    visitor
        .function("studio/create", &of_size(64 * 1024))
        .await
        .is(413);
    let read = json!({ "kind": "video", "params": { "q": "a".repeat(64 * 1024) } });
    ada.function("read/studio/list", &read).await.is(413);
}

/// A row takes three bytes of a body and hundreds in memory.
#[tokio::test]
async fn a_form_has_no_more_rows_than_its_page_can_send() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    let with_rows = |count: usize| {
        let rows = vec![json!({}); count];
        let input = json!({
            "name": "Lamp",
            "offers": rows,
            "images": rows,
            "attributes": rows,
            "alternatives": rows,
        });
        json!({ "form": form("product", input, json!({})) })
    };
    let answer = ada.function("studio/create", &with_rows(250)).await;
    assert_eq!(refused(&answer.is(400)), FormProblem::NoArtist);
    ada.function("studio/create", &with_rows(1_100))
        .await
        .is(413);
}
