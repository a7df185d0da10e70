//! The operations of the studio's forms and buttons.

use serde_json::{Value, json};
use types::{
    Field, FieldErrors, Problem, Reason,
    pages::studio::{FormProblem, Notice},
};

use super::{
    super::{
        creator::Creator,
        form::{Form, error_at},
    },
    accepted, form, id_of, refused,
};
use crate::support::{Caller as _, TestApp, TestResponse};

#[tokio::test]
async fn an_entity_of_each_kind_is_created_changed_published_deleted_and_restored() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada Films").await;
    let extras = json!({ "artist_id": id_of(&artist) });
    for (kind, name, input) in [
        ("artist", "name", json!({ "name": "Other Films" })),
        ("video", "title", json!({ "title": "My room" })),
        ("product", "name", json!({ "name": "Red lamp" })),
        (
            "retailer",
            "name",
            json!({ "name": "Shop", "domains": ["shop.example"] }),
        ),
    ] {
        let create = json!({ "form": form(kind, input, extras.clone()) });
        let created = accepted(&ada.function("studio/create", &create).await);
        assert_eq!(created.notice, Some(Notice::Created));
        let path = created
            .location
            .strip_suffix("?created")
            .unwrap()
            .to_owned();
        assert_eq!(path, format!("/studio/{kind}s/{}", id_of(&path)));
        let id = id_of(&path);

        let (mut input, revision) = ada.stored(kind, id).await;
        input[name] = "Renamed".into();
        let update = form(kind, input, json!({ "revision": revision.to_string() }));
        let update = json!({ "id": id, "form": update });
        let saved = accepted(&ada.function("studio/update", &update).await);
        assert_eq!(saved.location, format!("{path}?saved"));
        assert!(ada.page(&path).await.contains("Renamed"));

        if kind != "retailer" {
            for (status, notice) in [("published", "published"), ("draft", "withdrawn")] {
                let (_, revision) = ada.stored(kind, id).await;
                let set = json!({ "kind": kind, "id": id, "revision": revision, "status": status });
                let set = accepted(&ada.function("studio/set_status", &set).await);
                assert_eq!(set.location, format!("{path}?{notice}"));
                assert_eq!(ada.stored(kind, id).await.0["status"], status);
            }
        }

        let (_, revision) = ada.stored(kind, id).await;
        let delete = json!({ "kind": kind, "id": id, "revision": revision });
        let deleted = accepted(&ada.function("studio/delete", &delete).await);
        assert_eq!(deleted.location, format!("/studio/{kind}s?deleted={id}"));
        ada.who.visit(&path).await.is(404);
        let restore = json!({ "kind": kind, "id": id });
        let restored = accepted(&ada.function("studio/restore", &restore).await);
        assert_eq!(restored.location, format!("{path}?restored"));
        assert!(ada.page(&path).await.contains("Renamed"));
    }
}

#[tokio::test]
async fn a_moderator_reviews_a_retailer() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    let path = ada.shop("Lamp shop", "lamps.example").await;
    let bob = Creator::moderator(&app, "bob@example.org").await;
    for status in ["approved", "blocked", "proposed"] {
        let (_, revision) = bob.stored("retailer", id_of(&path)).await;
        let review = json!({ "id": id_of(&path), "revision": revision, "status": status });
        let reviewed = accepted(&bob.function("studio/review", &review).await);
        assert_eq!(reviewed.location, format!("{path}?judged"));
        let stale = bob.function("studio/review", &review).await.is(412);
        assert_eq!(refused(&stale), Problem::Conflict.into());
    }
}

/// Creates the entity of a step.
async fn create_first(ada: &Creator, step: Value) -> TestResponse {
    let arguments = json!({ "form": step });
    ada.function("studio/create_first", &arguments).await
}

#[tokio::test]
async fn the_steps_of_a_first_visit_create_what_they_ask_for() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let none = create_first(&ada, json!({ "step": "product", "name": "Lamp" })).await;
    assert_eq!(
        refused(&none.is(404)),
        Problem::NotFound.into(),
        "no artist yet"
    );
    let artist = create_first(&ada, json!({ "step": "artist", "name": "Ada Films" })).await;
    assert_eq!(accepted(&artist).location, "/studio?saved");
    let video = create_first(&ada, json!({ "step": "video", "title": "My room" })).await;
    let required = FieldErrors::one(Field::Url, Reason::Required);
    assert_eq!(refused(&video.is(400)), Problem::Invalid(required).into());
    let lamp = create_first(&ada, json!({ "step": "product", "name": "Lamp" })).await;
    assert_eq!(accepted(&lamp).notice, Some(Notice::Saved));
    assert!(ada.page("/studio/products").await.contains("Lamp"));
}

