//! Retailers: the shops that offers lead to, and whether somebody has looked at them.

use std::sync::Arc;

use types::{
    Field, FieldErrors, Reason,
    catalogue::{RetailerContent, RetailerInput, ReviewStatus},
};

use super::{
    CatalogueError,
    kind::RetailerKept,
    lists::{ListPage, ListQuery},
    record::{Record, Stored},
    shops::registrable,
    things::{Things, account, actor, require_somebody},
    uses::Uses,
    views::RetailerView,
};
use crate::{caller::Caller, documents::Revision, search::Scope};

/// What can be done with retailers.
#[derive(Clone, Debug)]
pub struct Retailers {
    things: Arc<Things>,
}

impl Retailers {
    pub(crate) fn new(things: Arc<Things>) -> Self {
        Self { things }
    }

    /// Proposes a retailer for an artist of the caller's.
    ///
    /// # Errors
    /// [`CatalogueError::Unauthenticated`], [`CatalogueError::Unknown`] (the artist),
    /// [`CatalogueError::Invalid`] (a taken domain too), [`CatalogueError::Full`],
    /// [`CatalogueError::TooMany`], [`CatalogueError::Store`].
    pub async fn create(
        &self,
        caller: &Caller,
        artist: Option<&str>,
        input: &RetailerInput,
    ) -> Result<RetailerView, CatalogueError> {
        self.things.write_limits.pay(caller)?;
        let artist = artist.ok_or(CatalogueError::Unknown)?;
        let artist = self.things.live_artist_of(caller, artist).await?;
        let retailer = self.things.checked_retailer(input)?;
        for domain in &retailer.domains {
            if self.things.decided_retailer(domain).await?.is_some() {
                return Err(CatalogueError::field(Field::Domains, Reason::Taken));
            }
        }
        let proposed = self.things.propose(retailer, &artist.id, caller).await?;
        Ok(proposed.into())
    }

    /// A retailer that the caller may see.
    ///
    /// # Errors
    /// [`CatalogueError::Unauthenticated`], [`CatalogueError::Unknown`],
    /// [`CatalogueError::Store`].
    pub async fn get(&self, caller: &Caller, id: &str) -> Result<RetailerView, CatalogueError> {
        let seen = self.seen(caller, id).await?;
        let mut shown = self.as_seen(caller, vec![seen]).await?;
        shown.pop().ok_or(CatalogueError::Unknown)
    }

    /// Retailers, without the artist that proposed each where it is nobody's business: it may be a
    /// draft.
    async fn as_seen(
        &self,
        caller: &Caller,
        retailers: Vec<Stored<RetailerKept>>,
    ) -> Result<Vec<RetailerView>, CatalogueError> {
        let views = retailers.into_iter().map(RetailerView::from);
        if self.things.is_moderator(caller).await? {
            return Ok(views.collect());
        }
        let own = self.things.own_artists(caller).await?;
        let hide = |mut view: RetailerView| {
            if !own.iter().any(|artist| artist.id == view.parent) {
                view.parent.clear();
            }
            view
        };
        Ok(views.map(hide).collect())
    }

    /// Every retailer that the caller may see: the approved ones and those that artists of the
    /// caller's have proposed; for a moderator all. Ordered by name.
    ///
    /// # Errors
    /// [`CatalogueError::Unauthenticated`], [`CatalogueError::Store`].
    pub async fn all(&self, caller: &Caller) -> Result<Vec<RetailerView>, CatalogueError> {
        let repository = &self.things.repositories.retailers;
        let marked = |status: ReviewStatus| repository.all_marked(status.name());
        let mut retailers = marked(ReviewStatus::Approved).await?;
        if self.things.is_moderator(caller).await? {
            retailers.extend(marked(ReviewStatus::Proposed).await?);
            retailers.extend(marked(ReviewStatus::Blocked).await?);
        } else {
            let own = self.proposed_by(caller).await?.into_iter();
            retailers.extend(own.filter(|one| {
                one.record.is_live() && one.record.content.review_status != ReviewStatus::Approved
            }));
        }
        let name = |one: &Stored<RetailerKept>| one.record.content.retailer.name.to_lowercase();
        retailers.sort_by_cached_key(|one| (name(one), one.id.clone()));
        self.as_seen(caller, retailers).await
    }

    /// What the caller has deleted and can restore: for a moderator everything that is deleted. The
    /// total counts those of the caller's, too, that a moderator has decided about before they were
    /// deleted, and that only a moderator sees and restores.
    ///
    /// # Errors
    /// [`CatalogueError::Unauthenticated`], [`CatalogueError::Store`].
    pub async fn trash(
        &self,
        caller: &Caller,
        query: &ListQuery,
    ) -> Result<ListPage<RetailerKept>, CatalogueError> {
        let (things, repository) = (&self.things, &self.things.repositories.retailers);
        if things.is_moderator(caller).await? {
            let scope = things.restorable(None);
            return things
                .page(query, scope, |record| repository.is_restorable(record))
                .await;
        }
        let own = things.own_artists(caller).await?.into_iter();
        let own: Vec<_> = own.map(|artist| artist.id).collect();
        let scope = things.restorable(Some(own.clone()));
        let is_own = |record: &Record<RetailerKept>| {
            own.contains(&record.parent) && record.content.review_status == ReviewStatus::Proposed
        };
        things
            .page(query, scope, |record| {
                repository.is_restorable(record) && is_own(record)
            })
            .await
    }

