//! The account page of the signed-in user.

use leptos::prelude::*;
use types::{Field, NameChange};

use crate::{
    api::accounts::{change_names, end_all_sessions},
    app_context::{AppContext, flag_text},
    components::{
        form::Form, form_field::FormField, leave_form::LeaveForm, log_out_notice::SESSIONS_ENDED,
        page_heading::PageHeading, session_facts::SessionFacts, submit_button::SubmitButton,
    },
    form_state::{AccountForm, AccountFormKind, Values},
    page::AccountFormValues,
    page_head::PageHead,
    texts::texts,
};

const NAMES: AccountFormKind = AccountFormKind {
    check: |values, _| read(values).check().err().unwrap_or_default(),
    send: |values| Box::pin(change_names(read(values))),
};

/// The account page of the signed-in user.
#[component]
pub(crate) fn AccountPage() -> impl IntoView {
    let app = AppContext::current();
    let texts = &texts().account;
    // A plain form that was submitted after the session has ended is shown again without a user: then
    // only the form can be shown.
    let is_known = app.current_user.with_untracked(Option::is_some);
    view! {
        <PageHead title=texts.title/>
        <div class="account-page">
            <PageHeading text=texts.heading/>
            <p class="account-page-lead">{texts.lead}</p>
            {is_known.then(|| view! {
                <section class="panel">
                    <h2>{texts.details_heading}</h2>
                    <SessionFacts/>
                </section>
            })}
            <section class="panel">
                <h2>{texts.names_heading}</h2>
                <p>{texts.names_lead}</p>
                {names_form(app)}
            </section>
            {is_known.then(|| view! {
                <section class="panel">
                    <h2>{texts.end_heading}</h2>
                    <p>{texts.end_lead}</p>
                    <LeaveForm
                        action="/account/sessions/end"
                        label=texts.end
                        next=SESSIONS_ENDED
                        end=|| Box::pin(end_all_sessions())
                    />
                </section>
            })}
        </div>
    }
}

fn names_form(app: AppContext) -> impl IntoView {
    let form = AccountForm::new(app, NAMES);
    let typed = form.submitted_values().unwrap_or_else(|| kept_names(app));
    let texts = texts();
    view! {
        <Form form action="/account".to_owned()>
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
            <div class="form-end">
                <SubmitButton label=texts.account.save is_busy=form.is_busy/>
                <p class="form-done" role="status">
                    {flag_text(form.is_done, texts.account.saved)}
                </p>
            </div>
        </Form>
    }
}

fn kept_names(app: AppContext) -> AccountFormValues {
    app.current_user.with_untracked(|current_user| {
        let account = current_user
            .as_ref()
            .map(|current_user| &current_user.account);
        AccountFormValues {
            first_name: account
                .and_then(|a| a.first_name.clone())
                .unwrap_or_default(),
            last_name: account
                .and_then(|a| a.last_name.clone())
                .unwrap_or_default(),
            ..AccountFormValues::default()
        }
    })
}

fn read(values: &Values) -> NameChange {
    NameChange {
        first_name: values.text(Field::FirstName),
        last_name: values.text(Field::LastName),
    }
}
