//! `<textarea>` and `<title>`, whose text Leptos 0.8 does not escape (leptos#4730, reverted by #4819).

use std::{fs, path::Path};

use leptos::prelude::*;

const TEXT: &str = "</textarea><script>alert(1)</script>";

/// The HTML that Leptos renders.
fn rendered(view: impl IntoView + 'static) -> String {
    let owner = Owner::new();
    owner.with(|| view.to_html())
}

/// This states the behaviour, not the wish: when an upgrade of Leptos escapes, this test fails, and the
/// rule below can go.
#[test]
fn leptos_does_not_escape_a_textarea() {
    let text = TEXT.to_owned();
    let html = rendered(view! { <textarea>{text}</textarea> });
    assert!(
        html.contains("<script>alert(1)"),
        "Leptos escapes now: {html}"
    );
}

#[test]
fn leptos_escapes_everything_that_the_app_uses() {
    for html in [
        rendered(view! { <p>{TEXT.to_owned()}</p> }),
        rendered(view! { <p>{move || TEXT.to_owned()}</p> }),
        rendered(view! { <dd class="x">{TEXT.to_owned()} "and"</dd> }),
        rendered(view! { <input value=format!("\">{TEXT}")/> }),
        rendered(view! { <textarea prop:value=TEXT aria-label=format!("\">{TEXT}")></textarea> }),
        rendered(view! { <a href=format!("/login?next=\">{TEXT}")>"link"</a> }),
    ] {
        assert!(
            !html.contains("<script>") && !html.contains("\">\">"),
            "{html}"
        );
    }
}

/// Files that escape user input themselves, because Leptos would not, or not in this way; each has its
/// own tests.
const ESCAPING: [(&str, &str); 2] = [
    ("pages/public/json_ld.rs", "scripts"),
    ("pages/studio/text_area.rs", "escaped("),
];

/// The rule: user input is never the child of an element whose content Leptos does not escape.
#[test]
fn the_app_has_no_element_whose_text_is_not_escaped() {
    let app = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src");
    let mut sources = Vec::new();
    collect(&app, &mut sources);
    assert!(sources.len() > 20, "this test looks in the wrong place");
    for (path, source) in sources {
        for tag in [
            "<textarea",
            "<style",
            "<noscript",
            "<iframe",
            "<xmp",
            "<plaintext",
            "<noembed",
        ] {
            assert!(!has_content(&source, tag), "{path}: {tag}");
        }
        // `inner_html` gets only files of this repository and static texts.
        let parts = source.split("inner_html=").skip(1);
        for part in parts.chain(source.split(".inner_html(").skip(1)) {
            let value = part.split(['>', ' ']).next().unwrap();
            let is_escaped = ESCAPING
                .iter()
                .any(|(file, call)| path.ends_with(file) && value.starts_with(call));
            // An empty call reads the content of an element.
            let is_read = value.starts_with(')');
            let is_ours = value.starts_with("include_str!(") || value.ends_with("()") || is_read;
            assert!(is_ours || is_escaped, "{path}: inner_html={value}");
        }
    }
}

/// Whether a source has such an element with content.
fn has_content(source: &str, tag: &str) -> bool {
    let end = tag.replace('<', "</");
    let mut elements = source.split(tag).skip(1);
    elements.any(|element| {
        !element
            .split(&end)
            .next()
            .unwrap_or_default()
            .ends_with('>')
    })
}

fn collect(folder: &Path, sources: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, sources);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            sources.push((
                path.display().to_string(),
                fs::read_to_string(&path).unwrap(),
            ));
        }
    }
}
