//! Artists, which own videos and products.

use async_trait::async_trait;
use types::{
    Field, Reason,
    catalogue::{ArtistContent, ArtistInput, Slug, Status},
};

use super::{
    Operation,
    access::{account, actor_id, require_authenticated},
    context::{CatalogueContext, ROUNDS},
    kind::{ARTISTS, Kind},
    lists::{EntityPage, ListQuery},
    owner_view::ArtistView,
    whole_list::page_of,
};
use crate::catalogue::{
    CatalogueError, CatalogueService, Quotas,
    entities::{
        entity_ids::ArtistId,
        record::{EntityRecord, StoredEntity},
        repositories::Repositories,
        repository::Repository,
        reserved,
    },
    quotas::{owned_artists::PendingWriteKind, reservations::Creator},
    unique::UniqueKey,
};
use crate::{
    account_id::AccountId,
    caller::Caller,
    documents::{Collection, Revision},
    search::EntityKind,
};

#[async_trait]
impl Kind for ArtistContent {
    type Input = ArtistInput;

    const COLLECTION: &'static Collection = &ARTISTS;
    const ENTITY_KIND: EntityKind = EntityKind::Artist;
    const PENDING_KIND: PendingWriteKind = PendingWriteKind::Artist;
    const SLUG_LENGTH: (u16, u16) = (3, 60);

    fn new_id() -> String {
        ArtistId::generate().to_string()
    }

    fn is_id(text: &str) -> bool {
        ArtistId::parse(text).is_some()
    }

    fn repository(repositories: &Repositories) -> &Repository<Self> {
        &repositories.artists
    }

    fn name(&self) -> &str {
        &self.name
    }

    fn slug(&self) -> Option<&Slug> {
        self.slug.as_ref()
    }

    fn is_reserved(slug: &Slug) -> bool {
        reserved::is_reserved(slug.as_str())
    }

    fn status(&self) -> Status {
        self.status
    }

    fn slug_key(_: &str, slug: &Slug) -> UniqueKey {
        UniqueKey::artist_slug(slug)
    }

    fn keys(_: &EntityRecord<Self>) -> Vec<UniqueKey> {
        Vec::new()
    }

    async fn resolve_parent(
        operation: Operation<'_>,
        _: Option<&str>,
    ) -> Result<String, CatalogueError> {
        Ok(account(operation.caller)?.as_str().to_owned())
    }

    async fn new_content(
        _: Operation<'_>,
        _: &str,
        input: &ArtistInput,
    ) -> Result<Self, CatalogueError> {
        input.check().map_err(CatalogueError::Invalid)
    }

    async fn updated_content(
        _: Operation<'_>,
        base: &StoredEntity<Self>,
        from: Revision,
        input: &ArtistInput,
    ) -> Result<Self, CatalogueError> {
        base.require_revision(from)?;
        input.check().map_err(CatalogueError::Invalid)
    }

    async fn find(
        operation: Operation<'_>,
        id: &str,
    ) -> Result<StoredEntity<Self>, CatalogueError> {
        operation.context.live_artist_of(operation.caller, id).await
    }

    async fn find_restorable(
        operation: Operation<'_>,
        id: &str,
    ) -> Result<StoredEntity<Self>, CatalogueError> {
        require_authenticated(operation.caller)?;
        let id = ArtistId::parse(id).ok_or(CatalogueError::Unknown)?;
        operation.context.artist_of(operation.caller, &id).await
    }

    /// Stores a new artist. Its id is entered in the account's `OwnedArtists` first, so that the
    /// deletion of the account sees every artist that may still be created.
    async fn insert(
        operation: Operation<'_>,
        owner: &str,
        content: Self,
        creator: Creator<'_>,
    ) -> Result<StoredEntity<Self>, CatalogueError> {
        let artist = operation.context.create(owner, content, creator).await?;
        tracing::info!(account = %owner, artist = artist.id, "artist created");
        Ok(artist)
    }

    /// Updates an artist. A new slug is counted against the rate limit before the write, so that
    /// concurrent updates cannot exceed it.
    async fn replace(
        operation: Operation<'_>,
        base: StoredEntity<Self>,
        content: Self,
    ) -> Result<StoredEntity<Self>, CatalogueError> {
        let slug = content.slug.as_ref();
        let new_slug = slug.filter(|slug| !base.record.has_had(slug));
        if let Some(slug) = new_slug {
            require_free(slug, operation.caller)?;
            operation
                .context
                .write_limits
                .pay_for_address(operation.caller)?;
        }
        let replaced = operation
            .context
            .replace(base, &content, operation.by())
            .await;
        if let (Some(_), Err(error)) = (new_slug, &replaced)
            && error.wrote_nothing()
        {
            operation
                .context
                .write_limits
                .refund_address(operation.caller);
        }
        replaced
    }

