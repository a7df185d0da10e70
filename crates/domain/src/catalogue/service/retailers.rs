//! Retailers, and the decisions of moderators about them.

use async_trait::async_trait;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use types::{
    Field, FieldErrors, Reason,
    catalogue::{RetailerContent, RetailerInput, ReviewStatus, Slug, Status},
};

use super::{
    Operation,
    access::require_authenticated,
    kind::{Kind, RETAILERS},
    lists::{EntityPage, ListQuery},
    offer_retailers::registrable,
    owner_view::RetailerView,
    whole_list::page_of,
};
use crate::catalogue::{
    CatalogueError, CatalogueService,
    entities::{
        entity_ids::RetailerId,
        record::{EntityRecord, StoredEntity},
        repositories::Repositories,
        repository::Repository,
    },
    quotas::owned_artists::PendingWriteKind,
    unique::UniqueKey,
};
use crate::{
    caller::Caller,
    documents::{Collection, Revision},
    search::EntityKind,
};

/// A retailer's content, and the decision of a moderator about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RetailerState {
    /// The content.
    pub retailer: RetailerContent,
    /// The review status, which decides whether links to it are shown.
    #[serde(rename = "standing")]
    pub review_status: ReviewStatus,
}

/// The mark of deleted retailers. No review status has this name, so lists by review status leave
/// them out.
const DELETED: &str = "deleted";

impl RetailerState {
    /// True if a registrable domain is one of its domains.
    pub(crate) fn has_domain(&self, domain: &str) -> bool {
        self.retailer.domains.iter().any(|own| own == domain)
    }
}

#[async_trait]
impl Kind for RetailerState {
    type Input = RetailerInput;

    const COLLECTION: &'static Collection = &RETAILERS;
    const ENTITY_KIND: EntityKind = EntityKind::Retailer;
    const PENDING_KIND: PendingWriteKind = PendingWriteKind::Proposal;

    fn new_id() -> String {
        RetailerId::generate().to_string()
    }

    fn is_id(text: &str) -> bool {
        RetailerId::parse(text).is_some()
    }

    fn repository(repositories: &Repositories) -> &Repository<Self> {
        &repositories.retailers
    }

    fn name(&self) -> &str {
        &self.retailer.name
    }

    fn slug(&self) -> Option<&Slug> {
        self.retailer.slug.as_ref()
    }

    fn status(&self) -> Status {
        match self.review_status {
            ReviewStatus::Approved => Status::Published,
            ReviewStatus::Proposed | ReviewStatus::Blocked => Status::Draft,
        }
    }

    fn slug_key(artist: &str, slug: &Slug) -> UniqueKey {
        UniqueKey::retailer_slug(artist, slug)
    }

    /// The keys of its domains: one that contains the proposing artist and, if it is approved or
    /// blocked, one without, because there is at most one decision about a domain.
    fn keys(record: &EntityRecord<Self>) -> Vec<UniqueKey> {
        let domains = record.content.retailer.domains.iter();
        let proposed = domains
            .clone()
            .map(|domain| UniqueKey::proposed_domain(&record.parent, domain));
        let decided = domains.map(|domain| UniqueKey::decided_domain(domain));
        match record.content.review_status {
            ReviewStatus::Proposed => proposed.collect(),
            ReviewStatus::Approved | ReviewStatus::Blocked => proposed.chain(decided).collect(),
        }
    }

    /// The keys of its domains: a retailer that was blocked before decision 28 was stored without
    /// reserving them.
    fn shared_keys(record: &EntityRecord<Self>) -> Vec<UniqueKey> {
        let domains = record.content.retailer.domains.iter();
        match record.content.review_status {
            ReviewStatus::Blocked => domains
                .map(|domain| UniqueKey::decided_domain(domain))
                .collect(),
            ReviewStatus::Proposed | ReviewStatus::Approved => Vec::new(),
        }
    }

    /// Another retailer may have the decision about a domain. That must not keep a moderator from
    /// blocking this one: its offers are unlisted by its id.
    fn optional_keys(record: &EntityRecord<Self>) -> Vec<UniqueKey> {
        Self::shared_keys(record)
    }

    /// Retailers are listed by their review status, because moderators review those of all
    /// accounts. Deleted ones are in none of these lists.
    fn list_key(record: &EntityRecord<Self>) -> Option<String> {
        let mark = match record.is_live() {
            true => record.content.review_status.name(),
            false => DELETED,
        };
        Some(mark.to_owned())
    }

    async fn new_content(
        operation: Operation<'_>,
        _: &str,
        input: &RetailerInput,
    ) -> Result<Self, CatalogueError> {
        let retailer = checked(input)?;
        require_undecided_domains(operation, &retailer.domains).await?;
        Ok(Self {
            retailer,
            review_status: ReviewStatus::Proposed,
        })
    }

    async fn updated_content(
        operation: Operation<'_>,
        base: &StoredEntity<Self>,
        from: Revision,
        input: &RetailerInput,
    ) -> Result<Self, CatalogueError> {
        base.require_revision(from)?;
        let retailer = checked(input)?;
        let mut added = retailer.domains.clone();
        added.retain(|domain| !base.record.content.has_domain(domain));
        require_undecided_domains(operation, &added).await?;
        Ok(Self {
            retailer,
            review_status: base.record.content.review_status,
        })
    }

