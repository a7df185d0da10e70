//! Claims about writing entries.

use std::task::{Context, Waker};

use domain::search::{IndexEntry, Scope, SearchQuery, Sort};
use proptest::{
    prelude::*,
    test_runner::{Config, TestCaseError, TestRunner},
};
use tokio::{runtime::Handle, task::JoinSet, task::block_in_place};

use crate::{
    fixture::{Index, count, found, ids, put, query, search, shop, tombstone, video},
    model::Model,
};

pub(crate) async fn nothing_is_found_in_an_empty_index(index: Index) {
    let nothing = search(&index, &query("")).await;
    assert_eq!((nothing.total, nothing.ids.len()), (0, 0));
    assert_eq!(nothing.next, None);
    assert!(found(&index, "star").await.is_empty());
}

pub(crate) async fn an_entry_that_was_put_is_found_at_once(index: Index) {
    for number in 0..30 {
        let id = format!("vid_{number}");
        put(&index, &[video(&id, &format!("star{number} wars"))]).await;
        assert_eq!(found(&index, &format!("star{number} ")).await, [id]);
    }
}

pub(crate) async fn a_changed_entry_is_found_by_its_new_words_and_not_by_its_old_ones(
    index: Index,
) {
    put(&index, &[video("vid_1", "Star Wars")]).await;
    let changed = IndexEntry {
        version: 2,
        ..video("vid_1", "Moon")
    };
    put(&index, &[changed]).await;
    assert!(found(&index, "star").await.is_empty());
    assert_eq!(found(&index, "moon").await, ["vid_1"]);
}

pub(crate) async fn an_entry_that_is_put_twice_is_found_once(index: Index) {
    for _ in 0..3 {
        put(&index, &[video("vid_1", "Star Wars")]).await;
    }
    assert_eq!(found(&index, "star").await, ["vid_1"]);
    assert_eq!(count(&index).await, 1);
}

pub(crate) async fn an_older_version_is_ignored(index: Index) {
    let at = |version, name| IndexEntry {
        version,
        ..video("vid_1", name)
    };
    put(&index, &[at(7, "new")]).await;
    put(&index, &[at(6, "old")]).await;
    assert_eq!(found(&index, "new").await, ["vid_1"]);
    assert!(found(&index, "old").await.is_empty());
}

pub(crate) async fn the_same_version_is_written_again(index: Index) {
    put(&index, &[video("vid_1", "first")]).await;
    put(&index, &[video("vid_1", "second")]).await;
    assert_eq!(found(&index, "second").await, ["vid_1"]);
    assert_eq!(count(&index).await, 1);
}

pub(crate) async fn a_tombstone_hides_and_an_older_entry_does_not_come_back(index: Index) {
    put(&index, &[video("vid_1", "Star Wars")]).await;
    put(&index, &[tombstone("vid_1", 2)]).await;
    assert_eq!(count(&index).await, 0);
    put(&index, &[video("vid_1", "Star Wars")]).await;
    assert!(found(&index, "star").await.is_empty());
    assert_eq!(count(&index).await, 0);
}

fn deleted_of(of: Option<&[&str]>, since: i64) -> Scope {
    let of = of.map(|artists| artists.iter().map(|id| (*id).to_owned()).collect());
    Scope::Deleted { of, since }
}

pub(crate) async fn what_is_deleted_is_found_by_artist_and_since_when(index: Index) {
    let deleted = |id: &str, artist: &str, updated_at| IndexEntry {
        artist: artist.to_owned(),
        updated_at,
        name: "Star".to_owned(),
        ..tombstone(id, 2)
    };
    let lives = IndexEntry {
        updated_at: 9,
        ..video("vid_5", "Star")
    };
    put(
        &index,
        &[
            deleted("vid_1", "art_1", -5),
            deleted("vid_2", "art_1", 7),
            deleted("vid_3", "art_2", 8),
            deleted("vid_4", "art_3", 9),
            lives,
        ],
    )
    .await;
    for (of, since, expected) in [
        (None, i64::MIN, &["vid_1", "vid_2", "vid_3", "vid_4"][..]),
        (None, 8, &["vid_3", "vid_4"]),
        (Some(&["art_1"][..]), i64::MIN, &["vid_1", "vid_2"]),
        (Some(&["art_1"]), -5, &["vid_1", "vid_2"]),
        (Some(&["art_1"]), -4, &["vid_2"]),
        (Some(&["art_1", "art_3"]), 7, &["vid_2", "vid_4"]),
        (Some(&["art_1"]), 8, &[]),
        (Some(&[]), i64::MIN, &[]),
    ] {
        for words in ["", "star"] {
            let asked = SearchQuery {
                scope: deleted_of(of, since),
                sort: Sort::Name,
                ..query(words)
            };
            assert_eq!(ids(&index, &asked).await, expected, "{of:?} {since:?}");
        }
    }
}

