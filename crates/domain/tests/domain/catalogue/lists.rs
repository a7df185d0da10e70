//! Claims about lists of the caller's own entities, and about the read model behind them.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use async_trait::async_trait;
use domain::{
    Caller,
    catalogue::{CatalogueError, ListQuery},
    documents::{Collection, Consistency, FieldQuery, Revision, StoreError},
    search::{
        EntryLocation, IndexEntry, IndexRebuild, IndexVersion, PageStart, QueryWords, SearchIndex,
        SearchQuery, SearchResults, Sort,
    },
};
use futures::future::join;
use types::catalogue::{Status, VideoInput};

use super::creator::{Creator, published_video};
use crate::{faults::GoesAway, support::World};

/// A search index that cannot be reached.
#[derive(Debug)]
pub(super) struct LostSearch;

fn lost<T>() -> Result<T, StoreError> {
    Err(StoreError::Unavailable("lost".to_owned()))
}

#[async_trait]
impl SearchIndex for LostSearch {
    async fn put(&self, _: Vec<IndexEntry>) -> Result<(), StoreError> {
        lost()
    }

    async fn search(&self, _: &SearchQuery) -> Result<SearchResults, StoreError> {
        lost()
    }

    async fn locations(&self, _: &SearchQuery) -> Result<Vec<EntryLocation>, StoreError> {
        lost()
    }

    async fn version(&self) -> Result<IndexVersion, StoreError> {
        lost()
    }

    async fn rebuild(&self) -> Result<Box<dyn IndexRebuild>, StoreError> {
        lost()
    }

    async fn is_built(&self) -> Result<bool, StoreError> {
        lost()
    }
}

/// A search index that is incomplete and not searched until it was rebuilt.
#[derive(Debug)]
struct Unbuilt {
    inner: Arc<dyn SearchIndex>,
    is_whole: AtomicBool,
}

#[async_trait]
impl SearchIndex for Unbuilt {
    async fn put(&self, entries: Vec<IndexEntry>) -> Result<(), StoreError> {
        self.inner.put(entries).await
    }

    async fn search(&self, query: &SearchQuery) -> Result<SearchResults, StoreError> {
        assert!(self.is_whole.load(Ordering::SeqCst), "searched too early");
        self.inner.search(query).await
    }

    async fn locations(&self, query: &SearchQuery) -> Result<Vec<EntryLocation>, StoreError> {
        self.inner.locations(query).await
    }

    async fn version(&self) -> Result<IndexVersion, StoreError> {
        self.inner.version().await
    }

    async fn rebuild(&self) -> Result<Box<dyn IndexRebuild>, StoreError> {
        Ok(Box::new(EmptyRebuild))
    }

    async fn is_built(&self) -> Result<bool, StoreError> {
        Ok(self.is_whole.load(Ordering::SeqCst))
    }
}

/// A rebuild that writes nothing, because the index has all entries. The rebuild of a real index may
/// take longer than a search waits for it.
#[derive(Debug)]
struct EmptyRebuild;

#[async_trait]
impl IndexRebuild for EmptyRebuild {
    async fn put(&self, _: Vec<IndexEntry>) -> Result<(), StoreError> {
        Ok(())
    }

    async fn finish(self: Box<Self>) -> Result<(), StoreError> {
        Ok(())
    }
}

fn query(text: &str) -> ListQuery {
    ListQuery {
        artist: None,
        words: QueryWords::parse(text),
        sort: Sort::Name,
        page: PageStart::Offset(0),
        limit: 10,
    }
}

#[tokio::test]
async fn a_change_is_in_the_list_at_once() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let videos = &world.domain.catalogue.videos;
    let caller = &creator.caller;
    for number in 0..5 {
        let title = format!("Take {number}");
        let video = creator.video(&world, &published_video(&title)).await;
        let listed = videos.list(caller, &query(&title)).await.unwrap();
        assert_eq!(
            (listed.total, &listed.entities[..]),
            (1, &[video.clone()][..])
        );
        let renamed = VideoInput {
            title: format!("Renamed {number}"),
            status: Status::Draft,
            ..VideoInput::from(&video.content)
        };
        let changed = videos.update(caller, &video.id, Revision(1), &renamed);
        let changed = changed.await.unwrap();
        assert_eq!(videos.list(caller, &query(&title)).await.unwrap().total, 0);
        let listed = videos.list(caller, &query("renam")).await.unwrap();
        assert!(listed.entities.contains(&changed));
        assert_eq!(listed.total, number + 1);
    }
    let all = videos.list(caller, &query("")).await.unwrap();
    let last = all.entities.last().unwrap();
    videos.delete(caller, &last.id, Revision(2)).await.unwrap();
    assert_eq!(videos.list(caller, &query("")).await.unwrap().total, 4);
}

#[tokio::test]
async fn a_list_has_what_is_the_callers_own_and_nothing_else() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let stranger = Creator::new(&world, 2).await;
    creator.video(&world, &published_video("Mine")).await;
    stranger.video(&world, &published_video("Theirs")).await;
    let videos = &world.domain.catalogue.videos;
    let listed = videos.list(&creator.caller, &query("")).await.unwrap();
    assert_eq!(
        (listed.total, listed.entities[0].content.title.as_str()),
        (1, "Mine")
    );
    let of_stranger = ListQuery {
        artist: Some(stranger.artist.id.clone()),
        ..query("")
    };
    let refusal = videos.list(&creator.caller, &of_stranger).await;
    assert!(
        matches!(refusal, Err(CatalogueError::Unknown)),
        "{refusal:?}"
    );
}

