//! Lost responses: a write that was done is done once, and an unknown outcome is reported as such.

use domain::documents::{Documents, Revision, StoreError};
use testbed::proxy::Fault;

use crate::fixture::{ClusterFixture, TALES, assert_unavailable, tale, while_way};

#[tokio::test]
async fn a_creation_whose_answer_was_lost_is_known_by_its_token() {
    let fixture = ClusterFixture::new().await;
    fixture.proxy.lose_next(1);
    let created = fixture.store.create(&TALES, "a", tale("mine")).await;
    assert_eq!(created.unwrap(), Revision::FIRST);
    let there = fixture.store.get(&TALES, "a").await.unwrap().unwrap();
    assert_eq!(
        (there.revision, there.body),
        (Revision::FIRST, tale("mine"))
    );
    fixture.proxy.lose_next(1);
    let again = fixture.store.create(&TALES, "a", tale("other")).await;
    assert!(
        matches!(again, Err(StoreError::Exists | StoreError::Unavailable(_))),
        "somebody else's is not ours: {again:?}"
    );
}

#[tokio::test]
async fn a_replacement_whose_answer_was_lost_is_made_once() {
    let fixture = ClusterFixture::new().await;
    let mut revision = fixture.store.create(&TALES, "a", tale("1")).await.unwrap();
    for next in 2..10 {
        fixture.proxy.lose_next(1);
        let body = tale(&next.to_string());
        revision = fixture
            .store
            .replace(&TALES, "a", revision, body.clone())
            .await
            .unwrap();
        assert_eq!(revision, Revision(next));
        let there = fixture.store.get(&TALES, "a").await.unwrap().unwrap();
        assert_eq!((there.revision, there.body), (revision, body));
    }
}

#[tokio::test]
async fn a_removal_whose_answer_was_lost_is_made() {
    let fixture = ClusterFixture::new().await;
    let first = fixture.store.create(&TALES, "a", tale("1")).await.unwrap();
    fixture.proxy.lose_next(1);
    let removed = fixture.store.remove(&TALES, "a", first).await;
    assert!(
        matches!(removed, Ok(()) | Err(StoreError::Conflict)),
        "{removed:?}"
    );
    assert_eq!(fixture.store.get(&TALES, "a").await.unwrap(), None);
}

/// The first request of a creation could still be in flight when the document has been created by
/// a second one and removed, and would bring it back.
#[tokio::test]
async fn a_creation_that_was_sent_is_not_sent_again() {
    let fixture = ClusterFixture::new().await;
    fixture.proxy.take_requests();
    let created = while_way(
        &fixture.proxy,
        Fault::LosesAnswers,
        fixture.store.create(&TALES, "a", tale("mine")),
    )
    .await;
    assert_unavailable(created);
    let sent = fixture.proxy.take_requests();
    let writes = sent.iter().filter(|line| line.contains("_bulk")).count();
    assert_eq!(writes, 1, "{sent:?}");
}

#[tokio::test]
async fn a_read_whose_answer_was_lost_is_repeated() {
    let fixture = ClusterFixture::new().await;
    fixture.store.create(&TALES, "a", tale("1")).await.unwrap();
    for _ in 0..3 {
        fixture.proxy.lose_next(1);
        assert!(fixture.store.get(&TALES, "a").await.unwrap().is_some());
    }
}

/// A cluster repeats a write whose primary dies, and refuses its own document the second time.
#[tokio::test]
async fn a_write_that_the_cluster_repeats_by_itself_is_ours() {
    let fixture = ClusterFixture::new().await;
    fixture.proxy.inject(Fault::Repeats).await;
    let first = fixture.store.create(&TALES, "a", tale("mine")).await;
    assert_eq!(first.unwrap(), Revision::FIRST);
    let second = fixture
        .store
        .replace(&TALES, "a", Revision::FIRST, tale("2"))
        .await;
    assert_eq!(second.unwrap(), Revision(2));
    let other = fixture.store.create(&TALES, "a", tale("other")).await;
    assert!(matches!(other, Err(StoreError::Exists)), "{other:?}");
    let old = fixture
        .store
        .replace(&TALES, "a", Revision::FIRST, tale("3"))
        .await;
    assert!(matches!(old, Err(StoreError::Conflict)), "{old:?}");
    let there = fixture.store.get(&TALES, "a").await.unwrap().unwrap();
    assert_eq!((there.revision, there.body), (Revision(2), tale("2")));
}