    async fn delete(
        operation: Operation<'_>,
        base: StoredEntity<Self>,
    ) -> Result<StoredEntity<Self>, CatalogueError> {
        let by = operation.by();
        let deleted = operation.context.delete(base, by).await?;
        tracing::info!(artist = deleted.id, by, "artist deleted");
        Ok(deleted)
    }

    async fn restore(
        operation: Operation<'_>,
        mut base: StoredEntity<Self>,
    ) -> Result<StoredEntity<Self>, CatalogueError> {
        let by = operation.by();
        for _ in 0..ROUNDS {
            if base.record.is_live() {
                return Ok(base);
            }
            if let Some(restored) = operation.context.restore_artist(&base, by).await? {
                tracing::info!(artist = %restored.id, by, "artist restored");
                return Ok(restored);
            }
            base = Self::find_restorable(operation, &base.id).await?;
        }
        Err(CatalogueError::Conflict)
    }

    async fn list(
        operation: Operation<'_>,
        query: &ListQuery,
    ) -> Result<EntityPage<Self>, CatalogueError> {
        let artists = operation.context.own_artists(operation.caller).await?;
        Ok(page_of(artists, query, |artist| &artist.bio).await)
    }

    async fn trash(
        operation: Operation<'_>,
        query: &ListQuery,
    ) -> Result<EntityPage<Self>, CatalogueError> {
        let mut artists = operation
            .context
            .artists_of(account(operation.caller)?)
            .await?;
        artists.retain(|artist| operation.context.repository().is_restorable(&artist.record));
        Ok(page_of(artists, query, |artist| &artist.bio).await)
    }
}

impl CatalogueService<ArtistContent> {
    /// Creates an artist for an account.
    ///
    /// # Errors
    /// [`CatalogueError::Forbidden`] for every caller but the operator, and as
    /// [`create`](Self::create).
    pub async fn create_for(
        &self,
        caller: &Caller,
        owner: &AccountId,
        input: &ArtistInput,
    ) -> Result<ArtistView, CatalogueError> {
        let Caller::System = caller else {
            return Err(CatalogueError::Forbidden);
        };
        // The artist is entered in the account's `OwnedArtists`, but no quota applies.
        let creator = Creator {
            by: actor_id(caller),
            charged: Some((owner, Quotas::UNLIMITED)),
            is_operator: true,
        };
        let operation = self.read(caller);
        Self::create_below(operation, owner.as_str(), input, creator).await
    }

    /// All artists of the caller that are not deleted, in the order of their creation.
    ///
    /// # Errors
    /// [`CatalogueError::Unauthenticated`], [`CatalogueError::Store`].
    pub async fn all(&self, caller: &Caller) -> Result<Vec<ArtistView>, CatalogueError> {
        let artists = self.context().own_artists(caller).await?;
        Ok(artists.into_iter().map(ArtistView::from).collect())
    }
}

/// Rejects a reserved slug, unless the artist has it already.
fn require_free(slug: &Slug, caller: &Caller) -> Result<(), CatalogueError> {
    match caller {
        Caller::System => Ok(()),
        _ if ArtistContent::is_reserved(slug) => {
            Err(CatalogueError::field(Field::Slug, Reason::Reserved))
        }
        _ => Ok(()),
    }
}

impl CatalogueContext {
    /// Restores an artist as it was read; `None` is a conflict. Artists of an account that is
    /// being deleted are not restored: the deletion closes the account's `OwnedArtists` and then
    /// bumps the revision of each artist, so a restore that read the artist before fails here and
    /// reads again.
    async fn restore_artist(
        &self,
        base: &StoredEntity<ArtistContent>,
        by: &str,
    ) -> Result<Option<StoredEntity<ArtistContent>>, CatalogueError> {
        let owner = AccountId::from_stored(&base.record.parent);
        if self.owned_artists.are_closed(&owner).await? {
            return Err(CatalogueError::Unknown);
        }
        let restored = self.repositories.artists.restored(&base.record, by);
        self.save(base, restored.ok_or(CatalogueError::Unknown)?)
            .await
    }
}
