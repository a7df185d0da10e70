//! Claims about callers that drop a call.

use std::{
    future::Future,
    task::{Context, Waker},
};

use domain::documents::Revision;
use serde_json::json;

use crate::fixture::{Store, TALES, create, document, get, ids_by, tale};

/// Polls a call `steps` times and drops it.
async fn give_up_after<T>(steps: usize, call: impl Future<Output = T>) {
    let mut call = Box::pin(call);
    for _ in 0..steps {
        let mut context = Context::from_waker(Waker::noop());
        if call.as_mut().poll(&mut context).is_ready() {
            return;
        }
        tokio::task::yield_now().await;
    }
}

pub(crate) async fn a_dropped_create_is_applied_whole_or_not_at_all(store: Store) {
    for round in 0..60 {
        let id = format!("tale-{round}");
        give_up_after(round % 6, store.create(&TALES, &id, tale(&id))).await;
        // The call may still be in flight, so this creation shows whether it was applied.
        let again = store.create(&TALES, &id, tale(&id)).await;
        assert!(matches!(
            again,
            Ok(Revision::FIRST) | Err(domain::documents::StoreError::Exists)
        ));
        assert_eq!(get(&store, &id).await, Some(document(&id, 1, tale(&id))));
        assert_eq!(ids_by(&store, "author", &id).await, [id]);
    }
}

pub(crate) async fn a_dropped_replacement_is_applied_whole_or_not_at_all(store: Store) {
    let first = create(&store, "tale", json!({ "author": "0", "twice": "0" })).await;
    let mut known = (first, "0".to_owned());
    for round in 1..60 {
        let next = round.to_string();
        let body = json!({ "author": &next, "twice": &next });
        give_up_after(round % 6, store.replace(&TALES, "tale", known.0, body)).await;
        // Settles what was in flight: from here on it is applied, or rejected for ever.
        let settled = format!("{round} settled");
        let body = json!({ "author": &settled, "twice": &settled });
        let ours = store.replace(&TALES, "tale", known.0, body).await;
        let kept = get(&store, "tale").await.unwrap();
        let value = if ours.is_ok() { settled } else { next };
        assert_eq!(
            kept,
            document(
                "tale",
                known.0.next().0,
                json!({ "author": &value, "twice": &value })
            )
        );
        assert_eq!(ids_by(&store, "author", &value).await, ["tale"]);
        assert!(ids_by(&store, "author", &known.1).await.is_empty());
        known = (kept.revision, value);
    }
}

pub(crate) async fn dropped_reads_do_no_harm(store: Store) {
    create(&store, "tale", tale("Grimm")).await;
    for steps in 0..3000 {
        give_up_after(steps % 4, store.get(&TALES, "tale")).await;
    }
    assert_eq!(
        get(&store, "tale").await,
        Some(document("tale", 1, tale("Grimm")))
    );
}
