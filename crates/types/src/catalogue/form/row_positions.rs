//! Positions of the rows of a checked input in its form.

use std::{collections::BTreeMap, mem};

use super::{FormRow, RowOrder};
use crate::field::{Field, FieldErrors};

/// Positions of the rows of a checked input in its form.
///
/// For each list these are the positions in the document, from 0, in the order of the input. A list
/// that was not arranged is unchanged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowPositions(BTreeMap<&'static str, Vec<usize>>);

impl RowPositions {
    /// Maps errors of an input to the rows of the form. An error in a row that the form does not have is
    /// mapped to the first row.
    pub fn in_form(&self, errors: &FieldErrors) -> FieldErrors {
        let mut in_form = FieldErrors::default();
        for (field, reason) in errors.iter() {
            let place = u16::try_from(self.place(field)).unwrap_or(u16::MAX);
            in_form.refuse(field.in_row(place), reason);
        }
        in_form
    }

    fn place(&self, field: Field) -> usize {
        let Some(row) = field.row().map(usize::from) else {
            return 0;
        };
        match self.0.get(field.name()) {
            Some(places) => places.get(row).copied().unwrap_or_default(),
            None => row,
        }
    }

    /// Sorts the rows of a list, drops the empty ones, and records their former positions.
    pub(super) fn arrange<R: FormRow>(&mut self, order: &RowOrder, list: Field, rows: &mut Vec<R>) {
        let typed = mem::take(rows).into_iter().enumerate();
        let mut kept: Vec<_> = typed.filter(|(_, row)| !row.is_blank()).collect();
        kept.sort_by_key(|(place, _)| order.number(list, *place));
        let places = kept.iter().map(|(place, _)| *place);
        self.0.insert(list.name(), places.collect());
        rows.extend(kept.into_iter().map(|(_, row)| row));
    }
}
