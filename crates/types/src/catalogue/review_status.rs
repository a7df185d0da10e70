//! What a moderator has decided about a retailer.

use serde::{Deserialize, Serialize};

/// What a moderator has decided about a retailer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReviewStatus {
    /// Nothing yet: only the artist that proposed the retailer sees it, and no link leads to it.
    Proposed,
    /// It is a shop; links lead to it.
    Approved,
    /// It is none; no link leads to it.
    Blocked,
}

impl ReviewStatus {
    /// The word on the wire and in stored documents.
    pub fn name(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Approved => "approved",
            Self::Blocked => "blocked",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_has_one_name_everywhere() {
        use ReviewStatus::{Approved, Blocked, Proposed};
        for status in [Proposed, Approved, Blocked] {
            let json = serde_json::to_value(status).unwrap();
            assert_eq!(json, status.name());
        }
    }
}
