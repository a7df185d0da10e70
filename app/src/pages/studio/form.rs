//! A form of the studio in the page: how it is sent, and what follows.
//!
//! The browser's own fields hold what is typed. It is read from them by the decoder that the server
//! reads the plain form with, so that what is typed before the program is there is never lost.

use std::{pin::Pin, sync::Arc};

use leptos::{ev, html, prelude::*, task::spawn_local};
use types::{
    Field, FieldErrors, Problem,
    pages::studio::{FormProblem, FormSuccess},
};
use web_sys::{
    FormData, HtmlElement, HtmlFormElement, HtmlInputElement, UrlSearchParams,
    wasm_bindgen::JsCast as _,
};

use crate::{
    failure::FormFailure,
    navigation::Navigation,
    presence,
    state::{AppState, after_render},
    unsaved::is_typed_into,
};

mod fields;

pub(super) use fields::FieldState;

/// The answer of a server function that is on its way.
pub(super) type Answer = Pin<Box<dyn Future<Output = Result<FormSuccess, FormFailure>>>>;

type Check = Box<dyn Fn(&[u8]) -> FieldErrors + Send + Sync>;
type SendBody = Box<dyn Fn(&[u8]) -> Option<Answer> + Send + Sync>;
type Accepted = Box<dyn Fn(Form, FormSuccess) + Send + Sync>;
type Refused = Box<dyn Fn(Form, &FormProblem) -> bool + Send + Sync>;

/// What a form is for. Functions and not type parameters, because every copy of the code around them
/// would be sent to the browser.
pub(super) struct FormKind {
    /// What a field is called in the form.
    pub(super) name_of: fn(Field) -> String,
    /// What is refused of a body, as far as it can be known here.
    pub(super) check: Option<Check>,
    /// Sends a body; `None` if it is none of this form.
    pub(super) send: SendBody,
    /// What follows when it is accepted, if not another page.
    pub(super) accepted: Option<Accepted>,
    /// The page that follows when it is accepted, if not the one that the answer names.
    pub(super) next: Option<Arc<str>>,
    /// What follows when it is refused; true if that takes the place of saying so here.
    pub(super) refused: Option<Refused>,
    /// The question before the page is left with something typed into this form that is not saved.
    pub(super) question: Option<&'static str>,
}

/// A form of the studio in the page.
#[derive(Clone, Copy)]
pub(super) struct Form {
    /// The element.
    pub(super) node: NodeRef<html::Form>,
    /// Why it was refused.
    pub(super) problem: RwSignal<Option<FormProblem>>,
    /// Whether an answer is awaited, or the page that follows it.
    pub(super) is_busy: RwSignal<bool>,
    fields: StoredValue<Vec<FieldState>>,
    kind: StoredValue<Arc<FormKind>>,
    app: AppState,
    navigation: Navigation,
}

impl Form {
    /// A form as its page came.
    pub(super) fn new(problem: Option<FormProblem>, kind: FormKind) -> Self {
        let form = Self {
            node: NodeRef::new(),
            problem: RwSignal::new(problem),
            is_busy: RwSignal::new(false),
            fields: StoredValue::new(Vec::new()),
            kind: StoredValue::new(Arc::new(kind)),
            app: AppState::current(),
            navigation: Navigation::current(),
        };
        after_render(move || form.begin());
        on_cleanup(move || {
            if form.question().is_some() {
                form.navigation.unsaved.forget();
            }
        });
        form
    }

    /// The form is to be sent. The browser sends it only while this program is not there.
    pub(super) fn submitted(self, event: &ev::SubmitEvent) {
        event.prevent_default();
        // The page may be about to go, and its signals gone already.
        let Some((element, kind)) = self.element().zip(self.kind.try_get_value()) else {
            return;
        };
        if self.is_busy.get_untracked() || !self.may_be_sent(&kind) {
            return;
        }
        let sent = body_of(&element);
        let Some(answer) = sent.as_deref().and_then(|body| (kind.send)(body)) else {
            return self.refuse(Problem::Malformed.into());
        };
        self.is_busy.set(true);
        spawn_local(async move {
            let answer = answer.await;
            if self.is_busy.try_get_untracked().is_none() {
                return;
            }
            match answer {
                Ok(success) if sent == body_of(&element) => self.accept(success).await,
                // Something was typed meanwhile.
                Ok(success) if self.navigation.unsaved.may_leave() => self.accept(success).await,
                Ok(_) => self.is_busy.set(false),
                Err(FormFailure(FormProblem::Problem(Problem::StalePage))) => {
                    self.send_plainly();
                }
                Err(FormFailure(problem)) => self.refuse(problem),
            }
        });
    }

