//! Finds products by the text that a user types in a field.

use std::collections::BTreeSet;

use futures::{StreamExt as _, TryStreamExt as _, stream};
use types::{
    catalogue::{ProductContent, Slug, normalized_name},
    trimmed,
};

use super::{
    context::CatalogueContext,
    kind::Kind as _,
    owner_view::{OwnerView, ProductView},
};
use crate::catalogue::{
    CatalogueError, CatalogueService, entities::entity_ids::ProductId, unique::UniqueKey,
};
use crate::{
    caller::Caller,
    search::{EntityKind, Filter, QueryWords, Scope, SearchQuery, Sort},
};

/// Maximum number of names that are searched for concurrently.
const CONCURRENCY: usize = 8;
/// Maximum number of products with the same name.
const MAX_SAME_NAME: usize = 50;
/// Maximum number of artists for which a slug is looked up if none is chosen.
const MAX_ARTISTS: usize = 5;
/// Maximum number of products that are looked up: a form with more is rejected anyway.
pub const MAX_NAMES_LOOKED_UP: usize = 250;

impl CatalogueService<ProductContent> {
    /// The caller's products for each of these texts: an id, a name in any case, or a name with
    /// the slug in parentheses after it. All products with a matching name are returned, also for
    /// an id, each once; a text without a match is skipped. With `artist`, only products of that
    /// artist.
    ///
    /// # Errors
    /// [`CatalogueError::Unauthenticated`], [`CatalogueError::Store`].
    pub async fn find_by_typed_text(
        &self,
        caller: &Caller,
        artist: Option<&str>,
        typed: &[&str],
    ) -> Result<Vec<ProductView>, CatalogueError> {
        let context = self.context();
        let mut artists = context.own_artist_ids(caller).await?;
        artists.retain(|id| artist.is_none_or(|artist| artist == id));
        let (ids, names): (Vec<&str>, Vec<&str>) = typed
            .iter()
            .take(MAX_NAMES_LOOKED_UP)
            .partition(|typed| ProductId::parse(typed).is_some());
        let products = context.repositories.products.get_many(&ids).await?;
        let products = products.into_iter().flatten();
        let mut meant: Vec<ProductView> = products
            .filter(|one| one.record.is_live() && artists.contains(&one.record.parent))
            .map(OwnerView::from)
            .collect();
        let names = names.into_iter().map(str::to_owned);
        let names_of_ids = meant.iter().map(|one| one.content.name.clone());
        let names: BTreeSet<_> = names_of_ids
            .chain(names)
            .take(MAX_NAMES_LOOKED_UP)
            .collect();
        let mut named = Vec::new();
        for name in &names {
            named.push(context.find_by_label(&artists, name));
        }
        let named = stream::iter(named).buffered(CONCURRENCY);
        let named: Vec<_> = named.try_collect().await?;
        meant.extend(named.into_iter().flatten());
        meant.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        meant.dedup_by(|a, b| a.id == b.id);
        Ok(meant)
    }
}

impl CatalogueContext {
    /// The products of these artists with this name.
    async fn find_by_label(
        &self,
        artists: &[String],
        typed: &str,
    ) -> Result<Vec<ProductView>, CatalogueError> {
        let mut called = self.find_by_name(artists, typed).await?;
        let Some((name, slug)) = name_and_slug(typed) else {
            return Ok(called);
        };
        let products = &self.repositories.products;
        for artist in artists.iter().take(MAX_ARTISTS) {
            let found = products
                .find(&UniqueKey::product_slug(artist, &slug))
                .await?;
            let found = found.filter(|one| one.record.is_live() && one.record.slug == slug);
            let found = found.map(OwnerView::from);
            called.extend(found.filter(|one: &ProductView| one.has_name(name)));
        }
        Ok(called)
    }

    async fn find_by_name(
        &self,
        artists: &[String],
        name: &str,
    ) -> Result<Vec<ProductView>, CatalogueError> {
        let scope = Scope::Artists(artists.to_vec());
        let query = SearchQuery {
            // The blank ends the last word, which would otherwise match as a prefix.
            words: QueryWords::parse(&[name, " "].concat()),
            sort: Sort::Relevance,
            ..SearchQuery::newest(scope, EntityKind::Product, Filter::None, MAX_SAME_NAME)
        };
        let found = self.projector.search(&query).await?;
        let ids: Vec<_> = found.ids.iter().map(|(_, id)| id.as_str()).collect();
        let products = self.repositories.products.get_many(&ids).await?;
        let products = products.into_iter().flatten();
        let live = products.filter(|one| one.record.is_live());
        let views = live.map(OwnerView::from);
        Ok(views
            .filter(|one: &ProductView| one.has_name(name))
            .collect())
    }
}

impl OwnerView<ProductContent> {
    fn has_name(&self, typed: &str) -> bool {
        normalized_name(self.content.name()) == normalized_name(typed)
    }
}

/// The name of a product, and the slug in parentheses after it.
fn name_and_slug(typed: &str) -> Option<(&str, Slug)> {
    let (name, slug) = trimmed(typed).strip_suffix(')')?.rsplit_once(" (")?;
    let (shortest, longest) = ProductContent::SLUG_LENGTH;
    let slug = Slug::parse(&slug.to_lowercase(), shortest, longest);
    Some((name, slug.ok()??))
}
