//! How sessions begin, last and end.

use std::{future::poll_fn, pin::pin, sync::Arc, task::Poll};

use domain::{
    Caller,
    accounts::Device,
    documents::{Collection, Consistency, FieldQuery},
    sessions::SessionKey,
};
use time::Duration;
use tokio::{task::JoinHandle, time::timeout};
use types::LogIn;

use crate::support::{PASSWORD, World, log_in_form, source, visitor};

/// Maximum time that an awaited event may take.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(20);

#[tokio::test]
async fn a_session_ends_when_it_is_not_used() {
    let world = World::new().await;
    let (_, key) = world.account_with_session(1).await;
    for uses in [1, 2] {
        world.clock.advance(Duration::minutes(119));
        assert!(world.resume(key).await.is_some());
        wait_until_used_at(&world, key, Duration::minutes(119) * uses).await;
    }
    world.clock.advance(Duration::minutes(120));
    assert!(world.resume(key).await.is_none());
}

#[tokio::test]
async fn a_session_ends_after_a_day_however_much_it_is_used() {
    let world = World::new().await;
    let (_, key) = world.account_with_session(1).await;
    for hour in 1..=23 {
        world.clock.advance(Duration::hours(1));
        assert!(world.resume(key).await.is_some());
        wait_until_used_at(&world, key, Duration::hours(hour)).await;
    }
    world.clock.advance(Duration::hours(1));
    assert!(world.resume(key).await.is_none());
}

#[tokio::test]
async fn a_remembered_session_lasts_thirty_days() {
    let world = World::new().await;
    world.sign_up("ada@example.org").await.unwrap();
    let form = LogIn {
        remember: "on".to_owned(),
        ..log_in_form("ada@example.org", PASSWORD)
    };
    let login = world
        .domain
        .accounts
        .log_in(&visitor(), &form, &Device::default())
        .await
        .unwrap();
    let key = world.start(login, 1).await;
    for times in [1, 2] {
        world.clock.advance(Duration::days(13));
        assert!(world.resume(key).await.is_some());
        wait_until_used(&world, key, "1970-01-31", Duration::days(13) * times).await;
    }
    world.clock.advance(Duration::days(4));
    assert!(world.resume(key).await.is_none());
}

#[tokio::test]
async fn a_use_outlives_a_restart_to_the_minute() {
    let mut world = World::new().await;
    let (_, key) = world.account_with_session(1).await;
    world.clock.advance(Duration::minutes(100));
    assert!(world.resume(key).await.is_some());
    wait_until_used_at(&world, key, Duration::minutes(100)).await;
    world.restart();
    world.clock.advance(Duration::minutes(100));
    assert!(world.resume(key).await.is_some());
}

/// Uses the only session until the store has the last use at `since_1970`. One use does not
/// suffice: the write of an earlier one may still be in progress.
async fn wait_until_used_at(world: &World, key: SessionKey, since_1970: Duration) {
    wait_until_used(world, key, "1970-01-02", since_1970).await;
}

/// The same for a session that ends on another day.
async fn wait_until_used(world: &World, key: SessionKey, ends_on: &str, since_1970: Duration) {
    static SESSIONS: Collection = Collection {
        name: "sessions",
        indexed: &["ends_on"],
        max_body_bytes: 4 * 1024,
    };
    let listing = FieldQuery {
        field: "ends_on",
        value: ends_on,
        after: None,
        limit: 1,
        consistency: Consistency::Current,
    };
    loop {
        let sessions = world
            .documents
            .list(&SESSIONS, listing.clone())
            .await
            .unwrap();
        if sessions[0].body["seen_at"] == since_1970.whole_milliseconds() as i64 {
            return;
        }
        assert!(world.resume(key).await.is_some());
    }
}

#[tokio::test]
async fn a_logout_ends_the_session_and_no_other() {
    let world = World::new().await;
    let (_, first) = world.account_with_session(1).await;
    let login = world.log_in("person1@example.org", PASSWORD).await.unwrap();
    let second = world.start(login, 2).await;
    let caller = world.resume(first).await.unwrap().caller;
    world.domain.sessions.end(&caller, first).await.unwrap();
    assert!(world.resume(first).await.is_none());
    assert!(world.resume(second).await.is_some());
    world.domain.sessions.end(&caller, first).await.unwrap();
}

#[tokio::test]
async fn a_use_under_way_does_not_bring_a_logged_out_session_back() {
    let mut world = World::new().await;
    let (_, key) = world.account_with_session(1).await;
    for _ in 0..20 {
        world.clock.advance(Duration::minutes(2));
        // The use is stored by a task of its own, which races with the logout.
        let Some(resumed) = world.resume(key).await else {
            break;
        };
        world
            .domain
            .sessions
            .end(&resumed.caller, key)
            .await
            .unwrap();
        assert!(world.resume(key).await.is_none());
        let login = world.log_in("person1@example.org", PASSWORD).await.unwrap();
        world.restart();
        assert!(world.resume(key).await.is_none());
        world.start(login, 1).await;
    }
}

