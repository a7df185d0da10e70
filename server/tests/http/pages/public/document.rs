//! Helpers that read an HTML document.

use serde_json::Value;

/// The values of an attribute, unescaped, in document order.
pub(crate) fn attributes(html: &str, name: &str) -> Vec<String> {
    let start = format!(" {name}=\"");
    let values = html.split(start.as_str()).skip(1);
    values
        .map(|rest| unescaped(rest.split('"').next().unwrap()))
        .collect()
}

/// Every attribute of a document: its element, its name and its unescaped value. The content of scripts
/// and styles is skipped.
pub(crate) fn all_attributes(html: &str) -> Vec<(String, String, String)> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let Some(mut tag) = rest.get(..end_of_tag(rest)) else {
            break;
        };
        rest = &rest[tag.len()..];
        let name_ends = tag.find(char::is_whitespace).unwrap_or(tag.len());
        let element = tag[..name_ends].to_ascii_lowercase();
        tag = &tag[name_ends..];
        while let Some((name, after)) = tag.split_once('=') {
            let (value, after) = match after.strip_prefix('"') {
                Some(quoted) => quoted.split_once('"').unwrap(),
                None => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
            };
            let name = name.split_whitespace().last().unwrap().to_ascii_lowercase();
            found.push((element.clone(), name, unescaped(value)));
            tag = after;
        }
        for raw in ["script", "style"] {
            if element == raw {
                let end = rest.find(&format!("</{raw}"));
                rest = &rest[end.unwrap_or(rest.len())..];
            }
        }
    }
    found
}

/// The end of a tag. Unquoted values contain no `>`.
fn end_of_tag(rest: &str) -> usize {
    let mut is_quoted = false;
    let end = rest.find(|c| {
        is_quoted ^= c == '"';
        c == '>' && !is_quoted
    });
    end.unwrap_or(rest.len())
}

/// The content of the `main` element.
pub(crate) fn main_of(html: &str) -> &str {
    let rest = html.split("<main").nth(1).unwrap();
    rest.split("</main>").next().unwrap()
}

/// The content of a `meta` element by its name or property, or the href of a `link` by its relation.
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

/// The structured data; every script must hold valid JSON.
pub(crate) fn json_ld(html: &str) -> Vec<Value> {
    let scripts = html.split("application/ld+json\">").skip(1);
    scripts
        .map(|rest| rest.split("</script>").next().unwrap())
        .map(|text| serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}")))
        .collect()
}

/// How often a text occurs in another one.
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