    async fn find(
        operation: Operation<'_>,
        id: &str,
    ) -> Result<StoredEntity<Self>, CatalogueError> {
        let mut retailers = vec![
            operation
                .context
                .visible_retailer(operation.caller, id)
                .await?,
        ];
        operation
            .context
            .hide_artists(operation.caller, &mut retailers)
            .await?;
        retailers.pop().ok_or(CatalogueError::Unknown)
    }

    /// The retailer, if the caller may update and delete it: a proposed one for its proposer, any
    /// for a moderator.
    async fn find_editable(
        operation: Operation<'_>,
        id: &str,
    ) -> Result<StoredEntity<Self>, CatalogueError> {
        let stored = operation
            .context
            .visible_retailer(operation.caller, id)
            .await?;
        operation
            .context
            .require_undecided(operation.caller, &stored)
            .await?;
        Ok(stored)
    }

    /// The deleted retailer, if the caller may restore it: a proposed one for its proposer, any for a
    /// moderator.
    async fn find_restorable(
        operation: Operation<'_>,
        id: &str,
    ) -> Result<StoredEntity<Self>, CatalogueError> {
        require_authenticated(operation.caller)?;
        let stored = operation.context.repositories.retailers.get(id).await?;
        let stored = stored.ok_or(CatalogueError::Unknown)?;
        operation
            .context
            .require_own(operation.caller, &stored)
            .await?;
        operation
            .context
            .require_undecided(operation.caller, &stored)
            .await?;
        Ok(stored)
    }

    async fn replace(
        operation: Operation<'_>,
        base: StoredEntity<Self>,
        content: Self,
    ) -> Result<StoredEntity<Self>, CatalogueError> {
        operation
            .record_if_decided(&base, "retailer.changed")
            .await?;
        operation
            .context
            .replace(base, &content, operation.by())
            .await
    }

    /// Deletes a retailer. Its offers stay in their products, and are not listed any more.
    async fn delete(
        operation: Operation<'_>,
        base: StoredEntity<Self>,
    ) -> Result<StoredEntity<Self>, CatalogueError> {
        operation
            .record_if_decided(&base, "retailer.deleted")
            .await?;
        let by = operation.by();
        let deleted = operation.context.delete(base, by).await?;
        tracing::info!(retailer = deleted.id, by, "retailer deleted");
        Ok(deleted)
    }

    /// Restores a retailer. Its offers are listed as before the deletion.
    async fn restore(
        operation: Operation<'_>,
        base: StoredEntity<Self>,
    ) -> Result<StoredEntity<Self>, CatalogueError> {
        if !base.record.is_live() {
            operation
                .record_if_decided(&base, "retailer.restored")
                .await?;
        }
        operation.context.restore(base, operation.by()).await
    }

    async fn list(
        operation: Operation<'_>,
        query: &ListQuery,
    ) -> Result<EntityPage<Self>, CatalogueError> {
        let retailers = operation
            .context
            .visible_retailers(operation.caller)
            .await?;
        Ok(page_of(retailers, query, |_| "").await)
    }

    /// The deleted retailers: all for a moderator, the caller's proposals for others. The total for
    /// others includes retailers that were approved or blocked before their deletion, which only a
    /// moderator can see and restore.
    async fn trash(
        operation: Operation<'_>,
        query: &ListQuery,
    ) -> Result<EntityPage<Self>, CatalogueError> {
        let own = match operation.context.is_moderator(operation.caller).await? {
            true => None,
            false => Some(operation.context.own_artist_ids(operation.caller).await?),
        };
        let is_own = |record: &EntityRecord<Self>, own: &Vec<String>| {
            own.contains(&record.parent) && record.content.review_status == ReviewStatus::Proposed
        };
        let scope = operation.context.restorable(own.clone());
        let is_restorable = |record: &EntityRecord<Self>| {
            let is_for_caller = own.as_ref().is_none_or(|own| is_own(record, own));
            is_for_caller && operation.context.repository().is_restorable(record)
        };
        operation.context.page(query, scope, is_restorable).await
    }
}

impl CatalogueService<RetailerState> {
    /// All retailers that the caller may see: approved ones and those proposed by the caller's
    /// artists; for a moderator all. Ordered by name.
    ///
    /// # Errors
    /// [`CatalogueError::Unauthenticated`], [`CatalogueError::Store`].
    pub async fn all(&self, caller: &Caller) -> Result<Vec<RetailerView>, CatalogueError> {
        let mut retailers = self.context().visible_retailers(caller).await?;
        let name =
            |one: &StoredEntity<RetailerState>| one.record.content.retailer.name.to_lowercase();
        retailers.sort_by_cached_key(|one| (name(one), one.id.clone()));
        Ok(retailers.into_iter().map(RetailerView::from).collect())
    }
}

/// Refuses domains about which a moderator has decided.
async fn require_undecided_domains(
    operation: Operation<'_>,
    domains: &[String],
) -> Result<(), CatalogueError> {
    for domain in domains {
        if operation.context.decided_retailer(domain).await?.is_some() {
            return Err(CatalogueError::field(Field::Domains, Reason::Taken));
        }
    }
    Ok(())
}

/// The content of an input, whose domains must be registrable (`shop.co.uk`): neither a public suffix
/// (`co.uk`) nor a subdomain.
fn checked(input: &RetailerInput) -> Result<RetailerContent, CatalogueError> {
    let content = input.check().map_err(CatalogueError::Invalid)?;
    let is_registrable = |domain: &String| registrable(domain) == Some(domain);
    if content.domains.iter().all(is_registrable) {
        return Ok(content);
    }
    let errors = FieldErrors::one(Field::Domains, Reason::PublicSuffix);
    Err(CatalogueError::Invalid(errors))
}
