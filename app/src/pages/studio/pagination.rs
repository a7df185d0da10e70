//! Links to the previous and the next page of a list.

use leptos::prelude::*;

use crate::texts::studio_texts;

/// The links, in a navigation with this accessible name; `None` for a single page.
pub(super) fn show(
    label: &'static str,
    page: u32,
    pages: u32,
    address: impl Fn(u32) -> String,
) -> Option<AnyView> {
    if pages < 2 {
        return None;
    }
    let texts = &studio_texts().list;
    let link = |page: u32, label: &'static str, rel: &'static str| {
        view! { <a class="button button-quiet" href=address(page) rel=rel>{label}</a> }
    };
    Some(
        view! {
            <nav class="studio-pages" aria-label=label>
                {(page > 1).then(|| link(page - 1, texts.previous, "prev"))}
                <span>{(texts.page_of)(page, pages)}</span>
                {(page < pages).then(|| link(page + 1, texts.next, "next"))}
            </nav>
        }
        .into_any(),
    )
}
