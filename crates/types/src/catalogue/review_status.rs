//! The decision of a moderator about a retailer.

use serde::{Deserialize, Serialize};

/// The decision of a moderator about a retailer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReviewStatus {
    /// None yet: only the proposing artist sees the retailer, and no link leads to it.
    Proposed,
    /// Approved: links lead to the retailer.
    Approved,
    /// Blocked: no link leads to the retailer.
    Blocked,
}

impl ReviewStatus {
    /// The word in JSON and in stored documents.
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
