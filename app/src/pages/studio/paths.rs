//! Paths of the studio, and paths of the public pages of its entities.

use types::catalogue::EntityKind;

use crate::pages::public::address;

/// The path of the overview.
pub const OVERVIEW: &str = "/studio";

/// The path of the trash.
pub const TRASH: &str = "/studio/bin";

/// The path of the list of a kind.
pub fn list(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Artist => "/studio/artists",
        EntityKind::Video => "/studio/videos",
        EntityKind::Product => "/studio/products",
        EntityKind::Retailer => "/studio/retailers",
    }
}

/// The path of the page that edits an entity.
pub fn edit(kind: EntityKind, id: &str) -> String {
    [list(kind), "/", id].concat()
}

/// The path of the page that creates an entity.
pub fn new(kind: EntityKind) -> String {
    edit(kind, "new")
}

/// The path of a page of the trash with a single kind.
pub fn trash(kind: EntityKind, page: u32) -> String {
    [TRASH, "?kind=", plural(kind), "&page=", &page.to_string()].concat()
}

/// The kind whose list has this last segment of its path.
pub(crate) fn kind_of_list(name: &str) -> Option<EntityKind> {
    EntityKind::ALL
        .into_iter()
        .find(|kind| plural(*kind) == name)
}

/// The path of the public page of an entity, by the slug of its artist and its own; `None` for a
/// retailer.
pub fn public(kind: EntityKind, artist: Option<&str>, slug: &str) -> Option<String> {
    match (kind, artist) {
        (EntityKind::Artist, _) => Some(address::artist(slug)),
        (EntityKind::Video, Some(artist)) => Some(address::video(artist, slug)),
        (EntityKind::Product, Some(artist)) => Some(address::product(artist, slug)),
        _ => None,
    }
}

/// The last segment of a list's path; the query of the trash uses it as the name of the kind.
fn plural(kind: EntityKind) -> &'static str {
    let path = list(kind);
    path.rsplit('/').next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_found_by_the_name_of_its_list() {
        for kind in EntityKind::ALL {
            assert_eq!(kind_of_list(plural(kind)), Some(kind));
        }
        assert_eq!(kind_of_list("artist"), None);
        let path = trash(EntityKind::Video, 2);
        assert_eq!(path, "/studio/bin?kind=videos&page=2");
    }
}
