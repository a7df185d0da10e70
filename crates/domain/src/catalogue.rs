//! The catalogue: artists, their videos and products, and the retailers that sell them.

mod access;
mod artists;
mod audit;
mod by_slug;
mod cards;
mod context;
mod error;
mod foreign_hosts;
mod holdings;
mod ids;
mod keys;
mod kind;
mod lists;
mod meant;
mod moderation;
mod offer_listing;
mod offers;
mod outbox;
mod owned;
mod owners;
mod products;
mod projector;
mod public;
mod quotas;
mod record;
mod repository;
mod reservations;
mod reserved;
mod retailer_access;
mod retailers;
mod service;
mod shops;
mod slug_renewal;
mod slugs;
mod studio;
mod uses;
mod videos;
mod views;
mod whole_list;

use std::sync::Arc;

use types::catalogue::{ArtistContent, ProductContent, VideoContent};

use self::{
    audit::Audit, keys::Keys, outbox::Outbox, owners::Repositories, projector::Projector,
    record::Kept, repository::Repository,
};
pub(crate) use self::{context::CatalogueContext, holdings::Holdings};
pub use self::{
    error::CatalogueError,
    foreign_hosts::{ForeignHosts, HostList},
    ids::{ArtistId, OfferId, PlacementId, ProductId, RetailerId, VideoId},
    kind::Kind,
    lists::{ListPage, ListQuery},
    meant::MOST_MEANT,
    offers::Offers,
    public::{Public, Resolved, SiteMapEntry},
    quotas::{Quota, Quotas},
    retailers::RetailerKept,
    service::CatalogueService,
    studio::Studio,
    uses::{Use, Uses},
    views::{ArtistView, ProductView, RetailerView, VideoView, View},
};
use crate::{
    accounts::AccountDirectory,
    caller::Caller,
    clock::Clock,
    documents::{Collection, Documents},
    limits::WriteLimits,
    migrations::Record,
    search::{AnalysisThreads, Search},
};

/// The collections that the catalogue is stored in.
pub(crate) fn collections() -> [&'static Collection; 8] {
    [
        &kind::ARTISTS,
        &kind::VIDEOS,
        &kind::PRODUCTS,
        &kind::RETAILERS,
        &keys::KEYS,
        &holdings::HOLDINGS,
        &outbox::OUTBOX,
        &audit::AUDIT,
    ]
}

/// The schemas of the documents in [`collections`].
pub(crate) fn records() -> [Record; 8] {
    [
        Record::of::<Kept<ArtistContent>>(&kind::ARTISTS),
        Record::of::<Kept<VideoContent>>(&kind::VIDEOS),
        Record::of::<Kept<ProductContent>>(&kind::PRODUCTS),
        Record::of::<Kept<RetailerKept>>(&kind::RETAILERS),
        Record::of::<keys::Stamp>(&keys::KEYS),
        Record::of::<holdings::HoldingsRecord>(&holdings::HOLDINGS),
        Record::of::<outbox::DueRecord>(&outbox::OUTBOX),
        Record::of::<audit::AuditRecord>(&audit::AUDIT),
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
    pub retailers: CatalogueService<RetailerKept>,
    /// The overview and the external content of the studio.
    pub studio: Studio,
    /// The public pages, lists and searches.
    pub public: Public,
    /// The redirects of offers to retailers.
    pub offers: Offers,
    context: Arc<CatalogueContext>,
}

impl Catalogue {
    pub(crate) fn new(context: Arc<CatalogueContext>) -> Self {
        Self {
            artists: CatalogueService::new(context.clone()),
            videos: CatalogueService::new(context.clone()),
            products: CatalogueService::new(context.clone()),
            retailers: CatalogueService::new(context.clone()),
            studio: Studio::new(context.clone()),
            public: Public::new(context.clone()),
            offers: Offers::new(context.clone()),
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
        if self.context.projector.look().await? {
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
        search: Arc<dyn Search>,
        analysis: AnalysisThreads,
        directory: Arc<AccountDirectory>,
        clock: &Arc<dyn Clock>,
        hosts: ForeignHosts,
        (quotas, write_limits): (Quotas, WriteLimits),
    ) -> Self {
        let keys = Keys::new(documents.clone(), clock.clone());
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
            holdings: Holdings::new(documents.clone()),
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
    keys: &Keys,
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