pub(crate) async fn what_is_deleted_is_found_by_whoever_asks_for_it(index: Index) {
    let deleted = |id: &str, known_by: &str| IndexEntry {
        retailer_keys: vec![known_by.to_owned()],
        ..tombstone(id, 2)
    };
    let lives = video("vid_3", "Star");
    let all = [deleted("vid_1", "a"), deleted("vid_2", "b"), lives];
    put(&index, &all).await;
    let asked = SearchQuery {
        scope: deleted_of(None, i64::MIN),
        ..query("")
    };
    assert_eq!(ids(&index, &asked).await, ["vid_1", "vid_2"]);
    let of_shop = SearchQuery {
        filter: shop(&["b"]),
        ..asked.clone()
    };
    assert_eq!(ids(&index, &of_shop).await, ["vid_2"]);
    let of_nobody = SearchQuery {
        scope: Scope::Everything,
        ..of_shop
    };
    assert!(ids(&index, &of_nobody).await.is_empty());
    let restored = IndexEntry {
        version: 3,
        ..video("vid_1", "Star")
    };
    put(&index, &[restored]).await;
    assert_eq!(ids(&index, &asked).await, ["vid_2"]);
}

pub(crate) async fn a_tombstone_for_what_was_never_there_keeps_it_away(index: Index) {
    put(&index, &[tombstone("vid_1", 2)]).await;
    put(&index, &[video("vid_1", "Star Wars")]).await;
    assert_eq!(count(&index).await, 0);
}

pub(crate) async fn a_newer_version_comes_back_after_a_tombstone(index: Index) {
    put(&index, &[tombstone("vid_1", 2)]).await;
    let back = IndexEntry {
        version: 3,
        ..video("vid_1", "Star Wars")
    };
    put(&index, &[back]).await;
    assert_eq!(found(&index, "star").await, ["vid_1"]);
}

pub(crate) async fn an_id_in_one_put_twice_is_there_once_at_its_newest(index: Index) {
    let newer = IndexEntry {
        version: 2,
        ..video("vid_1", "newer")
    };
    let older = video("vid_1", "older");
    put(&index, &[older.clone(), newer, older]).await;
    assert_eq!(found(&index, "newer").await, ["vid_1"]);
    assert_eq!(count(&index).await, 1);
}

pub(crate) async fn a_thousand_can_be_put_at_once(index: Index) {
    let many: Vec<IndexEntry> = (0..1001)
        .map(|number| video(&format!("vid_{number}"), &format!("film {number}")))
        .collect();
    put(&index, &many).await;
    assert_eq!(count(&index).await, 1001);
    assert_eq!(found(&index, "film 777 ").await, ["vid_777"]);
}

pub(crate) async fn nothing_can_be_put(index: Index) {
    put(&index, &[]).await;
    assert_eq!(count(&index).await, 0);
}

pub(crate) async fn of_many_puts_at_once_the_highest_version_stays(index: Index) {
    let mut running = JoinSet::new();
    for number in 0..64_u64 {
        let index = index.clone();
        let version = number * 37 % 64;
        running.spawn(async move {
            let name = format!("version{version}");
            let entry = IndexEntry {
                version,
                ..video("vid_1", &name)
            };
            put(&index, &[entry]).await;
        });
    }
    running.join_all().await;
    assert_eq!(found(&index, "version63 ").await, ["vid_1"]);
    assert_eq!(count(&index).await, 1);
}

