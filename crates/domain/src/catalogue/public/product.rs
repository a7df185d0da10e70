//! The public page of a product, and products on other public pages.

use std::mem;

use types::{
    catalogue::{ArtistContent, EntityKind, ProductContent, Timecode, VideoContent},
    pages::{ProductAlternative, ProductAppearance, ProductCard, ProductPage, PublicOffer},
};

use super::{
    CatalogueError, PublicCatalogue, Resolved,
    cards::{product_card, video_card},
    ids,
    offers::offers,
    parse, public_query, redirect, shown,
};
use crate::catalogue::{entities::record::EntityRecord, unique::UniqueKey};
use crate::{
    caller::Caller,
    search::{Filter, QueryWords, Sort},
};

/// Maximum number of videos on the page of a product.
const APPEARANCES: usize = 12;

/// A public product.
pub(super) struct PublicProduct {
    pub(super) id: String,
    pub(super) card: ProductCard,
    pub(super) description: String,
    /// The best offer of an approved retailer.
    pub(super) offer: Option<PublicOffer>,
}

impl PublicCatalogue {
    /// The page of a product.
    ///
    /// # Errors
    /// As [`artist`](Self::artist).
    pub async fn product(
        &self,
        _: &Caller,
        artist: &str,
        slug: &str,
    ) -> Result<Resolved<ProductPage>, CatalogueError> {
        let asked = artist;
        let (artist_id, artist) = self.artist_at(asked).await?.record_with_id();
        let repository = &self.context.repositories.products;
        let wanted = parse(slug)?;
        let found = repository
            .find(&UniqueKey::product_slug(&artist_id, &wanted))
            .await?;
        let product = shown(found)?;
        if artist.slug.as_str() != asked || product.record.slug != wanted {
            return Ok(redirect(&artist, product.record.slug.as_str()));
        }
        let stored = product.record.content.offers.iter();
        let retailers = self.context.offer_retailers(stored).await?;
        let card = product_card(&product.record, &artist, &retailers);
        let mut content = product.record.content;
        let images = mem::take(&mut content.images);
        Ok(Resolved::Present(ProductPage {
            product: card,
            disclosure: artist.content.disclosure,
            pictures: self.context.foreign_pictures(images),
            offers: offers(&content, &retailers),
            alternatives: self.alternatives(&content).await?,
            appearances: self.appearances(&product.id).await?,
            description: content.description,
            gtin: content.gtin,
            attributes: content.attributes,
        }))
    }

    /// The public ones of these products, in the same order.
    pub(super) async fn products(
        &self,
        ids: &[&str],
    ) -> Result<Vec<PublicProduct>, CatalogueError> {
        let products = self.context.repositories.products.get_many(ids).await?;
        let products = self.context.public_cards(products).await?;
        let stored = products
            .iter()
            .flat_map(|(product, _)| &product.record.content.offers);
        let retailers = self.context.offer_retailers(stored).await?;
        let products = products.into_iter().map(|(product, artist)| {
            let offers = offers(&product.record.content, &retailers);
            PublicProduct {
                card: product_card(&product.record, &artist, &retailers),
                offer: offers.into_iter().find(PublicOffer::is_followable),
                description: product.record.content.description,
                id: product.id,
            }
        });
        Ok(products.collect())
    }

    async fn alternatives(
        &self,
        product: &ProductContent,
    ) -> Result<Vec<ProductAlternative>, CatalogueError> {
        let ids: Vec<_> = product
            .alternatives
            .iter()
            .map(|one| one.product_id.as_str())
            .collect();
        let products = self.products(&ids).await?;
        let alternatives = product.alternatives.iter().filter_map(|one| {
            let product = products.iter().find(|known| known.id == one.product_id)?;
            Some(ProductAlternative {
                tier: one.tier,
                product: product.card.clone(),
            })
        });
        Ok(alternatives.collect())
    }

    /// The newest public videos that place a product.
    async fn appearances(&self, product: &str) -> Result<Vec<ProductAppearance>, CatalogueError> {
        let query = public_query(
            EntityKind::Video,
            QueryWords::parse(""),
            Filter::Product(product.to_owned()),
            Sort::Newest,
            0,
            APPEARANCES,
        );
        let found = self.context.projector.search(&query).await?;
        let videos = &self.context.repositories.videos;
        let videos = self
            .context
            .public_cards(videos.get_many(&ids(&found)).await?);
        let videos = videos.await?.into_iter();
        let appearances = videos.map(|(video, artist)| appearance(&video.record, &artist, product));
        Ok(appearances.collect())
    }
}

fn appearance(
    video: &EntityRecord<VideoContent>,
    artist: &EntityRecord<ArtistContent>,
    product: &str,
) -> ProductAppearance {
    ProductAppearance {
        video: video_card(video, artist),
        starts: starts_of(product, &video.content),
    }
}

/// The starts of a product's placements in a video. Those of other products are left out, because
/// they may not be public.
fn starts_of(product: &str, video: &VideoContent) -> Vec<Timecode> {
    let placements = video.placements.iter();
    let of_product = placements.filter(|one| one.product_id == product);
    of_product.filter_map(|one| one.start).collect()
}
