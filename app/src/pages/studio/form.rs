//! The behaviour of the forms of the studio after hydration.
//!
//! The input elements hold the values. They are read with the decoder that the server uses for the
//! plain form, so what was typed before hydration is included.

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
    app_context::{AppContext, after_render},
    navigation::Navigation,
    server_fn_problem::ServerFnFormProblem,
    session_sync,
    unsaved_changes::is_typed_into,
};

mod fields;

pub(super) use fields::FieldState;

/// A pending call of a server function.
pub(super) type FormFuture =
    Pin<Box<dyn Future<Output = Result<FormSuccess, ServerFnFormProblem>>>>;

type CheckBody = Box<dyn Fn(&[u8]) -> FieldErrors + Send + Sync>;
type SendBody = Box<dyn Fn(&[u8]) -> Option<FormFuture> + Send + Sync>;
type OnAccepted = Box<dyn Fn(StudioForm, FormSuccess) + Send + Sync>;
type OnRefused = Box<dyn Fn(StudioForm, &FormProblem) -> bool + Send + Sync>;

/// The behaviour of one form. Function pointers instead of type parameters: generics would compile a
/// copy of the surrounding code into the WebAssembly for each form.
pub(super) struct StudioFormKind {
    /// The name of a field in the form.
    pub(super) name_of: fn(Field) -> String,
    /// Checks a body as far as the browser can; `None` if only the server checks.
    pub(super) check: Option<CheckBody>,
    /// Calls the server function with a body; `None` if the body is not of this form.
    pub(super) send: SendBody,
    /// Handles a success instead of navigating.
    pub(super) on_success: Option<OnAccepted>,
    /// The page that follows a success, instead of the one in the response.
    pub(super) next_path: Option<Arc<str>>,
    /// Handles a problem; true if the form must not show it.
    pub(super) on_problem: Option<OnRefused>,
    /// The question before unsaved input in this form is lost; `None` if it may be.
    pub(super) leave_prompt: Option<&'static str>,
}

/// A form of the studio; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct StudioForm {
    /// The form element.
    pub(super) node: NodeRef<html::Form>,
    /// Why the form was refused.
    pub(super) problem: RwSignal<Option<FormProblem>>,
    /// Whether a response, or the page after it, is pending.
    pub(super) is_busy: RwSignal<bool>,
    fields: StoredValue<Vec<FieldState>>,
    kind: StoredValue<Arc<StudioFormKind>>,
    app: AppContext,
    navigation: Navigation,
}

impl StudioForm {
    /// A form on a fresh page, with the problem of a refused plain form.
    pub(super) fn new(problem: Option<FormProblem>, kind: StudioFormKind) -> Self {
        let form = Self {
            node: NodeRef::new(),
            problem: RwSignal::new(problem),
            is_busy: RwSignal::new(false),
            fields: StoredValue::new(Vec::new()),
            kind: StoredValue::new(Arc::new(kind)),
            app: AppContext::current(),
            navigation: Navigation::current(),
        };
        after_render(move || form.mark_initial_input());
        on_cleanup(move || {
            if form.leave_prompt().is_some() {
                form.navigation.unsaved.clear();
            }
        });
        form
    }

