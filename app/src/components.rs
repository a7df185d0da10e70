//! Components that several pages use. `style/components` has one style sheet for each, with its name.
#![expect(
    unreachable_pub,
    reason = "`#[component]` repeats the function as `pub`"
)]

pub(crate) mod form;
pub(crate) mod form_field;
pub(crate) mod leave_form;
pub mod log_out_notice;
pub(crate) mod page_heading;
pub(crate) mod password_field;
pub(crate) mod player_frame;
pub(crate) mod problem_notice;
pub(crate) mod session_facts;
pub(crate) mod site_footer;
pub(crate) mod site_header;
pub(crate) mod submit_button;
pub(crate) mod wordmark;
