//! The fixture that the cases of a class share.

use std::sync::{Arc, Weak};

use tokio::sync::Mutex;

use crate::support::{
    SignedIn, TestApp,
    catalogue::{Catalogue, CreatedEntities},
};

/// A class of cases: they share a freshly migrated store and an account that owns every entity.
pub(super) struct Class {
    name: &'static str,
    room: Mutex<Weak<Room>>,
}

/// A server on a store of this class, an account and an artist of it. It exists while a case uses it, so
/// the last case removes the store.
pub(super) struct Room {
    pub(super) app: TestApp,
    owner: SignedIn,
    pub(super) address: String,
    pub(super) artist: CreatedEntities,
}

impl Class {
    pub(super) const fn new(name: &'static str) -> Self {
        Self {
            name,
            room: Mutex::const_new(Weak::new()),
        }
    }

    pub(super) async fn room(&self) -> Arc<Room> {
        let mut room = self.room.lock().await;
        if let Some(room) = room.upgrade() {
            return room;
        }
        let new = Arc::new(Room::open(self.name).await);
        *room = Arc::downgrade(&new);
        new
    }
}

impl Room {
    async fn open(class: &str) -> Self {
        let app = TestApp::start().await;
        let address = format!("{class}@example.org");
        let owner = SignedIn::sign_up(&app, &address).await;
        let artist = owner.artist(&format!("Artist of {address}")).await;
        Self {
            app,
            owner,
            address,
            artist,
        }
    }

    /// The owner, with connections that belong to the calling case.
    pub(super) fn owner(&self) -> SignedIn {
        self.owner.at(&self.app)
    }
}
