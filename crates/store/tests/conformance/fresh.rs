//! An empty store for each claim.

use testbed::Place;

use crate::fixture::{NOTES, Store, TALES};

/// The store, and the value that must live as long.
pub(crate) async fn fresh() -> (Store, Place) {
    let place = Place::fresh();
    (place.open(&[&TALES, &NOTES]).await, place)
}
