//! A form of the studio as it is shown: what is in it, and what of it is refused.

use std::collections::HashMap;

use types::{
    Field,
    catalogue::{EntityForm, RefusedField, RowOrder, Status},
};

use super::{EntityInput, Shelf};
use crate::texts::texts;

/// A form of the studio as it is shown: what is in it, and what of it is refused.
#[derive(Clone, Debug)]
pub struct Form {
    /// What it is about.
    pub shelf: Shelf,
    /// What is in it, with the rows of lists as they stand in the document.
    pub input: EntityInput,
    /// The artist that is chosen for a new entity.
    pub artist_id: String,
    /// The revision that it started from; a new thing has none.
    pub revision: Option<u64>,
    /// The list that more empty rows were asked for.
    pub more: Option<String>,
    order: RowOrder,
    refused: Vec<RefusedField>,
    /// Of each refused field, by its name in the form, the place in `refused`.
    places: HashMap<String, usize>,
}

impl Form {
    /// A form with this in it.
    pub fn new(input: impl Into<EntityInput>, revision: Option<u64>) -> Self {
        let input = input.into();
        Self {
            shelf: input.shelf(),
            input,
            artist_id: String::new(),
            revision,
            more: None,
            order: RowOrder::default(),
            refused: Vec::new(),
            places: HashMap::new(),
        }
    }

    /// The form as it was sent.
    pub fn sent<I: Into<EntityInput>>(form: EntityForm<I>) -> Self {
        let revision = form.extras.revision();
        Self {
            artist_id: form.extras.artist_id,
            order: form.extras.order,
            ..Self::new(form.input, revision)
        }
    }

    /// The name of the thing, as it stands in the form, if there is one.
    pub(super) fn name(&self) -> Option<&str> {
        let name = self.input.name().trim();
        (!name.is_empty()).then_some(name)
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

    /// The form with an artist that is chosen.
    #[must_use]
    pub fn of_artist(self, artist_id: String) -> Self {
        Self { artist_id, ..self }
    }

    /// The form of which this is refused.
    #[must_use]
    pub fn refused_for(self, refused: Vec<RefusedField>) -> Self {
        let mut places = HashMap::new();
        for (place, one) in refused.iter().enumerate() {
            places.entry(one.form_name()).or_insert(place);
        }
        Self {
            refused,
            places,
            ..self
        }
    }

    /// What was typed for the order of a row; empty where nothing was.
    pub(super) fn order(&self, list: Field, place: usize) -> &str {
        self.order.typed(list, place)
    }

    /// Whether everybody is to see it; no author decides that of a retailer.
    pub(super) fn status(&self) -> Option<Status> {
        self.input.status()
    }

    /// What is refused, in the order in which a person meets it.
    pub(super) fn refused(&self) -> &[RefusedField] {
        &self.refused
    }

    /// Why the field of this name is refused.
    pub(super) fn error(&self, form_name: &str) -> Option<String> {
        let place = self.places.get(form_name)?;
        self.refused.get(*place).map(sentence)
    }
}

/// Why a field is refused, as people read it. Chapters share one text field, so their line is named.
pub(super) fn sentence(refused: &RefusedField) -> String {
    let texts = texts();
    let why = (texts.reason)(refused.field, refused.reason);
    match (refused.field, refused.field.row()) {
        (Field::ChapterStart(_) | Field::ChapterTitle(_), Some(line)) => {
            let line = (u32::from(line) + 1).to_string();
            let text = texts.studio.sheet.in_line.replace("{n}", &line);
            text.replace("{why}", &why)
        }
        _ => why,
    }
}

/// What a refused field is called, as people read it.
pub(super) fn label(refused: &RefusedField) -> String {
    let texts = &texts().studio;
    let label = (texts.field)(refused.field).label;
    match refused.field {
        Field::ChapterStart(_) | Field::ChapterTitle(_) => label.to_owned(),
        field if field.row().is_some() => (texts.sheet.in_row)(label, refused.place + 1),
        _ => label.to_owned(),
    }
}

/// The id of the field of this name in the document: `offers-1-url` for `offers[1][url]`.
pub(super) fn id_of(form_name: &str) -> String {
    form_name.replace('[', "-").replace(']', "")
}
