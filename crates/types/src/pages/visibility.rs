//! The visibility of an entity.

use serde::{Deserialize, Serialize};

use crate::catalogue::Status;

/// The visibility of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Everybody sees it.
    Public,
    /// It is a draft.
    Draft,
    /// It is published, but its artist is a draft.
    ArtistIsDraft,
}

impl Visibility {
    /// The visibility of an artist with this status.
    pub fn of_artist(status: Status) -> Self {
        match status {
            Status::Draft => Self::Draft,
            Status::Published => Self::Public,
        }
    }

    /// The visibility of an entity below an artist, by the statuses of both.
    pub fn below_artist(status: Status, artist: Status) -> Self {
        match (status, artist) {
            (Status::Draft, _) => Self::Draft,
            (Status::Published, Status::Draft) => Self::ArtistIsDraft,
            (Status::Published, Status::Published) => Self::Public,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entity_is_public_only_with_its_artist() {
        use Status::{Draft, Published};
        for (status, artist, visibility) in [
            (Draft, Draft, Visibility::Draft),
            (Draft, Published, Visibility::Draft),
            (Published, Draft, Visibility::ArtistIsDraft),
            (Published, Published, Visibility::Public),
        ] {
            assert_eq!(Visibility::below_artist(status, artist), visibility);
        }
    }
}
