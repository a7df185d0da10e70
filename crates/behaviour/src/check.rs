//! Checks a form while it is filled in, by the function that the server checks it with.
//!
//! A field is checked once it was left with something in it, and then letter by letter.

use dom::{all, document, within};
use types::{
    Field, FieldErrors, Reason,
    catalogue::form::{self, Kind},
    trimmed,
};
use web_sys::{
    Element, Event, FormData, HtmlFormElement, UrlSearchParams,
    js_sys::{self, Array},
    wasm_bindgen::JsCast as _,
};

/// On a field that was left with something in it, or came back refused.
const LEFT: &str = "data-left";
const INVALID: &str = "aria-invalid";

/// Text was typed, or an input method has composed it: a field that is valid now is no longer
/// marked.
pub(crate) fn changed(event: &Event) {
    if dom::is_composing(event) {
        return;
    }
    let Some((form, field)) = checked_field(event) else {
        return;
    };
    if field.has_attribute(INVALID) {
        _ = field.set_attribute(LEFT, "");
    }
    if field.has_attribute(LEFT) {
        mark(&form);
    }
}

/// A field was left: it is time to say what is wrong with what is in it. Not while something is
/// being clicked: an error that appeared now would push it away from under the pointer.
pub(crate) fn left(event: &Event) {
    let Some((form, field)) = checked_field(event) else {
        return;
    };
    let is_pressed = dom::anywhere("button:active, a:active, label:active").is_some();
    if field.has_attribute(LEFT) || value(&field).is_empty() || is_pressed {
        return;
    }
    _ = field.set_attribute(LEFT, "");
    mark(&form);
}

fn checked_field(event: &Event) -> Option<(HtmlFormElement, Element)> {
    let form = within(event, "form[data-check]")?.dyn_into().ok()?;
    let field = within(event, "[name][aria-describedby]")?;
    Some((form, field))
}

fn value(field: &Element) -> String {
    let value = js_sys::Reflect::get(field, &"value".into());
    value
        .ok()
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}

/// Marks the fields that were left and are wrong, and no others.
fn mark(form: &HtmlFormElement) {
    let kind = match form.get_attribute("data-check").as_deref() {
        Some("artist") => Kind::Artist,
        Some("video") => Kind::Video,
        Some("product") => Kind::Product,
        Some("retailer") => Kind::Retailer,
        _ => return,
    };
    let pairs = pairs(form);
    let errors = form::check(kind, &pairs);
    let wrong = sentences(form, &errors, &pairs);
    for field in all(form, &["[", LEFT, "]"].concat()) {
        let why = wrong.iter().find(|(wrong, _)| *wrong == field);
        show(&field, why.map_or("", |(_, why)| why.as_str()));
    }
}

/// The fields that are wrong, and why.
fn sentences(
    form: &HtmlFormElement,
    errors: &FieldErrors,
    pairs: &form::Pairs,
) -> Vec<(Element, String)> {
    let sentence = |(field, reason): (Field, _)| {
        let named = all(form, &["[name=", field.name(), "]"].concat());
        let element = named.get(form::position(field, pairs)?)?.clone();
        let why = reasons::sentence(field, reason);
        let (Field::ChapterStart(line) | Field::ChapterTitle(line)) = field else {
            return Some((element, why));
        };
        let text = form.get_attribute("data-line").unwrap_or_default();
        let line = (u32::from(line) + 1).to_string();
        Some((element, text.replace("{n}", &line).replace("{why}", &why)))
    };
    // A product that is not among those that are proposed may be there all the same.
    let are_all_proposed = dom::anywhere("datalist[data-more]").is_none();
    let errors = errors.iter().filter(|(field, reason)| {
        are_all_proposed || *reason != Reason::Unknown || !is_product(*field)
    });
    errors.filter_map(sentence).collect()
}

fn is_product(field: Field) -> bool {
    matches!(
        field,
        Field::PlacementProductId(_) | Field::AlternativeProductId(_)
    )
}

/// What is said stands where the server would have put it.
fn show(field: &Element, why: &str) {
    let described_by = field.get_attribute("aria-describedby").unwrap_or_default();
    let id = described_by.split(' ').next().unwrap_or_default();
    if let Some(error) = document().and_then(|document| document.get_element_by_id(id)) {
        error.set_text_content(Some(why));
    }
    _ = match why.is_empty() {
        true => field.remove_attribute(INVALID),
        false => field.set_attribute(INVALID, "true"),
    };
}

/// What is in the form, with the id of a product where its name is typed, as the server reads it.
fn pairs(form: &HtmlFormElement) -> Vec<(String, String)> {
    let data = FormData::new_with_form(form);
    let entries = data.and_then(|data| UrlSearchParams::new_with_str_sequence_sequence(&data));
    let Ok(entries) = entries else {
        return Vec::new();
    };
    let body = document().and_then(|document| document.body());
    let products = body.map(|body| all(&body, "option[data-id]"));
    let products = products.unwrap_or_default();
    let pair = |entry: js_sys::IteratorNext| {
        let entry: Array = entry.value().dyn_into().ok()?;
        let (name, value) = (entry.get(0).as_string()?, entry.get(1).as_string()?);
        let value = match name.ends_with("_product_id") {
            true => id_of(&products, &value).unwrap_or(value),
            false => value,
        };
        Some((name, value))
    };
    let mut pairs = Vec::new();
    let entries = entries.entries();
    while let Ok(entry) = entries.next() {
        if entry.done() {
            break;
        }
        pairs.extend(pair(entry));
    }
    pairs
}

fn id_of(products: &[Element], typed: &str) -> Option<String> {
    let typed = trimmed(typed).to_lowercase();
    let is_it = |option: &&Element| trimmed(&value(option)).to_lowercase() == typed;
    products.iter().find(is_it)?.get_attribute("data-id")
}