#[tokio::test]
async fn a_cancelled_logout_is_whole_or_not_at_all() {
    let world = World::new().await;
    for waits in 0..10 {
        let (_, key) = world.account_with_session(waits).await;
        let caller = world.resume(key).await.unwrap().caller;
        poll_times(world.domain.sessions.end(&caller, key), waits).await;
        assert!(
            memory_agrees_with_the_store(&world, key).await,
            "after {waits} waits"
        );
    }
}

/// Polls a future until it has waited `waits` times, and drops it just when it could continue, as
/// when a client disconnects.
async fn poll_times(future: impl Future, waits: u8) {
    let mut future = pin!(future);
    for _ in 0..waits {
        let mut has_waited = false;
        let is_done = poll_fn(|context| {
            if has_waited {
                return Poll::Ready(false);
            }
            has_waited = true;
            future.as_mut().poll(context).map(|_| true)
        });
        if is_done.await {
            return;
        }
    }
}

/// True if the cache agrees with the store once everything that was queued is done.
async fn memory_agrees_with_the_store(world: &World, key: SessionKey) -> bool {
    for _ in 0..1_000 {
        // The store writes in order, so this removal runs after everything that is queued.
        let nobodys = SessionKey::of(&[255; 16]);
        world
            .domain
            .sessions
            .end(&Caller::System, nobodys)
            .await
            .unwrap();
        let remembered = world.resume(key).await.is_some();
        let fresh = world.over(world.documents.clone());
        let stored = fresh
            .sessions
            .resume(key, source())
            .await
            .unwrap()
            .is_some();
        if remembered == stored {
            return true;
        }
    }
    false
}

#[tokio::test]
async fn ending_all_sessions_ends_this_one_too() {
    let world = World::new().await;
    let (_, first) = world.account_with_session(1).await;
    let verified_before = world.log_in("person1@example.org", PASSWORD).await.unwrap();
    let caller = world.resume(first).await.unwrap().caller;
    world
        .domain
        .accounts
        .end_all_sessions(&caller)
        .await
        .unwrap();
    assert!(world.resume(first).await.is_none());
    // A login that was verified before is rejected too.
    let key = SessionKey::of(&[2; 16]);
    assert!(
        world
            .domain
            .sessions
            .start(&visitor(), verified_before, key)
            .await
            .is_err()
    );
    assert!(world.resume(key).await.is_none());
}

#[tokio::test]
async fn disabling_an_account_ends_its_sessions() {
    let world = World::new().await;
    let (account, key) = world.account_with_session(1).await;
    world
        .domain
        .accounts
        .disable(&Caller::System, &account)
        .await
        .unwrap();
    assert!(world.resume(key).await.is_none());
    world
        .domain
        .accounts
        .enable(&Caller::System, &account)
        .await
        .unwrap();
    assert!(world.resume(key).await.is_none());
}

#[tokio::test]
async fn the_oldest_of_too_many_sessions_ends() {
    let world = World::new().await;
    let (_, first) = world.account_with_session(0).await;
    let login = world.log_in("person0@example.org", PASSWORD).await.unwrap();
    let mut keys = vec![first];
    for number in 1..50 {
        keys.push(world.start(login.clone(), number).await);
    }
    assert!(world.resume(keys[0]).await.is_some());
    world.start(login.clone(), 50).await;
    assert!(world.resume(keys[0]).await.is_none());
    assert!(world.resume(keys[1]).await.is_some());
    // The place of a logged-out session is used before another session is ended.
    let caller = world.resume(keys[9]).await.unwrap().caller;
    world.domain.sessions.end(&caller, keys[9]).await.unwrap();
    world.start(login, 51).await;
    assert!(world.resume(keys[1]).await.is_some());
}

#[tokio::test]
async fn simultaneous_logins_leave_no_more_than_fifty_sessions() {
    let world = Arc::new(World::new().await);
    let login = world.sign_up("ada@example.org").await.unwrap();
    let tasks: Vec<_> = (0..80)
        .map(|number| {
            let (world, login) = (world.clone(), login.clone());
            tokio::spawn(async move { world.start(login, number).await })
        })
        .collect();
    let mut alive = 0;
    for key in join_all(tasks).await {
        alive += usize::from(world.resume(key).await.is_some());
    }
    assert!(alive <= 50, "{alive}");
    let login = world.log_in("ada@example.org", PASSWORD).await.unwrap();
    let newest = world.start(login, 255).await;
    assert!(world.resume(newest).await.is_some());
}

async fn join_all<T>(tasks: Vec<JoinHandle<T>>) -> Vec<T> {
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await.unwrap());
    }
    results
}

#[tokio::test]
async fn sweeping_removes_what_is_over_and_nothing_else() {
    let world = World::new().await;
    let (_, old) = world.account_with_session(1).await;
    world.clock.advance(Duration::days(3));
    let (_, young) = world.account_with_session(2).await;
    // A sweep may miss the writes of the last second; the next one does not.
    let swept = async {
        while world.domain.sessions.sweep().await.unwrap() == 0 {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, swept).await.unwrap();
    assert_eq!(world.domain.sessions.sweep().await.unwrap(), 0);
    assert!(world.resume(old).await.is_none());
    assert!(world.resume(young).await.is_some());
}
