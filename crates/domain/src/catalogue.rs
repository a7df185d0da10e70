//! The catalogue: artists, their videos and products, and the retailers that sell them.

mod entities;
mod error;
mod foreign_hosts;
mod public;
mod quotas;
mod read_model;
mod service;
mod studio;
mod unique;

use std::sync::Arc;

use types::catalogue::{ArtistContent, ProductContent, VideoContent};

pub use self::{
    entities::entity_ids::{ArtistId, OfferId, PlacementId, ProductId, RetailerId, VideoId},
    error::CatalogueError,
    foreign_hosts::{ForeignHosts, HostList},
    public::{PublicCatalogue, Resolved, SiteMapEntry, offer_links::OfferLinks},
    quotas::{Quota, Quotas},
    service::{
        CatalogueService,
        find_named::MAX_NAMES_LOOKED_UP,
        kind::Kind,
        lists::{EntityPage, ListQuery},
        owner_view::{ArtistView, OwnerView, ProductView, RetailerView, VideoView},
        retailers::RetailerState,
        uses::{ProductUse, RetailerUses},
    },
    studio::StudioCatalogue,
};
use self::{
    entities::{record::EntityState, repositories::Repositories, repository::Repository},
    read_model::{outbox::Outbox, projector::Projector},
    service::audit::Audit,
    unique::UniqueIndex,
};
pub(crate) use self::{quotas::owned_artists::OwnedArtists, service::context::CatalogueContext};
use crate::{
    accounts::AccountDirectory,
    caller::Caller,
    clock::Clock,
    documents::{Collection, Documents},
    limits::WriteLimits,
    migrations::CollectionSchema,
    search::{AnalysisThreads, SearchIndex},
};

/// The collections that the catalogue is stored in.
pub(crate) fn collections() -> [&'static Collection; 8] {
    [
        &service::kind::ARTISTS,
        &service::kind::VIDEOS,
        &service::kind::PRODUCTS,
        &service::kind::RETAILERS,
        &unique::KEYS,
        &quotas::owned_artists::OWNED_ARTISTS,
        &read_model::outbox::OUTBOX,
        &service::audit::AUDIT,
    ]
}

/// The schemas of the documents in [`collections`].
pub(crate) fn records() -> [CollectionSchema; 8] {
    [
        CollectionSchema::of::<EntityState<ArtistContent>>(&service::kind::ARTISTS),
        CollectionSchema::of::<EntityState<VideoContent>>(&service::kind::VIDEOS),
        CollectionSchema::of::<EntityState<ProductContent>>(&service::kind::PRODUCTS),
        CollectionSchema::of::<EntityState<RetailerState>>(&service::kind::RETAILERS),
        CollectionSchema::of::<unique::KeyReservation>(&unique::KEYS),
        CollectionSchema::of::<quotas::owned_artists::OwnedArtistsRecord>(
            &quotas::owned_artists::OWNED_ARTISTS,
        ),
        CollectionSchema::of::<read_model::outbox::OutboxRecord>(&read_model::outbox::OUTBOX),
        CollectionSchema::of::<service::audit::AuditRecord>(&service::audit::AUDIT),
    ]
}

/// The operations on the catalogue.
#[derive(Debug)]
pub struct Catalogue {
    /// The operations on artists.
    pub artists: CatalogueService<ArtistContent>,
    /// The operations on videos.
    pub videos: CatalogueService<VideoContent>,
    /// The operations on products.
    pub products: CatalogueService<ProductContent>,
    /// The operations on retailers.
    pub retailers: CatalogueService<RetailerState>,
    /// The overview and the external content of the studio.
    pub studio: StudioCatalogue,
    /// The public pages, lists and searches.
    pub public: PublicCatalogue,
    /// The redirects of offers to retailers.
    pub offers: OfferLinks,
    context: Arc<CatalogueContext>,
}

