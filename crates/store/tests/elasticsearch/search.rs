//! The search index, with several processes and with indices that are not as required.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use domain::{
    documents::{Consistency, StoreError},
    migrations::BASELINE,
    search::{
        EntityKind, Filter, IndexEntry, PageStart, QueryWords, Scope, SearchIndex, SearchQuery,
        Sort,
    },
};
use serde_json::{Value, json};
use store::elasticsearch::{ConnectError, Elasticsearch};
use testbed::{TestIndices, proxy::Fault};

use crate::fixture::{
    ClusterFixture, NOTES, TALES, delete, eventually, exists, get, put, timed, while_way,
};

type Index = Arc<dyn SearchIndex>;

fn fresh() -> TestIndices {
    TestIndices::fresh(&testbed::required_server())
}

async fn open(indices: &TestIndices) -> Result<Index, ConnectError> {
    let store = Elasticsearch::connect(indices.settings(), &[]).await?;
    store.search().await
}

fn video(id: &str, name: &str) -> IndexEntry {
    IndexEntry {
        id: id.to_owned(),
        kind: EntityKind::Video,
        artist: "art_1".to_owned(),
        is_public: true,
        version: 1,
        is_tombstone: false,
        slug: String::new(),
        name: name.to_owned(),
        brand: String::new(),
        text: String::new(),
        created_at: 0,
        updated_at: 0,
        retailer_keys: Vec::new(),
        products: Vec::new(),
    }
}

fn everything(consistency: Consistency) -> SearchQuery {
    SearchQuery {
        scope: Scope::Everything,
        kinds: Vec::new(),
        words: QueryWords::parse(""),
        filter: Filter::None,
        sort: Sort::Name,
        page: PageStart::Offset(0),
        limit: 10_000,
        consistency,
    }
}

async fn ids(index: &Index) -> Vec<String> {
    let found = index
        .search(&everything(Consistency::Current))
        .await
        .unwrap();
    found.ids.into_iter().map(|(_, id)| id).collect()
}

/// The names of the search indices.
async fn generations(indices: &TestIndices) -> Vec<String> {
    let all = get(indices.url(), &format!("{}-search-*", indices.prefix())).await;
    all.as_object().unwrap().keys().cloned().collect()
}

#[tokio::test]
async fn what_one_process_puts_another_finds() {
    let indices = fresh();
    let (one, other) = (open(&indices).await.unwrap(), open(&indices).await.unwrap());
    one.put(vec![video("vid_1", "star")]).await.unwrap();
    assert_eq!(ids(&other).await, ["vid_1"]);
}

#[tokio::test]
async fn a_rebuild_of_one_process_is_everybodys() {
    let indices = fresh();
    let (one, other) = (open(&indices).await.unwrap(), open(&indices).await.unwrap());
    one.put(vec![video("vid_0", "old")]).await.unwrap();
    let rebuild = one.rebuild().await.unwrap();
    other.put(vec![video("vid_1", "star")]).await.unwrap();
    rebuild.put(vec![video("vid_2", "wars")]).await.unwrap();
    rebuild.finish().await.unwrap();
    assert!(other.is_built().await.unwrap());
    assert_eq!(ids(&other).await, ["vid_1", "vid_2"]);
    other.put(vec![video("vid_3", "zoom")]).await.unwrap();
    assert_eq!(ids(&one).await, ["vid_1", "vid_2", "vid_3"]);
    assert_eq!(generations(&indices).await.len(), 1);
}

