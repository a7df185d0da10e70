//! The products that a form can choose from.

use std::collections::BTreeSet;

use domain::{
    Caller,
    catalogue::{Catalogue, CatalogueError, ListQuery, MAX_NAMES_LOOKED_UP, ProductView},
    search::{PageStart, QueryWords, Sort},
};
use types::{
    catalogue::{EntityKind, normalized_name},
    pages::studio::ProductChoices,
};

use super::entity::CatalogueResult;

/// Maximum number of products that a field suggests.
const PROPOSED: usize = 500;

/// The scope of a choice of products.
#[derive(Clone, Copy)]
pub(super) struct ChoiceScope<'a> {
    /// The kind of the entity that the form edits.
    pub(super) kind: EntityKind,
    /// The artist whose products can be chosen; `None` for all artists of the account.
    pub(super) artist: Option<&'a str>,
    /// The id of the edited entity, which cannot be chosen; `None` for a new one.
    pub(super) itself: Option<&'a str>,
    /// The products that the form names already, by id or label. They are always among the choices.
    pub(super) named: &'a [String],
}

/// Reads the products that the form of an entity can choose from.
pub(super) async fn choices(
    catalogue: &Catalogue,
    caller: &Caller,
    of: ChoiceScope<'_>,
) -> CatalogueResult<ProductChoices> {
    match of.kind {
        EntityKind::Artist | EntityKind::Retailer => Ok(ProductChoices::default()),
        EntityKind::Video | EntityKind::Product => products(catalogue, caller, of).await,
    }
}

/// Reads the products that the form of a new entity can choose from. `artist` is the id of the chosen
/// artist, or empty. Until one is chosen, the products of all artists of the account are suggested;
/// the domain refuses a product of another artist.
pub(super) async fn choices_of_new(
    catalogue: &Catalogue,
    caller: &Caller,
    kind: EntityKind,
    artist: &str,
    named: &[String],
) -> CatalogueResult<ProductChoices> {
    let of_all = ChoiceScope {
        kind,
        artist: None,
        itself: None,
        named,
    };
    if artist.is_empty() {
        return choices(catalogue, caller, of_all).await;
    }
    let of_one = ChoiceScope {
        artist: Some(artist),
        ..of_all
    };
    match choices(catalogue, caller, of_one).await {
        // The domain refuses the form because of the unknown artist, but the page is rendered.
        Err(CatalogueError::Unknown) => choices(catalogue, caller, of_all).await,
        // The choices are incomplete: the user can still choose an artist with other products.
        known => known.map(ProductChoices::and_others),
    }
}

/// The first [`PROPOSED`] products by name, and those that the form names.
async fn products(
    catalogue: &Catalogue,
    caller: &Caller,
    of: ChoiceScope<'_>,
) -> CatalogueResult<ProductChoices> {
    let query = ListQuery {
        artist: of.artist.map(str::to_owned),
        words: QueryWords::parse(""),
        sort: Sort::Name,
        page: PageStart::Offset(0),
        limit: PROPOSED,
    };
    let page = catalogue.products.list(caller, &query).await?;
    let has_others = page.total > PROPOSED as u64;
    let mut products = page.entities;
    products.retain(|one| Some(one.id.as_str()) != of.itself);
    let proposed = choices_of(&products);
    if !has_others {
        return Ok(proposed);
    }
    // The suggestions may end between two products of the same name, so a typed name that equals
    // the last suggested one is looked up as well.
    let last = products
        .last()
        .map(|one| normalized_name(&one.content.name));
    let is_proposed = |typed: &&str| {
        let id = proposed.id_of(typed).unwrap_or(typed);
        let product = products.iter().find(|one| one.id == id);
        product.is_some_and(|one| Some(normalized_name(&one.content.name)) != last)
    };
    let named: BTreeSet<_> = of
        .named
        .iter()
        .map(String::as_str)
        .take(MAX_NAMES_LOOKED_UP)
        .collect();
    let others: Vec<_> = named
        .into_iter()
        .filter(|typed| !is_proposed(typed))
        .collect();
    for other in catalogue
        .products
        .find_by_typed_text(caller, of.artist, &others)
        .await?
    {
        let is_known = products.iter().any(|one| one.id == other.id);
        if !is_known && Some(other.id.as_str()) != of.itself {
            products.push(other);
        }
    }
    Ok(choices_of(&products).and_others())
}

fn choices_of(products: &[ProductView]) -> ProductChoices {
    let names = |one: &ProductView| (one.id.clone(), one.content.name.clone(), one.slug.clone());
    ProductChoices::of(products.iter().map(names))
}
