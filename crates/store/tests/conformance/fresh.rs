//! An empty store for each claim.

use testbed::TestStore;

use crate::fixture::{NOTES, Store, TALES};

/// The store, and the value that must live as long.
pub(crate) async fn fresh() -> (Store, TestStore) {
    let place = TestStore::fresh();
    (place.open(&[&TALES, &NOTES]).await, place)
}