#[tokio::test]
async fn nothing_that_another_process_puts_during_rebuilds_is_lost() {
    let indices = fresh();
    let (one, other) = (open(&indices).await.unwrap(), open(&indices).await.unwrap());
    let is_over = Arc::new(AtomicBool::new(false));
    // Documents are stored before their entries are written, so a rebuild also reads those whose
    // entry is still in flight.
    let documents = Arc::new(AtomicU64::new(0));
    let writer = tokio::spawn({
        let (is_over, documents) = (is_over.clone(), documents.clone());
        async move {
            let mut count = 0_u64;
            while !is_over.load(Ordering::SeqCst) {
                documents.store(count + 1, Ordering::SeqCst);
                let id = format!("vid_{count:06}");
                other.put(vec![video(&id, &id)]).await.unwrap();
                count += 1;
            }
            count
        }
    });
    for _ in 0..4 {
        let rebuild = one.rebuild().await.unwrap();
        let read = (0..documents.load(Ordering::SeqCst)).map(|number| {
            let id = format!("vid_{number:06}");
            video(&id, &id)
        });
        rebuild.put(read.collect()).await.unwrap();
        rebuild.finish().await.unwrap();
    }
    is_over.store(true, Ordering::SeqCst);
    let count = writer.await.unwrap();
    let all: Vec<_> = (0..count)
        .map(|number| format!("vid_{number:06}"))
        .collect();
    assert_eq!(ids(&one).await, all);
}

/// As when the process dies: the rebuild is neither finished nor abandoned.
#[tokio::test]
async fn a_rebuild_that_died_does_no_harm_and_is_cleared_away_by_the_next_one() {
    let indices = fresh();
    let index = open(&indices).await.unwrap();
    index.put(vec![video("vid_1", "star")]).await.unwrap();
    let died = index.rebuild().await.unwrap();
    died.put(vec![video("vid_2", "moon")]).await.unwrap();
    std::mem::forget(died);
    let next = open(&indices).await.unwrap();
    next.put(vec![video("vid_3", "wars")]).await.unwrap();
    assert_eq!(ids(&next).await, ["vid_1", "vid_3"]);
    assert_eq!(generations(&indices).await.len(), 2);
    let rebuild = next.rebuild().await.unwrap();
    rebuild.put(vec![video("vid_4", "zoom")]).await.unwrap();
    rebuild.finish().await.unwrap();
    assert_eq!(ids(&next).await, ["vid_4"]);
    assert_eq!(generations(&indices).await.len(), 1);
}

#[tokio::test]
async fn a_rebuild_that_was_dropped_leaves_no_index_behind() {
    let indices = fresh();
    let index = open(&indices).await.unwrap();
    drop(index.rebuild().await.unwrap());
    eventually("its index is gone", || async {
        generations(&indices).await.len() == 1
    })
    .await;
}

/// Their names begin like ours.
#[tokio::test]
async fn indices_of_another_installation_are_left_alone() {
    let indices = fresh();
    let others = format!("{}-search-accounts-1", indices.prefix());
    put(indices.url(), &others, &json!({})).await;
    let index = open(&indices).await.unwrap();
    index.rebuild().await.unwrap().finish().await.unwrap();
    assert!(exists(indices.url(), &others).await);
}

#[tokio::test]
async fn many_that_start_at_once_make_one_index() {
    let indices = fresh();
    let starting: Vec<_> = (0..8)
        .map(|_| {
            let settings = indices.settings();
            tokio::spawn(async move {
                let store = Elasticsearch::connect(settings, &[]).await.unwrap();
                store.search().await
            })
        })
        .collect();
    for starting in starting {
        starting.await.unwrap().unwrap();
    }
    assert_eq!(generations(&indices).await.len(), 1);
}

#[tokio::test]
async fn many_rebuilds_at_once_end_with_one_index() {
    let indices = fresh();
    let index = open(&indices).await.unwrap();
    let running: Vec<_> = (0..4)
        .map(|number| {
            let index = index.clone();
            tokio::spawn(async move {
                let rebuild = index.rebuild().await?;
                let id = format!("vid_{number}");
                rebuild.put(vec![video(&id, "star")]).await?;
                rebuild.finish().await
            })
        })
        .collect();
    let mut finished = 0;
    for running in running {
        match running.await.unwrap() {
            Ok(()) => finished += 1,
            Err(StoreError::Conflict | StoreError::Unavailable(_)) => {}
            Err(other) => panic!("{other}"),
        }
    }
    assert!(finished > 0);
    assert_eq!(ids(&index).await.len(), 1);
    eventually("the others are gone", || async {
        generations(&indices).await.len() == 1
    })
    .await;
}

