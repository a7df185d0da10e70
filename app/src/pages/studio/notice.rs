//! What a form has done.

use leptos::prelude::*;
use types::pages::studio::Notice;

use crate::texts::texts;

/// Says what was just done. Its place is always there, so that a change in it is read out.
pub(super) fn show(notice: Option<Notice>) -> AnyView {
    let text = notice.map(|notice| (texts().studio.notice)(notice));
    view! {
        <p class="studio-notice" role="status" id="notice" data-part="">
            {text}
        </p>
    }
    .into_any()
}
