//! Claims about rebuilding.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use domain::{documents::StoreError, search::IndexEntry};

use crate::{
    entries,
    fixture::{Index, count, found, put, tombstone, video},
};

fn at(version: u64, id: &str, name: &str) -> IndexEntry {
    IndexEntry {
        version,
        ..video(id, name)
    }
}

pub(crate) async fn a_new_index_is_not_built_and_a_rebuilt_one_is(index: Index) {
    assert!(!index.is_built().await.unwrap());
    put(&index, &[video("vid_1", "star")]).await;
    assert!(!index.is_built().await.unwrap());
    let rebuild = index.rebuild().await.unwrap();
    assert!(!index.is_built().await.unwrap());
    rebuild.finish().await.unwrap();
    assert!(index.is_built().await.unwrap());
}

pub(crate) async fn a_rebuild_is_not_seen_until_it_is_finished(index: Index) {
    put(&index, &[video("vid_1", "old")]).await;
    let rebuild = index.rebuild().await.unwrap();
    rebuild.put(vec![video("vid_2", "new")]).await.unwrap();
    assert_eq!(found(&index, "").await, ["vid_1"]);
    rebuild.finish().await.unwrap();
    assert_eq!(found(&index, "").await, ["vid_2"]);
}

pub(crate) async fn what_was_not_put_again_is_gone(index: Index) {
    put(&index, &entries::all()).await;
    index.rebuild().await.unwrap().finish().await.unwrap();
    assert_eq!(count(&index).await, 0);
}

pub(crate) async fn what_is_put_meanwhile_is_in_both(index: Index) {
    let rebuild = index.rebuild().await.unwrap();
    put(&index, &[video("vid_1", "star")]).await;
    assert_eq!(found(&index, "star").await, ["vid_1"]);
    rebuild.finish().await.unwrap();
    assert_eq!(found(&index, "star").await, ["vid_1"]);
}

pub(crate) async fn what_is_filled_in_late_does_not_undo_what_was_put_meanwhile(index: Index) {
    put(&index, &[at(1, "vid_1", "old"), at(1, "vid_2", "old")]).await;
    let rebuild = index.rebuild().await.unwrap();
    put(&index, &[at(2, "vid_1", "new"), tombstone("vid_2", 2)]).await;
    let read_before = vec![at(1, "vid_1", "old"), at(1, "vid_2", "old")];
    rebuild.put(read_before).await.unwrap();
    rebuild.finish().await.unwrap();
    assert_eq!(found(&index, "").await, ["vid_1"]);
    assert_eq!(found(&index, "new").await, ["vid_1"]);
    put(&index, &[at(1, "vid_2", "old")]).await;
    assert_eq!(count(&index).await, 1);
}

pub(crate) async fn a_rebuild_that_was_dropped_leaves_everything_as_it_was(index: Index) {
    put(&index, &[video("vid_1", "star")]).await;
    let rebuild = index.rebuild().await.unwrap();
    rebuild.put(vec![video("vid_2", "moon")]).await.unwrap();
    drop(rebuild);
    put(&index, &[video("vid_3", "snow")]).await;
    assert_eq!(found(&index, "").await, ["vid_3", "vid_1"]);
    assert!(!index.is_built().await.unwrap());
}

pub(crate) async fn a_second_rebuild_abandons_the_first(index: Index) {
    put(&index, &[video("vid_1", "star")]).await;
    let first = index.rebuild().await.unwrap();
    let second = index.rebuild().await.unwrap();
    let put_late = first.put(vec![video("vid_2", "moon")]).await;
    assert!(
        matches!(put_late, Err(StoreError::Conflict)),
        "{put_late:?}"
    );
    let finished = first.finish().await;
    assert!(
        matches!(finished, Err(StoreError::Conflict)),
        "{finished:?}"
    );
    assert_eq!(found(&index, "").await, ["vid_1"]);
    second.put(vec![video("vid_3", "snow")]).await.unwrap();
    second.finish().await.unwrap();
    assert_eq!(found(&index, "").await, ["vid_3"]);
}

pub(crate) async fn a_rebuild_can_follow_another(index: Index) {
    for round in 0..3 {
        let rebuild = index.rebuild().await.unwrap();
        let name = format!("round{round}");
        rebuild.put(vec![video("vid_1", &name)]).await.unwrap();
        rebuild.finish().await.unwrap();
        assert_eq!(found(&index, &name).await, ["vid_1"]);
        assert!(index.is_built().await.unwrap());
    }
}

/// A writer writes continuously; the rebuild has read none of its documents.
pub(crate) async fn nothing_that_is_acknowledged_meanwhile_is_lost(index: Index) {
    let (last, is_over) = (
        Arc::new(AtomicU64::new(0)),
        Arc::new(AtomicBool::new(false)),
    );
    let rebuild = index.rebuild().await.unwrap();
    let writers: Vec<_> = (0..4)
        .map(|_| {
            let (index, last, is_over) = (index.clone(), last.clone(), is_over.clone());
            tokio::spawn(async move {
                while !is_over.load(Ordering::SeqCst) {
                    let number = last.fetch_add(1, Ordering::SeqCst);
                    put(&index, &[video(&format!("vid_{number}"), "film")]).await;
                }
            })
        })
        .collect();
    while last.load(Ordering::SeqCst) < 50 {
        tokio::task::yield_now().await;
    }
    rebuild.put(entries::all()).await.unwrap();
    rebuild.finish().await.unwrap();
    is_over.store(true, Ordering::SeqCst);
    for writer in writers {
        writer.await.unwrap();
    }
    let all = last.load(Ordering::SeqCst) + entries::all().len() as u64;
    assert_eq!(count(&index).await, all);
}

pub(crate) async fn searches_meanwhile_always_find_everything(index: Index) {
    put(&index, &entries::all()).await;
    let all = count(&index).await;
    let is_over = Arc::new(AtomicBool::new(false));
    let searcher = tokio::spawn({
        let (index, is_over) = (index.clone(), is_over.clone());
        async move {
            while !is_over.load(Ordering::SeqCst) {
                assert_eq!(count(&index).await, all);
            }
        }
    });
    for _ in 0..3 {
        let rebuild = index.rebuild().await.unwrap();
        rebuild.put(entries::all()).await.unwrap();
        rebuild.finish().await.unwrap();
    }
    is_over.store(true, Ordering::SeqCst);
    searcher.await.unwrap();
}
