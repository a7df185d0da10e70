//! The number of requests.

use std::sync::Arc;

use domain::documents::{Consistency, Documents, FieldQuery};

use crate::fixture::{ClusterFixture, TALES, shared, tale};

async fn at_once<F: Future<Output = ()> + Send + 'static>(count: u32, one: impl Fn(u32) -> F) {
    let running: Vec<_> = (0..count).map(|number| tokio::spawn(one(number))).collect();
    for running in running {
        running.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reads_and_writes_that_wait_share_requests() {
    let fixture = ClusterFixture::new().await;
    let (proxy, store) = (fixture.proxy, shared(fixture.store));
    proxy.take_requests();
    at_once(1_000, |number| {
        let store = Arc::clone(&store);
        async move {
            store
                .create(&TALES, &number.to_string(), tale("1"))
                .await
                .unwrap();
        }
    })
    .await;
    let writes = proxy.take_requests().len();
    at_once(1_000, |number| {
        let store = Arc::clone(&store);
        async move {
            assert!(
                store
                    .get(&TALES, &number.to_string())
                    .await
                    .unwrap()
                    .is_some()
            );
        }
    })
    .await;
    let reads = proxy.take_requests().len();
    assert!(writes < 100 && reads < 100, "{writes} and {reads} requests");
}

#[tokio::test]
async fn a_replacement_of_what_was_just_read_takes_one_request() {
    let fixture = ClusterFixture::new().await;
    fixture.store.create(&TALES, "a", tale("1")).await.unwrap();
    let there = fixture.store.get(&TALES, "a").await.unwrap().unwrap();
    fixture.proxy.take_requests();
    fixture
        .store
        .replace(&TALES, "a", there.revision, tale("2"))
        .await
        .unwrap();
    assert_eq!(fixture.proxy.take_requests().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lists_that_must_be_current_share_refreshes_and_cheap_ones_make_none() {
    let fixture = ClusterFixture::new().await;
    let (proxy, store) = (fixture.proxy, shared(fixture.store));
    store.create(&TALES, "a", tale("1")).await.unwrap();
    for (consistency, most) in [(Consistency::Current, 40), (Consistency::MaxAge, 0)] {
        proxy.take_requests();
        at_once(100, |_| {
            let store = Arc::clone(&store);
            async move {
                let listing = FieldQuery {
                    field: "author",
                    value: "1",
                    after: None,
                    limit: 10,
                    consistency,
                };
                store.list(&TALES, listing).await.unwrap();
            }
        })
        .await;
        let requests = proxy.take_requests();
        let refreshes = requests
            .iter()
            .filter(|line| line.contains("_refresh"))
            .count();
        assert!(refreshes <= most, "{refreshes} refreshes for 100 lists");
        assert!(most == 0 || refreshes > 0);
    }
}
