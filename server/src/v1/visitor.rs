//! The current user in `/v1`.

use serde::Serialize;
use types::{Account, Visitor};

/// The current user as one flat object. `flatten` on [`Visitor`] itself would add kilobytes to the
/// WebAssembly.
#[derive(Serialize)]
pub(super) struct FlatVisitor<'a> {
    #[serde(flatten)]
    account: &'a Account,
    session_began_at: &'a str,
    session_ends_at: &'a str,
}

impl<'a> From<&'a Visitor> for FlatVisitor<'a> {
    fn from(visitor: &'a Visitor) -> Self {
        Self {
            account: &visitor.account,
            session_began_at: &visitor.session_began_at,
            session_ends_at: &visitor.session_ends_at,
        }
    }
}
