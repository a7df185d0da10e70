//! The bodies of the public server functions. Pages call them during server-side rendering, too.

mod search;

use domain::{
    catalogue::{CatalogueError, Resolved},
    search::Sort,
};
use http::HeaderValue;
use types::{
    Problem,
    catalogue::Slug,
    pages::{
        ArtistPage, CardList, Destination, HomePage, LeavingPage, PageLookup, Paged, Paging,
        ProductPage, PublicKind, UnapprovedRetailerPage, VideoPage,
    },
};

pub use self::search::search;
use super::query::PageNumber;
use crate::{pages::public::address, query::QueryString, request_context::RequestContext};

/// Number of new entities of each kind on the home page.
const NEWEST_PER_KIND: usize = 4;
/// Maximum number of entities on one page of a list.
const SIZE: usize = Paging::SIZE as usize;

/// Reads the newest public videos and products. Without the store the home page is shown without
/// them, so there is no error.
pub async fn home(context: &RequestContext) -> HomePage {
    match newest(context).await {
        Ok((videos, products)) => HomePage::Newest { videos, products },
        Err(error) => {
            // The conversion into `Problem` logs the cause.
            drop(Problem::from(error));
            HomePage::Unavailable
        }
    }
}

async fn newest(context: &RequestContext) -> Result<(CardList, CardList), CatalogueError> {
    let public = &context.domain.catalogue.public;
    let of = |kind: PublicKind| {
        let kind = kind.entity_kind();
        public.list(&context.caller, kind, Sort::Newest, 0, NEWEST_PER_KIND)
    };
    let (videos, products) = futures::join!(of(PublicKind::Video), of(PublicKind::Product));
    Ok((videos?, products?))
}

/// Reads one page of the list of a kind: videos and products newest first, artists by name.
///
/// # Errors
/// [`Problem::NotFound`] if the list has no such page, [`Problem::Unavailable`],
/// [`Problem::Internal`].
pub async fn list(
    context: &RequestContext,
    kind: PublicKind,
    query: &str,
) -> Result<PageLookup<Paged<CardList>>, Problem> {
    let page = match requested_page(query, address::list(kind))? {
        PageLookup::Page(page) => page,
        PageLookup::Redirect(address) => return Ok(PageLookup::Redirect(address)),
    };
    let sort = match kind {
        PublicKind::Artist => Sort::Name,
        PublicKind::Video | PublicKind::Product => Sort::Newest,
    };
    let public = &context.domain.catalogue.public;
    let kind = kind.entity_kind();
    let content = public.list(&context.caller, kind, sort, offset(page), SIZE);
    let content = content.await?;
    paged(page, content.total, content).map(PageLookup::Page)
}

/// Reads the page of an artist. The number of its pages is that of the longer of its two lists.
///
/// # Errors
/// [`Problem::NotFound`] if the artist does not exist, is not public, or has no such page,
/// [`Problem::Unavailable`], [`Problem::Internal`].
pub async fn artist(
    context: &RequestContext,
    slug: &str,
    query: &str,
) -> Result<PageLookup<Paged<ArtistPage>>, Problem> {
    // The router has decoded the path, so the slug may hold a slash or a question mark.
    let slug = parse_slug(slug)?;
    let page = match requested_page(query, &address::artist(slug))? {
        PageLookup::Page(page) => page,
        PageLookup::Redirect(address) => return Ok(PageLookup::Redirect(address)),
    };
    let public = &context.domain.catalogue.public;
    let found = public.artist_from(&context.caller, slug, offset(page), SIZE);
    match found.await? {
        Resolved::Present(content) => {
            let total = content.videos.total.max(content.products.total);
            paged(page, total, content).map(PageLookup::Page)
        }
        Resolved::Redirect { artist, .. } => {
            Ok(redirect_with_query(query, &address::artist(&artist)))
        }
    }
}

/// Reads the page of a video.
///
/// # Errors
/// [`Problem::NotFound`] if the video does not exist or is not public, [`Problem::Unavailable`],
/// [`Problem::Internal`].
pub async fn video(
    context: &RequestContext,
    artist: &str,
    slug: &str,
    query: &str,
) -> Result<PageLookup<VideoPage>, Problem> {
    let public = &context.domain.catalogue.public;
    let found = public.video(&context.caller, artist, slug).await?;
    Ok(match found {
        Resolved::Present(page) => PageLookup::Page(page),
        Resolved::Redirect { artist, slug } => {
            redirect_with_query(query, &address::video(&artist, &slug))
        }
    })
}

