//! Claims about the content of bodies.

use serde_json::{Map, Value, json};

use crate::fixture::{Store, create, document, get};

async fn assert_comes_back(store: &Store, id: &str, body: Value) {
    create(store, id, body.clone()).await;
    let back = get(store, id).await;
    assert!(
        back == Some(document(id, 1, body)),
        "`{id}` came back otherwise"
    );
}

pub(crate) async fn an_empty_object_comes_back(store: Store) {
    assert_comes_back(&store, "empty", json!({})).await;
}

pub(crate) async fn every_kind_of_json_value_comes_back(store: Store) {
    let body = json!({
        "null": null, "yes": true, "no": false, "zero": 0, "minus": -1, "fraction": 0.1,
        "most": u64::MAX, "least": i64::MIN, "exact": 9_007_199_254_740_993_u64,
        "huge": 1e300, "text": "text", "empty": "", "list": [1, "two", [3], {}, null], "object": {},
    });
    assert_comes_back(&store, "kinds", body).await;
}

pub(crate) async fn text_of_every_script_and_control_comes_back(store: Store) {
    let text: String = ('\0'..='\u{2fff}')
        .chain("🦀👩‍🚀\u{fffd}\u{10ffff}".chars())
        .collect();
    assert_comes_back(&store, "text", json!({ "text": text })).await;
    assert_comes_back(&store, "nul", json!({ "text": "a\0b", "after": "c" })).await;
    assert_comes_back(
        &store,
        "forms",
        json!({ "one": "\u{e9}", "two": "e\u{301}" }),
    )
    .await;
}

pub(crate) async fn keys_of_any_text_come_back(store: Store) {
    let body = json!({ "a.b": 1, "a": 2, "revision": 3, "🦀": 4, "two words": 5, "-": 6 });
    assert_comes_back(&store, "keys", body).await;
}

pub(crate) async fn deep_nesting_comes_back(store: Store) {
    let nested = (0..20).fold(json!("core"), |inner, _| json!({ "in": [inner] }));
    assert_comes_back(&store, "deep", nested).await;
}

pub(crate) async fn a_megabyte_comes_back(store: Store) {
    let text = "0123456789abcde\n".repeat(65_000);
    assert_comes_back(&store, "one-text", json!({ "text": text })).await;
    let many: Map<String, Value> = (0..20_000)
        .map(|number| {
            (
                format!("field-{number}"),
                json!(format!("a value, number {number}")),
            )
        })
        .collect();
    // Below a list, so that a store that maps fields need not map them.
    assert_comes_back(&store, "many", json!({ "rows": [many] })).await;
}

pub(crate) async fn the_same_field_may_hold_different_kinds_in_two_documents(store: Store) {
    for (id, value) in [
        ("1", json!(1)),
        ("2", json!("two")),
        ("3", json!({ "three": 3 })),
    ] {
        assert_comes_back(&store, id, json!({ "detail": value })).await;
    }
}
