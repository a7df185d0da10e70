//! Models of the pages that create or edit an entity.

use leptos::prelude::*;
use server_fn::codec::Json;
use types::{
    catalogue::EntityKind,
    pages::studio::{EditPage, SubmittedForm},
};

use crate::{client::PageClient, server_fn_problem::ServerFnProblem};

/// The page of a new entity. `artist` is the id of the preselected artist, or empty.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/read/studio/new")]
pub async fn read_new_page(kind: EntityKind, artist: String) -> Result<EditPage, ServerFnProblem> {
    super::server_fn::run(async |context| ssr::read_new_page(&context, kind, &artist, &[]).await)
        .await
}

/// The page of a stored entity.
#[server(client = PageClient, input = Json, output = Json, endpoint = "/read/studio/entity")]
pub async fn read_edit_page(kind: EntityKind, id: String) -> Result<EditPage, ServerFnProblem> {
    super::server_fn::run(async |context| ssr::read_edit_page(&context, kind, &id, &[]).await).await
}

/// The page of a stored or new entity, with the plain form that was just submitted to it, if any.
///
/// # Errors
/// As [`read_new_page`] and [`read_edit_page`].
#[cfg(feature = "ssr")]
pub(crate) async fn read_page(
    kind: EntityKind,
    id: Option<String>,
    artist: String,
) -> Result<(EditPage, SubmittedForm), ServerFnProblem> {
    let Some(submitted) = use_context::<SubmittedForm>() else {
        return stored_page(kind, id, artist).await;
    };
    // The check for a signed-in user is skipped: a submitted form is shown again even if the
    // session has ended, so that no input is lost.
    let read = async |context| ssr::read_again(&context, kind, id.as_deref(), &submitted).await;
    let page = crate::api::sessions::ssr::answer(read).await?;
    Ok((page, submitted))
}

#[cfg(not(feature = "ssr"))]
pub(crate) use stored_page as read_page;

/// True if the page is the response to a plain form.
#[cfg(feature = "ssr")]
pub(crate) fn was_submitted() -> bool {
    use_context::<SubmittedForm>().is_some()
}

/// Always false: in the browser, forms are submitted by server functions.
#[cfg(not(feature = "ssr"))]
pub(crate) fn was_submitted() -> bool {
    false
}

pub(crate) async fn stored_page(
    kind: EntityKind,
    id: Option<String>,
    artist: String,
) -> Result<(EditPage, SubmittedForm), ServerFnProblem> {
    let page = match id {
        Some(id) => read_edit_page(kind, id).await?,
        None => read_new_page(kind, artist).await?,
    };
    Ok((page, SubmittedForm::default()))
}

/// The bodies of these server functions; plain forms call them, too.
#[cfg(feature = "ssr")]
pub mod ssr {
    use domain::{
        Caller,
        catalogue::{Catalogue, RetailerView},
    };
    use types::{
        Problem,
        catalogue::{EntityForm, EntityKind, Placement, VideoInput},
        pages::studio::{
            ArtistOption, EditPage, EntityDetails, EntityHead, PlacedProduct, ProductChoices,
            ProductDetails, RetailerReview, RetailerUse, SubmittedForm, SubmittedInput,
            chosen_products,
        },
    };

    use crate::{
        api::studio::{
            choices::{ChoiceScope, choices, choices_of_new},
            entity::{CatalogueResult, Entities, Entity},
            placements::ssr::products_of,
            server_fn::catalogue,
        },
        pages::studio::paths,
        request_context::RequestContext,
    };

    /// The page of a new entity. `named` has the ids or labels of the products in its form.
    ///
    /// # Errors
    /// [`Problem::Unauthenticated`], [`Problem::Unavailable`].
    pub async fn read_new_page(
        context: &RequestContext,
        kind: EntityKind,
        artist: &str,
        named: &[String],
    ) -> Result<EditPage, Problem> {
        let (catalogue, caller) = catalogue(context);
        let products = choices_of_new(catalogue, caller, kind, artist, named).await?;
        let artists = catalogue.artists.all(caller).await?.into_iter();
        let artists = artists.map(|one| option(one.id, one.content.name));
        Ok(EditPage {
            form: EntityForm::new(kind, artist),
            entity: None,
            artists: Some(artists.collect()),
            products,
            details: EntityDetails::None,
        })
    }

    /// The page of a stored entity. `named` has the ids or labels of products in its form besides the
    /// stored ones.
    ///
    /// # Errors
    /// [`Problem::NotFound`], [`Problem::Unauthenticated`], [`Problem::Unavailable`].
    pub async fn read_edit_page(
        context: &RequestContext,
        kind: EntityKind,
        id: &str,
        named: &[String],
    ) -> Result<EditPage, Problem> {
        let (catalogue, caller) = catalogue(context);
        let (entity, products) = read_entity(catalogue, caller, kind, id, named).await?;
        let input = products.to_labels(entity.input());
        Ok(EditPage {
            form: EntityForm::stored(input, entity.revision()),
            entity: Some(head(catalogue, caller, &entity).await?),
            artists: None,
            details: details(catalogue, caller, &entity, &products).await?,
            products,
        })
    }

