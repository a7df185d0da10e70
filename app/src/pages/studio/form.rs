//! A form of the studio as it is shown: what is in it, and what of it is refused.

use std::collections::HashMap;

use types::{
    Field, FieldErrors, Reason,
    catalogue::{EntityForm, EntityKind, Status},
    pages::studio::EntityInput,
};

use crate::texts::texts;

/// A form of the studio as it is shown: what is in it, and what of it is refused.
#[derive(Clone, Debug)]
pub(super) struct Form {
    form: EntityForm<EntityInput>,
    /// The first refusal of each field, by the name of the field in the form.
    by_name: HashMap<String, (Field, Reason)>,
}

impl Form {
    /// A form of which this is refused; the rows of the refused fields are those of the form.
    pub(super) fn new(form: EntityForm<EntityInput>, refused: &FieldErrors) -> Self {
        let mut by_name = HashMap::new();
        for (field, reason) in refused.iter() {
            by_name.entry(field.form_name()).or_insert((field, reason));
        }
        Self { form, by_name }
    }

    /// What is in it, with the rows of lists as they stand in the document.
    pub(super) fn input(&self) -> &EntityInput {
        &self.form.input
    }

    /// The kind of the entity.
    pub(super) fn kind(&self) -> EntityKind {
        self.form.input.kind()
    }

    /// The name of the entity, as it stands in the form, if there is one.
    pub(super) fn name(&self) -> Option<&str> {
        let name = self.form.input.name().trim();
        (!name.is_empty()).then_some(name)
    }

    /// The artist that is chosen for a new entity.
    pub(super) fn artist_id(&self) -> &str {
        &self.form.extras.artist_id
    }

    /// The revision from which it started; a new entity has none.
    pub(super) fn revision(&self) -> Option<u64> {
        self.form.extras.revision()
    }

    /// The list for which more empty rows were asked.
    pub(super) fn more(&self) -> Option<&str> {
        self.form.extras.more.as_deref()
    }

    /// What was typed for the order of a row; empty where nothing was.
    pub(super) fn order(&self, list: Field, place: usize) -> &str {
        self.form.extras.order.typed(list, place)
    }

    /// Whether the entity is to be public; `None` for a retailer.
    pub(super) fn status(&self) -> Option<Status> {
        self.form.input.status()
    }

    /// Why the field of this name is refused.
    pub(super) fn error(&self, form_name: &str) -> Option<String> {
        let (field, reason) = self.by_name.get(form_name)?;
        Some(sentence(*field, *reason))
    }
}

/// Why a field is refused, as people read it. Chapters share one text field, so their line is named.
pub(super) fn sentence(field: Field, reason: Reason) -> String {
    let texts = texts();
    let why = (texts.reason)(field, reason);
    match (field, field.row()) {
        (Field::ChapterStart(_) | Field::ChapterTitle(_), Some(line)) => {
            let line = (u32::from(line) + 1).to_string();
            let text = texts.studio.sheet.in_line.replace("{n}", &line);
            text.replace("{why}", &why)
        }
        _ => why,
    }
}

/// What a refused field is called, as people read it.
pub(super) fn label(field: Field) -> String {
    let texts = &texts().studio;
    let label = (texts.field)(field).label;
    match (field, field.row()) {
        (Field::ChapterStart(_) | Field::ChapterTitle(_), _) | (_, None) => label.to_owned(),
        (_, Some(row)) => (texts.sheet.in_row)(label, usize::from(row) + 1),
    }
}

/// The id of the field of this name in the document: `offers-1-url` for `offers[1][url]`.
pub(super) fn id_of(form_name: &str) -> String {
    form_name.replace('[', "-").replace(']', "")
}
