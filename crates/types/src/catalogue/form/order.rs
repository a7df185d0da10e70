//! The typed order of the rows of a form.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{ascii::folded, field::Field, text::trimmed};

/// The typed order of the rows of a form: a number for each row, unparsed.
///
/// The fields are `order[offers][1]`. They are beside the rows and not in them, because `/v1` takes the
/// same rows, and some lists have plain strings as rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RowOrder(BTreeMap<String, Vec<String>>);

impl RowOrder {
    /// The name of the field with the order of a row.
    pub fn form_name(list: Field, place: usize) -> String {
        ["order[", list.name(), "][", &place.to_string(), "]"].concat()
    }

    /// The typed order of a row; empty if there is none.
    pub fn typed(&self, list: Field, place: usize) -> &str {
        let typed = self.0.get(list.name()).and_then(|typed| typed.get(place));
        typed.map(String::as_str).unwrap_or_default()
    }

    /// The parsed order of a row; its position from 1 if there is none.
    pub(super) fn number(&self, list: Field, place: usize) -> i64 {
        let typed = folded(trimmed(self.typed(list, place)));
        let place = i64::try_from(place).unwrap_or(i64::MAX);
        typed.parse().unwrap_or(place.saturating_add(1))
    }
}
