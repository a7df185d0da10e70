//! The public paths of the catalogue, for search engines.
//!
//! They come from search entries, and no document is read: a file of the site map has a thousand
//! paths, and a document may have tens of kilobytes. An entry says whether its entity is public;
//! an entity below an artist is listed only if the entry of the artist also says so, because the
//! entries below a withdrawn artist are updated a little later.

use std::collections::HashMap;

use super::{CatalogueError, PublicCatalogue, public_query};
use crate::{
    caller::Caller,
    search::{EntityKind, EntryLocation, Filter, IndexVersion, QueryWords, Sort},
};

/// The path of a public entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteMapEntry {
    /// The slug of the artist.
    pub artist: String,
    /// The slug of the entity; `None` for an artist.
    pub slug: Option<String>,
    /// Milliseconds since 1970.
    pub updated_at: i64,
}

impl PublicCatalogue {
    /// The paths of at most `limit` public entities of a kind, newest first, after the first
    /// `offset`; `None` if there are none.
    ///
    /// # Errors
    /// [`CatalogueError::Store`].
    pub async fn site_map(
        &self,
        _: &Caller,
        kind: EntityKind,
        offset: usize,
        limit: usize,
    ) -> Result<Option<Vec<SiteMapEntry>>, CatalogueError> {
        let query = public_query(
            kind,
            QueryWords::parse(""),
            Filter::None,
            Sort::Newest,
            offset,
            limit,
        );
        let found = self.context.projector.locations(&query).await?;
        if found.is_empty() {
            return Ok(None);
        }
        if kind == EntityKind::Artist {
            return Ok(Some(found.into_iter().map(of_artist).collect()));
        }
        let artists = self.slugs_of_artists(&found).await?;
        let below = found.into_iter().filter_map(|one| {
            Some(SiteMapEntry {
                artist: artists.get(&one.artist)?.clone(),
                slug: Some(one.slug),
                updated_at: one.updated_at,
            })
        });
        Ok(Some(below.collect()))
    }

    /// The version of the index that a site map of this moment would show, at most a second old.
    ///
    /// # Errors
    /// [`CatalogueError::Store`].
    pub async fn site_map_version(&self, _: &Caller) -> Result<IndexVersion, CatalogueError> {
        Ok(self.context.projector.version().await?)
    }

    /// The slugs of those artists of the found entities that are public, by id.
    async fn slugs_of_artists(
        &self,
        found: &[EntryLocation],
    ) -> Result<HashMap<String, String>, CatalogueError> {
        let mut ids: Vec<_> = found.iter().map(|one| one.artist.clone()).collect();
        ids.sort_unstable();
        ids.dedup();
        let limit = ids.len();
        let query = public_query(
            EntityKind::Artist,
            QueryWords::parse(""),
            Filter::Ids(ids),
            Sort::Newest,
            0,
            limit,
        );
        let artists = self.context.projector.locations(&query).await?;
        Ok(artists.into_iter().map(|one| (one.id, one.slug)).collect())
    }
}

fn of_artist(artist: EntryLocation) -> SiteMapEntry {
    SiteMapEntry {
        artist: artist.slug,
        slug: None,
        updated_at: artist.updated_at,
    }
}
