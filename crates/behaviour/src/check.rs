//! Checks a form while it is filled in, by the function that the server checks it with.
//!
//! A field is checked once it was left with something in it, and then letter by letter.

use dom::{all, document, first, within};
use types::{
    Field, FieldErrors, Reason,
    catalogue::{
        ArtistInput, ProductInput, RetailerInput, VideoInput, check_form, is_certain,
        normalized_name,
    },
};
use web_sys::{
    Element, Event, FormData, HtmlFormElement, UrlSearchParams, js_sys, wasm_bindgen::JsCast as _,
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
    let body = body(form);
    let products = document().and_then(|document| document.body());
    let products = products.map(|body| all(&body, "option[data-id]"));
    let products = products.unwrap_or_default();
    let id_of = |typed: &str| id_of(&products, typed);
    let refused = match form.get_attribute("data-check").as_deref() {
        Some("artist") => check_form::<ArtistInput>(&body, id_of),
        Some("video") => check_form::<VideoInput>(&body, id_of),
        Some("product") => check_form::<ProductInput>(&body, id_of),
        Some("retailer") => check_form::<RetailerInput>(&body, id_of),
        _ => return,
    };
    let wrong = sentences(form, &refused);
    for field in all(form, &["[", LEFT, "]"].concat()) {
        let why = wrong.iter().find(|(wrong, _)| *wrong == field);
        show(&field, why.map_or("", |(_, why)| why.as_str()));
    }
}

/// The fields that are wrong for certain, and why.
fn sentences(form: &HtmlFormElement, refused: &FieldErrors) -> Vec<(Element, String)> {
    let sentence = |(field, reason): (Field, Reason)| {
        let element = first(form, &["[name=\"", &field.form_name(), "\"]"].concat())?;
        if !is_certain(reason, &value(&element)) {
            return None;
        }
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
    let refused = refused.iter().filter(|(field, reason)| {
        are_all_proposed || *reason != Reason::Unknown || !is_product(*field)
    });
    refused.filter_map(sentence).collect()
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

/// The form as it would be sent.
fn body(form: &HtmlFormElement) -> String {
    let data = FormData::new_with_form(form);
    let entries = data.and_then(|data| UrlSearchParams::new_with_str_sequence_sequence(&data));
    let body = entries
        .ok()
        .and_then(|entries| entries.to_string().as_string());
    body.unwrap_or_default()
}

fn id_of(products: &[Element], typed: &str) -> Option<String> {
    let typed = normalized_name(typed);
    let is_it = |option: &&Element| normalized_name(&value(option)) == typed;
    products.iter().find(is_it)?.get_attribute("data-id")
}
