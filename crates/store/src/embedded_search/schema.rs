//! The tantivy schema of an entry.

use domain::search::{self, EntityKind, IndexEntry};
use tantivy::{
    TantivyDocument,
    schema::{FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions},
};

use super::row::StoredFields;

/// The fields. All but two contain terms, each value being one; matches are returned from the row.
#[derive(Clone, Copy, Debug)]
pub(super) struct SchemaFields {
    pub(super) id: Field,
    pub(super) kind: Field,
    pub(super) artist: Field,
    pub(super) visibility: Field,
    pub(super) name: Field,
    pub(super) brand: Field,
    pub(super) text: Field,
    pub(super) loose_name: Field,
    pub(super) loose_brand: Field,
    pub(super) loose_text: Field,
    pub(super) name_key: Field,
    pub(super) shops: Field,
    pub(super) products: Field,
    pub(super) updated_at: Field,
    pub(super) row: Field,
}

/// The name of the field that contains rows.
pub(super) const ROW: &str = "row";
/// The terms of the field for visibility.
pub(super) const PUBLIC: &str = "public";
const PRIVATE: &str = "private";
pub(super) const GONE: &str = "gone";

/// The schema and its fields.
pub(super) fn schema() -> (Schema, SchemaFields) {
    let mut builder = Schema::builder();
    // No frequencies, positions or lengths, because no score depends on them.
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::Basic);
    let terms = TextOptions::default().set_indexing_options(indexing);
    let mut terms = |name| builder.add_text_field(name, terms.clone());
    let fields = SchemaFields {
        id: terms("id"),
        kind: terms("kind"),
        artist: terms("artist"),
        visibility: terms("visibility"),
        name: terms("name"),
        brand: terms("brand"),
        text: terms("text"),
        loose_name: terms("loose_name"),
        loose_brand: terms("loose_brand"),
        loose_text: terms("loose_text"),
        name_key: terms("name_key"),
        shops: terms("shops"),
        products: terms("products"),
        updated_at: builder.add_i64_field("updated_at", FAST),
        row: builder.add_bytes_field(ROW, FAST),
    };
    (builder.build(), fields)
}

impl SchemaFields {
    /// The field with these terms.
    pub(super) fn of(&self, terms: search::IndexField) -> Field {
        match terms {
            search::IndexField::Name => self.name,
            search::IndexField::Brand => self.brand,
            search::IndexField::Text => self.text,
            search::IndexField::LooseName => self.loose_name,
            search::IndexField::LooseBrand => self.loose_brand,
            search::IndexField::LooseText => self.loose_text,
        }
    }

    pub(super) fn document(&self, entry: &IndexEntry) -> TantivyDocument {
        let tokens = entry.tokens();
        let mut document = TantivyDocument::default();
        let mut add = |field, values: &[String]| {
            for value in values {
                document.add_text(field, value);
            }
        };
        add(self.name, &tokens.name);
        add(self.brand, &tokens.brand);
        add(self.text, &tokens.text);
        add(self.loose_name, &tokens.loose_name);
        add(self.loose_brand, &tokens.loose_brand);
        add(self.loose_text, &tokens.loose_text);
        add(self.shops, &entry.retailer_keys);
        add(self.products, &entry.products);
        document.add_text(self.id, &entry.id);
        document.add_text(self.kind, EntityKind::name(entry.kind));
        document.add_text(self.artist, &entry.artist);
        document.add_text(self.visibility, visibility(entry));
        document.add_text(self.name_key, &tokens.name_key);
        document.add_i64(self.updated_at, entry.updated_at);
        document.add_bytes(self.row, &StoredFields::of(entry, tokens.name_key).encode());
        document
    }
}

fn visibility(entry: &IndexEntry) -> &'static str {
    match (entry.is_tombstone, entry.is_public) {
        (true, _) => GONE,
        (false, true) => PUBLIC,
        (false, false) => PRIVATE,
    }
}