    /// Lets the browser send the form: a server of another version answers it with a page of its own.
    pub(super) fn send_plainly(self) {
        self.navigation.unsaved.forget();
        if let Some(element) = self.element() {
            _ = element.submit();
        }
    }

    /// Moves the focus to the first element of the form that a selector finds.
    pub(super) fn focus(self, selector: &str) {
        let found = self
            .element()
            .and_then(|form| form.query_selector(selector).ok()?);
        if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            _ = found.focus();
        }
    }

    /// The same once the view has changed.
    pub(super) fn focus_when_shown(self, selector: &'static str) {
        spawn_local(async move {
            leptos::task::tick().await;
            self.focus(selector);
        });
    }

    /// Puts a value into the field of this name.
    pub(super) fn fill(self, name: &str, value: &str) {
        let field = self
            .element()
            .and_then(|form| form.elements().named_item(name));
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
            field.set_value(value);
        }
    }

    /// Empties the form, and goes on in its first field.
    pub(super) fn start_again(self) {
        let Some(form) = self.element() else {
            return;
        };
        form.reset();
        self.is_busy.set(false);
        self.problem.set(None);
        for field in self.fields.get_value() {
            field.refused.set(None);
        }
        self.focus("input:not([type=hidden])");
    }

    /// Something in the form is not saved.
    pub(super) fn keep(self) {
        if let Some(question) = self.question() {
            self.navigation.unsaved.keep(question);
        }
    }

    /// A form that leads away asks before what is typed into another one is lost.
    fn may_be_sent(self, kind: &FormKind) -> bool {
        let leads_away = kind.question.is_none() && kind.accepted.is_none();
        !leads_away || self.navigation.unsaved.confirm()
    }

    async fn accept(self, success: FormSuccess) {
        if self.app.visitor.with_untracked(Option::is_none) {
            // Somebody has logged in again, in another window perhaps.
            presence::renew(self.app, self.navigation).await;
        }
        let Some(kind) = self.kind.try_get_value() else {
            return;
        };
        self.app.is_held.set(false);
        if let Some(accepted) = &kind.accepted {
            return accepted(self, success);
        }
        self.navigation.unsaved.forget();
        // What would be typed while the page comes would be lost.
        if let Some(element) = self.element() {
            _ = element.set_attribute("inert", "");
        }
        let next = kind.next.as_deref().unwrap_or(&success.location);
        self.navigation.follow(next);
    }

    fn refuse(self, problem: FormProblem) {
        if problem == Problem::Unauthenticated.into() {
            self.app.hold();
        } else if self.app.is_held.get_untracked() {
            // Perhaps somebody has logged in again, in another window.
            presence::ask(self.app, self.navigation);
        }
        self.is_busy.set(false);
        let kind = self.kind.get_value();
        if kind
            .refused
            .as_ref()
            .is_some_and(|refused| refused(self, &problem))
        {
            return;
        }
        self.show_refused(&problem);
        let is_placement = matches!(problem, FormProblem::InvalidPlacement { .. });
        self.problem.set(Some(problem));
        self.focus_when_shown(match is_placement {
            // There are few fields, all beside the button.
            true => "[aria-invalid=true]",
            false => "[role=alert], [aria-invalid=true]",
        });
    }

    fn question(self) -> Option<&'static str> {
        self.kind.try_with_value(|kind| kind.question)?
    }

    /// What was typed before the program was there, or came back refused, is not saved either.
    fn begin(self) {
        let is_typed = self.element().is_some_and(|form| is_typed_into(&form));
        if is_typed || self.problem.with_untracked(Option::is_some) {
            self.keep();
        }
    }

    /// The form, while it is on the page. A page that is left takes the focus from its fields when
    /// nothing of it may be touched any more.
    fn element(self) -> Option<HtmlFormElement> {
        self.node.try_get_untracked().flatten()
    }
}

/// The form as it would be sent.
fn body_of(form: &HtmlFormElement) -> Option<Vec<u8>> {
    let data = FormData::new_with_form(form).ok()?;
    let entries = UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
    Some(entries.to_string().as_string()?.into_bytes())
}

/// The id of the field of this name in the document: `offers-1-url` for `offers[1][url]`.
pub(super) fn id_of(form_name: &str) -> String {
    form_name.replace('[', "-").replace(']', "")
}