impl Catalogue {
    pub(crate) fn new(context: Arc<CatalogueContext>) -> Self {
        Self {
            artists: CatalogueService::new(context.clone()),
            videos: CatalogueService::new(context.clone()),
            products: CatalogueService::new(context.clone()),
            retailers: CatalogueService::new(context.clone()),
            studio: StudioCatalogue::new(context.clone()),
            public: PublicCatalogue::new(context.clone()),
            offers: OfferLinks::new(context.clone()),
            context,
        }
    }

    /// The operations on entities of a kind that is a parameter of the caller's type.
    pub fn of<K: Kind>(&self) -> CatalogueService<K> {
        CatalogueService::new(self.context.clone())
    }

    /// Updates the read model for entities that another process has left in the outbox; returns
    /// their number. A background job of the server calls it repeatedly.
    ///
    /// # Errors
    /// [`CatalogueError::Forbidden`] for every caller but the operator, [`CatalogueError::Store`].
    pub async fn catch_up(&self, caller: &Caller) -> Result<usize, CatalogueError> {
        require_operator(caller)?;
        Ok(self.context.projector.catch_up().await?)
    }

    /// Rebuilds the read model unless it is complete; returns the number of entries, or `None` if
    /// nothing was done.
    ///
    /// # Errors
    /// As [`catch_up`](Self::catch_up).
    pub async fn build(&self, caller: &Caller) -> Result<Option<usize>, CatalogueError> {
        require_operator(caller)?;
        if self.context.projector.refresh_is_complete().await? {
            return Ok(None);
        }
        self.rebuild(caller).await.map(Some)
    }

    /// Rebuilds the read model beside the one in use and swaps the two; returns the number of
    /// entries. Slugs that an earlier rule derived from a name are replaced by those of today's
    /// rule, and the former slugs redirect. If that fails, the read model stays incomplete and the
    /// rebuild is repeated.
    ///
    /// # Errors
    /// As [`catch_up`](Self::catch_up).
    pub async fn rebuild(&self, caller: &Caller) -> Result<usize, CatalogueError> {
        require_operator(caller)?;
        let rebuilt = self.context.projector.rebuild().await?;
        self.context.renew_slugs(&rebuilt.outdated).await?;
        Ok(self.context.projector.finish(rebuilt).await?)
    }
}

impl CatalogueContext {
    pub(crate) fn over(
        documents: &Arc<dyn Documents>,
        search: Arc<dyn SearchIndex>,
        analysis: AnalysisThreads,
        directory: Arc<AccountDirectory>,
        clock: &Arc<dyn Clock>,
        hosts: ForeignHosts,
        (quotas, write_limits): (Quotas, WriteLimits),
    ) -> Self {
        let keys = UniqueIndex::new(documents.clone(), clock.clone());
        let outbox = Outbox::new(documents.clone(), clock.clone());
        let repositories = Arc::new(Repositories {
            artists: repository(documents, &keys, &outbox, clock),
            videos: repository(documents, &keys, &outbox, clock),
            products: repository(documents, &keys, &outbox, clock),
            retailers: repository(documents, &keys, &outbox, clock),
        });
        Self {
            projector: Arc::new(Projector::new(repositories.clone(), search, outbox)),
            repositories,
            analysis,
            owned_artists: OwnedArtists::new(documents.clone()),
            quotas,
            write_limits,
            directory,
            audit: Audit::new(documents.clone(), clock.clone()),
            clock: clock.clone(),
            hosts,
        }
    }
}

fn repository<C: Kind>(
    documents: &Arc<dyn Documents>,
    keys: &UniqueIndex,
    outbox: &Outbox,
    clock: &Arc<dyn Clock>,
) -> Repository<C> {
    Repository::new(
        documents.clone(),
        keys.clone(),
        outbox.clone(),
        clock.clone(),
    )
}

fn require_operator(caller: &Caller) -> Result<(), CatalogueError> {
    match caller {
        Caller::System => Ok(()),
        Caller::Anonymous(_) | Caller::SignedIn { .. } => Err(CatalogueError::Forbidden),
    }
}
