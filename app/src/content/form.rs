//! Forms in content. A form with GET leads somewhere, and one with POST is sent from here; both
//! work by themselves while this program is not there.

use web_sys::{
    Event, FormData, HtmlElement, HtmlFormElement, KeyboardEvent, SubmitEvent, UrlSearchParams,
    wasm_bindgen::JsCast as _,
};

use super::{answer::ask, carrier, is_content, parts, unsaved};
use crate::{
    navigation::{Address, Left, Navigation},
    texts::texts,
};

/// Says that a form goes the browser's own way.
const PLAIN: &str = "data-plain";

const BUSY: &str = "aria-busy";

/// A form is to be sent.
pub(crate) fn submitted(navigation: Navigation, event: &Event) {
    let sheet = Sheet::of(event.unchecked_ref());
    let Some(sheet) = sheet.filter(|_| !event.default_prevented()) else {
        return;
    };
    event.prevent_default();
    if !sheet.is_post {
        let to = sheet.address();
        if Address::of(&to) != navigation.address_now() && unsaved::may_leave() {
            navigation.go(&to, Left::Behind);
        }
        return;
    }
    // What is typed into another form of the page would be lost with it.
    let is_part = parts::can_take(&sheet.form);
    let is_alone = is_part || unsaved::is_in(&sheet.form);
    if sheet.form.has_attribute(BUSY) || !(is_alone || unsaved::may_leave()) {
        return;
    }
    sheet.say_busy();
    let turn = navigation.begin();
    let entries = sheet.entries();
    ask(&sheet.action.clone(), entries, move |answer| match answer {
        _ if !turn.is_still() => {}
        // Nobody knows what became of it, and the browser would show its own page of trouble in the
        // place of what was typed.
        None => sheet.keep(navigation),
        Some(answer) if !carrier::is_ours(&answer) => sheet.keep(navigation),
        // What is typed around it stays, whatever is said about it.
        Some(answer) if is_part && parts::take(&answer, &sheet.form) => sheet.stay(navigation),
        Some(answer) if carrier::is_trouble(&answer) => {
            carrier::tell(&answer, &sheet.form);
            sheet.stay(navigation);
        }
        Some(_) if is_part && !unsaved::may_leave() => sheet.stay(navigation),
        Some(answer) if answer.is_redirected => {
            unsaved::forget(&sheet.form);
            carrier::redirected(navigation, &answer, Left::Behind);
        }
        Some(answer) if carrier::refused(navigation, &answer) => {}
        // It is a page of another build or for another account, which needs a document of its own.
        Some(_) => sheet.send_plainly(),
    });
}

/// A key was pressed: Enter that takes what an input method proposes does not send a form.
pub(crate) fn pressed(event: &Event) {
    let key: &KeyboardEvent = event.unchecked_ref();
    if dom::is_composing(event) && key.key() == "Enter" {
        event.prevent_default();
    }
}

/// The address that a form with GET leads to.
pub(super) fn address_of(form: HtmlFormElement) -> Option<String> {
    let sheet = Sheet::read(form, None)?;
    (!sheet.is_post).then(|| sheet.address())
}

/// A form of content that is to be sent.
struct Sheet {
    form: HtmlFormElement,
    button: Option<HtmlElement>,
    action: String,
    is_post: bool,
}

impl Sheet {
    fn of(event: &SubmitEvent) -> Option<Self> {
        Self::read(event.target()?.unchecked_into(), event.submitter())
    }

    /// Reads attributes and never properties: a field that is called `action` hides the property.
    fn read(form: HtmlFormElement, button: Option<HtmlElement>) -> Option<Self> {
        let said = |name: &str| {
            let by_button = button.as_ref();
            by_button
                .and_then(|button| button.get_attribute(&["form", name].concat()))
                .or_else(|| form.get_attribute(name))
        };
        let action = said("action").unwrap_or_default();
        let is_for_browser =
            said("target").is_some() || said("enctype").is_some() || form.has_attribute(PLAIN);
        let is_ours = form.closest(".site-content").ok()?.is_some();
        if !is_ours || is_for_browser || !is_content(Address::of(&action).path()) {
            return None;
        }
        let is_post = said("method").is_some_and(|method| method.eq_ignore_ascii_case("post"));
        Some(Self {
            is_post,
            action,
            button,
            form,
        })
    }

    /// What is in the fields, and which button was pressed.
    fn entries(&self) -> Option<UrlSearchParams> {
        let data = FormData::new_with_form(&self.form).ok()?;
        if let Some(button) = &self.button
            && let Some(name) = button.get_attribute("name")
        {
            let value = button.get_attribute("value").unwrap_or_default();
            data.append_with_str(&name, &value).ok()?;
        }
        UrlSearchParams::new_with_str_sequence_sequence(&data).ok()
    }

    fn address(&self) -> String {
        let query = self.entries().map(|entries| entries.to_string());
        let query = query
            .and_then(|query| query.as_string())
            .unwrap_or_default();
        [Address::of(&self.action).path(), "?", &query].concat()
    }

    /// The button keeps its name and the focus; a second click is ignored.
    fn say_busy(&self) {
        _ = self.form.set_attribute(BUSY, "true");
        if let Some(button) = &self.button {
            _ = button.set_attribute("aria-disabled", "true");
        }
    }

    /// The page stays, and it can be sent again.
    fn stay(&self, navigation: Navigation) {
        _ = self.form.remove_attribute(BUSY);
        if let Some(button) = &self.button {
            _ = button.remove_attribute("aria-disabled");
        }
        navigation.stays();
    }

    /// Says that no answer came, and keeps what is typed, so that it can be sent again.
    fn keep(&self, navigation: Navigation) {
        carrier::say(texts().problems.unavailable, &self.form);
        self.stay(navigation);
    }

    /// Lets the browser send it, which shows what there is to be shown.
    fn send_plainly(&self) {
        unsaved::forget(&self.form);
        _ = self.form.set_attribute(PLAIN, "");
        _ = self
            .form
            .request_submit_with_submitter(self.button.as_ref());
    }
}
