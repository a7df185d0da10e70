//! The schema of all stored documents, as the code defines it.

use schemars::{
    JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings, transform::transform_subschemas,
};
use serde_json::{Map, Value, json};

use crate::{accounts, catalogue, documents::Collection, sessions, store_key};

/// A collection and the JSON Schema of its documents.
pub(crate) struct CollectionSchema {
    collection: &'static Collection,
    shape: fn(&mut SchemaGenerator) -> Schema,
}

impl CollectionSchema {
    /// Documents of this collection have the type `T`.
    pub(crate) fn of<T: JsonSchema>(collection: &'static Collection) -> Self {
        Self {
            collection,
            shape: SchemaGenerator::root_schema_for::<T>,
        }
    }
}

/// The schemas of all collections. A new collection is added here.
fn records() -> Vec<CollectionSchema> {
    let mut records = Vec::new();
    records.extend(accounts::records());
    records.extend(sessions::records());
    records.extend(catalogue::records());
    records.extend(store_key::records());
    records
}

/// The schema of all stored documents: by the name of the collection, its indexed fields and the
/// JSON Schema of its documents. The same code always gives the same text.
pub fn schema() -> Value {
    let collections: Map<String, Value> = records()
        .into_iter()
        .map(|record| (record.collection.name.to_owned(), describe(&record)))
        .collect();
    json!({ "collections": collections })
}

fn describe(record: &CollectionSchema) -> Value {
    let mut settings = SchemaSettings::draft2020_12().for_deserialize();
    settings.meta_schema = None;
    settings.inline_subschemas = true;
    let mut shape = (record.shape)(&mut settings.into_generator());
    normalise(&mut shape);
    json!({ "indexed": record.collection.indexed, "record": shape })
}

/// Removes what does not affect stored documents: names of types, comments, the order of fields.
fn normalise(schema: &mut Schema) {
    for word in ["title", "description"] {
        schema.remove(word);
    }
    for set in ["required", "enum"] {
        if let Some(Value::Array(members)) = schema.get_mut(set) {
            members.sort_by_key(Value::to_string);
        }
    }
    transform_subschemas(&mut normalise, schema);
    gather_values(schema);
}

/// Merges variants without data, with or without a comment, into one enumeration of values.
fn gather_values(schema: &mut Schema) {
    let Some(Value::Array(members)) = schema.get("oneOf") else {
        return;
    };
    let (mut values, mut rest) = (Vec::new(), Vec::new());
    for member in members {
        match (member.get("type"), member.get("enum"), member.get("const")) {
            (Some(kind), Some(Value::Array(all)), _) if kind == "string" => {
                values.extend(all.clone())
            }
            (Some(kind), _, Some(one)) if kind == "string" => values.push(one.clone()),
            _ => rest.push(member.clone()),
        }
    }
    if values.is_empty() {
        return;
    }
    values.sort_by_key(Value::to_string);
    let gathered = json!({ "type": "string", "enum": values });
    if rest.is_empty() {
        schema.remove("oneOf");
        schema.insert("type".to_owned(), gathered["type"].clone());
        schema.insert("enum".to_owned(), gathered["enum"].clone());
    } else {
        rest.push(gathered);
        schema.insert("oneOf".to_owned(), Value::Array(rest));
    }
}

#[cfg(test)]
mod tests;
