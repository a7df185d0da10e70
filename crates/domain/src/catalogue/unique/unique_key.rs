//! A unique value as the id of a document.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use types::catalogue::{Gtin, Slug, VideoLink};

/// A value that only one entity may have.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UniqueKey(String);

impl UniqueKey {
    pub(crate) fn artist_slug(slug: &Slug) -> Self {
        Self(format!("slug/artist/{}", slug.as_str()))
    }

    pub(crate) fn video_slug(artist: &str, slug: &Slug) -> Self {
        Self(format!("slug/video/{artist}/{}", slug.as_str()))
    }

    pub(crate) fn product_slug(artist: &str, slug: &Slug) -> Self {
        Self(format!("slug/product/{artist}/{}", slug.as_str()))
    }

    pub(crate) fn retailer_slug(artist: &str, slug: &Slug) -> Self {
        Self(format!("slug/retailer/{artist}/{}", slug.as_str()))
    }

    /// Hashed, because an id has at most 512 bytes and a link can be longer.
    pub(crate) fn video_link(artist: &str, link: &VideoLink) -> Self {
        let value = format!("{}/{}", link.provider.name(), link.key);
        let digest = HEXLOWER.encode(&Sha256::digest(value));
        Self(format!("link/{artist}/{digest}"))
    }

    /// The GTIN in 14 digits, because a number is the same in all its lengths.
    pub(crate) fn gtin(artist: &str, gtin: &Gtin) -> Self {
        Self(format!("gtin/{artist}/{}", gtin.canonical()))
    }

    /// The domain of a retailer about which a moderator has decided: it is approved or blocked.
    pub(crate) fn decided_domain(domain: &str) -> Self {
        Self(format!("domain/{domain}"))
    }

    /// The domain of a retailer that an artist has proposed; another artist may propose it too.
    pub(crate) fn proposed_domain(artist: &str, domain: &str) -> Self {
        Self(format!("domain/{artist}/{domain}"))
    }

    pub(crate) fn offer(id: &str) -> Self {
        Self(format!("offer/{id}"))
    }

    /// True for a slug, which links on other sites may name.
    pub(crate) fn is_slug(&self) -> bool {
        self.0.starts_with("slug/")
    }

    /// The id of the key's document.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_link_still_fits_into_an_id() {
        let link = format!("https://films.example/{}", "a".repeat(1900));
        let link = VideoLink::parse(&link).unwrap().unwrap();
        let key = UniqueKey::video_link("art_1", &link);
        assert!(key.as_str().len() < 200, "{key:?}");
    }

    #[test]
    fn a_number_is_one_key_in_all_its_lengths() {
        let key = |typed| UniqueKey::gtin("art_1", &Gtin::parse(typed).unwrap().unwrap());
        assert_eq!(key("036000291452").as_str(), "gtin/art_1/00036000291452");
        assert_eq!(key("036000291452"), key("0036000291452"));
        assert_ne!(key("036000291452"), key("96385074"));
    }

    #[test]
    fn the_same_domain_is_another_key_when_it_is_only_proposed() {
        let decided = UniqueKey::decided_domain("shop.example");
        assert_ne!(decided, UniqueKey::proposed_domain("art_1", "shop.example"));
    }
}
