//! Pages of the studio.

use app::{
    api::studio::{edit, lists, trash},
    pages::studio::{
        edit_page::{self, Submitted},
        list, paths, trash as trash_page,
    },
};
use axum::response::Response;

use super::{StudioInput, fail, path_id::PathId, query::Query};
use crate::content::Reader;

/// `GET /studio/videos?q=&sort=&artist=&page=&deleted=`
pub(crate) async fn show_list<I: StudioInput>(reader: Reader) -> Response {
    let query = Query::of(&reader.uri);
    let Some(params) = query.list() else {
        return reader.not_found().await;
    };
    match lists::ssr::read_list(&reader.visit(), I::KIND, &params).await {
        Ok(page) => reader.show(list::page(page, query.notice())).await,
        Err(problem) => fail(reader, problem).await,
    }
}

/// `GET /studio/bin?kind=&page=`: the first page of every kind, or any page of one.
pub(crate) async fn show_trash(reader: Reader) -> Response {
    let query = Query::of(&reader.uri);
    let name = query.text("kind");
    let kind = paths::kind_in_trash(name);
    let Some(page) = query.page().filter(|_| kind.is_some() || name.is_empty()) else {
        return reader.not_found().await;
    };
    match trash::ssr::read_trash(&reader.visit(), kind, page).await {
        Ok(page) => reader.show(trash_page::page(page)).await,
        Err(problem) => fail(reader, problem).await,
    }
}

/// `GET /studio/videos/new?artist=`
pub(crate) async fn show_new<I: StudioInput>(reader: Reader) -> Response {
    let query = Query::of(&reader.uri);
    let artist = query.text("artist");
    match edit::ssr::read_new_page(&reader.visit(), I::KIND, artist, &[]).await {
        Ok(page) => {
            let path = reader.uri.path().to_owned();
            let content = edit_page::page(page, path, Submitted::default());
            reader.show(content).await
        }
        Err(problem) => fail(reader, problem).await,
    }
}

/// `GET /studio/videos/{id}`
pub(crate) async fn show<I: StudioInput>(PathId(id): PathId, reader: Reader) -> Response {
    let submitted = Submitted {
        notice: Query::of(&reader.uri).notice(),
        ..Submitted::default()
    };
    match edit::ssr::read_edit_page(&reader.visit(), I::KIND, &id, &[]).await {
        Ok(page) => {
            let path = reader.uri.path().to_owned();
            reader.show(edit_page::page(page, path, submitted)).await
        }
        Err(problem) => fail(reader, problem).await,
    }
}
