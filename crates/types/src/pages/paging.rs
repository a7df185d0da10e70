//! Pagination.

use serde::{Deserialize, Serialize};

/// The position in a paginated list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paging {
    /// The number of this page, from 1.
    pub page: u32,
    /// Number of pages; at least 1.
    pub pages: u32,
}

/// A page with a paginated list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paged<T> {
    /// The position in the list.
    pub paging: Paging,
    /// The model of the page.
    pub content: T,
}

impl Paging {
    /// Number of entities on one page.
    pub const SIZE: u32 = 24;

    /// Page `page` of a list with `total` entities; `None` if there is no such page. An empty list has one
    /// page.
    pub fn new(page: u32, total: u64) -> Option<Self> {
        let pages = total.div_ceil(Self::SIZE.into()).max(1);
        let pages = u32::try_from(pages).unwrap_or(u32::MAX);
        (1..=pages).contains(&page).then_some(Self { page, pages })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(page: u32, total: u64) -> Option<u32> {
        Paging::new(page, total).map(|paging| paging.pages)
    }

    #[test]
    fn there_is_no_page_behind_the_last_one() {
        assert_eq!(pages(1, 0), Some(1));
        assert_eq!(pages(1, 24), Some(1));
        assert_eq!(pages(2, 24), None);
        assert_eq!(pages(2, 25), Some(2));
        assert_eq!(pages(0, 25), None);
        assert_eq!(pages(u32::MAX, u64::MAX), Some(u32::MAX));
    }
}
