//! The public page of a video.

use types::{
    catalogue::{Timecode, VideoContent},
    pages::{PublicPlacement, VideoPage},
};

use super::{CatalogueError, PublicCatalogue, Resolved, parse, redirect, shown};
use crate::caller::Caller;
use crate::catalogue::unique::UniqueKey;

impl PublicCatalogue {
    /// The page of a video.
    ///
    /// # Errors
    /// As [`artist`](Self::artist).
    pub async fn video(
        &self,
        _: &Caller,
        artist: &str,
        slug: &str,
    ) -> Result<Resolved<VideoPage>, CatalogueError> {
        let asked = artist;
        let (artist_id, artist) = self.artist_at(asked).await?.record_with_id();
        let repository = &self.context.repositories.videos;
        let wanted = parse(slug)?;
        let found = repository
            .find(&UniqueKey::video_slug(&artist_id, &wanted))
            .await?;
        let video = shown(found)?;
        if artist.slug.as_str() != asked || video.record.slug != wanted {
            return Ok(redirect(&artist, video.record.slug.as_str()));
        }
        let placements = self.placements(&video.record.content).await?;
        let content = video.record.content;
        let watched = match &content.link {
            Some(link) => {
                let starts = starts(&content, &placements);
                Some(self.context.foreign_video(&video.id, link, &starts).await?)
            }
            None => None,
        };
        Ok(Resolved::Present(VideoPage {
            artist: (&artist).into(),
            slug: video.record.slug.as_str().to_owned(),
            title: content.title,
            description: content.description,
            disclosure: artist.content.disclosure,
            duration: content.duration,
            published_on: content.published_on,
            chapters: content.chapters,
            video: watched,
            placements,
        }))
    }

    /// The starts that the public page of a video shows.
    pub(super) async fn shown_starts(
        &self,
        video: &VideoContent,
    ) -> Result<Vec<Timecode>, CatalogueError> {
        Ok(starts(video, &self.placements(video).await?))
    }

    /// The placements of public products, by time.
    async fn placements(
        &self,
        video: &VideoContent,
    ) -> Result<Vec<PublicPlacement>, CatalogueError> {
        let mut ids: Vec<_> = video
            .placements
            .iter()
            .map(|one| one.product_id.as_str())
            .collect();
        ids.sort_unstable();
        ids.dedup();
        let products = self.products(&ids).await?;
        let shown = video.placements.iter().filter_map(|placement| {
            let product = products.iter().find(|one| one.id == placement.product_id)?;
            Some(PublicPlacement {
                start: placement.start,
                end: placement.end,
                note: placement.note.clone(),
                product: product.card.clone(),
                offer: product.offer.clone(),
            })
        });
        let mut placements: Vec<_> = shown.collect();
        // Placements without a time come last.
        placements.sort_by_key(|one| (one.start.is_none(), one.start));
        Ok(placements)
    }
}

/// The starts on the page: those of the chapters and of these placements. Placements of products
/// that are not public must not be revealed.
fn starts(video: &VideoContent, placements: &[PublicPlacement]) -> Vec<Timecode> {
    let chapters = video.chapters.iter().map(|chapter| chapter.start);
    let placements = placements.iter().filter_map(|one| one.start);
    chapters.chain(placements).collect()
}
