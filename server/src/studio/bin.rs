//! What is deleted and can be restored.

use app::pages::studio::{
    Shelf,
    bin::{self, Bin, Deleted, Section},
};
use axum::response::Response;
use domain::{
    Caller,
    catalogue::{Catalogue, ListPage, ListQuery, RetailerKept},
    search::{Page, Sort, Words},
};
use types::catalogue::{ArtistContent, ProductContent, VideoContent};

use super::{
    asked::Query,
    desk::parts,
    fail,
    list::{A_PAGE, offset, pages},
    thing::{Answer, Artists, Products, Retailers, Thing, Videos},
};
use crate::content::Reader;

/// A kind of things whose deleted ones are listed.
trait Deletable: Thing {
    /// A page of what is deleted and can be restored, the last deleted one first.
    fn deleted(
        catalogue: &Catalogue,
        caller: &Caller,
        page: usize,
    ) -> impl Future<Output = Answer<ListPage<Self::Content>>> + Send;
}

/// `GET /studio/bin?kind=&page=`: the first page of every kind, or any page of one.
pub(crate) async fn bin(reader: Reader) -> Response {
    let query = Query::of(&reader.uri);
    let Some(page) = query.page() else {
        return reader.not_found().await;
    };
    let kind = Shelf::from_name(query.text("kind"));
    if kind.is_none() && (page > 1 || !query.text("kind").is_empty()) {
        return reader.not_found().await;
    }
    match sections(&reader, kind, page).await {
        Ok(sections) if sections.iter().any(|one| one.page > one.pages) => reader.not_found().await,
        Ok(sections) => reader.show(bin::page(Bin { kind, sections })).await,
        Err(error) => fail(reader, error).await,
    }
}

async fn sections(reader: &Reader, kind: Option<Shelf>, page: usize) -> Answer<Vec<Section>> {
    let mut sections = Vec::new();
    for shelf in Shelf::ALL {
        if kind.is_some_and(|kind| kind != shelf) {
            continue;
        }
        sections.push(match shelf {
            Shelf::Artists => section::<Artists>(reader, page).await?,
            Shelf::Videos => section::<Videos>(reader, page).await?,
            Shelf::Products => section::<Products>(reader, page).await?,
            Shelf::Retailers => section::<Retailers>(reader, page).await?,
        });
    }
    Ok(sections)
}

async fn section<T: Deletable>(reader: &Reader, page: usize) -> Answer<Section> {
    let (catalogue, caller) = parts(reader);
    let found = T::deleted(catalogue, caller, page).await?;
    let deleted = found.things.into_iter().map(|view| Deleted {
        name: T::name(&view.content).to_owned(),
        id: view.id,
        deleted_at: view.deleted_at.unwrap_or_default(),
    });
    Ok(Section {
        shelf: T::SHELF,
        deleted: deleted.collect(),
        page,
        pages: pages(found.total),
    })
}

fn query(page: usize) -> ListQuery {
    ListQuery {
        artist: None,
        words: Words::parse(""),
        sort: Sort::Updated,
        page: Page::Offset(offset(page)),
        limit: A_PAGE,
    }
}

impl Deletable for Artists {
    /// An account has few enough artists for all of them to be read.
    async fn deleted(
        catalogue: &Catalogue,
        caller: &Caller,
        page: usize,
    ) -> Answer<ListPage<ArtistContent>> {
        let mut artists = catalogue.artists.deleted(caller).await?;
        artists.sort_by(|one, other| other.deleted_at.cmp(&one.deleted_at));
        let total = artists.len() as u64;
        let artists = artists.into_iter().skip(offset(page)).take(A_PAGE);
        Ok(ListPage {
            things: artists.collect(),
            total,
            next: None,
        })
    }
}

impl Deletable for Videos {
    async fn deleted(
        catalogue: &Catalogue,
        caller: &Caller,
        page: usize,
    ) -> Answer<ListPage<VideoContent>> {
        catalogue.videos.deleted(caller, &query(page)).await
    }
}

impl Deletable for Products {
    async fn deleted(
        catalogue: &Catalogue,
        caller: &Caller,
        page: usize,
    ) -> Answer<ListPage<ProductContent>> {
        catalogue.products.deleted(caller, &query(page)).await
    }
}

impl Deletable for Retailers {
    async fn deleted(
        catalogue: &Catalogue,
        caller: &Caller,
        page: usize,
    ) -> Answer<ListPage<RetailerKept>> {
        catalogue.retailers.deleted(caller, &query(page)).await
    }
}
