//! `inspired seed` on empty and filled catalogues.

use std::{
    collections::BTreeMap,
    process::Output,
    time::{Duration, Instant},
};

use data_encoding::HEXLOWER;
use domain::documents::{Collection, Document, Documents};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use testbed::TestStore;

use super::refusals::one_line;
use crate::support::{
    Caller, Program, TestResponse,
    binary::{Serving, command},
};

/// The digest of the sample catalogue, without ids, times and owners. A change of the data or of stored
/// content changes it; it is the same for both stores.
const DIGEST: &str = "362060faaa64c707772baa09571ce6680d028fd81ba75bf2422c33b87fe638a7";
/// Number of artists, videos, products and retailers in the sample.
const COUNTS: [(&str, usize); 4] = [
    ("artists", 41),
    ("videos", 200),
    ("products", 120),
    ("retailers", 20),
];

fn run(place: &TestStore, args: &[&str]) -> Output {
    let mut program = command();
    program.envs(place.variables()).args(args);
    program.output().unwrap()
}

/// The output of a successful run.
#[track_caller]
fn printed(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{errors}");
    assert!(errors.is_empty(), "{errors}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The numbers in the line of a kind.
fn numbers(text: &str, kind: &str) -> Vec<usize> {
    let line = text.lines().find(|line| line.starts_with(kind)).unwrap();
    let words = line.split([' ', ',']);
    words.filter_map(|word| word.parse().ok()).collect()
}

/// All stored entities of a kind, except reservations that were never used.
async fn stored(documents: &dyn Documents, kind: &str) -> Vec<Document> {
    let collection: &'static Collection = domain::collections()
        .into_iter()
        .find(|collection| collection.name == kind)
        .unwrap();
    let mut documents = documents.scan(collection, None, 1000).await.unwrap();
    documents.retain(|document| document.body["state"] == "live");
    documents
}

/// All entities by kind, artist and slug, without the parts that differ between stores.
async fn contents(place: &TestStore) -> BTreeMap<String, Value> {
    let documents = place.open(&domain::collections()).await;
    let artists = stored(documents.as_ref(), "artists").await;
    let slugs: BTreeMap<_, _> = artists
        .into_iter()
        .map(|artist| (artist.id, artist.body["slug"].clone()))
        .collect();
    let mut contents = BTreeMap::new();
    for (kind, _) in COUNTS {
        for document in stored(documents.as_ref(), kind).await {
            let body = document.body;
            let parent = body["parent"].as_str().unwrap();
            let artist = slugs.get(parent).cloned().unwrap_or_default();
            let place = format!("{kind} {artist} {}", body["slug"]);
            contents.insert(place, json!([body["content"], body["mark"]]));
        }
    }
    contents
}

/// Keys of JSON objects are sorted in both.
fn digest(contents: &BTreeMap<String, Value>) -> String {
    let mut sha = Sha256::new();
    for (place, content) in contents {
        sha.update(format!("{place} {content}\n"));
    }
    HEXLOWER.encode(&sha.finalize())
}

/// The accounts that own artists, each once.
async fn owners(place: &TestStore) -> Vec<String> {
    let documents = place.open(&domain::collections()).await;
    let artists = stored(documents.as_ref(), "artists").await;
    let owner = |artist: Document| artist.body["parent"].as_str().unwrap().to_owned();
    let mut owners: Vec<_> = artists.into_iter().map(owner).collect();
    owners.dedup();
    owners
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seed_is_the_same_on_every_store_and_a_second_one_changes_nothing() {
    let place = TestStore::fresh();
    let first = printed(&run(&place, &["seed"]));
    for (kind, count) in COUNTS {
        assert_eq!(numbers(&first, kind), [count, 0], "{first}");
    }
    let before = contents(&place).await;
    let all = COUNTS.iter().map(|(_, count)| count).sum::<usize>();
    assert_eq!(before.len(), all);
    assert_eq!(digest(&before), DIGEST);
    let revisions = place_revisions(&place).await;
    let second = printed(&run(&place, &["seed"]));
    for (kind, count) in COUNTS {
        assert_eq!(numbers(&second, kind), [0, count], "{second}");
    }
    assert!(second.contains("nothing was changed"), "{second}");
    assert_eq!(place_revisions(&place).await, revisions);
}

/// The revision of every document.
async fn place_revisions(place: &TestStore) -> Vec<(String, u64)> {
    let documents = place.open(&domain::collections()).await;
    let mut revisions = Vec::new();
    for collection in domain::collections() {
        let all = documents.scan(collection, None, 5000).await.unwrap();
        let named = |document: Document| {
            let name = format!("{}/{}", collection.name, document.id);
            (name, document.revision.0)
        };
        revisions.extend(all.into_iter().map(named));
    }
    revisions
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_changed_or_deleted_since_stays_so_and_what_is_missing_comes() {
    let place = TestStore::fresh();
    printed(&run(&place, &["seed"]));
    let documents = place.open(&domain::collections()).await;
    let collections = domain::collections();
    let videos = collections.iter().find(|one| one.name == "videos").unwrap();
    let mut stored = documents.scan(videos, None, 2).await.unwrap();
    let (changed, missing) = (stored.remove(0), stored.remove(0));
    let mut body = changed.body.clone();
    body["content"]["title"] = json!("Another title");
    let replaced = documents.replace(videos, &changed.id, changed.revision, body);
    replaced.await.unwrap();
    let removed = documents.remove(videos, &missing.id, missing.revision);
    removed.await.unwrap();
    free_keys_of(documents.as_ref(), &missing.id).await;
    drop(documents);
    let again = printed(&run(&place, &["seed"]));
    assert_eq!(numbers(&again, "videos"), [1, 199], "{again}");
    assert_eq!(numbers(&again, "products"), [0, 120], "{again}");
    let documents = place.open(&domain::collections()).await;
    let kept = documents.get(videos, &changed.id).await.unwrap().unwrap();
    assert_eq!(kept.body["content"]["title"], "Another title");
}

/// A removed entity has no reservations either.
async fn free_keys_of(documents: &dyn Documents, id: &str) {
    let collections = domain::collections();
    let keys = collections.iter().find(|one| one.name == "keys").unwrap();
    for key in documents.scan(keys, None, 1000).await.unwrap() {
        if key.body.to_string().contains(id) {
            let removed = documents.remove(keys, &key.id, key.revision);
            removed.await.unwrap();
        }
    }
}

/// An account with this address, created by a server that has ended.
async fn signed_up(place: &TestStore, address: &str) -> String {
    let server = Serving::over(place, &[]).await;
    let program = Program::at(server.address);
    let password = "a long walk by the sea";
    let form = json!({ "email_address": address, "password": password });
    program.new_user(&form).await.is(201);
    let answer: TestResponse = program.log_in(address, password).await;
    let id = answer.json()["data"]["id"].as_str().unwrap().to_owned();
    server.stop().await;
    id
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_gets_it_all_and_nobody_else_does_afterwards() {
    let place = TestStore::fresh();
    let ada = signed_up(&place, "ada@example.org").await;
    signed_up(&place, "bob@example.org").await;
    printed(&run(&place, &["seed", "--owner", "Ada@Example.org"]));
    assert_eq!(owners(&place).await, [ada.as_str()]);
    let before = place_revisions(&place).await;
    for args in [&["seed", "--owner", "bob@example.org"][..], &["seed"]] {
        let text = printed(&run(&place, args));
        for (kind, count) in COUNTS {
            assert_eq!(numbers(&text, kind), [0, 0, count], "{text}");
        }
    }
    let after = place_revisions(&place).await;
    let is_of_catalogue = |(name, _): &&(String, u64)| {
        !["accounts/", "claims/"]
            .iter()
            .any(|kind| name.starts_with(kind))
    };
    let catalogue =
        |all: &[(String, u64)]| -> Vec<_> { all.iter().filter(is_of_catalogue).cloned().collect() };
    assert_eq!(catalogue(&after), catalogue(&before));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_that_there_is_not_is_named_in_one_line() {
    let place = TestStore::fresh();
    let line = one_line(&run(&place, &["seed", "--owner", "nobody@example.org"]), 1);
    assert!(line.contains("'nobody@example.org'"), "{line}");
    assert!(contents(&place).await.is_empty());
    for args in [
        &["seed", "--owner"][..],
        &["seed", "--owner", "no address"],
        &["seed", "--nothing"],
        &["seed", "again"],
    ] {
        one_line(&run(&place, args), 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_signed_up_with_the_address_of_nobody_gets_nothing() {
    let place = TestStore::fresh();
    signed_up(&place, "catalogue@inspired.invalid").await;
    let line = one_line(&run(&place, &["seed"]), 1);
    assert!(line.contains("--owner"), "{line}");
    assert!(contents(&place).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn two_seeds_at_once_make_everything_once() {
    let place = TestStore::fresh();
    let both = [(); 2].map(|()| {
        let mut program = command();
        program.envs(place.variables()).arg("seed");
        std::thread::spawn(move || program.output().unwrap())
    });
    for output in both {
        let output = output.join().unwrap();
        if output.status.code() != Some(0) {
            let line = one_line(&output, 1);
            let is_told = ["try again", "is in use by"].map(|why| line.contains(why));
            assert!(is_told.contains(&true), "{line}");
        }
    }
    seeded_in_the_end(&place);
    assert_eq!(digest(&contents(&place).await), DIGEST);
}

/// A run that was interrupted has left reservations that are valid for ten seconds; the next run refuses
/// until they expire, and is repeated here.
fn seeded_in_the_end(place: &TestStore) {
    let began = Instant::now();
    loop {
        let output = run(place, &["seed"]);
        if output.status.success() {
            return;
        }
        let line = one_line(&output, 1);
        assert!(line.contains("try again in ten seconds"), "{line}");
        assert!(began.elapsed() < Duration::from_secs(30), "{line}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reindex_counts_what_is_stored() {
    let place = TestStore::fresh();
    assert!(printed(&run(&place, &["reindex"])).starts_with("0 entries"));
    printed(&run(&place, &["seed"]));
    assert!(printed(&run(&place, &["reindex"])).starts_with("381 entries"));
    one_line(&run(&place, &["reindex", "--nothing"]), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_in_use_is_refused_by_both() {
    let place = TestStore::fresh();
    let folder = place.folder().to_str().unwrap();
    let _server = Serving::over_folder(place.folder(), &[]).await;
    for name in ["seed", "reindex"] {
        let mut program = command();
        let output = program.args([name, "--data", folder]).output().unwrap();
        let line = one_line(&output, 1);
        assert!(line.contains("is in use by"), "{line}");
    }
}
