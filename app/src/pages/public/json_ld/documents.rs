//! Structured data in the vocabulary of schema.org, as script elements.
//!
//! A node without a property that search engines require is left out, because they report
//! incomplete nodes as errors.

use serde_json::{Map, Value, json};
use types::{
    catalogue::Timecode,
    pages::{ArtistPage, ProductPage, PublicKind, VideoPage},
};

use super::{
    super::{address, list::list_texts, meta::url},
    clips::clips,
};
use crate::texts::texts;

const CONTEXT: &str = "https://schema.org";

/// The scripts of the list of a kind.
pub(super) fn list(kind: PublicKind) -> String {
    scripts(&[breadcrumbs(&way(kind))])
}

/// The scripts of an artist's page.
pub(super) fn artist(page: &ArtistPage) -> String {
    let url = url(&address::of_artist(&page.artist));
    let mut link = way(PublicKind::Artist);
    link.push((&page.artist.name, url.clone()));
    scripts(&[artist_node(page, &url), breadcrumbs(&link)])
}

/// The scripts of a video's page.
pub(super) fn video(page: &VideoPage) -> String {
    let url = url(&address::video(&page.artist.slug, &page.slug));
    let mut breadcrumb_items = way(PublicKind::Video);
    breadcrumb_items.push((&page.title, url.clone()));
    let mut nodes: Vec<_> = video_node(page, &url).into_iter().collect();
    nodes.push(breadcrumbs(&breadcrumb_items));
    scripts(&nodes)
}

/// The scripts of a product's page.
pub(super) fn product(page: &ProductPage) -> String {
    let product = &page.product;
    let url = url(&address::product(&product.artist.slug, &product.slug));
    let mut way = way(PublicKind::Product);
    way.push((&product.name, url.clone()));
    let mut nodes: Vec<_> = product_node(page, &url).into_iter().collect();
    nodes.push(breadcrumbs(&way));
    scripts(&nodes)
}

fn scripts(nodes: &[Value]) -> String {
    nodes.iter().map(script).collect()
}

/// JSON in a script element. A `</script` within the JSON would end the element, so these characters
/// are written as JSON escapes; they occur in strings only.
fn script(node: &Value) -> String {
    let json = node
        .to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029");
    format!(r#"<script type="application/ld+json">{json}</script>"#)
}

/// The breadcrumbs of a list: home page and list.
fn way<'a>(kind: PublicKind) -> Vec<(&'a str, String)> {
    vec![
        (texts().site.name, url("/")),
        (list_texts(kind).title, url(address::list(kind))),
    ]
}

/// A `BreadcrumbList` of names and absolute URLs, from the home page on.
fn breadcrumbs(way: &[(&str, String)]) -> Value {
    let item = |(index, (name, url)): (usize, &(&str, String))| json!({ "@type": "ListItem", "position": index + 1, "name": name, "item": url });
    let items: Vec<_> = way.iter().enumerate().map(item).collect();
    json!({ "@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": items })
}

/// A `ProfilePage` of a `Person`.
fn artist_node(page: &ArtistPage, url: &str) -> Value {
    let links = page.links.iter();
    let links: Vec<_> = links
        .filter_map(|link| link.target.approved_url())
        .collect();
    let mut person = Map::new();
    person.insert("@type".to_owned(), "Person".into());
    person.insert("name".to_owned(), page.artist.name.as_str().into());
    person.insert("url".to_owned(), url.into());
    if !page.bio.is_empty() {
        person.insert("description".to_owned(), page.bio.as_str().into());
    }
    if !links.is_empty() {
        person.insert("sameAs".to_owned(), links.into());
    }
    json!({ "@context": CONTEXT, "@type": "ProfilePage", "url": url, "mainEntity": person })
}

/// A `VideoObject` with its chapters and placements as clips. Search engines require name, thumbnail
/// and upload date; `None` without them.
fn video_node(page: &VideoPage, url: &str) -> Option<Value> {
    let watched = page.video.as_ref()?;
    let thumbnail = watched.thumbnail.as_deref()?;
    let published_on = page.published_on.as_ref()?.as_str();
    let mut node = json!({
        "@context": CONTEXT,
        "@type": "VideoObject",
        "name": page.title,
        "url": url,
        "thumbnailUrl": [thumbnail],
        // Only the day is known. Without a time zone search engines would assume one.
        "uploadDate": format!("{published_on}T00:00:00Z"),
        "author": { "@type": "Person", "name": page.artist.name },
    });
    let object = node.as_object_mut()?;
    if !page.description.is_empty() {
        object.insert("description".to_owned(), page.description.as_str().into());
    }
    let duration = page.duration;
    if let Some(duration) = duration.filter(|duration| *duration > Timecode::default()) {
        object.insert("duration".to_owned(), duration.iso8601().into());
    }
    if let Some(player) = watched.player() {
        object.insert("embedUrl".to_owned(), player.url.as_str().into());
    }
    let clips = clips(page, url);
    if !clips.is_empty() {
        object.insert("hasPart".to_owned(), clips.into());
    }
    Some(node)
}

/// A `Product` with one `AggregateOffer` for each currency, because prices in different currencies
/// are not compared. `None` without a known price.
fn product_node(page: &ProductPage, url: &str) -> Option<Value> {
    let offers = page.product.prices.iter().map(|range| {
        json!({
            "@type": "AggregateOffer",
            "priceCurrency": range.low.currency.code(),
            "lowPrice": range.low.amount(),
            "highPrice": range.high.amount(),
            "offerCount": range.offers,
        })
    });
    let offers: Vec<_> = offers.collect();
    if offers.is_empty() {
        return None;
    }
    let card = &page.product;
    let mut node = json!({
        "@context": CONTEXT,
        "@type": "Product",
        "name": card.name,
        "url": url,
        "offers": offers,
    });
    let object = node.as_object_mut()?;
    if !page.description.is_empty() {
        object.insert("description".to_owned(), page.description.as_str().into());
    }
    if !card.brand.is_empty() {
        let brand = json!({ "@type": "Brand", "name": card.brand });
        object.insert("brand".to_owned(), brand);
    }
    if let Some(gtin) = &page.gtin {
        object.insert("gtin".to_owned(), gtin.as_str().into());
    }
    let images = page.pictures.iter();
    let images: Vec<_> = images.filter_map(|one| one.url.as_deref()).collect();
    if !images.is_empty() {
        object.insert("image".to_owned(), images.into());
    }
    Some(node)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_in_a_script_says_the_same_and_never_ends_it() {
        let node = json!({ "name": "</script><img onerror=alert(1)> & \u{2028}" });
        let script = script(&node);
        let json = script
            .strip_prefix(r#"<script type="application/ld+json">"#)
            .and_then(|rest| rest.strip_suffix("</script>"))
            .unwrap();
        assert!(!json.contains(['<', '>', '&', '\u{2028}']), "{json}");
        assert_eq!(serde_json::from_str::<Value>(json).unwrap(), node);
    }
}
