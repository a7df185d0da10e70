//! What a form knows of itself: which fields are refused and why, and whether it is being sent.

use std::pin::Pin;

use leptos::{ev, html, prelude::*, task::spawn_local};
use types::{Field, FieldErrors, Password, PasswordPolicy, Problem, Reason, Visitor};
use web_sys::{HtmlFormElement, HtmlInputElement, wasm_bindgen::JsCast};

use crate::{failure::Failure, page::Typed, state::AppState};

/// The answer of a server function that is on its way.
pub(crate) type Answer = Pin<Box<dyn Future<Output = Result<Visitor, Failure>>>>;

/// What one kind of form does. Functions and not type parameters, because every copy of the
/// code around them would be sent to the browser.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FormKind {
    /// Checks the shape of what is typed, by the function that the server uses.
    pub(crate) check: fn(&Values, &PasswordPolicy) -> FieldErrors,
    /// Calls the server function.
    pub(crate) send: fn(&Values) -> Answer,
}

/// The values in the fields of a form. The browser's own fields hold them, so that what was typed
/// before the page came alive, or was filled in by a password manager, is never overwritten.
#[derive(Clone, Debug)]
pub(crate) struct Values(HtmlFormElement);

impl Values {
    /// The text in a field.
    pub(crate) fn text(&self, field: Field) -> String {
        self.input(field.name())
            .map(|input| input.value())
            .unwrap_or_default()
    }

    /// What is in the password field.
    pub(crate) fn password(&self) -> Password {
        Password::new(self.text(Field::Password))
    }

    /// Whether a checkbox is checked.
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

/// What a form knows of itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FormState {
    /// Why the whole form was refused.
    pub(crate) problem: RwSignal<Option<Problem>>,
    /// Whether an answer is awaited.
    pub(crate) is_busy: RwSignal<bool>,
    /// Whether the last answer was yes.
    pub(crate) is_done: RwSignal<bool>,
    /// The form in the page.
    pub(crate) node: NodeRef<html::Form>,
    /// Whether the password is readable.
    pub(crate) is_revealed: RwSignal<bool>,
    shown: RwSignal<FieldErrors>,
    left: StoredValue<Vec<Field>>,
    typed: StoredValue<Option<Typed>>,
    kind: FormKind,
    app: AppState,
}

impl FormState {
    /// A form as the page came: with what was typed and refused, or else empty.
    pub(crate) fn new(app: AppState, kind: FormKind) -> Self {
        let refusal = app.refusal();
        let problem = refusal.as_ref().map(|refusal| refusal.problem.clone());
        let shown = field_errors(problem.as_ref());
        Self {
            left: StoredValue::new(shown.iter().map(|(field, _)| field).collect()),
            shown: RwSignal::new(shown),
            problem: RwSignal::new(problem),
            is_busy: RwSignal::new(false),
            is_done: RwSignal::new(false),
            is_revealed: RwSignal::new(false),
            node: NodeRef::new(),
            typed: StoredValue::new(refusal.map(|refusal| refusal.typed)),
            kind,
            app,
        }
    }

    /// What was typed into a form that was refused without the help of this program.
    pub(crate) fn typed(self) -> Option<Typed> {
        self.typed.get_value()
    }

    /// Why a field is refused, as far as it is time to say so.
    pub(crate) fn reason(self, field: Field) -> Option<Reason> {
        self.shown.with(|errors| errors.get(field))
    }

    /// Whether the page opens with the cursor in this field: the first one to mend.
    pub(crate) fn is_first_to_mend(self, field: Field) -> bool {
        self.problem.with_untracked(|problem| match problem {
            Some(Problem::Invalid(errors)) => errors.iter().next().is_some_and(|(f, _)| f == field),
            Some(Problem::BadCredentials) => field == Field::Password,
            _ => false,
        })
    }

    /// Something was typed: what is right now is no longer marked, and a field that was left
    /// before is checked letter by letter.
    pub(crate) fn changed(self, event: &ev::Event) {
        if crate::composing::is_composing(event) {
            return;
        }
        let Some((field, _)) = field_of(event).zip(self.values()) else {
            return;
        };
        self.is_done.set(false);
        let was_marked = self
            .shown
            .with_untracked(|errors| errors.get(field).is_some());
        if was_marked || self.left.with_value(|left| left.contains(&field)) {
            self.mark();
        }
    }

    /// A field was left: it is time to say what is wrong with what is in it.
    pub(crate) fn left(self, event: &ev::FocusEvent) {
        let Some((field, values)) = field_of(event).zip(self.values()) else {
            return;
        };
        let is_known = self.left.with_value(|left| left.contains(&field));
        if is_known || values.text(field).is_empty() || is_pressed() {
            return;
        }
        self.left.update_value(|left| left.push(field));
        self.mark();
    }

    /// The form is to be sent. What the browser would do is prevented only here, so that a form
    /// works all the same while this program is not there or does not run.
    pub(crate) fn submitted(self, event: &ev::SubmitEvent) {
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
            return self.refused(Problem::Invalid(errors), &values);
        }
        self.problem.set(None);
        self.is_busy.set(true);
        spawn_local(self.sent(values));
    }

    async fn sent(self, values: Values) {
        let answer = (self.kind.send)(&values).await;
        // The page may be gone by now, and its signals with it; who is signed in is not.
        // Whoever gets in leaves it, and until then nothing more is to be sent.
        let gets_in = answer.is_ok() && self.app.visitor.with_untracked(Option::is_none);
        let is_gone = self.is_busy.try_set(gets_in).is_some();
        match answer {
            Ok(visitor) => {
                self.is_done.try_set(true);
                self.app.is_held.set(false);
                self.app.visitor.set(Some(visitor));
            }
            Err(_) if is_gone => {}
            // A server of another version answers the plain form, with a page of its own.
            Err(Failure(Problem::StalePage)) => _ = values.0.submit(),
            Err(Failure(problem)) => {
                if matches!(problem, Problem::BadCredentials | Problem::Invalid(_)) {
                    values.clear_password();
                }
                if problem == Problem::Unauthenticated {
                    self.app.hold();
                }
                self.refused(problem, &values);
            }
        }
    }

    fn refused(self, problem: Problem, values: &Values) {
        let errors = field_errors(Some(&problem));
        let first = match errors.iter().next() {
            Some((field, _)) => Some(field),
            None => (problem == Problem::BadCredentials).then_some(Field::Password),
        };
        self.left
            .set_value(errors.iter().map(|(field, _)| field).collect());
        self.shown.set(errors);
        self.problem.set(Some(problem));
        if let Some(field) = first {
            values.focus(field);
        }
    }

    /// Marks the fields that were left and are wrong, and no others.
    fn mark(self) {
        let Some(values) = self.values() else {
            return;
        };
        let wrong = (self.kind.check)(&values, &self.app.password);
        let mut shown = FieldErrors::default();
        for (field, reason) in wrong.iter() {
            if self.left.with_value(|left| left.contains(&field)) {
                shown.note::<()>(field, Err(reason));
            }
        }
        let is_about_fields =
            |problem: &Option<Problem>| matches!(problem, Some(Problem::Invalid(_)));
        if shown.is_empty() && self.problem.with_untracked(is_about_fields) {
            self.problem.set(None);
        }
        self.shown.set(shown);
    }

    /// The form, while it is on the page. A page that is left takes the focus from its fields
    /// when nothing of it may be touched any more.
    fn values(self) -> Option<Values> {
        self.node.try_get_untracked().flatten().map(Values)
    }
}

/// Whether something is just being clicked. An error that appeared now would push it away from
/// under the pointer, and the click would be lost.
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
