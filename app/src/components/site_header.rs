//! The header of every page.

use leptos::prelude::*;
use types::SignupMode;

use crate::{
    api::sessions::log_out,
    app_context::AppContext,
    components::{leave_form::LeaveForm, log_out_notice::LOGGED_OUT, wordmark::Wordmark},
    navigation::Navigation,
    texts::texts,
};

/// The header of every page: skip link, home link, links to the public lists and the search, and
/// the links of the account.
#[component]
pub(crate) fn SiteHeader() -> impl IntoView {
    let app = AppContext::current();
    let is_signed_in = app.is_signed_in();
    let texts = &texts().site;
    view! {
        <a class="skip-link" href="#main">{texts.skip}</a>
        <header class="site-header">
            <div class="site-header-line">
                <a class="site-header-home" href="/" aria-label=texts.home_link>
                    <Wordmark/>
                </a>
                <nav class="site-header-catalogue" aria-label=texts.catalogue>
                    {link("/videos", texts.videos)}
                    {link("/products", texts.products)}
                    {link("/artists", texts.artists)}
                    {link("/search", texts.search)}
                </nav>
                <nav class="site-header-nav" aria-label=texts.navigation>
                    {move || if is_signed_in.get() { account_links(app) } else { visitor_links(app) }}
                </nav>
            </div>
        </header>
    }
}

fn account_links(app: AppContext) -> AnyView {
    let texts = &texts().site;
    let address = app.current_user_text(|current_user| current_user.account.email_address.clone());
    view! {
        {link("/studio", texts.studio)}
        <a
            class="site-header-link site-header-address"
            href="/account"
            dir="auto"
            aria-current=is_current("/account")
        >
            {address}
        </a>
        <LeaveForm action="/logout" label=texts.log_out next=LOGGED_OUT end=|| Box::pin(log_out())/>
    }
    .into_any()
}

fn visitor_links(app: AppContext) -> AnyView {
    let texts = &texts().site;
    view! {
        {link("/login", texts.log_in)}
        {(app.signup == SignupMode::Open).then(|| link("/signup", texts.sign_up))}
    }
    .into_any()
}

fn link(path: &'static str, label: &'static str) -> impl IntoView {
    view! {
        <a class="site-header-link" href=path aria-current=is_current(path)>{label}</a>
    }
}

fn is_current(path: &'static str) -> Signal<Option<&'static str>> {
    let navigation = Navigation::current();
    Signal::derive(move || (navigation.address().path() == path).then_some("page"))
}
