//! The page between a link and a host that is not approved.

use serde::{Deserialize, Serialize};

use super::artist_ref::ArtistRef;

/// The page between a link and a host that is not approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeavingPage {
    /// The stored URL, which the page names and links to.
    pub url: String,
    /// Its host, in ASCII.
    pub host: String,
    /// The host as browsers may show it, if that differs: an international name.
    pub unicode_host: Option<String>,
    /// The entity that has the link.
    pub entity: LinkingEntity,
}

/// An entity that has a link to another host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkingEntity {
    /// A public artist.
    Artist(ArtistRef),
    /// A public video.
    Video {
        /// Its artist.
        artist: ArtistRef,
        /// The video's segment of the path, below the artist's.
        slug: String,
        /// The title.
        title: String,
    },
    /// An artist that is not public; only its owner gets this page.
    ArtistDraft {
        /// The id.
        id: String,
        /// The name.
        name: String,
    },
    /// A video that is not public; only its owner gets this page.
    VideoDraft {
        /// The id.
        id: String,
        /// The title.
        title: String,
    },
}
