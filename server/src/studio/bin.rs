//! What is deleted and can be restored.

use app::pages::studio::bin::{self, Deleted};
use axum::response::Response;

use super::{
    desk::parts,
    fail,
    thing::{Answer, Artists, Products, Retailers, Thing, Videos},
};
use crate::content::Reader;

/// `GET /studio/bin`
pub(crate) async fn bin(reader: Reader) -> Response {
    match all(&reader).await {
        Ok(deleted) => reader.show(bin::page(deleted)).await,
        Err(error) => fail(reader, error).await,
    }
}

async fn all(reader: &Reader) -> Answer<Vec<Deleted>> {
    let mut all = of::<Artists>(reader).await?;
    all.extend(of::<Videos>(reader).await?);
    all.extend(of::<Products>(reader).await?);
    all.extend(of::<Retailers>(reader).await?);
    Ok(all)
}

/// What is deleted of one kind.
pub(super) async fn of<T: Thing>(reader: &Reader) -> Answer<Vec<Deleted>> {
    let (catalogue, caller) = parts(reader);
    let deleted = T::deleted(catalogue, caller).await?.into_iter();
    let deleted = deleted.map(|view| Deleted {
        shelf: T::SHELF,
        name: T::name(&view.content).to_owned(),
        id: view.id,
        deleted_at: view.deleted_at.unwrap_or_default(),
    });
    Ok(deleted.collect())
}