    /// The page that a plain form was submitted to, with the submitted values. If the stored entity
    /// cannot be read, the page has only the form, so that no input is lost.
    ///
    /// # Errors
    /// The [`Problem`] of the page, if the submitted form has no values.
    pub(super) async fn read_again(
        context: &RequestContext,
        kind: EntityKind,
        id: Option<&str>,
        submitted: &SubmittedForm,
    ) -> Result<EditPage, Problem> {
        let (named, artist) = match &submitted.typed {
            SubmittedInput::Entity(form) => {
                (chosen_products(&form.input), form.extras.artist_id.as_str())
            }
            SubmittedInput::Placement(form) => (products_of(&form.input), ""),
            SubmittedInput::Nothing | SubmittedInput::Step(_) => (Vec::new(), ""),
        };
        let page = match id {
            Some(id) => read_edit_page(context, kind, id, &named).await,
            None => read_new_page(context, kind, artist, &named).await,
        };
        match (page, &submitted.typed) {
            (Ok(page), SubmittedInput::Entity(form)) => Ok(EditPage {
                form: form.clone(),
                ..page
            }),
            (Err(_), SubmittedInput::Entity(form)) => Ok(EditPage::unread(form.clone())),
            (Err(_), SubmittedInput::Placement(form)) => {
                let video = |_| VideoInput::default().into();
                Ok(EditPage::unread(form.clone().map(video)))
            }
            (page, _) => page,
        }
    }

    /// An entity, and the products that its form can choose from.
    pub(in crate::api::studio) async fn read_entity(
        catalogue: &Catalogue,
        caller: &Caller,
        kind: EntityKind,
        id: &str,
        named: &[String],
    ) -> CatalogueResult<(Entity, ProductChoices)> {
        let entity = Entities::of(catalogue, caller).get(kind, id).await?;
        let mut named = named.to_vec();
        named.extend(chosen_products(&entity.input()));
        let of = ChoiceScope {
            kind,
            artist: Some(entity.parent()),
            itself: Some(id),
            named: &named,
        };
        let products = choices(catalogue, caller, of).await?;
        Ok((entity, products))
    }

    async fn head(
        catalogue: &Catalogue,
        caller: &Caller,
        entity: &Entity,
    ) -> CatalogueResult<EntityHead> {
        let artist = match entity.kind().belongs_to_artist() {
            true => Some(catalogue.artists.get(caller, entity.parent()).await?),
            false => None,
        };
        let content = artist.as_ref().map(|artist| &artist.content);
        let slug = artist.as_ref().map(|artist| artist.slug.as_str());
        Ok(EntityHead {
            id: entity.id().to_owned(),
            revision: entity.revision(),
            name: entity.name().to_owned(),
            visibility: entity.visibility(content),
            public_path: paths::public(entity.kind(), slug, entity.slug()),
            artist: artist.map(|artist| option(artist.id, artist.content.name)),
        })
    }

    fn option(id: String, name: String) -> ArtistOption {
        ArtistOption { id, name }
    }

    async fn details(
        catalogue: &Catalogue,
        caller: &Caller,
        entity: &Entity,
        products: &ProductChoices,
    ) -> CatalogueResult<EntityDetails> {
        Ok(match entity {
            Entity::Artist(view) => {
                EntityDetails::Artist(catalogue.studio.links(caller, view).await?)
            }
            Entity::Product(view) => EntityDetails::Product(ProductDetails {
                pictures: catalogue.studio.pictures(view),
                unlisted_offers: catalogue.studio.unlisted_offers(caller, view).await?,
            }),
            Entity::Video(view) => {
                let video = catalogue.studio.video(caller, view).await?;
                let placements = view.content.placements.iter();
                let placed = placements.map(|one| placed(one, products));
                EntityDetails::Video(video, placed.collect())
            }
            Entity::Retailer(view) => {
                EntityDetails::Retailer(review(catalogue, caller, view).await?)
            }
        })
    }

    fn placed(placement: &Placement, products: &ProductChoices) -> PlacedProduct {
        let id = &placement.product_id;
        PlacedProduct {
            name: products.label_of(id).unwrap_or(id).to_owned(),
            product_id: id.clone(),
            start: placement.start,
            end: placement.end,
            note: placement.note.clone(),
        }
    }

    /// The review status of a retailer, and the products that use it. Moderators also see the names of
    /// other accounts' products, but not their ids.
    async fn review(
        catalogue: &Catalogue,
        caller: &Caller,
        view: &RetailerView,
    ) -> CatalogueResult<RetailerReview> {
        let uses = catalogue.retailers.uses(caller, &view.id).await?;
        let own = catalogue.artists.all(caller).await?;
        let products = uses.products.into_iter().map(|one| {
            let product = one.product;
            let is_own = own.iter().any(|artist| artist.id == product.parent);
            RetailerUse {
                links: one.links,
                id: is_own.then_some(product.id),
                name: product.content.name,
            }
        });
        Ok(RetailerReview {
            status: view.content.review_status,
            uses: uses.total,
            products: products.collect(),
            is_moderator: uses.is_moderator,
        })
    }
}
