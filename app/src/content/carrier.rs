//! Carries content: from the server's answer into the page that is open.

use leptos::prelude::*;
use web_sys::{
    Document, Element, FocusOptions, HtmlElement, HtmlScriptElement, wasm_bindgen::JsCast as _,
};

use super::answer::{Answer, ask};
use crate::{
    app::is_live,
    navigation::{Address, Left, Navigation, Turn, focus_first, focus_page, history},
    state::decoded,
};

/// Where content stands in a page. An attribute of its own would weigh half a kilobyte.
const SLOT: &str = ".site-content";

/// What was said of trouble before a form.
const TOLD: &str = "[data-told]";

const NOTICE: &str = r#"<div class="problem-notice" role="alert" tabindex="-1" data-told></div>"#;

/// Whether there is content when the program begins.
#[cfg(feature = "ssr")]
pub(crate) fn is_there() -> bool {
    use_context::<super::Content>().is_some()
}

#[cfg(not(feature = "ssr"))]
pub(crate) fn is_there() -> bool {
    has_content(&document())
}

fn has_content(document: &Document) -> bool {
    slot(document).is_some_and(|slot| slot.first_element_child().is_some())
}

/// Goes to content: fetches it, and shows it in the place of what is shown.
pub(crate) fn go(navigation: Navigation, to: &str, left: Left) {
    let turn = navigation.begin();
    let asked = to.to_owned();
    ask(to, None, move |answer| match answer {
        _ if !turn.is_still() => {}
        Some(answer) if answer.is_redirected => redirected(navigation, &answer, left),
        Some(answer) => arrive(navigation, &answer, &asked, left),
        None => left.load(&asked),
    });
}

/// Shows the page that another one led to.
pub(super) fn redirected(navigation: Navigation, answer: &Answer, left: Left) {
    // What is shown already takes the place of itself.
    let is_shown = Address::of(&answer.address) == navigation.address_now();
    let is_known = left == Left::Known || is_shown;
    let left = if is_known { Left::Replaced } else { left };
    arrive(navigation, answer, &answer.address, left);
}

/// Fetches what is shown once more, because it depends on who is signed in.
pub(crate) fn refresh(navigation: Navigation) {
    let here = navigation.address_now();
    if is_live(here.path()) || navigation.is_busy_now() {
        return;
    }
    let turn = Turn::begin();
    ask(here.clone().as_str(), None, move |answer| {
        let answer = answer.filter(|answer| turn.is_still() && !answer.is_redirected);
        if let Some(answer) = answer.filter(|answer| put(navigation, answer, &here)) {
            take(navigation, &answer);
        }
    });
}

/// Whether an answer is a page of this site. A proxy answers with pages of its own.
pub(super) fn is_ours(answer: &Answer) -> bool {
    slot(&answer.document).is_some()
}

/// Whether a page of ours is the one that tells of trouble, which has no state of its own.
pub(super) fn is_trouble(answer: &Answer) -> bool {
    decoded(&answer.document).is_none()
}

/// Says before a form what a page of trouble says, so that what was typed stays.
pub(super) fn tell(answer: &Answer, form: &Element) {
    let why = answer.find("h1 + p").and_then(|why| why.text_content());
    say(&why.unwrap_or_default(), form);
}

/// Says why a form was not taken, in it, so that what was typed stays.
pub(super) fn say(why: &str, form: &Element) {
    if dom::first(form, TOLD).is_none() {
        _ = form.insert_adjacent_html("afterbegin", NOTICE);
    }
    let notice = dom::first(form, TOLD);
    if let Some(notice) = &notice {
        notice.set_text_content(Some(why));
    }
    dom::focus(notice);
}

/// Shows a form that was refused in the place of the one that was sent; false when that is no page
/// which this document can show.
pub(super) fn refused(navigation: Navigation, answer: &Answer) -> bool {
    let here = navigation.address_now();
    let is_shown = can_show(navigation, answer) && put(navigation, answer, &here);
    if is_shown {
        navigation.stays();
        take(navigation, answer);
        focus_first(&FocusOptions::new());
    }
    is_shown
}

/// Takes away what is shown, for a live page.
pub(crate) fn clear(navigation: Navigation) {
    navigation.carried.set(None);
    replace_head(None);
    if let Some(slot) = slot(&document()) {
        slot.set_inner_html("");
    }
}

fn arrive(navigation: Navigation, answer: &Answer, to: &str, left: Left) {
    if can_show(navigation, answer) && is_live(Address::of(to).path()) {
        take(navigation, answer);
        return navigation.go(to, left);
    }
    if !can_show(navigation, answer) || !put(navigation, answer, &Address::of(to)) {
        return left.load(to);
    }
    navigation.shows(to, left);
    take(navigation, answer);
    match left {
        Left::Known => history::scroll_back(),
        Left::Behind | Left::Replaced => window().scroll_to_with_x_and_y(0.0, 0.0),
    }
    focus_page();
    if left != Left::Known {
        history::show_place();
    }
}

/// Whether an answer is a page of ours, of this build and for this account.
fn can_show(navigation: Navigation, answer: &Answer) -> bool {
    let page = decoded(&answer.document);
    page.is_some_and(|page| navigation.app.can_be_of(page.visitor.as_ref())) && answer.fits()
}

/// Puts what came where it belongs: the content, the title and the head.
fn put(navigation: Navigation, answer: &Answer, address: &Address) -> bool {
    let Some((new, old)) = slot(&answer.document).zip(slot(&document())) else {
        return false;
    };
    old.set_inner_html(&new.inner_html());
    navigation.title.set(answer.document.title());
    let is_there = has_content(&answer.document);
    navigation.carried.set(is_there.then(|| address.clone()));
    replace_head(Some(&answer.document));
    true
}

/// Takes over who is signed in. That is last, because a live page that is left must not follow it.
fn take(navigation: Navigation, answer: &Answer) {
    if let Some(page) = decoded(&answer.document) {
        navigation.app.take(page);
    }
}

fn slot(document: &Document) -> Option<Element> {
    document.query_selector(SLOT).ok()?
}

fn replace_head(new: Option<&Document>) {
    for old in marked(&document()) {
        old.remove();
    }
    let Some((head, new)) = document().head().zip(new) else {
        return;
    };
    for new in marked(new) {
        let new = new.dyn_into().map_or_else(Into::into, running);
        _ = head.append_child(&new);
    }
}

/// One of our programs as a script that runs when it is put into this document: the one that came
/// was parsed where none runs, and carries the nonce of another answer. A module runs once, however
/// often it comes. Anything else stays as it came, and does not run.
fn running(came: HtmlScriptElement) -> Element {
    let src = came.get_attribute("src");
    let src = src.filter(|src| src.starts_with("/assets/"));
    let known = dom::anywhere("script[nonce]");
    let made = document().create_element("script");
    let (Some(src), Some(known), Ok(made)) = (src, known, made) else {
        return came.into();
    };
    for (name, value) in [("data-head", ""), ("type", "module"), ("src", &src)] {
        _ = made.set_attribute(name, value);
    }
    let nonce = known.unchecked_into::<HtmlElement>().nonce();
    made.unchecked_ref::<HtmlElement>().set_nonce(&nonce);
    made
}

/// What the head of a document says of its page.
fn marked(document: &Document) -> Vec<Element> {
    let Ok(found) = document.query_selector_all("head > [data-head]") else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| Some(found.get(index)?.unchecked_into()))
        .collect()
}
