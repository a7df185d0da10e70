//! A form of the studio as it is shown: what is in it, and what of it is refused.

use types::{Field, FieldErrors, Reason, catalogue::form::position};

use super::Shelf;
use crate::texts::texts;

/// A form of the studio as it is shown: what is in it, and what of it is refused.
///
/// It is shown from names and values and not from what they mean, so that everything comes back as
/// it was typed, in the place where it was typed.
#[derive(Clone, Debug)]
pub struct Form {
    /// What it is about.
    pub shelf: Shelf,
    /// Names and values in the order of the document.
    pub values: Vec<(String, String)>,
    /// The revision that it started from; a new thing has none.
    pub revision: Option<u64>,
    /// The list that more empty rows were asked for.
    pub more: Option<String>,
    errors: FieldErrors,
    refused: Vec<Refused>,
}

/// A refused field, and which of those of its name it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Refused {
    pub(super) field: Field,
    pub(super) place: usize,
    pub(super) reason: Reason,
}

impl Form {
    /// An empty form for a new thing.
    pub fn empty(shelf: Shelf) -> Self {
        Self::of(shelf, Vec::new(), None)
    }

    /// A form with this in it.
    pub fn of(shelf: Shelf, values: Vec<(String, String)>, revision: Option<u64>) -> Self {
        Self {
            shelf,
            values,
            revision,
            more: None,
            errors: FieldErrors::default(),
            refused: Vec::new(),
        }
    }

    /// The name of the thing, as it stands in the form, if there is one.
    pub(super) fn name(&self) -> Option<&str> {
        let names = [Field::Name, Field::Title].map(|field| self.text(field.name()).trim());
        names.into_iter().find(|name| !name.is_empty())
    }

    /// The form, as if it had started from this revision.
    #[must_use]
    pub fn from(self, revision: Option<u64>) -> Self {
        Self { revision, ..self }
    }

    /// The form with more empty rows in this list.
    #[must_use]
    pub fn with_more(self, list: Option<String>) -> Self {
        Self { more: list, ..self }
    }

    /// The form of which this is refused. Rows are counted as the checks count them, of the values
    /// that are in it.
    #[must_use]
    pub fn refused_for(self, errors: FieldErrors) -> Self {
        let refused = errors.iter().map(|(field, reason)| Refused {
            field,
            place: position(field, &self.values).unwrap_or_default(),
            reason,
        });
        Self {
            refused: refused.collect(),
            errors,
            ..self
        }
    }

    /// A form of the same kind with nothing typed into it but what is usual in a list: the currency
    /// of its first offer.
    pub(super) fn blank(&self) -> Self {
        let usual = self.cells("offer_currency").next().unwrap_or_default();
        let usual = ("usual_currency".to_owned(), usual.to_owned());
        Self::of(self.shelf, vec![usual], None)
    }

    /// The value of a field that is there once.
    pub(super) fn text(&self, name: &str) -> &str {
        let last = self.values.iter().rfind(|(known, _)| known == name);
        last.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// The value of a field in one row of a list.
    pub(super) fn cell(&self, name: &str, place: usize) -> &str {
        self.cells(name).nth(place).unwrap_or_default()
    }

    pub(super) fn cells(&self, name: &str) -> impl Iterator<Item = &str> + Clone {
        let named = self.values.iter().filter(move |(known, _)| known == name);
        named.map(|(_, value)| value.as_str())
    }

    /// What is refused, in the order in which a person meets it.
    pub(super) fn refused(&self) -> &[Refused] {
        &self.refused
    }

    /// Why a field is refused: `place` counts those of its name.
    pub(super) fn error(&self, name: &str, place: usize) -> Option<String> {
        let mut refused = self.refused.iter();
        let here = refused.find(|one| one.field.name() == name && one.place == place);
        here.map(|one| one.sentence())
    }

    /// Why a list as a whole is refused.
    pub(super) fn error_of_list(&self, list: Field) -> Option<String> {
        let reason = self.errors.get(list)?;
        Some((texts().reason)(list, reason))
    }
}

impl Refused {
    /// Why, as people read it. Chapters share one text field, so their line is named.
    pub(super) fn sentence(self) -> String {
        let texts = texts();
        let why = (texts.reason)(self.field, self.reason);
        match (self.field, self.field.row()) {
            (Field::ChapterStart(_) | Field::ChapterTitle(_), Some(line)) => {
                let line = (u32::from(line) + 1).to_string();
                let text = texts.studio.sheet.in_line.replace("{n}", &line);
                text.replace("{why}", &why)
            }
            _ => why,
        }
    }

    /// What it is about, as people read it.
    pub(super) fn label(self) -> String {
        let texts = &texts().studio;
        let label = (texts.field)(self.field).label;
        match self.field {
            Field::ChapterStart(_) | Field::ChapterTitle(_) => label.to_owned(),
            field if field.row().is_some() => (texts.sheet.in_row)(label, self.place + 1),
            _ => label.to_owned(),
        }
    }

    /// The id of the field in the document.
    pub(super) fn id(self) -> String {
        match self.field {
            Field::ChapterStart(_) | Field::ChapterTitle(_) => "chapters".to_owned(),
            field if field.row().is_some() => id_in_row(field.name(), self.place),
            field => field.name().to_owned(),
        }
    }
}

/// The id of a field in a row of a list.
pub(super) fn id_in_row(name: &str, place: usize) -> String {
    [name, "-", &place.to_string()].concat()
}
