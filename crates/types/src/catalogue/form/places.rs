//! Where the rows of an input that is checked stand in the form that it was typed into.

use std::{collections::BTreeMap, mem};

use super::{FormRow, RowOrder};
use crate::field::{Field, FieldErrors, Reason};

/// Where the rows of an input that is checked stand in the form that it was typed into.
///
/// For each list these are the places in the document, from 0, in the order of the input. A list
/// that was not arranged stands as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowPlaces(BTreeMap<&'static str, Vec<usize>>);

/// A field that is refused, as it stands in the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefusedField {
    /// The field, with the row of the input.
    pub field: Field,
    /// The row of the form in which it is; 0 for a field that is there once.
    pub place: usize,
    /// Why.
    pub reason: Reason,
}

impl RowPlaces {
    /// What is refused of an input, as it stands in the form. A row that the form does not have is
    /// said at the first one.
    pub fn refused(&self, errors: &FieldErrors) -> Vec<RefusedField> {
        let refused = errors.iter().map(|(field, reason)| RefusedField {
            field,
            place: self.place(field),
            reason,
        });
        refused.collect()
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

    /// Puts the rows of a list into their order, without the blank ones, and notes where they stood.
    pub(super) fn arrange<R: FormRow>(&mut self, order: &RowOrder, list: Field, rows: &mut Vec<R>) {
        let typed = mem::take(rows).into_iter().enumerate();
        let mut kept: Vec<_> = typed.filter(|(_, row)| !row.is_blank()).collect();
        kept.sort_by_key(|(place, _)| order.number(list, *place));
        let places = kept.iter().map(|(place, _)| *place);
        self.0.insert(list.name(), places.collect());
        rows.extend(kept.into_iter().map(|(_, row)| row));
    }
}

impl RefusedField {
    /// What the field is called in the form.
    pub fn form_name(&self) -> String {
        self.field.form_name_in_row(self.place)
    }
}
