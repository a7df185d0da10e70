//! The log-in page.

use leptos::prelude::*;
use types::{Field, LogIn, NextPath, SignupMode};

use crate::{
    api::sessions::log_in,
    app::{after_log_in, is_protected},
    app_context::AppContext,
    components::{
        form::Form,
        form_field::FormField,
        log_out_notice::{LogOutNotice, SESSIONS_ENDED},
        page_heading::PageHeading,
        password_field::PasswordField,
        submit_button::SubmitButton,
    },
    form_state::{AccountForm, AccountFormKind, Values},
    guard::leave_when_signed_in,
    navigation::{Address, Navigation},
    page_head::PageHead,
    texts::texts,
};

const LOG_IN: AccountFormKind = AccountFormKind {
    check: |values, _| read(values).check().err().unwrap_or_default(),
    send: |values| Box::pin(log_in(read(values))),
};

/// The log-in page.
#[component]
pub(crate) fn LogInPage() -> impl IntoView {
    let app = AppContext::current();
    let form = AccountForm::new(app, LOG_IN);
    let (next, query) = next_of_query();
    let lead = lead(&next, !query.is_empty());
    leave_when_signed_in(app, next);
    let typed = form.submitted_values().unwrap_or_default();
    let texts = texts();
    view! {
        <PageHead title=texts.log_in.title/>
        <div class="auth-page">
            <PageHeading text=texts.log_in.heading/>
            <LogOutNotice address=SESSIONS_ENDED text=texts.site.sessions_ended/>
            <p class="auth-page-lead">{lead}</p>
            <Form form action=["/login", &query].concat()>
                <FormField
                    form
                    field=Field::EmailAddress
                    label=texts.forms.email_address
                    autocomplete="username"
                    inputmode="email"
                    value=typed.email_address
                />
                <PasswordField form autocomplete="current-password"/>
                <label class="check-field">
                    <input type="checkbox" name="remember" value="on" checked=typed.remember/>
                    <span>{texts.log_in.remember}</span>
                </label>
                <SubmitButton label=texts.log_in.button is_busy=form.is_busy/>
            </Form>
            {(app.signup == SignupMode::Open)
                .then(|| {
                    view! {
                        <p class="auth-page-other">
                            {texts.log_in.other} " "
                            <a href=["/signup", &query].concat()>{texts.log_in.other_link}</a>
                        </p>
                    }
                })}
        </div>
    }
}

/// The lead, which names the requested page if that is protected.
fn lead(next: &NextPath, is_asked: bool) -> &'static str {
    let texts = &texts().log_in;
    let path = Address::of(next.as_str());
    match path.path() {
        _ if !is_asked || !is_protected(path.path()) => texts.lead,
        "/account" => texts.account_lead,
        _ => texts.studio_lead,
    }
}

/// The target after a successful log-in, and the query that keeps it.
pub(crate) fn next_of_query() -> (NextPath, String) {
    let asked = Navigation::current().address_now().query().value("next");
    let next = after_log_in(asked.as_deref().unwrap_or_default());
    let query = match asked {
        Some(_) => ["?next=", &next.encoded()].concat(),
        None => String::new(),
    };
    (next, query)
}

fn read(values: &Values) -> LogIn {
    LogIn {
        email_address: values.text(Field::EmailAddress),
        password: values.password(),
        remember: if values.is_checked("remember") {
            "on".to_owned()
        } else {
            String::new()
        },
    }
}
