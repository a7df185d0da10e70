//! The problem of a form as a whole.

use leptos::prelude::*;
use types::{NextPath, Problem};

use crate::{form_state::AccountForm, navigation::Navigation, texts::texts};

/// The problem of a form as a whole, as an alert that screen readers announce at once.
#[component]
pub(crate) fn ProblemNotice(form: AccountForm) -> impl IntoView {
    let navigation = Navigation::current();
    move || {
        let problem = form.problem.get()?;
        let log_in_again = (problem == Problem::Unauthenticated).then(|| {
            let next = NextPath::of_address(navigation.address_now().as_str()).encoded();
            // In a new tab: this one keeps the values that were typed.
            view! {
                <a href=["/login?next=", &next].concat() target="_blank">
                    {texts().problems.session_ended_link}
                </a>
            }
        });
        Some(view! {
            <div class="problem-notice" role="alert">
                <p>{sentence(&problem)}</p>
                {log_in_again}
            </div>
        })
    }
}

/// The sentence for a problem of a form.
pub(crate) fn sentence(problem: &Problem) -> String {
    let texts = &texts().problems;
    match problem {
        Problem::RateLimited(seconds) => (texts.rate_limited)(*seconds),
        Problem::Busy(seconds) => (texts.busy)(*seconds),
        Problem::Invalid(_) => texts.invalid.to_owned(),
        Problem::BadCredentials => texts.bad_credentials.to_owned(),
        Problem::Unauthenticated => texts.session_ended.to_owned(),
        Problem::SignupClosed => texts.signup_closed.to_owned(),
        Problem::Unavailable(_) => texts.unavailable.to_owned(),
        Problem::CrossSite => texts.cross_site.to_owned(),
        Problem::StalePage => texts.stale_page.to_owned(),
        // The forms of the studio have sentences of their own for these.
        Problem::Malformed
        | Problem::NotFound
        | Problem::Forbidden
        | Problem::Conflict
        | Problem::Unversioned
        | Problem::Full(_) => texts.malformed.to_owned(),
        Problem::Internal => texts.internal.to_owned(),
    }
}
