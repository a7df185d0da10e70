//! An empty store for each claim.

use testbed::Place;

use crate::fixture::{NOTES, Store, TALES};

/// The store, and what must live as long as it does.
pub(crate) async fn fresh() -> (Store, Place) {
    let place = Place::fresh();
    (place.open(&[&TALES, &NOTES]).await, place)
}
