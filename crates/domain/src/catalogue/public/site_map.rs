//! The public addresses of the catalogue, for search engines.
//!
//! It is made from entries of the search and reads no document: a file of the site map has a thousand
//! addresses, and a document may have tens of kilobytes. An entry says itself whether everybody may
//! see it, and a thing of an artist is listed only while the entry of the artist says so, too: what is
//! below an artist that is withdrawn may follow a little later.

use std::collections::HashMap;

use super::{CatalogueError, Public, public_query};
use crate::{
    caller::Caller,
    search::{EntityKind, Filter, IndexVersion, Location, Sort, Words},
};

/// The address of something public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteMapEntry {
    /// The artist's part of the URL.
    pub artist: String,
    /// Its own part of the URL; `None` for an artist.
    pub slug: Option<String>,
    /// Milliseconds since 1970.
    pub updated_at: i64,
}

impl Public {
    /// The addresses of up to `limit` public things of a kind, newest first, without the first
    /// `offset`; `None` when there are none behind those.
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
            Words::parse(""),
            Filter::None,
            Sort::Newest,
            offset,
            limit,
        );
        let found = self.things.projector.locations(&query).await?;
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

    /// Which state of the catalogue a site map made now would show, up to a second old.
    ///
    /// # Errors
    /// [`CatalogueError::Store`].
    pub async fn site_map_version(&self, _: &Caller) -> Result<IndexVersion, CatalogueError> {
        Ok(self.things.projector.version().await?)
    }

    /// The slugs of the artists that everybody may see, by their ids.
    async fn slugs_of_artists(
        &self,
        found: &[Location],
    ) -> Result<HashMap<String, String>, CatalogueError> {
        let mut ids: Vec<_> = found.iter().map(|one| one.artist.clone()).collect();
        ids.sort_unstable();
        ids.dedup();
        let limit = ids.len();
        let query = public_query(
            EntityKind::Artist,
            Words::parse(""),
            Filter::Ids(ids),
            Sort::Newest,
            0,
            limit,
        );
        let artists = self.things.projector.locations(&query).await?;
        Ok(artists.into_iter().map(|one| (one.id, one.slug)).collect())
    }
}

fn of_artist(artist: Location) -> SiteMapEntry {
    SiteMapEntry {
        artist: artist.slug,
        slug: None,
        updated_at: artist.updated_at,
    }
}
