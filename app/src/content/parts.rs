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

/// Takes what the answer to a form says of its parts, and goes on in the form: all of them from the
/// page that it has led to; from a page that says what is wrong in it, that with the form. False when
/// it is neither.
pub(super) fn take(answer: &Answer, form: &Element) -> bool {
    if !answer.is_redirected {
        return take_refused(answer, form);
    }
    for old in parts() {
        _ = replace(&old, answer);
    }
    take_revision(answer);
    let form = anywhere("[data-part-form]");
    focus(form.and_then(|form| first(&form, "input:not([type=hidden])")));
    true
}

fn take_refused(answer: &Answer, form: &Element) -> bool {
    let part = form.closest(PARTS).ok().flatten();
    let says_why = answer.find("[data-part-form] [role=alert]").is_some();
    let is_taken = says_why && part.is_some_and(|part| replace(&part, answer));
    if is_taken {
        focus(anywhere("[data-part-form] [aria-invalid=true]"));
    }
    is_taken
}

/// Puts a part as the answer has it into its place; false when the answer has none.
fn replace(part: &Element, answer: &Answer) -> bool {
    let new = answer.find(&["#", &part.id()].concat());
    if let Some(new) = &new {
        part.set_inner_html(&new.inner_html());
    }
    new.is_some()
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
