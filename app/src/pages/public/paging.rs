//! Pagination of public lists.

use leptos::prelude::*;
use types::pages::{Paging, PublicKind};

use super::address::{search_query, with_page};
use crate::texts::public_texts;

/// The pagination of a list: titles, paths and links.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PageLinks {
    paging: Paging,
    path: String,
    query: Vec<(&'static str, String)>,
}

impl PageLinks {
    /// The pagination of the list at this path.
    pub(crate) fn new(paging: Paging, path: &str) -> Self {
        Self {
            paging,
            path: path.to_owned(),
            query: Vec::new(),
        }
    }

    /// The pagination of search results.
    pub(crate) fn of_search(paging: Paging, words: &str, kind: Option<PublicKind>) -> Self {
        Self {
            query: search_query(words, kind),
            ..Self::new(paging, "/search")
        }
    }

    /// Whether this is the first page.
    pub(crate) fn is_first(&self) -> bool {
        self.paging.page == 1
    }

    /// The path of this page.
    pub(crate) fn path(&self) -> String {
        self.path_of(self.paging.page)
    }

    /// The title of this page of a list with this title.
    pub(crate) fn title(&self, title: &str) -> String {
        match self.paging.page {
            1 => title.to_owned(),
            page => (public_texts().paging.title)(title, page),
        }
    }

    fn path_of(&self, page: u32) -> String {
        with_page(&self.path, self.query.clone(), page)
    }

    /// Links to the previous and the next page; `None` for a list with one page.
    pub(crate) fn into_view(self) -> Option<AnyView> {
        let Paging { page, pages } = self.paging;
        if pages == 1 {
            return None;
        }
        let texts = &public_texts().paging;
        let previous = (page > 1).then(|| self.path_of(page - 1));
        let next = (page < pages).then(|| self.path_of(page + 1));
        let view = view! {
            <nav class="paging" aria-label=texts.label>
                <span class="paging-link">
                    {previous.map(|path| view! {
                        <a class="button button-quiet" rel="prev" href=path>{texts.previous}</a>
                    })}
                </span>
                <span class="paging-position">{(texts.position)(page, pages)}</span>
                <span class="paging-link">
                    {next.map(|path| view! {
                        <a class="button button-quiet" rel="next" href=path>{texts.next}</a>
                    })}
                </span>
            </nav>
        };
        Some(view.into_any())
    }
}
