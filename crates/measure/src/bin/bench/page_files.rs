//! The files that the HTML of a page refers to.

/// A tag that makes a browser fetch or run a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PageFile {
    /// A style sheet.
    Style(String),
    /// A script; an inline script has no address.
    Script {
        address: Option<String>,
        blocks: bool,
    },
    /// A preloaded file, which scripts need.
    Preload(String),
}

impl PageFile {
    /// Its address, unless it is inline.
    pub(crate) fn address(&self) -> Option<String> {
        match self {
            Self::Style(address) | Self::Preload(address) => Some(address.clone()),
            Self::Script { address, .. } => address.clone(),
        }
    }
}

/// All files of a page, in order.
pub(crate) fn of(html: &str) -> Vec<PageFile> {
    let (page, rest) = html.split_once("</body>").unwrap_or((html, ""));
    let in_page = page.split('<').filter_map(|text| of_tag(text, false));
    let behind = rest.split('<').filter_map(|text| of_tag(text, true));
    in_page.chain(behind).collect()
}

/// Parses a tag. An inline script after the body does not block rendering.
fn of_tag(text: &str, is_behind: bool) -> Option<PageFile> {
    let tag = text.split('>').next()?;
    let (name, attributes) = tag.split_once([' ', '\n']).unwrap_or((tag, ""));
    let value = |name: &str| attribute(attributes, name);
    match name {
        "script" => {
            let kind = value("type").unwrap_or_default();
            let is_data = kind.contains("json");
            let waits = kind == "module" || has(attributes, "async") || has(attributes, "defer");
            let address = value("src");
            let is_harmless = is_behind && address.is_none();
            Some(PageFile::Script {
                blocks: !waits && !is_data && !is_harmless,
                address,
            })
        }
        "link" => match value("rel")?.as_str() {
            "stylesheet" => Some(PageFile::Style(value("href")?)),
            "preload" | "modulepreload" => Some(PageFile::Preload(value("href")?)),
            _ => None,
        },
        _ => None,
    }
}

fn has(attributes: &str, name: &str) -> bool {
    attributes
        .split_whitespace()
        .any(|word| word.split('=').next() == Some(name))
}

fn attribute(attributes: &str, name: &str) -> Option<String> {
    attributes.split_whitespace().find_map(|word| {
        let (key, value) = word.split_once('=')?;
        let value = value.trim_end_matches('/').trim_matches(['"', '\'']);
        (key == name).then(|| value.to_owned())
    })
}

/// The address of the WebAssembly in a script.
pub(crate) fn wasm_in(text: &str) -> Option<String> {
    let end = text.find(".wasm")? + ".wasm".len();
    let start = text[..end].rfind(['"', '\'', '`', '('])? + 1;
    Some(text[start..end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_asks_for_is_found() {
        let html = r#"<!DOCTYPE html><html><head><link rel="stylesheet" href="/a.css"/>
            <link rel=modulepreload href="/a.js"><script type="module" src="/a.js" async></script>
            <script>now()</script><script type="application/json">{}</script></head>
            <body></body></html><script>later()</script><script src="/b.js"></script>"#;
        let script = |address: Option<&str>, blocks| PageFile::Script {
            address: address.map(str::to_owned),
            blocks,
        };
        let expected = [
            PageFile::Style("/a.css".to_owned()),
            PageFile::Preload("/a.js".to_owned()),
            script(Some("/a.js"), false),
            script(None, true),
            script(None, false),
            script(None, false),
            script(Some("/b.js"), true),
        ];
        assert_eq!(of(html), expected);
    }

    #[test]
    fn the_wasm_is_found_in_the_script() {
        let script = "import i from './x.js';i({module_or_path:'/assets/a.01.wasm'});";
        assert_eq!(wasm_in(script).as_deref(), Some("/assets/a.01.wasm"));
        assert_eq!(wasm_in("nothing"), None);
    }
}
