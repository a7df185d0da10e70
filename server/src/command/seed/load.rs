//! Puts what is seeded into the catalogue, and leaves alone what is there.

use std::collections::HashMap;

use anyhow::Context;
use domain::{
    AccountId, Caller,
    catalogue::{Catalogue, CatalogueError, RetailerView},
    documents::Revision,
};
use futures::{StreamExt, stream};
use types::{
    Field, Reason,
    catalogue::{ArtistInput, ProductInput, RetailerInput, ReviewStatus, VideoInput},
};

use super::data;

/// So many things of a kind are made at once; what they write shares transactions and requests.
const AT_ONCE: usize = 32;
/// So many artists: all of them are entered into one list of what the account has, where only one
/// of those that come at the same time gets in.
const ARTISTS_AT_ONCE: usize = 8;

/// What became of the things of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// They were made.
    pub(super) made: usize,
    /// They were there, or are deleted, and were left as they are.
    pub(super) kept: usize,
    /// Their artist's slug is that of an artist of somebody else's, or of a deleted one.
    pub(super) barred: usize,
}

/// What became of a thing.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Made,
    Kept,
    Barred,
}

/// Puts things into the studio of an account.
#[derive(Debug)]
pub(super) struct Loading<'a> {
    catalogue: &'a Catalogue,
    owner: &'a AccountId,
    /// The ids of the artists that can be given things, by their slugs.
    open: HashMap<String, String>,
}

impl<'a> Loading<'a> {
    pub(super) fn new(catalogue: &'a Catalogue, owner: &'a AccountId) -> Self {
        Self {
            catalogue,
            owner,
            open: HashMap::new(),
        }
    }

    /// They come first: without them there is nothing that the rest could belong to.
    pub(super) async fn artists(&mut self) -> anyhow::Result<Tally> {
        let artists = stream::iter(data::artists());
        let this = &*self;
        let made = artists.map(|input| async move {
            let made = this.artist(&input).await.context(input.slug.clone())?;
            anyhow::Ok((input.slug, made))
        });
        let made = made.buffer_unordered(ARTISTS_AT_ONCE);
        // A save that was given up half-way would hold its keys for a while, so all are seen to
        // their end before the first failure is told.
        let made: Vec<anyhow::Result<_>> = made.collect().await;
        let mut tally = Tally::default();
        for made in made {
            let (slug, (fate, id)) = made?;
            tally.add(fate);
            self.open.extend(id.map(|id| (slug, id)));
        }
        Ok(tally)
    }

    /// What became of an artist, and its id if things can be given to it.
    async fn artist(&self, input: &ArtistInput) -> anyhow::Result<(Fate, Option<String>)> {
        let found = self
            .catalogue
            .artist_at(&Caller::System, &input.slug)
            .await?;
        Ok(match found {
            Some(artist) if artist.parent != self.owner.as_str() => (Fate::Barred, None),
            Some(artist) if artist.deleted_at.is_some() => (Fate::Kept, None),
            Some(artist) => (Fate::Kept, Some(artist.id)),
            None => {
                let artists = &self.catalogue.artists;
                let made = artists.create_for(&Caller::System, self.owner, input).await;
                (Fate::Made, Some(made.map_err(explain)?.id))
            }
        })
    }

    pub(super) async fn videos(&self) -> anyhow::Result<Tally> {
        let videos = stream::iter(data::videos());
        let fates = videos.map(|(artist, input)| async move {
            self.video(artist, &input).await.context(input.slug)
        });
        all(fates.buffer_unordered(AT_ONCE)).await
    }

    async fn video(&self, artist: &str, input: &VideoInput) -> anyhow::Result<Fate> {
        let Some(artist) = self.open.get(artist) else {
            return Ok(Fate::Barred);
        };
        let (catalogue, caller) = (self.catalogue, &Caller::System);
        if catalogue
            .video_at(caller, artist, &input.slug)
            .await?
            .is_some()
        {
            return Ok(Fate::Kept);
        }
        let made = catalogue.videos.create(caller, artist, input).await;
        made.map_err(explain).map(|_| Fate::Made)
    }

