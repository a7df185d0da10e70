//! Lost responses: a write that was done is done once, and an unknown outcome is reported as such.

use domain::documents::{Documents, Revision, StoreError};
use testbed::proxy::Fault;

use crate::fixture::{ClusterFixture, TALES, assert_unavailable, tale, while_way};

#[tokio::test]
async fn a_creation_whose_answer_was_lost_is_known_by_its_token() {
    let bed = ClusterFixture::new().await;
    bed.proxy.lose_next(1);
    let created = bed.store.create(&TALES, "a", tale("mine")).await;
    assert_eq!(created.unwrap(), Revision::FIRST);
    let there = bed.store.get(&TALES, "a").await.unwrap().unwrap();
    assert_eq!(
        (there.revision, there.body),
        (Revision::FIRST, tale("mine"))
    );
    bed.proxy.lose_next(1);
    let again = bed.store.create(&TALES, "a", tale("other")).await;
    assert!(
        matches!(again, Err(StoreError::Exists | StoreError::Unavailable(_))),
        "somebody else's is not ours: {again:?}"
    );
}

#[tokio::test]
async fn a_replacement_whose_answer_was_lost_is_made_once() {
    let bed = ClusterFixture::new().await;
    let mut revision = bed.store.create(&TALES, "a", tale("1")).await.unwrap();
    for next in 2..10 {
        bed.proxy.lose_next(1);
        let body = tale(&next.to_string());
        revision = bed
            .store
            .replace(&TALES, "a", revision, body.clone())
            .await
            .unwrap();
        assert_eq!(revision, Revision(next));
        let there = bed.store.get(&TALES, "a").await.unwrap().unwrap();
        assert_eq!((there.revision, there.body), (revision, body));
    }
}

#[tokio::test]
async fn a_removal_whose_answer_was_lost_is_made() {
    let bed = ClusterFixture::new().await;
    let first = bed.store.create(&TALES, "a", tale("1")).await.unwrap();
    bed.proxy.lose_next(1);
    let removed = bed.store.remove(&TALES, "a", first).await;
    assert!(
        matches!(removed, Ok(()) | Err(StoreError::Conflict)),
        "{removed:?}"
    );
    assert_eq!(bed.store.get(&TALES, "a").await.unwrap(), None);
}

/// The first request of a creation could still be in flight when the document has been created by
/// a second one and removed, and would bring it back.
#[tokio::test]
async fn a_creation_that_was_sent_is_not_sent_again() {
    let bed = ClusterFixture::new().await;
    bed.proxy.take_requests();
    let created = while_way(
        &bed.proxy,
        Fault::LosesAnswers,
        bed.store.create(&TALES, "a", tale("mine")),
    )
    .await;
    assert_unavailable(created);
    let sent = bed.proxy.take_requests();
    let writes = sent.iter().filter(|line| line.contains("_bulk")).count();
    assert_eq!(writes, 1, "{sent:?}");
}

#[tokio::test]
async fn a_read_whose_answer_was_lost_is_repeated() {
    let bed = ClusterFixture::new().await;
    bed.store.create(&TALES, "a", tale("1")).await.unwrap();
    for _ in 0..3 {
        bed.proxy.lose_next(1);
        assert!(bed.store.get(&TALES, "a").await.unwrap().is_some());
    }
}

/// A cluster repeats a write whose primary dies, and refuses its own document the second time.
#[tokio::test]
async fn a_write_that_the_cluster_repeats_by_itself_is_ours() {
    let bed = ClusterFixture::new().await;
    bed.proxy.inject(Fault::Repeats).await;
    let first = bed.store.create(&TALES, "a", tale("mine")).await;
    assert_eq!(first.unwrap(), Revision::FIRST);
    let second = bed
        .store
        .replace(&TALES, "a", Revision::FIRST, tale("2"))
        .await;
    assert_eq!(second.unwrap(), Revision(2));
    let other = bed.store.create(&TALES, "a", tale("other")).await;
    assert!(matches!(other, Err(StoreError::Exists)), "{other:?}");
    let old = bed
        .store
        .replace(&TALES, "a", Revision::FIRST, tale("3"))
        .await;
    assert!(matches!(old, Err(StoreError::Conflict)), "{old:?}");
    let there = bed.store.get(&TALES, "a").await.unwrap().unwrap();
    assert_eq!((there.revision, there.body), (Revision(2), tale("2")));
}
