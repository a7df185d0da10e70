//! What a page of the catalogue says of itself to those who do not look at it.

use leptos::prelude::*;
use types::pages::excerpt;

use crate::{page_head::Head, state::AppState, texts::texts};

/// What a page says of itself. Its URLs are made of what people call this server, and never of what
/// a request says.
pub(crate) struct Meta {
    /// The path of the page, with the part of the query that belongs to it.
    pub(crate) path: String,
    /// What the page is called.
    pub(crate) title: String,
    /// What it is about; may be long, and may be empty.
    pub(crate) description: String,
    /// What kind of thing it is, as Open Graph calls it.
    pub(crate) kind: &'static str,
    /// A picture of it, somewhere.
    pub(crate) image: Option<String>,
}

impl Meta {
    /// The same as the head of a document.
    pub(crate) fn into_head(self) -> Head {
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
        Head {
            description,
            canonical: Some(url),
            open_graph,
            ..Head::default()
        }
    }
}

/// The whole URL of a path of ours, as people call this server.
pub(crate) fn url(path: &str) -> String {
    [AppState::current().origin.get_value().as_str(), path].concat()
}

/// The start of a text on a single line.
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
