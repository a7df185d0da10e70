//! Indices that are created at the start, or exist already and are not as required.

use domain::documents::Documents;
use domain::migrations::BASELINE;
use serde_json::json;
use store::elasticsearch::{ConnectError, Elasticsearch};
use testbed::TestIndices;

use crate::fixture::{TALES, delete, exists, get, put, tale};

fn fresh() -> TestIndices {
    TestIndices::fresh(&testbed::required_server())
}

async fn connect(indices: &TestIndices) -> Result<Elasticsearch, ConnectError> {
    Elasticsearch::connect_at(indices.settings(), &[&TALES], BASELINE).await
}

#[tokio::test]
async fn many_that_start_at_once_make_the_indices_once() {
    let indices = fresh();
    let starting: Vec<_> = (0..8)
        .map(|_| {
            let settings = indices.settings();
            tokio::spawn(
                async move { Elasticsearch::connect_at(settings, &[&TALES], BASELINE).await },
            )
        })
        .collect();
    for (number, store) in starting.into_iter().enumerate() {
        let store = store.await.unwrap().unwrap();
        store
            .create(&TALES, &number.to_string(), tale("1"))
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn what_is_there_is_found_by_the_next_start() {
    let indices = fresh();
    let store = connect(&indices).await.unwrap();
    store.create(&TALES, "a", tale("1")).await.unwrap();
    drop(store);
    let store = connect(&indices).await.unwrap();
    assert!(store.get(&TALES, "a").await.unwrap().is_some());
}

#[tokio::test]
async fn an_index_of_another_program_is_left_alone() {
    for body in [
        json!({}),
        json!({ "mappings": { "_meta": { "other": 1 } } }),
    ] {
        // An index with the name of our alias, and one behind the alias.
        let (taken, behind) = (fresh(), fresh());
        put(taken.url(), &format!("{}-tales", taken.prefix()), &body).await;
        let mut with_alias = body.clone();
        with_alias["aliases"] = json!({ format!("{}-tales", behind.prefix()): {} });
        put(
            behind.url(),
            &format!("{}-other", behind.prefix()),
            &with_alias,
        )
        .await;
        for indices in [&taken, &behind] {
            let error = connect(indices).await.unwrap_err();
            assert!(matches!(error, ConnectError::Foreign(_)), "{error}");
            assert!(!error.may_pass());
            assert!(
                error.to_string().contains("--elasticsearch-prefix"),
                "{error}"
            );
            let made = format!("{}-tales-1", indices.prefix());
            assert!(!exists(indices.url(), &made).await, "something was made");
        }
    }
}

#[tokio::test]
async fn an_index_of_a_newer_program_is_left_alone() {
    let indices = fresh();
    let alias = format!("{}-tales", indices.prefix());
    let body = json!({
        "aliases": { &alias: {} },
        "mappings": { "_meta": { "inspired": { "schema": 2 } } },
    });
    put(indices.url(), &format!("{alias}-2"), &body).await;
    let error = connect(&indices).await.unwrap_err();
    assert!(
        matches!(
            error,
            ConnectError::Newer {
                found: 2,
                known: 1,
                ..
            }
        ),
        "{error}"
    );
}

#[tokio::test]
async fn a_mapping_that_was_changed_is_found() {
    let indices = fresh();
    drop(connect(&indices).await.unwrap());
    let mapping = format!("{}-tales-1/_mapping", indices.prefix());
    let more = json!({ "properties": { "more": { "type": "keyword" } } });
    put(indices.url(), &mapping, &more).await;
    let error = connect(&indices).await.unwrap_err();
    assert!(
        matches!(&error, ConnectError::Mapping { field, .. } if field.ends_with("more")),
        "{error}"
    );
}

#[tokio::test]
async fn looking_changes_nothing() {
    let indices = fresh();
    let inspected = Elasticsearch::inspect(indices.settings(), &[&TALES]).await;
    let (version, missing) = inspected.unwrap();
    assert!(version.starts_with(['8', '9']), "{version}");
    assert_eq!(missing, ["tales"]);
    assert!(!exists(indices.url(), &format!("{}-tales-1", indices.prefix())).await);
}

/// An acknowledged write must be on the disk, whatever an index template sets.
#[tokio::test]
async fn a_template_cannot_make_an_index_forget() {
    let indices = fresh();
    let (url, prefix) = (indices.url(), indices.prefix());
    let template = json!({
        "index_patterns": [format!("{prefix}-*")],
        "priority": 500,
        "template": { "settings": {
            "index.translog.durability": "async",
            "index.final_pipeline": "somebody-elses",
        } },
    });
    put(url, &format!("_index_template/{prefix}"), &template).await;
    let store = connect(&indices).await;
    delete(url, &format!("_index_template/{prefix}")).await;
    store.unwrap().create(&TALES, "a", tale("1")).await.unwrap();
    let index = format!("{prefix}-tales-1");
    let settings = get(url, &format!("{index}/_settings?flat_settings=true")).await;
    let settings = &settings[&index]["settings"];
    assert_eq!(settings["index.translog.durability"], "request");
    assert_eq!(settings["index.final_pipeline"], "_none");
}

#[tokio::test]
async fn an_index_that_was_made_to_forget_ends_the_start() {
    let indices = fresh();
    drop(connect(&indices).await.unwrap());
    let settings = format!("{}-tales/_settings", indices.prefix());
    let forgetful = json!({ "index.translog.durability": "async" });
    put(indices.url(), &settings, &forgetful).await;
    let error = connect(&indices).await.unwrap_err();
    assert!(matches!(error, ConnectError::Setting { .. }), "{error}");
    assert!(error.to_string().contains("durability: async"), "{error}");
}

/// As after a restore without aliases. A retry would not help.
#[tokio::test]
async fn an_index_without_its_alias_is_named() {
    let indices = fresh();
    let index = format!("{}-tales-1", indices.prefix());
    put(indices.url(), &index, &json!({})).await;
    let error = connect(&indices).await.unwrap_err();
    assert!(matches!(error, ConnectError::NoAlias { .. }), "{error}");
    assert!(error.to_string().contains(&index), "{error}");
    assert!(!error.may_pass());
}
