//! The order in which the rows of a form are meant.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{ascii::folded, field::Field, text::trimmed};

/// The order in which the rows of a form are meant: a number for each row, as typed.
///
/// Its fields are `order[offers][1]`. They stand beside the rows, because those are what `/v1`
/// takes, and some lists have rows that are one text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RowOrder(BTreeMap<String, Vec<String>>);

impl RowOrder {
    /// The name of the field that says where a row is meant to stand.
    pub fn form_name(list: Field, place: usize) -> String {
        ["order[", list.name(), "][", &place.to_string(), "]"].concat()
    }

    /// What was typed for a row; empty where nothing was.
    pub fn typed(&self, list: Field, place: usize) -> &str {
        let typed = self.0.get(list.name()).and_then(|typed| typed.get(place));
        typed.map(String::as_str).unwrap_or_default()
    }

    /// The number that was typed for a row, otherwise its place, counted from 1.
    pub(super) fn number(&self, list: Field, place: usize) -> i64 {
        let typed = folded(trimmed(self.typed(list, place)));
        let place = i64::try_from(place).unwrap_or(i64::MAX);
        typed.parse().unwrap_or(place.saturating_add(1))
    }
}