pub(crate) async fn entries_that_are_put_by_many_are_all_found(index: Index) {
    let mut running = JoinSet::new();
    for number in 0..100 {
        let index = index.clone();
        running.spawn(async move {
            let name = format!("film{number}");
            put(&index, &[video(&format!("vid_{number}"), &name)]).await;
            assert_eq!(found(&index, &format!("{name} ")).await.len(), 1);
        });
    }
    running.join_all().await;
    assert_eq!(count(&index).await, 100);
}

pub(crate) async fn a_dropped_put_is_applied_or_not_and_does_no_harm(index: Index) {
    for round in 0..60_u64 {
        let entry = IndexEntry {
            version: round,
            ..video("vid_1", "dropped")
        };
        let mut call = index.put(vec![entry]);
        for _ in 0..round % 6 {
            let mut context = Context::from_waker(Waker::noop());
            if call.as_mut().poll(&mut context).is_ready() {
                break;
            }
            tokio::task::yield_now().await;
        }
    }
    let settled = IndexEntry {
        version: 100,
        ..video("vid_1", "settled")
    };
    put(&index, &[settled]).await;
    assert_eq!(found(&index, "settled").await, ["vid_1"]);
    assert_eq!(count(&index).await, 1);
}

/// Any text with a word in it is found by itself.
pub(crate) async fn any_text_can_be_put_and_searched_for(index: Index) {
    let texts = prop::collection::vec(any::<String>(), 1..20);
    run(32, &texts, async |texts, case| {
        let entries: Vec<IndexEntry> = (0..)
            .zip(&texts)
            .map(|(number, text)| IndexEntry {
                version: case,
                text: text.clone(),
                ..video(&format!("vid_{number}"), text)
            })
            .collect();
        put(&index, &entries).await;
        for (entry, text) in entries.iter().zip(&texts) {
            let mut wanted = query(text);
            wanted.limit = 1000;
            let found = ids(&index, &wanted).await;
            if !found.contains(&entry.id) {
                return Err(TestCaseError::fail(format!("{text:?} is not found")));
            }
        }
        Ok(())
    });
}

#[derive(Clone, Debug)]
struct Step {
    id: u8,
    version: u64,
    is_gone: bool,
    name: &'static str,
}

pub(crate) async fn any_sequence_of_puts_is_answered_as_by_the_model(index: Index) {
    let names = prop::sample::select(vec!["star wars", "star", "war", "", "stardust"]);
    let step =
        (0..5_u8, 0..6_u64, any::<bool>(), names).prop_map(|(id, version, is_gone, name)| Step {
            id,
            version,
            is_gone,
            name,
        });
    run(
        12,
        &prop::collection::vec(step, 1..16),
        async |steps, case| {
            let mut model = Model::default();
            for step in steps {
                let entry = IndexEntry {
                    version: step.version,
                    is_tombstone: step.is_gone,
                    ..video(&format!("vid_{case}_{}", step.id), step.name)
                };
                let entry = IndexEntry {
                    artist: format!("art_{case}"),
                    ..entry
                };
                put(&index, std::slice::from_ref(&entry)).await;
                model.put(&[entry]);
            }
            for text in ["", "star", "war ", "st"] {
                let mut wanted: SearchQuery = query(text);
                wanted.scope = Scope::Artists(vec![format!("art_{case}")]);
                for sort in [Sort::Relevance, Sort::Name] {
                    wanted.sort = sort;
                    let (real, expected) = (search(&index, &wanted).await, model.search(&wanted));
                    if real != expected {
                        let text = format!("{text:?}: {real:?} instead of {expected:?}");
                        return Err(TestCaseError::fail(text));
                    }
                }
            }
            Ok(())
        },
    );
}

/// Runs cases, each with its own number.
fn run<S: Strategy>(
    cases: u32,
    strategy: &S,
    test: impl AsyncFn(S::Value, u64) -> Result<(), TestCaseError>,
) {
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let here = Handle::current();
    let number = std::cell::Cell::new(0);
    let outcome = block_in_place(|| {
        TestRunner::new(config).run(strategy, |value| {
            number.set(number.get() + 1);
            here.block_on(test(value, number.get()))
        })
    });
    outcome.unwrap();
}