#[tokio::test]
async fn an_index_of_another_program_or_a_newer_one_is_left_alone() {
    let foreign = fresh();
    let name = format!("{}-search", foreign.prefix());
    put(foreign.url(), &name, &json!({})).await;
    let error = open(&foreign).await.unwrap_err();
    assert!(matches!(error, ConnectError::Foreign(_)), "{error}");

    let newer = fresh();
    let alias = format!("{}-search", newer.prefix());
    let body = json!({
        "aliases": { &alias: {} },
        "mappings": { "_meta": { "inspired": { "schema": 999 } } },
    });
    put(newer.url(), &format!("{alias}-999-first"), &body).await;
    let error = open(&newer).await.unwrap_err();
    assert!(
        matches!(error, ConnectError::Newer { found: 999, .. }),
        "{error}"
    );
}

#[tokio::test]
async fn an_index_that_is_as_old_as_the_documents_is_whole_and_no_later_one() {
    let fixture = ClusterFixture::new().await;
    for is_whole in [true, false] {
        let index = fixture.store.search().await.unwrap();
        assert_eq!(index.is_built().await.unwrap(), is_whole);
        for name in generations(&fixture.indices).await {
            delete(fixture.indices.url(), &name).await;
        }
    }
    let settings = fixture.indices.settings();
    let collections = [&TALES, &NOTES];
    let later = Elasticsearch::connect_at(settings, &collections, BASELINE);
    let index = later.await.unwrap().search().await.unwrap();
    assert!(!index.is_built().await.unwrap());
}

#[tokio::test]
async fn an_index_of_an_older_version_is_begun_anew() {
    let indices = fresh();
    let alias = format!("{}-search", indices.prefix());
    let old = format!("{alias}-1-first");
    let body = json!({
        "aliases": { &alias: { "is_write_index": true }, format!("{alias}-built"): {} },
        "mappings": { "_meta": { "inspired": { "schema": 1 } } },
    });
    put(indices.url(), &old, &body).await;
    let index = open(&indices).await.unwrap();
    assert!(!index.is_built().await.unwrap());
    index.put(vec![video("vid_1", "star")]).await.unwrap();
    assert_eq!(ids(&index).await, ["vid_1"]);
    let generations = generations(&indices).await;
    assert!(generations.len() == 1 && !generations.contains(&old));
}

/// The index is derived, so it can be dropped.
#[tokio::test]
async fn an_index_that_is_not_what_it_should_be_is_begun_anew() {
    let indices = fresh();
    let index = open(&indices).await.unwrap();
    let rebuild = index.rebuild().await.unwrap();
    rebuild.put(vec![video("vid_1", "star")]).await.unwrap();
    rebuild.finish().await.unwrap();
    let more = json!({ "properties": { "more": { "type": "keyword" } } });
    let mapping = format!("{}-search/_mapping", indices.prefix());
    put(indices.url(), &mapping, &more).await;
    let index = open(&indices).await.unwrap();
    assert!(!index.is_built().await.unwrap());
    assert!(ids(&index).await.is_empty());
    index.put(vec![video("vid_2", "moon")]).await.unwrap();
    assert_eq!(ids(&index).await, ["vid_2"]);
    assert_eq!(generations(&indices).await.len(), 1);
}

#[tokio::test]
async fn an_index_that_was_deleted_is_unavailable_until_it_is_rebuilt_and_never_guessed() {
    let fixture = ClusterFixture::new().await;
    let index = fixture.store.search().await.unwrap();
    for name in generations(&fixture.indices).await {
        delete(fixture.indices.url(), &name).await;
    }
    let refused = index.put(vec![video("vid_1", "star")]).await;
    assert!(
        matches!(refused, Err(StoreError::Unavailable(_))),
        "{refused:?}"
    );
    let searched = index.search(&everything(Consistency::MaxAge)).await;
    assert!(
        matches!(searched, Err(StoreError::Unavailable(_))),
        "{searched:?}"
    );
    assert!(!index.is_built().await.unwrap());
    assert!(generations(&fixture.indices).await.is_empty());
    let rebuild = index.rebuild().await.unwrap();
    rebuild.put(vec![video("vid_2", "moon")]).await.unwrap();
    rebuild.finish().await.unwrap();
    assert!(index.is_built().await.unwrap());
    assert_eq!(ids(&index).await, ["vid_2"]);
}

