//! Renews slugs that an earlier rule has derived from a name.
//!
//! A migration cannot do this: the key of a slug is a document of its own, and another entity may
//! have the new one. So a slug is renewed like any update, while the read model is rebuilt, which
//! happens once after an update of the program that changes what a word is.

use types::catalogue::{ArtistContent, ProductContent, VideoContent};

use super::{
    record::{EntityRecord, StoredEntity},
    slugs,
};
use crate::catalogue::{
    CatalogueError,
    service::{context::CatalogueContext, kind::Kind, retailers::RetailerState},
};
use crate::search::EntityKind;

/// True if nobody chose the slug and today's rule would derive another one.
pub(crate) fn is_outdated<C: Kind>(entity: &StoredEntity<C>) -> bool {
    renewed(&entity.record, &entity.id).is_some()
}

/// The entity with the slug that today's rule derives from its name, and the former one as a
/// redirect; `None` if the slug stays.
fn renewed<C: Kind>(record: &EntityRecord<C>, id: &str) -> Option<EntityRecord<C>> {
    let name = record.content.name();
    // Both rules give the same slug for ASCII.
    if name.is_ascii() || record.content.slug().is_some() {
        return None;
    }
    if slugs::derive_with_signs(name, id, C::SLUG_LENGTH)? != record.slug {
        return None;
    }
    let slug = slugs::derive(name, id, C::SLUG_LENGTH)?;
    // Only the operator can assign a reserved slug.
    let is_kept = slug == record.slug || C::is_reserved(&slug);
    (!is_kept).then(|| {
        let mut renewed = record.clone();
        renewed.rename(slug);
        renewed
    })
}

impl CatalogueContext {
    /// Renews the slugs of these entities. An entity keeps its slug if another one has the new
    /// slug.
    ///
    /// # Errors
    /// [`CatalogueError::Store`].
    pub(crate) async fn renew_slugs(
        &self,
        outdated: &[(EntityKind, String)],
    ) -> Result<(), CatalogueError> {
        for (kind, id) in outdated {
            let renewed = match kind {
                EntityKind::Artist => self.renew_slug::<ArtistContent>(id).await,
                EntityKind::Video => self.renew_slug::<VideoContent>(id).await,
                EntityKind::Product => self.renew_slug::<ProductContent>(id).await,
                EntityKind::Retailer => self.renew_slug::<RetailerState>(id).await,
            };
            match renewed {
                Err(CatalogueError::Store(error)) => return Err(error.into()),
                Err(error) => tracing::info!(id, %error, "a slug of a former rule stays"),
                Ok(()) => {}
            }
        }
        Ok(())
    }

    async fn renew_slug<C: Kind>(&self, id: &str) -> Result<(), CatalogueError> {
        let Some(entity) = self.repository::<C>().get(id).await? else {
            return Ok(());
        };
        let change = |record: &mut EntityRecord<C>| {
            if let Some(renewed) = renewed(record, id) {
                *record = renewed;
            }
        };
        self.change_latest(entity, change).await.map(drop)
    }
}
