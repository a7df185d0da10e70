use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use super::*;
use crate::migrations::{Registry, latest};

fn snapshot(number: u32) -> Value {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("schema");
    let file = folder.join(format!("{number:04}.json"));
    let text = fs::read_to_string(&file).unwrap_or_else(|_| panic!("{file:?} is missing"));
    serde_json::from_str(&text).unwrap()
}

#[test]
fn what_is_kept_has_the_shape_after_the_last_migration() {
    assert!(
        schema() == snapshot(latest()),
        "what is kept has another shape than after the last migration: \
         `cargo xtask migration NAME` drafts the next one"
    );
}

#[test]
fn every_collection_has_a_shape() {
    let schema = schema();
    let described: BTreeSet<_> = schema["collections"].as_object().unwrap().keys().collect();
    let kept = crate::collections();
    let kept: BTreeSet<_> = kept.iter().map(|one| one.name.to_owned()).collect();
    assert_eq!(described, kept.iter().collect());
}

#[test]
fn migrations_are_counted_from_one_and_lead_to_the_code() {
    let registry = Registry::of_program();
    let numbers: Vec<_> = registry.migrations().map(|one| one.number).collect();
    assert_eq!(numbers, (1..=registry.latest()).collect::<Vec<_>>());
    for number in numbers {
        snapshot(number);
        registry.plan(number).unwrap();
    }
}

/// A comment.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape matters")]
struct Tale {
    /// A comment.
    title: String,
    description: String,
}

#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape matters")]
enum Genre {
    Fable,
    /// A comment.
    Ballad,
}

#[test]
fn a_comment_on_a_variant_is_no_part_of_the_shape() {
    static GENRES: Collection = Collection {
        name: "genres",
        indexed: &[],
        max_body_bytes: 4 * 1024,
    };
    let expected = json!({ "type": "string", "enum": ["Ballad", "Fable"] });
    assert_eq!(
        describe(&CollectionSchema::of::<Genre>(&GENRES))["record"],
        expected
    );
}

#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape matters")]
struct Everything {
    string: String,
    integer: i64,
    number: f64,
    boolean: bool,
    list: Vec<String>,
    tuple: (String, i64),
    nested: Nested,
    map: BTreeMap<String, i64>,
    values: Genre,
    option: Option<String>,
    optional_values: Option<Genre>,
    internally: Internally,
    externally: Externally,
    #[serde(default)]
    defaulted: u8,
}

#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its shape matters")]
struct Nested {
    a: String,
}

#[derive(JsonSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
#[expect(dead_code, reason = "only its shape matters")]
enum Internally {
    Live { at: i64 },
    Dead { at: String },
}

#[derive(JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(dead_code, reason = "only its shape matters")]
enum Externally {
    Live(i64),
    Dead(String),
    Gone,
}

/// The tests of `cargo xtask migration` rely on these kinds of fields.
#[test]
fn every_kind_of_field_has_a_shape_of_its_own() {
    static ALL: Collection = Collection {
        name: "all",
        indexed: &[],
        max_body_bytes: 4 * 1024,
    };
    let (text, number) = (
        json!({ "type": "string" }),
        json!({ "type": "integer", "format": "int64" }),
    );
    let values = json!({ "type": "string", "enum": ["Ballad", "Fable"] });
    let named = |name: &str, field: &Value| {
        json!({ "type": "object", "properties": { name: field }, "required": [name],
            "additionalProperties": false })
    };
    let tagged = |tag: &str, field: &Value| {
        json!({ "type": "object", "required": ["at", "state"],
            "properties": { "state": { "type": "string", "const": tag }, "at": field } })
    };
    let gone = json!({ "type": "string", "enum": ["gone"] });
    let expected = json!({
        "string": text,
        "integer": number,
        "number": { "type": "number", "format": "double" },
        "boolean": { "type": "boolean" },
        "list": { "type": "array", "items": text },
        "tuple": { "type": "array", "prefixItems": [text, number], "minItems": 2, "maxItems": 2 },
        "nested": { "type": "object", "properties": { "a": text }, "required": ["a"] },
        "map": { "type": "object", "additionalProperties": number },
        "values": values,
        "option": { "type": ["string", "null"] },
        "optional_values": { "anyOf": [values, { "type": "null" }] },
        "internally": { "oneOf": [tagged("live", &number), tagged("dead", &text)] },
        "externally": { "oneOf": [named("live", &number), named("dead", &text), gone] },
        "defaulted": { "type": "integer", "format": "uint8", "minimum": 0, "maximum": 255,
            "default": 0 },
    });
    let record = &describe(&CollectionSchema::of::<Everything>(&ALL))["record"];
    assert_eq!(record["properties"], expected);
    let required: Vec<_> = record["required"]
        .as_array()
        .into_iter()
        .flatten()
        .collect();
    for (field, _) in expected.as_object().unwrap() {
        let may_be_missing = ["option", "optional_values", "defaulted"].contains(&field.as_str());
        assert_eq!(
            required.contains(&&json!(field)),
            !may_be_missing,
            "{field}"
        );
    }
}

#[test]
fn names_comments_and_order_are_no_part_of_the_shape() {
    static TALES: Collection = Collection {
        name: "tales",
        indexed: &["title"],
        max_body_bytes: 4 * 1024,
    };
    let text = json!({ "type": "string" });
    let expected = json!({
        "indexed": ["title"],
        "record": {
            "type": "object",
            "properties": { "title": text, "description": text },
            "required": ["description", "title"],
        },
    });
    assert_eq!(describe(&CollectionSchema::of::<Tale>(&TALES)), expected);
}
