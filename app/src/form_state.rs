//! The state of an account form: values, errors, and whether it is being submitted.

use std::pin::Pin;

use leptos::{ev, html, prelude::*, task::spawn_local};
use types::{CurrentUser, Field, FieldErrors, Password, PasswordPolicy, Problem, Reason};
use web_sys::{HtmlFormElement, HtmlInputElement, wasm_bindgen::JsCast};

use crate::{app_context::AppContext, page::AccountFormValues, server_fn_problem::ServerFnProblem};

/// A pending call of a server function that signs in or changes the user.
pub(crate) type AccountFuture = Pin<Box<dyn Future<Output = Result<CurrentUser, ServerFnProblem>>>>;

/// The behaviour of one form. Function pointers instead of type parameters: generics would compile
/// a copy of the surrounding code into the WebAssembly for each form.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AccountFormKind {
    /// Checks the values with the same function as the server.
    pub(crate) check: fn(&Values, &PasswordPolicy) -> FieldErrors,
    /// Calls the server function.
    pub(crate) send: fn(&Values) -> AccountFuture,
}

/// The values of a form. The input elements hold them, so that what was typed before hydration, or
/// filled in by a password manager, is never overwritten.
#[derive(Clone, Debug)]
pub(crate) struct Values(HtmlFormElement);

impl Values {
    /// The text of a field.
    pub(crate) fn text(&self, field: Field) -> String {
        self.input(field.name())
            .map(|input| input.value())
            .unwrap_or_default()
    }

    /// The content of the password field.
    pub(crate) fn password(&self) -> Password {
        Password::new(self.text(Field::Password))
    }

    /// Whether the checkbox with this name is checked.
    pub(crate) fn is_checked(&self, name: &str) -> bool {
        self.input(name).is_some_and(|input| input.checked())
    }

    fn focus(&self, field: Field) {
        if let Some(input) = self.input(field.name()) {
            _ = input.focus();
        }
    }

    fn clear_password(&self) {
        if let Some(input) = self.input(Field::Password.name()) {
            input.set_value("");
        }
    }

    fn input(&self, name: &str) -> Option<HtmlInputElement> {
        self.0.elements().named_item(name)?.dyn_into().ok()
    }
}

/// The state of a form; cheap to copy.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AccountForm {
    /// The problem of the form as a whole.
    pub(crate) problem: RwSignal<Option<Problem>>,
    /// Whether a response is pending.
    pub(crate) is_busy: RwSignal<bool>,
    /// Whether the last submission succeeded.
    pub(crate) is_done: RwSignal<bool>,
    /// The form element.
    pub(crate) node: NodeRef<html::Form>,
    /// Whether the password is revealed.
    pub(crate) is_revealed: RwSignal<bool>,
    errors: RwSignal<FieldErrors>,
    visited: StoredValue<Vec<Field>>,
    values: StoredValue<Option<AccountFormValues>>,
    kind: AccountFormKind,
    app: AppContext,
}

impl AccountForm {
    /// The state of a form on a fresh page: the values and errors of a refused plain form, or empty.
    pub(crate) fn new(app: AppContext, kind: AccountFormKind) -> Self {
        let refusal = app.refused_form();
        let problem = refusal.as_ref().map(|refusal| refusal.problem.clone());
        let shown = field_errors(problem.as_ref());
        Self {
            visited: StoredValue::new(shown.iter().map(|(field, _)| field).collect()),
            errors: RwSignal::new(shown),
            problem: RwSignal::new(problem),
            is_busy: RwSignal::new(false),
            is_done: RwSignal::new(false),
            is_revealed: RwSignal::new(false),
            node: NodeRef::new(),
            values: StoredValue::new(refusal.map(|refusal| refusal.typed)),
            kind,
            app,
        }
    }

    /// The values of a plain form that the server has refused.
    pub(crate) fn submitted_values(self) -> Option<AccountFormValues> {
        self.values.get_value()
    }

    /// The error to show at a field. Errors of fields that were not left yet are not shown.
    pub(crate) fn reason(self, field: Field) -> Option<Reason> {
        self.errors.with(|errors| errors.get(field))
    }

    /// Whether the page focuses this field at load: the first one with an error.
    pub(crate) fn should_autofocus(self, field: Field) -> bool {
        self.problem.with_untracked(|problem| match problem {
            Some(Problem::Invalid(errors)) => errors.iter().next().is_some_and(|(f, _)| f == field),
            Some(Problem::BadCredentials) => field == Field::Password,
            _ => false,
        })
    }