#[tokio::test]
async fn who_is_slower_gets_both_versions_and_decides() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    let path = ada.product("Red lamp").await;
    let (input, revision) = ada.stored("product", id_of(&path)).await;
    let update = async |brand: &str, revision: u64| {
        let mut input = input.clone();
        input["brand"] = brand.into();
        let form = form(
            "product",
            input,
            json!({ "revision": revision.to_string() }),
        );
        let update = json!({ "id": id_of(&path), "form": form });
        ada.function("studio/update", &update).await
    };
    accepted(&update("Fast", revision).await);
    let answer = update(" Slow ", revision).await.is(412);
    let FormProblem::Conflict(conflict) = refused(&answer) else {
        panic!("{}", answer.text());
    };
    let json = serde_json::to_value(&conflict).unwrap();
    assert_eq!(json["stored"]["product"]["brand"], "Fast");
    assert_eq!(
        json["typed"]["product"]["brand"], "Slow",
        "as it would be stored"
    );
    assert_eq!(ada.stored("product", id_of(&path)).await.0["brand"], "Fast");
    accepted(&update("Slow", conflict.revision).await);
    assert_eq!(ada.stored("product", id_of(&path)).await.0["brand"], "Slow");
}

#[tokio::test]
async fn a_write_without_a_revision_or_with_an_old_one_changes_nothing() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    let path = ada.product("Red lamp").await;
    let id = id_of(&path);
    let before = ada.stored("product", id).await;
    for revision in ["", "x", "-1", "0", "99"] {
        let input = json!({ "name": "Other" });
        let form = form("product", input, json!({ "revision": revision }));
        let update = json!({ "id": id, "form": form });
        let answer = ada.function("studio/update", &update).await.is(412);
        assert!(matches!(refused(&answer), FormProblem::Conflict(_)));
    }
    for (name, arguments) in [
        (
            "studio/set_status",
            json!({ "kind": "product", "id": id, "revision": 0, "status": "published" }),
        ),
        (
            "studio/delete",
            json!({ "kind": "product", "id": id, "revision": 99 }),
        ),
    ] {
        let answer = ada.function(name, &arguments).await.is(412);
        assert_eq!(refused(&answer), Problem::Conflict.into(), "{name}");
    }
    assert_eq!(ada.stored("product", id).await, before);
}

/// The form names of the refused fields.
fn names(problem: &FormProblem) -> Vec<String> {
    let errors: Option<&FieldErrors> = problem.field_errors();
    let mut names: Vec<_> = errors
        .unwrap()
        .iter()
        .map(|(field, _)| field.form_name())
        .collect();
    names.dedup();
    names
}

#[tokio::test]
async fn the_same_fields_are_refused_as_in_the_plain_form() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    let path = ada.product("Red lamp").await;
    let plain = ada
        .form(&path)
        .await
        .with("name", "")
        .with("gtin", "4006381333932")
        .at("offers[][url]", 0, "")
        .at("offers[][url]", 1, "http://shop.example/lamp")
        .at("offers[][price][amount]", 1, "19.9999")
        .at("order[offers][]", 1, "1")
        .at("offers[][url]", 2, "https://shop.example/other")
        .at("alternatives[][product_id]", 0, "Nothing of mine");
    let html = plain.send(&ada.who).await.is(422).page();
    let offer = |url: &str, amount: &str| json!({ "url": url, "price": { "amount": amount, "currency": "EUR" } });
    let input = json!({
        "name": "",
        "gtin": "4006381333932",
        "offers": [
            offer("", ""),
            offer("http://shop.example/lamp", "19.9999"),
            offer("https://shop.example/other", ""),
        ],
        "alternatives": [{ "product_id": "Nothing of mine", "tier": "cheaper" }],
    });
    let extras = json!({
        "revision": plain.text("revision"),
        "order": { "offers": ["10", "1", "30"] },
    });
    let update = json!({ "id": id_of(&path), "form": form("product", input, extras) });
    let answer = ada.function("studio/update", &update).await.is(400);
    let names = names(&refused(&answer));
    for name in &names {
        let id = name.replace('[', "-").replace(']', "");
        assert_ne!(error_at(&html, &id), "", "{name}");
    }
    assert_eq!(html.matches(r#"aria-invalid="true""#).count(), names.len());
    assert!(names.contains(&"offers[1][url]".to_owned()), "{names:?}");
    assert_eq!(ada.form(&path).await.text("name"), "Red lamp");
}

#[tokio::test]
async fn a_name_that_is_taken_is_refused_at_its_field() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let artist = ada.artist("Ada Films").await;
    ada.product("Red lamp").await;
    let input = json!({ "name": "Other", "slug": "red-lamp" });
    let extras = json!({ "artist_id": id_of(&artist) });
    let create = json!({ "form": form("product", input, extras) });
    let answer = ada.function("studio/create", &create).await.is(409);
    let taken = FieldErrors::one(Field::Slug, Reason::Taken);
    assert_eq!(refused(&answer), Problem::Invalid(taken).into());
}