#[tokio::test]
async fn without_a_cluster_everything_is_unavailable_in_time_and_works_again() {
    let fixture = ClusterFixture::new().await;
    let index = fixture.store.search().await.unwrap();
    let fails = async {
        let (put, took) = timed(index.put(vec![video("vid_1", "star")])).await;
        assert!(matches!(put, Err(StoreError::Unavailable(_))), "{put:?}");
        assert!(took < crate::fixture::PATIENCE, "{took:?}");
        for consistency in [Consistency::Current, Consistency::MaxAge] {
            let found = index.search(&everything(consistency)).await;
            assert!(
                matches!(found, Err(StoreError::Unavailable(_))),
                "{found:?}"
            );
        }
        assert!(index.rebuild().await.is_err());
        assert!(index.is_built().await.is_err());
    };
    while_way(&fixture.proxy, Fault::Gone, fails).await;
    eventually("entries can be put", || async {
        index.put(vec![video("vid_2", "moon")]).await.is_ok()
    })
    .await;
    assert!(ids(&index).await.contains(&"vid_2".to_owned()));
}

#[tokio::test]
async fn what_is_no_answer_of_elasticsearch_is_no_result() {
    let fixture = ClusterFixture::new().await;
    let index = fixture.store.search().await.unwrap();
    index.put(vec![video("vid_1", "star")]).await.unwrap();
    for body in [
        "{}",
        "<html>It works!</html>",
        r#"{"timed_out":true,"hits":{"total":{"value":0},"hits":[]}}"#,
        r#"{"timed_out":false,"hits":{"total":{"value":1},"hits":[{"fields":{"kind":["video"]},"sort":[]}]}}"#,
    ] {
        let answer = Fault::answering("200 OK", body);
        let cheap = everything(Consistency::MaxAge);
        let found = while_way(&fixture.proxy, answer, index.search(&cheap)).await;
        let is_failure = matches!(
            found,
            Err(StoreError::Unavailable(_) | StoreError::Damaged(_))
        );
        assert!(is_failure, "{body}: {found:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn puts_share_requests_and_searches_share_refreshes() {
    let fixture = ClusterFixture::new().await;
    let index = fixture.store.search().await.unwrap();
    fixture.proxy.take_requests();
    at_once(200, |number| {
        let index = index.clone();
        async move {
            let id = format!("vid_{number}");
            index.put(vec![video(&id, "star")]).await.unwrap();
        }
    })
    .await;
    let puts = fixture.proxy.take_requests().len();
    assert!(puts < 50, "{puts} requests for 200 puts");
    for (consistency, most) in [(Consistency::Current, 40), (Consistency::MaxAge, 0)] {
        at_once(100, |_| {
            let index = index.clone();
            async move {
                let found = index.search(&everything(consistency)).await.unwrap();
                assert!(consistency == Consistency::MaxAge || found.total == 200);
            }
        })
        .await;
        let requests = fixture.proxy.take_requests();
        let is_refresh = |line: &&String| line.contains("_refresh");
        let refreshes = requests.iter().filter(is_refresh).count();
        assert!(refreshes <= most, "{refreshes} refreshes for 100 searches");
    }
}

async fn at_once<F: Future<Output = ()> + Send + 'static>(count: u32, one: impl Fn(u32) -> F) {
    let running: Vec<_> = (0..count).map(|number| tokio::spawn(one(number))).collect();
    for running in running {
        running.await.unwrap();
    }
}

/// An unknown field is rejected, so that no mapping is guessed.
#[tokio::test]
async fn the_mapping_takes_nothing_that_it_does_not_know() {
    let indices = fresh();
    open(&indices).await.unwrap();
    let alias = format!("{}-search", indices.prefix());
    let described = get(indices.url(), &alias).await;
    let index = described.as_object().unwrap().values().next().unwrap();
    assert_eq!(index["mappings"]["dynamic"], Value::from("strict"));
}
