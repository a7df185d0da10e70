//! The current user in `/v1`.

use serde::Serialize;
use types::{Account, CurrentUser};

/// The current user as one flat object. `flatten` on [`CurrentUser`] itself would add kilobytes to the
/// WebAssembly.
#[derive(Serialize)]
pub(super) struct FlatCurrentUser<'a> {
    #[serde(flatten)]
    account: &'a Account,
    session_began_at: &'a str,
    session_ends_at: &'a str,
}

impl<'a> From<&'a CurrentUser> for FlatCurrentUser<'a> {
    fn from(current_user: &'a CurrentUser) -> Self {
        Self {
            account: &current_user.account,
            session_began_at: &current_user.session_began_at,
            session_ends_at: &current_user.session_ends_at,
        }
    }
}
