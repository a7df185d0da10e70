//! The leave page: the warning before a host that is not approved.

use serde::{Deserialize, Serialize};

use super::artist_ref::ArtistRef;

/// The leave page: the warning before a host that is not approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeavingPage {
    /// The stored URL, which the page shows and links to.
    pub url: String,
    /// The host, in ASCII.
    pub host: String,
    /// The host as browsers may show it, if that differs: an international name.
    pub unicode_host: Option<String>,
    /// The entity with the link.
    pub entity: LinkingEntity,
}

/// An entity with a link to another host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkingEntity {
    /// A public artist.
    Artist(ArtistRef),
    /// A public video.
    Video {
        /// Its artist.
        artist: ArtistRef,
        /// The slug in the path, below the artist's.
        slug: String,
        /// The title.
        title: String,
    },
    /// An artist that is a draft; only its owner gets this page.
    ArtistDraft {
        /// The id.
        id: String,
        /// The name.
        name: String,
    },
    /// A video that is a draft; only its owner gets this page.
    VideoDraft {
        /// The id.
        id: String,
        /// The title.
        title: String,
    },
}