    /// A retailer that is deleted and that the caller can restore.
    ///
    /// # Errors
    /// [`CatalogueError::Unauthenticated`], [`CatalogueError::Unknown`],
    /// [`CatalogueError::Forbidden`] (a moderator has decided about it), [`CatalogueError::Store`].
    pub async fn get_trashed(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<RetailerView, CatalogueError> {
        require_somebody(caller)?;
        let repository = &self.things.repositories.retailers;
        let stored = repository.get(id).await?;
        let stored = stored.filter(|one| repository.is_restorable(&one.record));
        let stored = stored.ok_or(CatalogueError::Unknown)?;
        self.require_right(caller, &stored).await?;
        self.require_say(caller, &stored).await?;
        Ok(stored.into())
    }

    /// What live artists of the caller's have proposed, deleted or not, whatever became of it.
    async fn proposed_by(
        &self,
        caller: &Caller,
    ) -> Result<Vec<Stored<RetailerKept>>, CatalogueError> {
        let repository = &self.things.repositories.retailers;
        let mut proposed = Vec::new();
        for artist in self.things.own_artists(caller).await? {
            proposed.extend(repository.all_children(&artist.id).await?);
        }
        Ok(proposed)
    }

    /// Changes a retailer that is still as it was at revision `from`: a proposed one by those who
    /// proposed it, any by a moderator.
    ///
    /// # Errors
    /// As [`get`](Self::get), [`CatalogueError::Forbidden`], [`CatalogueError::Invalid`],
    /// [`CatalogueError::Moved`], [`CatalogueError::TooMany`].
    pub async fn update(
        &self,
        caller: &Caller,
        id: &str,
        from: Revision,
        input: &RetailerInput,
    ) -> Result<RetailerView, CatalogueError> {
        self.things.write_limits.pay(caller)?;
        let base = self.changeable(caller, id).await?;
        base.require(from)?;
        let retailer = self.things.checked_retailer(input)?;
        let by = actor(caller);
        self.note(&base, by, "retailer.changed").await?;
        let change = |record: &mut Record<RetailerKept>| {
            let content = RetailerKept {
                retailer: retailer.clone(),
                review_status: record.content.review_status,
            };
            self.things.rewrite(record, &content, by);
        };
        Ok(self.things.change(base, change).await?.into())
    }

    /// Gives a retailer that is still as it was at revision `from` another review status.
    ///
    /// # Errors
    /// [`CatalogueError::Forbidden`] for anybody but a moderator, as [`get`](Self::get);
    /// [`CatalogueError::Invalid`] when another approved or blocked one has one of its domains, unless
    /// it is reopened.
    pub async fn set_review_status(
        &self,
        caller: &Caller,
        id: &str,
        from: Revision,
        status: ReviewStatus,
    ) -> Result<RetailerView, CatalogueError> {
        self.things.write_limits.pay(caller)?;
        let base = self.seen(caller, id).await?;
        if !self.things.is_moderator(caller).await? {
            return Err(CatalogueError::Forbidden);
        }
        // A decision about what it is no longer is none, and leaves no note.
        base.require(from)?;
        let by = actor(caller);
        let action = match status {
            ReviewStatus::Proposed => "retailer.reopened",
            ReviewStatus::Approved => "retailer.approved",
            ReviewStatus::Blocked => "retailer.blocked",
        };
        self.things.audit.note(by, action, id).await?;
        let clock = self.things.clock.as_ref();
        let change = |record: &mut Record<RetailerKept>| {
            record.touch(by, clock);
            record.content.review_status = status;
        };
        Ok(self.things.change(base, change).await?.into())
    }

    /// Deletes a retailer. Its offers stay in their products and are not listed any more.
    ///
    /// # Errors
    /// As [`update`](Self::update).
    pub async fn delete(
        &self,
        caller: &Caller,
        id: &str,
        from: Revision,
    ) -> Result<RetailerView, CatalogueError> {
        self.things.write_limits.pay(caller)?;
        let base = self.changeable(caller, id).await?;
        base.require(from)?;
        let by = actor(caller);
        self.note(&base, by, "retailer.deleted").await?;
        let deleted = self.things.delete(base, by).await?;
        tracing::info!(retailer = id, by, "retailer deleted");
        Ok(deleted.into())
    }

    /// Restores a retailer, and its offers are listed as they were: a proposed one for the account of
    /// its artist, any for a moderator.
    ///
    /// # Errors
    /// As [`update`](Self::update); [`CatalogueError::Unknown`] after thirty days.
    pub async fn restore(&self, caller: &Caller, id: &str) -> Result<RetailerView, CatalogueError> {
        self.things.write_limits.pay(caller)?;
        require_somebody(caller)?;
        let base = self.things.repositories.retailers.get(id).await?;
        let base = base.ok_or(CatalogueError::Unknown)?;
        self.require_right(caller, &base).await?;
        self.require_say(caller, &base).await?;
        let by = actor(caller);
        if !base.record.is_live() {
            self.note(&base, by, "retailer.restored").await?;
        }
        let restored = self.things.restore(base, by).await?;
        Ok(restored.into())
    }

    /// What uses a retailer that the caller may see: how many products have an offer of it, drafts
    /// included, and the newest of them: everybody's for a moderator, their own for anybody else.
    ///
    /// # Errors
    /// As [`get`](Self::get).
    pub async fn uses(&self, caller: &Caller, id: &str) -> Result<Uses, CatalogueError> {
        let retailer = self.seen(caller, id).await?;
        let things = &self.things;
        let is_moderator = things.is_moderator(caller).await?;
        let scope = match is_moderator {
            true => Scope::Everything,
            false => {
                let own = things.own_artists(caller).await?.into_iter();
                Scope::Artists(own.map(|artist| artist.id).collect())
            }
        };
        let (products, total) = things.projector.users(&retailer, scope).await?;
        Ok(Uses {
            total,
            products,
            is_moderator,
        })
    }

    async fn seen(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<Stored<RetailerKept>, CatalogueError> {
        require_somebody(caller)?;
        let stored = self.things.repositories.retailers.get(id).await?;
        let stored = stored.filter(|one| one.record.is_live());
        let stored = stored.ok_or(CatalogueError::Unknown)?;
        if stored.record.content.review_status != ReviewStatus::Approved {
            self.require_right(caller, &stored).await?;
        }
        Ok(stored)
    }

    async fn changeable(
        &self,
        caller: &Caller,
        id: &str,
    ) -> Result<Stored<RetailerKept>, CatalogueError> {
        let stored = self.seen(caller, id).await?;
        self.require_say(caller, &stored).await?;
        Ok(stored)
    }

    /// What becomes of a retailer that was decided about is written down: it concerns everybody.
    async fn note(
        &self,
        base: &Stored<RetailerKept>,
        by: &str,
        action: &str,
    ) -> Result<(), CatalogueError> {
        if base.record.content.review_status == ReviewStatus::Proposed {
            return Ok(());
        }
        Ok(self.things.audit.note(by, action, &base.id).await?)
    }

    /// What was decided about is for moderators alone.
    async fn require_say(
        &self,
        caller: &Caller,
        stored: &Stored<RetailerKept>,
    ) -> Result<(), CatalogueError> {
        let is_proposed = stored.record.content.review_status == ReviewStatus::Proposed;
        if is_proposed || self.things.is_moderator(caller).await? {
            return Ok(());
        }
        Err(CatalogueError::Forbidden)
    }

    /// A retailer that is not approved is known to those who proposed it, and to moderators.
    async fn require_right(
        &self,
        caller: &Caller,
        stored: &Stored<RetailerKept>,
    ) -> Result<(), CatalogueError> {
        if self.things.is_moderator(caller).await? {
            return Ok(());
        }
        let artist = &stored.record.parent;
        self.things.live_artist_of(caller, artist).await.map(drop)
    }
}

impl Things {
    /// Whether the caller decides about retailers, as the store says now.
    pub(super) async fn is_moderator(&self, caller: &Caller) -> Result<bool, CatalogueError> {
        if let Caller::System = caller {
            return Ok(true);
        }
        let stored = self.directory.get_anew(account(caller)?).await?;
        Ok(stored.is_some_and(|entry| entry.record.is_moderator))
    }

    pub(super) async fn propose(
        &self,
        retailer: RetailerContent,
        artist: &str,
        caller: &Caller,
    ) -> Result<Stored<RetailerKept>, CatalogueError> {
        let content = RetailerKept {
            retailer,
            review_status: ReviewStatus::Proposed,
        };
        self.create(artist, content, self.maker(caller)).await
    }

    /// What was typed, checked also against the list of public suffixes: a shop is a domain that
    /// somebody has registered, and neither all of `co.uk` nor a part of it.
    pub(super) fn checked_retailer(
        &self,
        input: &RetailerInput,
    ) -> Result<RetailerContent, CatalogueError> {
        let content = input.check().map_err(CatalogueError::Invalid)?;
        let is_registrable = |domain: &String| registrable(domain) == Some(domain);
        if content.domains.iter().all(is_registrable) {
            return Ok(content);
        }
        Err(CatalogueError::Invalid(FieldErrors::one(
            Field::Domains,
            Reason::PublicSuffix,
        )))
    }
}
