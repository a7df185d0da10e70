//! Creates the entities of the sample catalogue that do not exist yet.

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

/// Number of entities of a kind that are created concurrently; their writes share transactions and
/// requests.
const CONCURRENCY: usize = 32;
/// Number of artists that are created concurrently. Every one is added to the same document of the
/// account, where only one of several concurrent writes succeeds.
const ARTIST_CONCURRENCY: usize = 8;

/// Counts of the entities of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct SeedCounts {
    /// Created in this run.
    pub(super) created: usize,
    /// Existing or deleted, and not changed.
    pub(super) skipped: usize,
    /// Not created, because the slug of their artist belongs to another account or to a deleted artist.
    pub(super) blocked: usize,
}

/// The result for one entity.
#[derive(Clone, Copy, Debug)]
enum SeedOutcome {
    Created,
    Skipped,
    Blocked,
}

/// Creates entities for one account.
#[derive(Debug)]
pub(super) struct Seeder<'a> {
    catalogue: &'a Catalogue,
    owner: &'a AccountId,
    /// The ids of artists that entities can be created for, by slug.
    open: HashMap<String, String>,
}

impl<'a> Seeder<'a> {
    pub(super) fn new(catalogue: &'a Catalogue, owner: &'a AccountId) -> Self {
        Self {
            catalogue,
            owner,
            open: HashMap::new(),
        }
    }

    /// Creates the artists; must run first, because all other entities belong to them.
    pub(super) async fn artists(&mut self) -> anyhow::Result<SeedCounts> {
        let artists = stream::iter(data::artists());
        let this = &*self;
        let made = artists.map(|input| async move {
            let made = this.artist(&input).await.context(input.slug.clone())?;
            anyhow::Ok((input.slug, made))
        });
        let made = made.buffer_unordered(ARTIST_CONCURRENCY);
        // An aborted creation would hold its reservations for a while, so every future runs to its end
        // before the first error is returned.
        let made: Vec<anyhow::Result<_>> = made.collect().await;
        let mut counts = SeedCounts::default();
        for made in made {
            let (slug, (outcome, id)) = made?;
            counts.add(outcome);
            self.open.extend(id.map(|id| (slug, id)));
        }
        Ok(counts)
    }

    /// The result for an artist, and its id if entities can be created for it.
    async fn artist(&self, input: &ArtistInput) -> anyhow::Result<(SeedOutcome, Option<String>)> {
        let found = self
            .catalogue
            .artist_at(&Caller::System, &input.slug)
            .await?;
        Ok(match found {
            Some(artist) if artist.parent != self.owner.as_str() => (SeedOutcome::Blocked, None),
            Some(artist) if artist.deleted_at.is_some() => (SeedOutcome::Skipped, None),
            Some(artist) => (SeedOutcome::Skipped, Some(artist.id)),
            None => {
                let artists = &self.catalogue.artists;
                let made = artists.create_for(&Caller::System, self.owner, input).await;
                (SeedOutcome::Created, Some(made.map_err(explain)?.id))
            }
        })
    }

    pub(super) async fn videos(&self) -> anyhow::Result<SeedCounts> {
        let videos = stream::iter(data::videos());
        let fates = videos.map(|(artist, input)| async move {
            self.video(artist, &input).await.context(input.slug)
        });
        all(fates.buffer_unordered(CONCURRENCY)).await
    }

    async fn video(&self, artist: &str, input: &VideoInput) -> anyhow::Result<SeedOutcome> {
        let Some(artist) = self.open.get(artist) else {
            return Ok(SeedOutcome::Blocked);
        };
        let (catalogue, caller) = (self.catalogue, &Caller::System);
        if catalogue
            .video_at(caller, artist, &input.slug)
            .await?
            .is_some()
        {
            return Ok(SeedOutcome::Skipped);
        }
        let made = catalogue.videos.create(caller, Some(artist), input).await;
        made.map_err(explain).map(|_| SeedOutcome::Created)
    }

    pub(super) async fn products(&self) -> anyhow::Result<SeedCounts> {
        let products = stream::iter(data::products());
        let fates =
            products.map(|input| async move { self.product(&input).await.context(input.slug) });
        all(fates.buffer_unordered(CONCURRENCY)).await
    }

    async fn product(&self, input: &ProductInput) -> anyhow::Result<SeedOutcome> {
        let Some(artist) = self.open.get(data::COLLECTION) else {
            return Ok(SeedOutcome::Blocked);
        };
        let (catalogue, caller) = (self.catalogue, &Caller::System);
        if catalogue
            .product_at(caller, artist, &input.slug)
            .await?
            .is_some()
        {
            return Ok(SeedOutcome::Skipped);
        }
        let made = catalogue.products.create(caller, Some(artist), input).await;
        made.map_err(explain).map(|_| SeedOutcome::Created)
    }

    pub(super) async fn retailers(&self) -> anyhow::Result<SeedCounts> {
        let retailers = stream::iter(data::retailers());
        let fates =
            retailers.map(|input| async move { self.retailer(&input).await.context(input.slug) });
        all(fates.buffer_unordered(CONCURRENCY)).await
    }

    async fn retailer(&self, input: &RetailerInput) -> anyhow::Result<SeedOutcome> {
        let Some(artist) = self.open.get(data::COLLECTION) else {
            return Ok(SeedOutcome::Blocked);
        };
        let (catalogue, caller) = (self.catalogue, &Caller::System);
        if let Some(known) = catalogue.retailer_at(caller, artist, &input.slug).await? {
            if is_half_done(&known) {
                self.approve(&known).await?;
            }
            return Ok(SeedOutcome::Skipped);
        }
        match catalogue
            .retailers
            .create(caller, Some(artist), input)
            .await
        {
            Ok(proposed) => self.approve(&proposed).await.map(|()| SeedOutcome::Created),
            // Approved retailers are shared by all accounts; this one exists under another slug.
            Err(error) if is_taken(&error, Field::Domains) => Ok(SeedOutcome::Skipped),
            Err(error) => Err(explain(error)),
        }
    }

    async fn approve(&self, retailer: &RetailerView) -> anyhow::Result<()> {
        let (id, from) = (&retailer.id, Revision(retailer.revision));
        let retailers = &self.catalogue.retailers;
        let judged = retailers.set_review_status(&Caller::System, id, from, ReviewStatus::Approved);
        judged.await.map(drop).map_err(explain)
    }
}

impl SeedCounts {
    fn add(&mut self, outcome: SeedOutcome) {
        match outcome {
            SeedOutcome::Created => self.created += 1,
            SeedOutcome::Skipped => self.skipped += 1,
            SeedOutcome::Blocked => self.blocked += 1,
        }
    }
}

/// Runs all futures to their end and returns the first error.
async fn all(
    fates: impl futures::Stream<Item = anyhow::Result<SeedOutcome>>,
) -> anyhow::Result<SeedCounts> {
    let fates: Vec<_> = fates.collect().await;
    let mut counts = SeedCounts::default();
    for outcome in fates {
        counts.add(outcome?);
    }
    Ok(counts)
}

/// A run that ended between proposal and approval has left a retailer that is proposed and unchanged.
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
        // A reservation can be taken over ten seconds after it was written.
        let text = "it is being made, or was when a run was ended; try again in ten seconds";
        return anyhow::anyhow!(text);
    }
    match error {
        CatalogueError::Invalid(fields) => anyhow::anyhow!("refused: {fields:?}"),
        error => error.into(),
    }
}
