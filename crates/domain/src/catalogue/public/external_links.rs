//! Links of entities to external hosts.

use types::{
    catalogue::{ArtistContent, VideoContent},
    pages::{ArtistRef, Destination, LeavingPage, LinkingEntity},
};

use super::{
    super::{
        CatalogueError,
        foreign_hosts::{host_of, starts_of_video, url_of_artist, url_of_video},
    },
    PublicCatalogue,
};
use crate::caller::Caller;
use crate::catalogue::{
    entities::{
        entity_ids::{ArtistId, VideoId},
        record::{EntityRecord, StoredEntity},
    },
    service::kind::Kind,
};

impl PublicCatalogue {
    /// Where a link of an artist or a video leads, by the id of the entity and the digest of the
    /// stored URL. The owner can follow links of drafts. Other callers can follow only links that
    /// the public page of the entity has.
    ///
    /// # Errors
    /// [`CatalogueError::Unknown`] if the caller cannot see such an entity or it has no such URL,
    /// [`CatalogueError::Store`].
    pub async fn resolve_link(
        &self,
        caller: &Caller,
        entity: &str,
        digest: &str,
    ) -> Result<Destination<LeavingPage>, CatalogueError> {
        let (url, entity) = if let Some(id) = ArtistId::parse(entity) {
            self.resolve_artist_link(caller, id.as_str(), digest)
                .await?
        } else if let Some(id) = VideoId::parse(entity) {
            self.resolve_video_link(caller, id.as_str(), digest).await?
        } else {
            return Err(CatalogueError::Unknown);
        };
        let host = host_of(&url).to_owned();
        if self.context.is_approved_host(&host).await? {
            return Ok(Destination::Approved { url });
        }
        Ok(Destination::Unapproved(LeavingPage {
            unicode_host: unicode(&host),
            url,
            host,
            entity,
        }))
    }

    async fn resolve_artist_link(
        &self,
        caller: &Caller,
        id: &str,
        digest: &str,
    ) -> Result<(String, LinkingEntity), CatalogueError> {
        let artist = self.context.repositories.artists.get(id).await?;
        let artist = live(artist)?.record;
        let url = url_of_artist(digest, &artist.content).ok_or(CatalogueError::Unknown)?;
        if artist.is_published_itself() {
            return Ok((url, LinkingEntity::Artist(ArtistRef::from(&artist))));
        }
        if !self.is_owner(caller, id).await? {
            return Err(CatalogueError::Unknown);
        }
        let name = artist.content.name;
        Ok((
            url,
            LinkingEntity::ArtistDraft {
                id: id.to_owned(),
                name,
            },
        ))
    }

    async fn resolve_video_link(
        &self,
        caller: &Caller,
        id: &str,
        digest: &str,
    ) -> Result<(String, LinkingEntity), CatalogueError> {
        let repositories = &self.context.repositories;
        let video: EntityRecord<VideoContent> = live(repositories.videos.get(id).await?)?.record;
        let artist = repositories.artists.get(&video.parent).await?;
        let artist: EntityRecord<ArtistContent> = live(artist)?.record;
        let is_shown = video.is_published_itself() && artist.is_published_itself();
        let starts = if self.is_owner(caller, &video.parent).await? {
            starts_of_video(&video.content)
        } else if is_shown {
            self.shown_starts(&video.content).await?
        } else {
            return Err(CatalogueError::Unknown);
        };
        let url = url_of_video(digest, &video.content, &starts).ok_or(CatalogueError::Unknown)?;
        let title = video.content.title.clone();
        if is_shown {
            let (artist, slug) = (ArtistRef::from(&artist), video.slug.as_str().to_owned());
            return Ok((
                url,
                LinkingEntity::Video {
                    artist,
                    slug,
                    title,
                },
            ));
        }
        Ok((
            url,
            LinkingEntity::VideoDraft {
                id: id.to_owned(),
                title,
            },
        ))
    }

    async fn is_owner(&self, caller: &Caller, artist: &str) -> Result<bool, CatalogueError> {
        match self.context.live_artist_of(caller, artist).await {
            Ok(_) => Ok(true),
            Err(CatalogueError::Store(error)) => Err(CatalogueError::Store(error)),
            Err(_) => Ok(false),
        }
    }
}

fn live<C: Kind>(found: Option<StoredEntity<C>>) -> Result<StoredEntity<C>, CatalogueError> {
    let found = found.filter(|one| one.record.is_live());
    found.ok_or(CatalogueError::Unknown)
}

/// An international name in its own script; `None` if it is invalid or the same as `host`.
fn unicode(host: &str) -> Option<String> {
    let (unicode, is_valid) = idna::domain_to_unicode(host);
    (is_valid.is_ok() && unicode != host).then_some(unicode)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_international_name_is_also_shown_in_its_own_script() {
        assert_eq!(
            unicode("xn--bcher-kva.example").as_deref(),
            Some("bücher.example")
        );
        for host in ["shop.example", "xn--a.example"] {
            assert_eq!(unicode(host), None, "{host}");
        }
    }
}