#[tokio::test]
async fn a_placement_is_added_or_refused_at_its_own_fields() {
    let app = TestApp::start().await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    ada.artist("Ada Films").await;
    ada.product("Red lamp").await;
    ada.product("Sofa").await;
    let path = ada.video("My room").await;
    let id = id_of(&path);
    let add = async |product: &str, start: &str, revision: u64| {
        let input = json!({ "product_id": product, "start": start });
        let extras = json!({ "revision": revision.to_string() });
        let form = json!({ "input": input, "extras": extras });
        let arguments = json!({ "id": id, "form": form });
        ada.function("studio/add_placement", &arguments).await
    };
    let (_, revision) = ada.stored("video", id).await;
    let added = accepted(&add("Red lamp", "0:10", revision).await);
    assert_eq!(added.location, format!("{path}?tagged#tagged"));
    let stale = add("Sofa", "0:20", revision).await.is(412);
    assert_eq!(refused(&stale), Problem::Conflict.into());
    let (_, revision) = ada.stored("video", id).await;
    for (product, start, field) in [
        ("", "0:10", "placement_product_id"),
        ("Nothing of mine", "0:10", "placement_product_id"),
        ("Sofa", "nonsense", "placement_start"),
    ] {
        let answer = add(product, start, revision).await.is(400).json();
        let invalid = &answer["invalid_placement"];
        assert_eq!(invalid["placement"][0][0], json!({ field: 0 }), "{answer}");
        assert_eq!(invalid["video"], json!([]));
    }
    let placements = ada.stored("video", id).await.0["placements"].clone();
    assert_eq!(placements.as_array().unwrap().len(), 1);
    assert_eq!(placements[0]["product_id"], "Red lamp", "by its name");
}

#[tokio::test]
async fn quotas_and_rates_are_those_of_the_plain_form() {
    let app = TestApp::with(&["--account-artists", "1"]).await;
    let ada = Creator::sign_up(&app, "ada@example.org").await;
    let path = ada.artist("Ada Films").await;
    let create = json!({ "form": form("artist", json!({ "name": "Two" }), json!({})) });
    let full = ada.function("studio/create", &create).await.is(409);
    assert!(matches!(
        refused(&full),
        FormProblem::Problem(Problem::Full(_))
    ));
    let plain = [("name", "Two"), ("status", "draft")];
    ada.who.submit("/studio/artists/new", &plain).await.is(409);

    let restore = json!({ "kind": "artist", "id": id_of(&path) });
    let mut changes = 0;
    let limited = loop {
        let answer = ada.function("studio/restore", &restore).await;
        if answer.status != 200 {
            break answer.is(429);
        }
        changes += 1;
        assert!(changes < 600, "nothing was refused");
    };
    assert_eq!(refused(&limited), Problem::RateLimited(1).into());
    assert_eq!(limited.header("retry-after"), Some("1"));
    let (input, revision) = ada.stored("artist", id_of(&path)).await;
    let form = form("artist", input, json!({ "revision": revision.to_string() }));
    let update = json!({ "id": id_of(&path), "form": form });
    let limited = ada.function("studio/update", &update).await.is(429);
    assert_eq!(limited.header("retry-after"), Some("1"));
    let html = ada.page(&path).await;
    Form::of(&html, &path).send(&ada.who).await.is(429);
}