#[tokio::test]
async fn pages_follow_each_other_without_a_gap() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    for number in 0..7 {
        creator
            .video(&world, &published_video(&format!("Take {number}")))
            .await;
    }
    let videos = &world.domain.catalogue.videos;
    let mut titles = Vec::new();
    let mut page = PageStart::Offset(0);
    loop {
        let asked = ListQuery {
            page: page.clone(),
            limit: 3,
            ..query("take")
        };
        let listed = videos.list(&creator.caller, &asked).await.unwrap();
        titles.extend(listed.entities.into_iter().map(|one| one.content.title));
        let Some(next) = listed.next else { break };
        page = PageStart::After(next);
    }
    let expected: Vec<_> = (0..7).map(|number| format!("Take {number}")).collect();
    assert_eq!(titles, expected);
}

#[tokio::test]
async fn a_rebuilt_read_model_says_the_same() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    for number in 0..3 {
        creator
            .video(&world, &published_video(&format!("Take {number}")))
            .await;
    }
    let catalogue = &world.domain.catalogue;
    let before = catalogue
        .videos
        .list(&creator.caller, &query(""))
        .await
        .unwrap();
    let entries = catalogue.rebuild(&Caller::System).await.unwrap();
    assert_eq!(entries, 4);
    let after = catalogue
        .videos
        .list(&creator.caller, &query(""))
        .await
        .unwrap();
    assert_eq!(after, before);
}

/// A partial list would make entities look deleted.
#[tokio::test]
async fn a_list_waits_for_a_read_model_that_is_being_built() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    creator.video(&world, &published_video("Take 1")).await;
    let search = Arc::new(Unbuilt {
        inner: world.search.clone(),
        is_whole: AtomicBool::new(false),
    });
    let catalogue = world.over_search(search.clone()).catalogue;
    let everything = query("");
    let refused = catalogue.videos.list(&creator.caller, &everything).await;
    let refused = refused.unwrap_err();
    assert!(
        matches!(refused, CatalogueError::Store(StoreError::Unavailable(_))),
        "{refused:?}"
    );
    let listed = catalogue.videos.list(&creator.caller, &everything);
    let built = async {
        catalogue.rebuild(&Caller::System).await.unwrap();
        search.is_whole.store(true, Ordering::SeqCst);
    };
    let (listed, ()) = join(listed, built).await;
    assert_eq!(listed.unwrap().total, 1);
}

#[tokio::test]
async fn what_died_before_it_was_projected_is_taken_up_by_another() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    let dying = world.over_search(Arc::new(LostSearch));
    let made = dying
        .catalogue
        .videos
        .create(
            &creator.caller,
            Some(&creator.artist.id),
            &published_video("Orphan"),
        )
        .await
        .unwrap();
    let catalogue = &world.domain.catalogue;
    let listed = catalogue
        .videos
        .list(&creator.caller, &query("orphan"))
        .await
        .unwrap();
    assert_eq!(listed.total, 0, "nobody has projected it");
    world.clock.advance(time::Duration::seconds(6));
    take_up(&world).await;
    let listed = catalogue
        .videos
        .list(&creator.caller, &query("orphan"))
        .await
        .unwrap();
    let contents: Vec<_> = listed.entities.iter().map(|one| &one.content).collect();
    assert_eq!(contents, [&made.content]);
}

/// A creation that is still in progress when its outbox entry is processed must fail afterwards:
/// the read model already contains a tombstone.
#[tokio::test]
async fn what_is_taken_up_is_passed_so_that_its_save_fails() {
    let world = World::new().await;
    let creator = Creator::new(&world, 1).await;
    // The quota, the key of the slug and the outbox entry are written, and then the process stops.
    let slow = world.over(GoesAway::after(world.documents.clone(), 4, false));
    let (caller, artist) = (&creator.caller, &creator.artist.id);
    let input = published_video("Slow");
    let died = slow.catalogue.videos.create(caller, Some(artist), &input);
    assert!(died.await.is_err());
    world.clock.advance(time::Duration::seconds(6));
    let catalogue = &world.domain.catalogue;
    take_up(&world).await;
    let notes = world.documents.scan(collection("outbox"), None, 100);
    let notes = notes.await.unwrap();
    let mut noted = notes.iter().filter(|note| note.id.starts_with("vid_"));
    let id = &noted.next().unwrap().id;
    let late = world
        .documents
        .create(collection("videos"), id, serde_json::json!({}));
    let late = late.await;
    assert!(matches!(late, Err(StoreError::Exists)), "{late:?}");
    let listed = catalogue.videos.list(&creator.caller, &query("")).await;
    assert_eq!(listed.unwrap().total, 0);
}

/// Processes the outbox. Its cheap list may be a second old and then have an entry that is completed,
/// or lack the one that is due, so a current list refreshes it first.
async fn take_up(world: &World) {
    let current = FieldQuery {
        field: "state",
        value: "due",
        after: None,
        limit: 1,
        consistency: Consistency::Current,
    };
    let due = world.documents.list(collection("outbox"), current).await;
    assert_eq!(due.unwrap().len(), 1);
    let catalogue = &world.domain.catalogue;
    assert_ne!(catalogue.catch_up(&Caller::System).await.unwrap(), 0);
}

fn collection(name: &str) -> &'static Collection {
    let all = domain::collections();
    all.into_iter().find(|one| one.name == name).unwrap()
}
