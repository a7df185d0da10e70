//! Metadata of public pages.

use leptos::prelude::*;
use types::pages::excerpt;

use crate::{app_context::AppContext, page_head::HeadTags, texts::texts};

/// Metadata of a public page. Absolute URLs are built from the configured public URL and never from
/// the request, whose `Host` a client chooses.
pub(crate) struct PageMeta {
    /// The path of the page, with the part of the query that identifies it.
    pub(crate) path: String,
    /// The title of the page.
    pub(crate) title: String,
    /// The description; may be long or empty.
    pub(crate) description: String,
    /// The Open Graph type.
    pub(crate) kind: &'static str,
    /// The absolute URL of a picture.
    pub(crate) image: Option<String>,
}

impl PageMeta {
    /// Converts this into the tags of the `<head>`.
    pub(crate) fn into_head(self) -> HeadTags {
        let url = url(&self.path);
        let description = one_line(&self.description);
        let mut open_graph = vec![
            ("og:site_name", texts().site.name.to_owned()),
            ("og:type", self.kind.to_owned()),
            ("og:title", self.title),
            ("og:url", url.clone()),
        ];
        if !description.is_empty() {
            open_graph.push(("og:description", description.clone()));
        }
        if let Some(image) = self.image {
            open_graph.push(("og:image", image));
        }
        HeadTags {
            description,
            canonical: Some(url),
            open_graph,
            ..HeadTags::default()
        }
    }
}

/// The absolute URL of a path, on the public origin of this server.
pub(crate) fn url(path: &str) -> String {
    [AppContext::current().origin.get_value().as_str(), path].concat()
}

/// The beginning of a text on a single line.
fn one_line(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().take(60).collect();
    excerpt(&words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_one_line() {
        assert_eq!(one_line(" a\n\nb\tc "), "a b c");
        assert_eq!(one_line(""), "");
    }
}
