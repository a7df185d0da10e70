//! What a document says of carried content, for those who do not look at it.

use leptos::prelude::*;

/// What a document says of a page, for those who do not look at it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Head {
    /// What robots may do: `noindex`.
    pub robots: Option<&'static str>,
}

impl Head {
    /// The elements in `<head>`. Each is marked, so that a page that is carried brings its own.
    pub(crate) fn into_view(self, description: &str) -> impl IntoView {
        view! {
            <meta data-head="" name="description" content=description.to_owned()/>
            {self.robots.map(|robots| view! { <meta data-head="" name="robots" content=robots/> })}
        }
    }
}
