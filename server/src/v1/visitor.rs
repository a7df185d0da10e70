//! Who is signed in, as `/v1` says it.

use serde::Serialize;
use types::{Account, Visitor};

/// Who is signed in, as one flat object. In [`Visitor`] itself it would weigh kilobytes in what
/// browsers download.
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
