//! What the server answers, as a document of its own.

use leptos::{
    prelude::{document, window},
    task::spawn_local,
};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Document, DomParser, Element, Headers, RequestInit, Response, SupportedType, UrlSearchParams,
    wasm_bindgen::JsCast as _,
};

use crate::navigation::url_of;

/// What the server answered.
#[derive(Debug)]
pub(super) struct Answer {
    /// Where it was found, from the first slash on.
    pub(super) address: String,
    /// Whether that is somewhere else than was asked.
    pub(super) is_redirected: bool,
    /// What it says. Nothing in it runs or is loaded.
    pub(super) document: Document,
}

/// Asks for a page, or sends a form, and does something with the answer. There is none when the
/// network fails. One function for all, because each task of its own would
/// be compiled into the program by itself.
pub(super) fn ask(
    path: &str,
    form: Option<UrlSearchParams>,
    then: impl FnOnce(Option<Answer>) + 'static,
) {
    let (path, then): (_, Box<dyn FnOnce(Option<Answer>)>) = (path.to_owned(), Box::new(then));
    spawn_local(async move { then(Answer::to(&path, form).await) });
}

impl Answer {
    async fn to(path: &str, form: Option<UrlSearchParams>) -> Option<Self> {
        let headers = Headers::new().ok()?;
        headers.set("accept", "text/html").ok()?;
        let init = RequestInit::new();
        init.set_headers(&headers);
        if let Some(form) = form {
            init.set_method("POST");
            init.set_body(&form);
        }
        let sent = window().fetch_with_str_and_init(&url_of(path), &init);
        let response: Response = JsFuture::from(sent).await.ok()?.unchecked_into();
        // Whatever it is, a parser of HTML makes a document of it; ours is known by what is in it.
        let html = JsFuture::from(response.text().ok()?).await.ok()?;
        let parser = DomParser::new().ok()?;
        let parsed = parser.parse_from_string(&html.as_string()?, SupportedType::TextHtml);
        // A scheme, an authority, and then what is ours.
        let url = response.url();
        let slash = url.match_indices('/').nth(2)?.0;
        Some(Self {
            address: url[slash..].to_owned(),
            is_redirected: response.redirected(),
            document: parsed.ok()?,
        })
    }

    /// Whether this program can show it: it is of the same build.
    pub(super) fn fits(&self) -> bool {
        build_of(&self.document) == build_of(&document())
    }

    /// The first element that a selector finds.
    pub(super) fn find(&self, selector: &str) -> Option<Element> {
        self.document.query_selector(selector).ok()?
    }
}

fn build_of(document: &Document) -> Option<String> {
    document.document_element()?.get_attribute("data-build")
}
