//! What stands at the path of an entity.

/// Something at its address, or the address that it has moved to.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolved<T> {
    /// It is here.
    Here(T),
    /// It has moved to this artist's slug and this slug of its own, for ever.
    Moved {
        /// The artist's slug.
        artist: String,
        /// Its own slug; empty when the artist is what was asked for.
        slug: String,
    },
}
