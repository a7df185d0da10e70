//! What a document says of a page, for those who do not look at it.

use leptos::{html::meta, prelude::*};
use serde_json::Value;

/// What a document says of a page, for those who do not look at it: search engines, and what shows
/// a link that somebody sent. Everything may hold what people typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Head {
    /// A sentence or two; the site's own when there is none.
    pub description: Option<String>,
    /// The one address of the page, as a whole URL.
    pub canonical: Option<String>,
    /// Open Graph properties: `og:title` and what it says.
    pub open_graph: Vec<(&'static str, String)>,
    /// Structured data, each a document of JSON-LD.
    pub json_ld: Vec<Value>,
    /// What robots may do: `noindex`.
    pub robots: Option<&'static str>,
}

impl Head {
    /// The elements in `<head>`. Each is marked, so that a page that is carried brings its own.
    pub(crate) fn into_view(self, description: &str) -> impl IntoView {
        let description = self.description.unwrap_or_else(|| description.to_owned());
        let properties = self.open_graph.into_iter();
        let properties = properties.map(|(property, content)| {
            let meta = meta().attr("data-head", "").attr("property", property);
            meta.content(content)
        });
        let documents = self.json_ld.iter().map(|document| {
            view! { <script data-head="" type="application/ld+json" inner_html=script(document)></script> }
        });
        view! {
            <meta data-head="" name="description" content=description/>
            {self.robots.map(|robots| view! { <meta data-head="" name="robots" content=robots/> })}
            {self.canonical.map(|href| view! { <link data-head="" rel="canonical" href=href/> })}
            {properties.collect::<Vec<_>>()}
            {documents.collect::<Vec<_>>()}
        }
    }
}

/// JSON within a script, which ends at the first `</script` wherever that stands. These characters
/// stand in strings only, where JSON may write them as numbers.
fn script(document: &Value) -> String {
    document
        .to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// Text within `<title>`, where a parser knows references and the end of the title, and no other
/// markup.
pub(crate) fn title_text(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn json_in_a_script_says_the_same_and_never_ends_it() {
        let document = json!({ "name": "</script><img onerror=alert(1)> & \u{2028}" });
        let script = script(&document);
        assert!(!script.contains(['<', '>', '&', '\u{2028}']), "{script}");
        assert_eq!(serde_json::from_str::<Value>(&script).unwrap(), document);
    }

    #[test]
    fn a_title_is_text() {
        assert_eq!(
            title_text("a </title><b> &amp;"),
            "a &lt;/title&gt;&lt;b&gt; &amp;amp;"
        );
    }
}
