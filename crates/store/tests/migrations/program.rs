//! The program's own migrations, on documents of earlier data versions.

use domain::{
    documents::{Collection, Revision},
    migrations::Registry,
};
use serde_json::{Value, json};
use testbed::TestStore;

use crate::bystander::Listener;

fn collection(name: &str) -> &'static Collection {
    let mut all = domain::collections().into_iter();
    all.find(|one| one.name == name).unwrap()
}

fn stamp(owner: &str) -> Value {
    json!({ "owner": owner, "stamped_at": 1 })
}

/// Writes keys and products at data version 2, and reads them at the latest.
async fn migrated(keys: &[(&str, Value)], products: &[(&str, Value)]) -> (TestStore, Vec<String>) {
    let place = TestStore::fresh();
    let before = place.open_at(&domain::collections(), 2).await.unwrap();
    for (id, body) in keys {
        let made = before.create(collection("keys"), id, body.clone());
        made.await.unwrap();
    }
    for (id, body) in products {
        let made = before.create(collection("products"), id, body.clone());
        made.await.unwrap();
    }
    drop(before);
    let registry = Registry::of_program();
    let (migrator, listener) = (place.migrator(), Listener::default());
    migrator.migrate(&registry, &listener).await.unwrap();
    let latest = registry.latest();
    let after = place.open_at(&domain::collections(), latest).await.unwrap();
    let found = after.scan(collection("keys"), None, 100).await.unwrap();
    let found = found.into_iter().map(|document| {
        assert_eq!(document.revision, Revision::FIRST);
        format!(
            "{} {}",
            document.id,
            document.body["owner"].as_str().unwrap()
        )
    });
    let found = found.collect();
    drop(after);
    (place, found)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_of_numbers_get_fourteen_digits_and_none_is_lost() {
    let keys = [
        ("gtin/art_1/036000291452", stamp("prd_1")),
        ("gtin/art_1/96385074", stamp("prd_2")),
        ("gtin/art_2/00036000291452", stamp("prd_3")),
        ("gtin/art_2/0036000291452", stamp("prd_4")),
        ("gtin/art_2/036000291452", stamp("prd_5")),
        ("gtin/art_3/0036000291452", stamp("")),
        ("gtin/art_3/036000291452", stamp("prd_6")),
        ("gtin/art_4/00000000", stamp("prd_7")),
        ("slug/product/art_1/036000291452", stamp("prd_1")),
    ];
    let (_place, found) = migrated(&keys, &[]).await;
    assert_eq!(
        found,
        [
            "free/gtin/art_3/0036000291452 ",
            "gtin/art_1/00000096385074 prd_2",
            "gtin/art_1/00036000291452 prd_1",
            "gtin/art_2/00036000291452 prd_3",
            "gtin/art_2/0036000291452 prd_4",
            "gtin/art_2/036000291452 prd_5",
            "gtin/art_3/00036000291452 prd_6",
            "gtin/art_4/00000000 prd_7",
            "slug/product/art_1/036000291452 prd_1",
        ]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_number_of_zeros_is_none_afterwards() {
    let product = |gtin: &str| json!({ "state": "live", "parent": "art_1", "mark": null, "content": { "gtin": gtin } });
    let products = [
        ("prd_1", product("00000000")),
        ("prd_2", product("96385074")),
    ];
    let (place, _) = migrated(&[], &products).await;
    let latest = Registry::of_program().latest();
    let store = place.open_at(&domain::collections(), latest).await.unwrap();
    for (id, expected) in [("prd_1", Value::Null), ("prd_2", json!("96385074"))] {
        let found = store
            .get(collection("products"), id)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(found.body["content"]["gtin"], expected, "{id}");
    }
}