    /// Handles an input event. It clears an error that no longer applies; a field that was left before
    /// is checked at every key press.
    pub(crate) fn on_input(self, event: &ev::Event) {
        if crate::input_method::is_composing(event) {
            return;
        }
        let Some((field, _)) = field_of(event).zip(self.values()) else {
            return;
        };
        self.is_done.set(false);
        let was_marked = self
            .errors
            .with_untracked(|errors| errors.get(field).is_some());
        if was_marked || self.visited.with_value(|left| left.contains(&field)) {
            self.show_errors();
        }
    }

    /// Handles a blur event: from now on errors of the field are shown.
    pub(crate) fn on_blur(self, event: &ev::FocusEvent) {
        let Some((field, values)) = field_of(event).zip(self.values()) else {
            return;
        };
        let is_known = self.visited.with_value(|left| left.contains(&field));
        if is_known || values.text(field).is_empty() || is_pressed() {
            return;
        }
        self.visited.update_value(|left| left.push(field));
        self.show_errors();
    }

    /// Handles a submit event. The default action is prevented only here, so that the plain form works
    /// until the page is hydrated and where the WebAssembly does not run.
    pub(crate) fn on_submit(self, event: &ev::SubmitEvent) {
        let Some(values) = self.values() else {
            return;
        };
        event.prevent_default();
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_done.set(false);
        self.is_revealed.set(false);
        let errors = (self.kind.check)(&values, &self.app.password);
        if !errors.is_empty() {
            return self.show_problem(Problem::Invalid(errors), &values);
        }
        self.problem.set(None);
        self.is_busy.set(true);
        spawn_local(self.send(values));
    }

    async fn send(self, values: Values) {
        let answer = (self.kind.send)(&values).await;
        // The page may have been left by now and its signals disposed; `app` outlives it. After a
        // successful log-in the form stays busy until the next page is shown.
        let gets_in = answer.is_ok() && self.app.current_user.with_untracked(Option::is_none);
        let is_gone = self.is_busy.try_set(gets_in).is_some();
        match answer {
            Ok(current_user) => {
                self.is_done.try_set(true);
                self.app.is_session_ended.set(false);
                self.app.current_user.set(Some(current_user));
            }
            Err(_) if is_gone => {}
            // A server of another build answers the plain form with a page of its own build.
            Err(ServerFnProblem(Problem::StalePage)) => _ = values.0.submit(),
            Err(ServerFnProblem(problem)) => {
                if matches!(problem, Problem::BadCredentials | Problem::Invalid(_)) {
                    values.clear_password();
                }
                if problem == Problem::Unauthenticated {
                    self.app.keep_page_after_session_end();
                }
                self.show_problem(problem, &values);
            }
        }
    }

    fn show_problem(self, problem: Problem, values: &Values) {
        let errors = field_errors(Some(&problem));
        let first = match errors.iter().next() {
            Some((field, _)) => Some(field),
            None => (problem == Problem::BadCredentials).then_some(Field::Password),
        };
        self.visited
            .set_value(errors.iter().map(|(field, _)| field).collect());
        self.errors.set(errors);
        self.problem.set(Some(problem));
        if let Some(field) = first {
            values.focus(field);
        }
    }

    /// Shows the errors of fields that were left, and no others.
    fn show_errors(self) {
        let Some(values) = self.values() else {
            return;
        };
        let wrong = (self.kind.check)(&values, &self.app.password);
        let mut shown = FieldErrors::default();
        for (field, reason) in wrong.iter() {
            if self.visited.with_value(|left| left.contains(&field)) {
                shown.note::<()>(field, Err(reason));
            }
        }
        let is_about_fields =
            |problem: &Option<Problem>| matches!(problem, Some(Problem::Invalid(_)));
        if shown.is_empty() && self.problem.with_untracked(is_about_fields) {
            self.problem.set(None);
        }
        self.errors.set(shown);
    }

    /// The values while the form element is mounted. Removing a focused element dispatches a blur
    /// event, which may come after the signals were disposed.
    fn values(self) -> Option<Values> {
        self.node.try_get_untracked().flatten().map(Values)
    }
}

/// Whether a pointer is pressed on a control. An error that appears now would move the control away
/// from the pointer, and the click would be lost.
pub(crate) fn is_pressed() -> bool {
    matches!(
        document().query_selector("button:active, a:active, label:active"),
        Ok(Some(_))
    )
}

fn field_errors(problem: Option<&Problem>) -> FieldErrors {
    match problem {
        Some(Problem::Invalid(errors)) => errors.clone(),
        _ => FieldErrors::default(),
    }
}

fn field_of(event: &ev::Event) -> Option<Field> {
    let input: HtmlInputElement = event.target()?.dyn_into().ok()?;
    let name = input.name();
    [
        Field::EmailAddress,
        Field::Password,
        Field::FirstName,
        Field::LastName,
    ]
    .into_iter()
    .find(|field| field.name() == name)
}
