//! What the studio shows first: what there is, what of it everybody sees, and what to do next.

use std::sync::Arc;

use types::catalogue::{ArtistContent, Status};

use super::{
    CatalogueError,
    foreign_hosts::{ForeignLink, ForeignPicture, ForeignVideo},
    kind::Kind,
    record::{Record, Stored},
    repository::Repository,
    things::Things,
    views::{ArtistView, ProductView, VideoView, View},
};
use crate::{
    caller::Caller,
    search::{Filter, Found, Query, Scope, Sort},
};

/// How many hidden things of a kind an overview names.
const NAMED: usize = 10;
/// Among so many that were changed last.
const LOOKED_AT: usize = 100;

/// What the studio shows first.
#[derive(Clone, Debug)]
pub struct Studio {
    things: Arc<Things>,
}

/// Whether everybody sees a thing, or why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Publicity {
    /// Everybody does.
    Public,
    /// It is a draft.
    Draft,
    /// Its artist is a draft.
    ArtistIsDraft,
}

/// How many things of a kind there are, and what of them nobody else sees.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// All that are not deleted.
    pub total: u64,
    /// Those that everybody sees.
    pub public: u64,
    /// Some of the others.
    pub hidden: Vec<Hidden>,
}

/// A thing that nobody else sees.
#[derive(Clone, Debug, PartialEq)]
pub struct Hidden {
    /// Its name for programs.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Why nobody sees it.
    pub why: Publicity,
}

/// What the studio shows first.
#[derive(Clone, Debug, PartialEq)]
pub struct Overview {
    /// Artists of the caller's.
    pub artists: Vec<View<ArtistContent>>,
    /// Artists, counted.
    pub artist_tally: Tally,
    /// Videos, counted.
    pub videos: Tally,
    /// Products, counted.
    pub products: Tally,
    /// Whether the caller decides about retailers.
    pub is_moderator: bool,
}

impl Publicity {
    /// Whether everybody sees something whose artist is this.
    pub fn of(status: Status, artist: &ArtistContent) -> Self {
        match (status, artist.status) {
            (Status::Draft, _) => Self::Draft,
            (Status::Published, Status::Draft) => Self::ArtistIsDraft,
            (Status::Published, Status::Published) => Self::Public,
        }
    }
}

impl Studio {
    pub(crate) fn new(things: Arc<Things>) -> Self {
        Self { things }
    }

    /// What the studio shows first.
    ///
    /// # Errors
    /// [`CatalogueError::Unauthenticated`], [`CatalogueError::Store`].
    pub async fn overview(&self, caller: &Caller) -> Result<Overview, CatalogueError> {
        let things = &self.things;
        let artists = things.own_artists(caller).await?;
        let records: Vec<_> = artists
            .iter()
            .map(|one| (one.id.clone(), one.record.clone()))
            .collect();
        let repositories = &things.repositories;
        Ok(Overview {
            videos: self.tally(&repositories.videos, &records).await?,
            products: self.tally(&repositories.products, &records).await?,
            artist_tally: tally_artists(&records),
            artists: artists.into_iter().map(View::from).collect(),
            is_moderator: things.is_moderator(caller).await?,
        })
    }

    /// The links of an artist, as visitors get them.
    ///
    /// # Errors
    /// [`CatalogueError::Store`].
    pub async fn links(
        &self,
        _: &Caller,
        artist: &ArtistView,
    ) -> Result<Vec<ForeignLink>, CatalogueError> {
        let links = artist.content.links.clone();
        self.things.foreign_links(&artist.id, links).await
    }

    /// The video behind a video's link, as visitors get it.
    ///
    /// # Errors
    /// [`CatalogueError::Store`].
    pub async fn video(
        &self,
        _: &Caller,
        video: &VideoView,
    ) -> Result<Option<ForeignVideo>, CatalogueError> {
        let Some(link) = video.content.link.clone() else {
            return Ok(None);
        };
        self.things.foreign_video(&video.id, link).await.map(Some)
    }

    /// The pictures of a product, as visitors get them.
    pub fn pictures(&self, product: &ProductView) -> Vec<ForeignPicture> {
        self.things.foreign_pictures(product.content.images.clone())
    }

    async fn tally<C: Kind>(
        &self,
        repository: &Repository<C>,
        artists: &[(String, Record<ArtistContent>)],
    ) -> Result<Tally, CatalogueError> {
        let ids: Vec<_> = artists.iter().map(|(id, _)| id.clone()).collect();
        if ids.is_empty() {
            return Ok(Tally::default());
        }
        let mut public = 0;
        for id in &ids {
            let filter = Filter::Artist(id.clone());
            public += self.found::<C>(Scope::Public, filter, 0).await?.total;
        }
        let found = self
            .found::<C>(Scope::Artists(ids), Filter::None, LOOKED_AT)
            .await?;
        let changed: Vec<_> = found.ids.iter().map(|(_, id)| id.as_str()).collect();
        let changed = repository.get_many(&changed).await?.into_iter().flatten();
        let hidden = changed.filter_map(|one| hidden(one, artists));
        Ok(Tally {
            total: found.total,
            public,
            hidden: hidden.take(NAMED).collect(),
        })
    }

    async fn found<C: Kind>(
        &self,
        scope: Scope,
        filter: Filter,
        limit: usize,
    ) -> Result<Found, CatalogueError> {
        let query = Query {
            sort: Sort::Updated,
            ..Query::newest(scope, C::SEARCH, filter, limit)
        };
        Ok(self.things.projector.search(&query).await?)
    }
}

fn hidden<C: Kind>(
    thing: Stored<C>,
    artists: &[(String, Record<ArtistContent>)],
) -> Option<Hidden> {
    let (_, artist) = artists.iter().find(|(id, _)| *id == thing.record.parent)?;
    let why = Publicity::of(thing.record.content.status(), &artist.content);
    if why == Publicity::Public || !thing.record.is_live() {
        return None;
    }
    Some(Hidden {
        name: thing.record.content.name().to_owned(),
        id: thing.id,
        why,
    })
}

fn tally_artists(artists: &[(String, Record<ArtistContent>)]) -> Tally {
    let hidden = artists.iter().filter(|(_, artist)| !artist.is_shown());
    let hidden = hidden.map(|(id, artist)| Hidden {
        id: id.clone(),
        name: artist.content.name.clone(),
        why: Publicity::Draft,
    });
    let hidden: Vec<_> = hidden.collect();
    Tally {
        total: artists.len() as u64,
        public: (artists.len() - hidden.len()) as u64,
        hidden,
    }
}