/// Reads the page of a product.
///
/// # Errors
/// As [`video`].
pub async fn product(
    context: &RequestContext,
    artist: &str,
    slug: &str,
    query: &str,
) -> Result<PageLookup<ProductPage>, Problem> {
    let public = &context.domain.catalogue.public;
    let found = public.product(&context.caller, artist, slug).await?;
    Ok(match found {
        Resolved::Present(page) => PageLookup::Page(page),
        Resolved::Redirect { artist, slug } => {
            redirect_with_query(query, &address::product(&artist, &slug))
        }
    })
}

/// Resolves a link of an entity to another host.
///
/// # Errors
/// [`Problem::NotFound`] if the caller may not see the entity or the entity has no such URL,
/// [`Problem::Unavailable`], [`Problem::Internal`].
pub async fn leave(
    context: &RequestContext,
    entity: &str,
    digest: &str,
) -> Result<Destination<LeavingPage>, Problem> {
    let public = &context.domain.catalogue.public;
    checked_destination(public.resolve_link(&context.caller, entity, digest).await?)
}

/// Resolves the link of an offer to its retailer.
///
/// # Errors
/// [`Problem::NotFound`] if the offer does not exist or its product is not public,
/// [`Problem::Unavailable`], [`Problem::Internal`].
pub async fn go(
    context: &RequestContext,
    offer: &str,
) -> Result<Destination<UnapprovedRetailerPage>, Problem> {
    let offers = &context.domain.catalogue.offers;
    checked_destination(offers.follow(&context.caller, offer).await?)
}

/// Refuses a destination that cannot be the value of `Location`. Checked URLs are ASCII without
/// white space; a URL that no header can hold was stored without a check.
fn checked_destination<P>(destination: Destination<P>) -> Result<Destination<P>, Problem> {
    match &destination {
        Destination::Approved { url } if HeaderValue::from_str(url).is_err() => {
            Err(Problem::NotFound)
        }
        Destination::Approved { .. } | Destination::Unapproved(_) => Ok(destination),
    }
}

/// The page of the list at `path` that the query requests, or a redirect for `page=1`.
///
/// # Errors
/// [`Problem::NotFound`] for a page number that is malformed.
fn requested_page(query: &str, path: &str) -> Result<PageLookup<u32>, Problem> {
    let query = QueryString::of(query);
    match query.page_number() {
        PageNumber::Page(page) => Ok(PageLookup::Page(page)),
        PageNumber::First => Ok(PageLookup::Redirect(query.at_without(path, "page"))),
        PageNumber::Unknown => Err(Problem::NotFound),
    }
}

/// Accepts a slug only, because a redirect is built from it.
fn parse_slug(slug: &str) -> Result<&str, Problem> {
    let parsed = Slug::parse(slug, 1, u16::MAX).ok().flatten();
    let is_slug = parsed.is_some_and(|parsed| parsed.as_str() == slug);
    is_slug.then_some(slug).ok_or(Problem::NotFound)
}

fn paged<T>(page: u32, total: u64, content: T) -> Result<Paged<T>, Problem> {
    let paging = Paging::new(page, total).ok_or(Problem::NotFound)?;
    Ok(Paged { paging, content })
}

fn redirect_with_query<T>(query: &str, path: &str) -> PageLookup<T> {
    PageLookup::Redirect(QueryString::of(query).at(path))
}

fn offset(page: u32) -> usize {
    let pages = usize::try_from(page.saturating_sub(1)).unwrap_or(usize::MAX);
    pages.saturating_mul(SIZE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_that_no_header_can_hold_leads_nowhere() {
        let checked = |url: &str| {
            checked_destination(Destination::<()>::Approved {
                url: url.to_owned(),
            })
        };
        for url in [
            "https://a.example/\r\nset-cookie: a=b",
            "https://a.example/\0",
        ] {
            assert_eq!(checked(url), Err(Problem::NotFound), "{url}");
        }
        assert!(checked("https://a.example/?b=%C3%A9#c").is_ok());
        let page = Destination::Unapproved(());
        assert_eq!(checked_destination(page.clone()), Ok(page));
    }

    #[test]
    fn an_address_is_made_of_slugs_only() {
        for slug in ["ada-films", "a", "0"] {
            assert_eq!(parse_slug(slug), Ok(slug));
        }
        for text in [
            "",
            " ada",
            "..",
            "../go/off_1",
            "..\\go",
            "a?b",
            "a#b",
            "Ada",
            "\u{ff41}",
            "a/b",
        ] {
            assert_eq!(parse_slug(text), Err(Problem::NotFound), "{text}");
        }
    }
}
