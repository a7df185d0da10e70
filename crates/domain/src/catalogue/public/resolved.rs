//! The result of looking up an entity by its path.

/// The entity at a path, or the path that it redirects to.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolved<T> {
    /// The entity has this path.
    Present(T),
    /// A permanent redirect: the entity has these slugs now.
    Redirect {
        /// The slug of the artist.
        artist: String,
        /// The slug of the entity; empty if the entity is the artist.
        slug: String,
    },
}
