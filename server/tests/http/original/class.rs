//! What the cases of a class share.

use std::sync::{
    Arc, Weak,
    atomic::{AtomicUsize, Ordering},
};

use tokio::sync::Mutex;

use crate::support::{
    SignedIn, TestApp,
    catalogue::{Catalogue, Made},
};

/// A class of cases: whatever they make belongs to an account that no other class has.
pub(super) struct Class {
    name: &'static str,
    room: Mutex<Weak<Room>>,
}

/// An account and an artist of hers, on the server that all classes share: on Elasticsearch, a
/// store of their own would cost each of them more time than all its cases.
pub(super) struct Room {
    pub(super) app: Arc<TestApp>,
    owner: SignedIn,
    pub(super) address: String,
    pub(super) artist: Made,
}

/// The server. Like a room it is there as long as any case is in it, so that the last one removes
/// what was stored.
static APP: Mutex<Weak<TestApp>> = Mutex::const_new(Weak::new());

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
        let app = app().await;
        // A room that was left by all for a moment is opened anew, and its old owner is still there.
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let address = format!("{class}-{number}@example.org");
        let owner = SignedIn::sign_up(&app, &address).await;
        let artist = owner.artist(&format!("Artist of {address}")).await;
        Self {
            app,
            owner,
            address,
            artist,
        }
    }

    /// The owner, with connections that belong to the case that asks.
    pub(super) fn owner(&self) -> SignedIn {
        self.owner.at(&self.app)
    }
}

async fn app() -> Arc<TestApp> {
    let mut app = APP.lock().await;
    if let Some(app) = app.upgrade() {
        return app;
    }
    let new = Arc::new(TestApp::start().await);
    *app = Arc::downgrade(&new);
    new
}
