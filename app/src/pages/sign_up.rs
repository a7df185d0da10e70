//! The sign-up page.

use leptos::prelude::*;
use types::{Field, SignUp, SignupMode};

use crate::{
    api::accounts::sign_up,
    app_context::AppContext,
    components::{
        form::Form, form_field::FormField, page_heading::PageHeading,
        password_field::PasswordField, submit_button::SubmitButton,
    },
    form_state::{AccountForm, AccountFormKind, Values},
    guard::leave_when_signed_in,
    page_head::PageHead,
    pages::log_in::next_of_query,
    texts::texts,
};

const SIGN_UP: AccountFormKind = AccountFormKind {
    check: |values, policy| read(values).check(policy).err().unwrap_or_default(),
    send: |values| Box::pin(sign_up(read(values))),
};

/// The sign-up page.
#[component]
pub(crate) fn SignUpPage() -> impl IntoView {
    let app = AppContext::current();
    let (next, query) = next_of_query();
    leave_when_signed_in(app, next);
    let page = match app.signup {
        SignupMode::Open => open(app, &query).into_any(),
        SignupMode::Closed => closed().into_any(),
    };
    let texts = &texts().sign_up;
    view! {
        <PageHead title=texts.title/>
        <div class="auth-page">
            {page}
            <p class="auth-page-other">
                {texts.other} " " <a href=["/login", &query].concat()>{texts.other_link}</a>
            </p>
        </div>
    }
}

fn open(app: AppContext, query: &str) -> impl IntoView {
    let form = AccountForm::new(app, SIGN_UP);
    let typed = form.submitted_values().unwrap_or_default();
    let texts = texts();
    view! {
        <PageHeading text=texts.sign_up.heading/>
        <p class="auth-page-lead">{texts.sign_up.lead}</p>
        <Form form action=["/signup", query].concat()>
            <FormField
                form
                field=Field::EmailAddress
                label=texts.forms.email_address
                autocomplete="email"
                inputmode="email"
                hint=Some(texts.sign_up.email_hint.to_owned())
                value=typed.email_address
            />
            <PasswordField
                form
                autocomplete="new-password"
                hint=Some((texts.sign_up.password_hint)(app.password.min))
            />
            <div class="form-pair">
                <FormField
                    form
                    field=Field::FirstName
                    label=texts.forms.first_name
                    autocomplete="given-name"
                    is_optional=true
                    value=typed.first_name
                />
                <FormField
                    form
                    field=Field::LastName
                    label=texts.forms.last_name
                    autocomplete="family-name"
                    is_optional=true
                    value=typed.last_name
                />
            </div>
            <SubmitButton label=texts.sign_up.button is_busy=form.is_busy/>
        </Form>
    }
}

fn closed() -> impl IntoView {
    let texts = &texts().sign_up;
    view! {
        <PageHeading text=texts.closed_heading/>
        <p class="auth-page-lead">{texts.closed}</p>
    }
}

fn read(values: &Values) -> SignUp {
    SignUp {
        email_address: values.text(Field::EmailAddress),
        password: values.password(),
        first_name: values.text(Field::FirstName),
        last_name: values.text(Field::LastName),
    }
}