    pub(super) async fn products(&self) -> anyhow::Result<Tally> {
        let products = stream::iter(data::products());
        let fates =
            products.map(|input| async move { self.product(&input).await.context(input.slug) });
        all(fates.buffer_unordered(AT_ONCE)).await
    }

    async fn product(&self, input: &ProductInput) -> anyhow::Result<Fate> {
        let Some(artist) = self.open.get(data::COLLECTION) else {
            return Ok(Fate::Barred);
        };
        let (catalogue, caller) = (self.catalogue, &Caller::System);
        if catalogue
            .product_at(caller, artist, &input.slug)
            .await?
            .is_some()
        {
            return Ok(Fate::Kept);
        }
        let made = catalogue.products.create(caller, artist, input).await;
        made.map_err(explain).map(|_| Fate::Made)
    }

    pub(super) async fn retailers(&self) -> anyhow::Result<Tally> {
        let retailers = stream::iter(data::retailers());
        let fates =
            retailers.map(|input| async move { self.retailer(&input).await.context(input.slug) });
        all(fates.buffer_unordered(AT_ONCE)).await
    }

    async fn retailer(&self, input: &RetailerInput) -> anyhow::Result<Fate> {
        let Some(artist) = self.open.get(data::COLLECTION) else {
            return Ok(Fate::Barred);
        };
        let (catalogue, caller) = (self.catalogue, &Caller::System);
        if let Some(known) = catalogue.retailer_at(caller, artist, &input.slug).await? {
            if is_half_done(&known) {
                self.approve(&known).await?;
            }
            return Ok(Fate::Kept);
        }
        match catalogue.retailers.propose(caller, artist, input).await {
            Ok(proposed) => self.approve(&proposed).await.map(|()| Fate::Made),
            // Everybody shares an approved shop, so it is there, under another slug.
            Err(error) if is_taken(&error, Field::Domains) => Ok(Fate::Kept),
            Err(error) => Err(explain(error)),
        }
    }

    async fn approve(&self, retailer: &RetailerView) -> anyhow::Result<()> {
        let (id, from) = (&retailer.id, Revision(retailer.revision));
        let retailers = &self.catalogue.retailers;
        let judged = retailers.judge(&Caller::System, id, from, ReviewStatus::Approved);
        judged.await.map(drop).map_err(explain)
    }
}

impl Tally {
    fn add(&mut self, fate: Fate) {
        match fate {
            Fate::Made => self.made += 1,
            Fate::Kept => self.kept += 1,
            Fate::Barred => self.barred += 1,
        }
    }
}

/// Sees all to their end, and tells the first failure.
async fn all(fates: impl futures::Stream<Item = anyhow::Result<Fate>>) -> anyhow::Result<Tally> {
    let fates: Vec<_> = fates.collect().await;
    let mut tally = Tally::default();
    for fate in fates {
        tally.add(fate?);
    }
    Ok(tally)
}

/// A run that died between its two steps has proposed a retailer that nobody has touched since.
fn is_half_done(retailer: &RetailerView) -> bool {
    let is_untouched = retailer.created_at == retailer.updated_at;
    let is_proposed = retailer.content.review_status == ReviewStatus::Proposed;
    is_untouched && is_proposed && retailer.deleted_at.is_none()
}

fn is_taken(error: &CatalogueError, field: Field) -> bool {
    matches!(error, CatalogueError::Invalid(fields) if fields.get(field) == Some(Reason::Taken))
}

fn explain(error: CatalogueError) -> anyhow::Error {
    if is_taken(&error, Field::Slug) {
        // Ten seconds are what a save has until another one may take its keys.
        let text = "it is being made, or was when a run was ended; try again in ten seconds";
        return anyhow::anyhow!(text);
    }
    match error {
        CatalogueError::Invalid(fields) => anyhow::anyhow!("refused: {fields:?}"),
        error => error.into(),
    }
}
