//! Claims about concurrent callers.

use std::future::Future;

use domain::documents::{Revision, StoreError};
use serde_json::json;
use tokio::task::JoinSet;

use crate::fixture::{Store, TALES, create, document, get, tale};

/// Runs `count` calls at once and returns their results in the order of their numbers.
async fn at_once<T, F>(count: u64, one: impl Fn(u64) -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let mut running = JoinSet::new();
    for number in 0..count {
        let answer = one(number);
        running.spawn(async move { (number, answer.await) });
    }
    let mut answers = running.join_all().await;
    answers.sort_by_key(|(number, _)| *number);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

/// The number of the call that succeeded; all others must have failed with `is_loss`.
fn winner<T: std::fmt::Debug>(
    answers: &[Result<T, StoreError>],
    is_loss: impl Fn(&StoreError) -> bool,
) -> usize {
    let won: Vec<usize> = (0..answers.len())
        .filter(|&number| answers[number].is_ok())
        .collect();
    let lost = answers
        .iter()
        .filter_map(|answer| answer.as_ref().err())
        .filter(|e| is_loss(e));
    assert_eq!(
        (won.len(), lost.count()),
        (1, answers.len() - 1),
        "{answers:?}"
    );
    won[0]
}

pub(crate) async fn of_64_creates_of_one_id_exactly_one_wins(store: Store) {
    let answers = at_once(64, |number| {
        let store = store.clone();
        async move { store.create(&TALES, "tale", json!({ "by": number })).await }
    });
    let won = winner(&answers.await, |loss| matches!(loss, StoreError::Exists));
    let kept = document("tale", 1, json!({ "by": won }));
    assert_eq!(get(&store, "tale").await, Some(kept));
}

pub(crate) async fn of_64_replacements_from_one_revision_exactly_one_wins(store: Store) {
    let first = create(&store, "tale", json!({})).await;
    let answers = at_once(64, |number| {
        let store = store.clone();
        async move {
            store
                .replace(&TALES, "tale", first, json!({ "by": number }))
                .await
        }
    });
    let won = winner(&answers.await, |loss| matches!(loss, StoreError::Conflict));
    let kept = document("tale", 2, json!({ "by": won }));
    assert_eq!(get(&store, "tale").await, Some(kept));
}

pub(crate) async fn of_a_replacement_and_a_removal_exactly_one_wins(store: Store) {
    for round in 0..20 {
        let id = format!("tale-{round}");
        let first = create(&store, &id, json!({})).await;
        let answers = at_once(2, |number| {
            let (store, id) = (store.clone(), id.clone());
            async move {
                if number == 0 {
                    return store
                        .replace(&TALES, &id, first, json!({ "new": true }))
                        .await;
                }
                store.remove(&TALES, &id, first).await.map(|()| first)
            }
        });
        let won = winner(&answers.await, |loss| matches!(loss, StoreError::Conflict));
        assert_eq!(get(&store, &id).await.is_some(), won == 0);
    }
}

pub(crate) async fn counters_raised_by_many_lose_nothing(store: Store) {
    create(&store, "counter", json!({ "count": 0 })).await;
    at_once(8, |_| {
        let store = store.clone();
        async move {
            for _ in 0..25 {
                while !raise(&store).await {}
            }
        }
    })
    .await;
    let kept = document("counter", 201, json!({ "count": 200 }));
    assert_eq!(get(&store, "counter").await, Some(kept));
}

async fn raise(store: &Store) -> bool {
    let counter = get(store, "counter").await.unwrap();
    let count = counter.body["count"].as_u64().unwrap() + 1;
    let body = json!({ "count": count });
    match store
        .replace(&TALES, "counter", counter.revision, body)
        .await
    {
        Ok(_) => true,
        Err(StoreError::Conflict) => false,
        Err(failure) => panic!("{failure}"),
    }
}

pub(crate) async fn creates_of_different_ids_all_succeed(store: Store) {
    let answers = at_once(200, |number| {
        let store = store.clone();
        async move {
            store
                .create(&TALES, &format!("tale-{number}"), tale("Grimm"))
                .await
        }
    });
    assert!(
        answers
            .await
            .iter()
            .all(|answer| matches!(answer, Ok(Revision::FIRST)))
    );
    for number in 0..200 {
        assert!(get(&store, &format!("tale-{number}")).await.is_some());
    }
}

pub(crate) async fn readers_see_a_document_only_whole_and_never_go_back(store: Store) {
    let body = |revision: u64| json!({ "a": revision, "pad": "x".repeat(5000), "z": revision });
    let mut revision = create(&store, "tale", body(1)).await;
    let reader = tokio::spawn({
        let store = store.clone();
        async move {
            let mut last = Revision::FIRST;
            while last < Revision(100) {
                let seen = get(&store, "tale").await.unwrap();
                assert!(seen.revision >= last);
                assert_eq!(
                    (&seen.body["a"], &seen.body["z"]),
                    (&json!(seen.revision.0), &json!(seen.revision.0))
                );
                last = seen.revision;
            }
        }
    });
    while revision < Revision(100) {
        let next = body(revision.next().0);
        revision = store.replace(&TALES, "tale", revision, next).await.unwrap();
        assert_eq!(get(&store, "tale").await.unwrap().revision, revision);
    }
    reader.await.unwrap();
}
