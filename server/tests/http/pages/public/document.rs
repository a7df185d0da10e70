//! What a document says.

use serde_json::Value;

/// The values of an attribute, unescaped, in the order in which they stand.
pub(crate) fn attributes(html: &str, name: &str) -> Vec<String> {
    let start = format!(" {name}=\"");
    let values = html.split(start.as_str()).skip(1);
    values
        .map(|rest| unescaped(rest.split('"').next().unwrap()))
        .collect()
}

/// What stands in the page's main element.
pub(crate) fn main_of(html: &str) -> &str {
    let rest = html.split("<main").nth(1).unwrap();
    rest.split("</main>").next().unwrap()
}

/// The content of a `<meta>` by its name or property, or the address of a `<link>` by its relation.
pub(crate) fn meta(html: &str, name: &str) -> Option<String> {
    let head = html.split("</head>").next().unwrap();
    let mut tags = head.split('<').map(|rest| rest.split('>').next().unwrap());
    let tag = tags.find(|tag| {
        ["name", "property", "rel"]
            .iter()
            .any(|attribute| tag.contains(&format!("{attribute}=\"{name}\"")))
    })?;
    let tag = format!("{tag} ");
    let content = attributes(&tag, "content").into_iter();
    content.chain(attributes(&tag, "href")).next()
}

/// The structured data, each of which must be JSON.
pub(crate) fn json_ld(html: &str) -> Vec<Value> {
    let scripts = html.split("application/ld+json\">").skip(1);
    scripts
        .map(|rest| rest.split("</script>").next().unwrap())
        .map(|text| serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}")))
        .collect()
}

/// How often a text stands in another one.
pub(crate) fn count(html: &str, text: &str) -> usize {
    html.matches(text).count()
}

pub(crate) fn unescaped(text: &str) -> String {
    text.replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}