    /// Handles a submit event: calls the server function instead of posting.
    pub(super) fn on_submit(self, event: &ev::SubmitEvent) {
        event.prevent_default();
        // The page may be about to be removed, with its signals disposed.
        let Some((element, kind)) = self.element().zip(self.kind.try_get_value()) else {
            return;
        };
        if self.is_busy.get_untracked() || !self.confirm_submit(&kind) {
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
                // Input was typed while the response was pending.
                Ok(success) if self.navigation.unsaved.confirm_and_clear() => {
                    self.accept(success).await
                }
                Ok(_) => self.is_busy.set(false),
                Err(ServerFnFormProblem(FormProblem::Problem(Problem::StalePage))) => {
                    self.send_plainly();
                }
                Err(ServerFnFormProblem(problem)) => self.refuse(problem),
            }
        });
    }

    /// Posts the plain form: a server of another build answers with a page of its own build.
    pub(super) fn send_plainly(self) {
        self.navigation.unsaved.clear();
        if let Some(element) = self.element() {
            _ = element.submit();
        }
    }

    /// Moves the focus to the first element of the form that matches a selector.
    pub(super) fn focus(self, selector: &str) {
        let found = self
            .element()
            .and_then(|form| form.query_selector(selector).ok()?);
        if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            _ = found.focus();
        }
    }

    /// Moves the focus as [`focus`](Self::focus) does, after the next render.
    pub(super) fn focus_when_shown(self, selector: &'static str) {
        spawn_local(async move {
            leptos::task::tick().await;
            self.focus(selector);
        });
    }

    /// Sets the value of the field with this name.
    pub(super) fn fill(self, name: &str, value: &str) {
        let field = self
            .element()
            .and_then(|form| form.elements().named_item(name));
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
            field.set_value(value);
        }
    }

    /// Resets the form and focuses its first field.
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

    /// Marks the form's input as unsaved.
    pub(super) fn mark_unsaved(self) {
        if let Some(question) = self.leave_prompt() {
            self.navigation.unsaved.mark(question);
        }
    }

    /// Whether to submit. A form that navigates away first asks before unsaved input of another form is
    /// lost.
    fn confirm_submit(self, kind: &StudioFormKind) -> bool {
        let navigates = kind.leave_prompt.is_none() && kind.on_success.is_none();
        !navigates || self.navigation.unsaved.confirm()
    }

    async fn accept(self, success: FormSuccess) {
        if self.app.current_user.with_untracked(Option::is_none) {
            // The user has logged in again, probably in another tab.
            session_sync::refresh(self.app, self.navigation).await;
        }
        let Some(kind) = self.kind.try_get_value() else {
            return;
        };
        self.app.is_session_ended.set(false);
        if let Some(accepted) = &kind.on_success {
            return accepted(self, success);
        }
        self.navigation.unsaved.clear();
        // Input typed while the next page loads would be lost.
        if let Some(element) = self.element() {
            _ = element.set_attribute("inert", "");
        }
        let next = kind.next_path.as_deref().unwrap_or(&success.location);
        self.navigation.follow(next);
    }

    fn refuse(self, problem: FormProblem) {
        if problem == Problem::Unauthenticated.into() {
            self.app.keep_page_after_session_end();
        } else if self.app.is_session_ended.get_untracked() {
            // The user may have logged in again, in another tab.
            session_sync::spawn_refresh(self.app, self.navigation);
        }
        self.is_busy.set(false);
        let kind = self.kind.get_value();
        if kind
            .on_problem
            .as_ref()
            .is_some_and(|refused| refused(self, &problem))
        {
            return;
        }
        self.show_refused(&problem);
        let is_placement = matches!(problem, FormProblem::InvalidPlacement { .. });
        self.problem.set(Some(problem));
        self.focus_when_shown(match is_placement {
            // The form is short, and its fields are beside the button.
            true => "[aria-invalid=true]",
            false => "[role=alert], [aria-invalid=true]",
        });
    }

    fn leave_prompt(self) -> Option<&'static str> {
        self.kind.try_with_value(|kind| kind.leave_prompt)?
    }

    /// Marks input as unsaved that was typed before hydration or that the server has refused.
    fn mark_initial_input(self) {
        let is_typed = self.element().is_some_and(|form| is_typed_into(&form));
        if is_typed || self.problem.with_untracked(Option::is_some) {
            self.mark_unsaved();
        }
    }

    /// The form element while it is mounted. Removing a focused element dispatches a blur event, which
    /// may come after the signals were disposed.
    fn element(self) -> Option<HtmlFormElement> {
        self.node.try_get_untracked().flatten()
    }
}

/// The body that a plain form would post.
fn body_of(form: &HtmlFormElement) -> Option<Vec<u8>> {
    let data = FormData::new_with_form(form).ok()?;
    let entries = UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
    Some(entries.to_string().as_string()?.into_bytes())
}

/// The id of the element for a field name: `offers-1-url` for `offers[1][url]`.
pub(super) fn id_of(form_name: &str) -> String {
    form_name.replace('[', "-").replace(']', "")
}
