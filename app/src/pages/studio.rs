//! The protected view, where a creator keeps the work in order.

use leptos::prelude::*;

use crate::{
    components::{page_heading::PageHeading, session_facts::SessionFacts},
    guard::leave_when_signed_out,
    markup::markup,
    state::AppState,
    texts::texts,
};

/// The protected view. The catalogue does not exist yet, and the page says so.
#[component]
pub(crate) fn StudioPage() -> impl IntoView {
    let app = AppState::current();
    leave_when_signed_out(app);
    let heading =
        app.of_visitor(|visitor| (texts().studio.heading)(visitor.account.first_name.as_deref()));
    let texts = &texts().studio;
    view! {
        <div class="studio-page">
            <p class="eyebrow">{texts.eyebrow}</p>
            <PageHeading text=heading/>
            <p class="studio-page-lead">{texts.lead}</p>
            <div class="studio-page-columns">
                <section class="studio-table" inner_html=empty_table()></section>
                <section class="panel studio-session">
                    <h2>{texts.session_heading}</h2>
                    <SessionFacts/>
                    <p>
                        <a href="/account">{texts.account_link}</a>
                    </p>
                </section>
            </div>
        </div>
    }
}

fn empty_table() -> String {
    let texts = &texts().studio;
    let rooms = texts.rooms.map(|(name, what)| {
        markup![
            "<li class=studio-room><strong>",
            name,
            "</strong><span>",
            what,
            "</span><span class=studio-room-soon>",
            texts.soon,
            "</span></li>"
        ]
    });
    markup![
        "<span class=studio-table-art>",
        include_str!("../art/table.svg"),
        "</span><h2>",
        texts.empty_heading,
        "</h2><p>",
        texts.empty,
        "</p><ul class=studio-rooms role=list>",
        &rooms.concat(),
        "</ul>"
    ]
}
