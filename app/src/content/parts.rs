//! Parts of a page that change while the rest stays: what somebody is watching, and what is typed.

use dom::{all, anywhere, first, focus};
use leptos::prelude::document;
use web_sys::{Element, HtmlInputElement, wasm_bindgen::JsCast as _};

use super::answer::Answer;

const PARTS: &str = "[data-part]";

/// The version that a form starts from.
const REVISION: &str = "input[name=revision]";

/// Whether a form changes only parts of its page, and nothing is typed into those.
pub(super) fn can_take(form: &Element) -> bool {
    form.has_attribute("data-part-form") && !parts().iter().any(|part| is_typed(part, form))
}

/// Takes the parts from the page that the form has led to, and goes on in the form.
pub(super) fn take(answer: &Answer) {
    for old in parts() {
        let id = ["#", &old.id()].concat();
        if let Some(new) = answer.find(&id) {
            old.set_inner_html(&new.inner_html());
        }
    }
    take_revision(answer);
    let form = anywhere("[data-part-form]");
    focus(form.and_then(|form| first(&form, "input:not([type=hidden])")));
}

/// Every form of the page starts from what there is now: the rest of the page shows that, too.
fn take_revision(answer: &Answer) {
    let Some(now) = answer
        .find(REVISION)
        .and_then(|field| field.get_attribute("value"))
    else {
        return;
    };
    let body = document().body();
    for field in body.map(|body| all(&body, REVISION)).unwrap_or_default() {
        _ = field.set_attribute("value", &now);
    }
}

fn parts() -> Vec<Element> {
    let body = document().body();
    body.map(|body| all(&body, PARTS)).unwrap_or_default()
}

/// Whether something is typed into a part, outside of the form that is sent.
fn is_typed(part: &Element, form: &Element) -> bool {
    let fields = all(part, "input");
    let mut fields = fields.iter().filter(|field| !form.contains(Some(field)));
    fields.any(|field| {
        let field = field.dyn_ref::<HtmlInputElement>();
        field.is_some_and(|field| field.value() != field.default_value())
    })
}
