//! The way through a long list.

use leptos::prelude::*;

use super::address::with_page;
use crate::texts::texts;

/// How many things stand on a page of a list.
pub const PAGE: usize = 24;

/// Where one is in a long list, which is numbered from 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Paging {
    /// This page.
    pub page: usize,
    /// How many there are; at least 1.
    pub pages: usize,
    path: String,
    query: Vec<(&'static str, String)>,
}

impl Paging {
    /// The page of this number of a list of so many things; none behind the last one. An empty list
    /// has a first page, too.
    pub fn new(
        page: usize,
        total: u64,
        path: &str,
        query: Vec<(&'static str, String)>,
    ) -> Option<Self> {
        let total = usize::try_from(total).unwrap_or(usize::MAX);
        let pages = total.div_ceil(PAGE).max(1);
        (1..=pages).contains(&page).then(|| Self {
            page,
            pages,
            path: path.to_owned(),
            query,
        })
    }

    /// The path of this page.
    pub(crate) fn path(&self) -> String {
        self.path_of(self.page)
    }

    /// The title of this page of what has this title.
    pub(crate) fn title(&self, title: &str) -> String {
        match self.page {
            1 => title.to_owned(),
            page => (texts().public.paging.title)(title, page),
        }
    }

    fn path_of(&self, page: usize) -> String {
        with_page(&self.path, self.query.clone(), page)
    }

    /// Links to the pages before and behind; nothing for a list of one page.
    pub(crate) fn into_view(self) -> Option<AnyView> {
        if self.pages == 1 {
            return None;
        }
        let texts = &texts().public.paging;
        let previous = (self.page > 1).then(|| self.path_of(self.page - 1));
        let next = (self.page < self.pages).then(|| self.path_of(self.page + 1));
        let view = view! {
            <nav class="paging" aria-label=texts.label>
                <span class="paging-way">
                    {previous.map(|path| view! {
                        <a class="button button-quiet" rel="prev" href=path>{texts.previous}</a>
                    })}
                </span>
                <span class="paging-position">{(texts.position)(self.page, self.pages)}</span>
                <span class="paging-way">
                    {next.map(|path| view! {
                        <a class="button button-quiet" rel="next" href=path>{texts.next}</a>
                    })}
                </span>
            </nav>
        };
        Some(view.into_any())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(page: usize, total: u64) -> Option<usize> {
        Paging::new(page, total, "/videos", Vec::new()).map(|paging| paging.pages)
    }

    #[test]
    fn there_is_no_page_behind_the_last_one() {
        assert_eq!(pages(1, 0), Some(1));
        assert_eq!(pages(1, 24), Some(1));
        assert_eq!(pages(2, 24), None);
        assert_eq!(pages(2, 25), Some(2));
        assert_eq!(pages(0, 25), None);
    }
}
