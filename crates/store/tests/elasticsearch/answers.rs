//! Answers that are lost: what was done then is done once, and what cannot be known is not claimed.

use domain::documents::{Documents, Revision, StoreError};
use testbed::proxy::Way;

use crate::fixture::{Bed, TALES, assert_unavailable, eventually, tale, while_way};

/// Lets answers be lost until the server has done what was asked, then no more.
async fn losing<T>(bed: &Bed, id: &str, revision: Option<u64>, deed: impl Future<Output = T>) -> T {
    let other = testbed_store(bed).await;
    bed.proxy.lead(Way::LosesAnswers).await;
    let (done, ()) = tokio::join!(deed, async {
        eventually("it is done", || async {
            let there = other.get(&TALES, id).await.unwrap();
            there.map(|there| there.revision.0) == revision
        })
        .await;
        bed.proxy.lead(Way::Open).await;
    });
    done
}

/// A store by the straight way.
async fn testbed_store(bed: &Bed) -> store::elasticsearch::Elasticsearch {
    let settings = bed.indices.settings();
    store::elasticsearch::Elasticsearch::connect(settings, &[&TALES])
        .await
        .unwrap()
}

#[tokio::test]
async fn a_creation_whose_answer_was_lost_is_known_by_its_token_or_not_claimed() {
    let bed = Bed::new().await;
    let created = losing(
        &bed,
        "a",
        Some(1),
        bed.store.create(&TALES, "a", tale("mine")),
    )
    .await;
    // Reading it back may have failed as well, and then nothing is claimed.
    match created {
        Ok(revision) => assert_eq!(revision, Revision::FIRST),
        other => drop(assert_unavailable(other)),
    }
    let there = bed.store.get(&TALES, "a").await.unwrap().unwrap();
    assert_eq!(
        (there.revision, there.body),
        (Revision::FIRST, tale("mine"))
    );
    let again = bed.store.create(&TALES, "a", tale("other")).await;
    assert!(matches!(again, Err(StoreError::Exists)), "{again:?}");
}

#[tokio::test]
async fn a_replacement_whose_answer_was_lost_is_made_once() {
    let bed = Bed::new().await;
    let first = bed.store.create(&TALES, "a", tale("1")).await.unwrap();
    let replace = bed.store.replace(&TALES, "a", first, tale("2"));
    match losing(&bed, "a", Some(2), replace).await {
        Ok(revision) => assert_eq!(revision, Revision(2)),
        other => drop(assert_unavailable(other)),
    }
    let there = bed.store.get(&TALES, "a").await.unwrap().unwrap();
    assert_eq!((there.revision, there.body), (Revision(2), tale("2")));
}

#[tokio::test]
async fn a_removal_whose_answer_was_lost_is_made() {
    let bed = Bed::new().await;
    let first = bed.store.create(&TALES, "a", tale("1")).await.unwrap();
    let removed = losing(&bed, "a", None, bed.store.remove(&TALES, "a", first)).await;
    assert!(
        matches!(
            removed,
            Ok(()) | Err(StoreError::Moved | StoreError::Unavailable(_))
        ),
        "{removed:?}"
    );
    assert_eq!(bed.store.get(&TALES, "a").await.unwrap(), None);
}

/// The first request of a creation could still be on its way when the document has been created by
/// a second one and removed, and would bring it back.
#[tokio::test]
async fn a_creation_that_was_sent_is_not_sent_again() {
    let bed = Bed::new().await;
    bed.proxy.take_requests();
    let created = while_way(
        &bed.proxy,
        Way::LosesAnswers,
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
    let bed = Bed::new().await;
    bed.store.create(&TALES, "a", tale("1")).await.unwrap();
    bed.proxy.take_requests();
    bed.proxy.lead(Way::LosesAnswers).await;
    let (read, ()) = tokio::join!(bed.store.get(&TALES, "a"), async {
        eventually("it was asked", || async {
            !bed.proxy.take_requests().is_empty()
        })
        .await;
        bed.proxy.lead(Way::Open).await;
    });
    assert!(read.unwrap().is_some());
}
