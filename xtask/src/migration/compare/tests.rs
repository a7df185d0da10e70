use serde_json::{Value, json};

use super::super::difference::DocumentImpact;
use super::compare;

/// Every kind of field in JSON Schema.
fn kinds() -> Vec<(&'static str, Value)> {
    let text = json!({ "type": "string" });
    let number = json!({ "type": "integer", "format": "int64" });
    let tagged = |tag: &str, field: &Value| {
        json!({
            "type": "object",
            "properties": { "state": { "type": "string", "const": tag }, "at": field },
            "required": ["at", "state"],
        })
    };
    let named = |name: &str, field: &Value| {
        json!({
            "type": "object",
            "properties": { name: field },
            "required": [name],
            "additionalProperties": false,
        })
    };
    vec![
        ("string", text.clone()),
        ("integer (int64)", number.clone()),
        (
            "number (double)",
            json!({ "type": "number", "format": "double" }),
        ),
        ("boolean", json!({ "type": "boolean" })),
        ("list of string", json!({ "type": "array", "items": text })),
        (
            "tuple of string, integer (int64)",
            json!({ "type": "array", "prefixItems": [text, number], "minItems": 2, "maxItems": 2 }),
        ),
        (
            "object",
            json!({ "type": "object", "properties": { "a": text }, "required": ["a"] }),
        ),
        (
            "map of integer (int64)",
            json!({ "type": "object", "additionalProperties": number }),
        ),
        (
            "one of a, b",
            json!({ "type": "string", "enum": ["a", "b"] }),
        ),
        ("string or null", json!({ "type": ["string", "null"] })),
        (
            "one of a, b or null",
            json!({ "anyOf": [{ "type": "string", "enum": ["a", "b"] }, { "type": "null" }] }),
        ),
        (
            "one of the variants state=dead, state=live",
            json!({ "oneOf": [tagged("live", &number), tagged("dead", &text)] }),
        ),
        (
            "one of the variants dead, live",
            json!({ "oneOf": [named("live", &number), named("dead", &text)] }),
        ),
    ]
}

/// A schema of one collection whose documents have these fields.
fn schema(fields: &Value, required: &[&str]) -> Value {
    let record = json!({ "type": "object", "properties": fields, "required": required });
    json!({ "collections": { "tales": { "indexed": [], "record": record } } })
}

/// The differences in words.
fn words(before: &Value, now: &Value) -> Vec<String> {
    compare(before, now)
        .iter()
        .map(ToString::to_string)
        .collect()
}

fn needs(before: &Value, now: &Value) -> Vec<DocumentImpact> {
    compare(before, now)
        .iter()
        .map(|one| one.what.need())
        .collect()
}

/// The differences between two kinds of one field.
fn of_field(before: &Value, now: &Value) -> Vec<String> {
    let (before, now) = (json!({ "f": before }), json!({ "f": now }));
    words(&schema(&before, &["f"]), &schema(&now, &["f"]))
}

#[test]
fn a_field_of_every_kind_is_seen_to_come_and_go() {
    let nothing = schema(&json!({}), &[]);
    for (words_for_it, kind) in kinds() {
        let fields = json!({ "f": kind });
        let (optional, required) = (schema(&fields, &[]), schema(&fields, &["f"]));
        for (before, now, expected, need) in [
            (
                &nothing,
                &optional,
                format!("new, may be missing ({words_for_it})"),
                DocumentImpact::Nothing,
            ),
            (
                &nothing,
                &required,
                format!("new, has to be there ({words_for_it})"),
                DocumentImpact::Decision,
            ),
            (
                &required,
                &nothing,
                format!("gone (was {words_for_it})"),
                DocumentImpact::Known,
            ),
            (
                &optional,
                &required,
                "has to be there now".to_owned(),
                DocumentImpact::Decision,
            ),
            (
                &required,
                &optional,
                "may be missing now".to_owned(),
                DocumentImpact::Nothing,
            ),
        ] {
            assert_eq!(words(before, now), [format!("`tales`, `f`: {expected}")]);
            assert_eq!(needs(before, now), [need], "{expected}");
        }
        assert!(words(&required, &required).is_empty());
    }
}

#[test]
fn a_field_that_becomes_another_kind_is_never_overlooked() {
    for (index, (before, was)) in kinds().iter().enumerate() {
        for (other, (now, is)) in kinds().iter().enumerate() {
            let found = of_field(was, is);
            assert_eq!(
                found.is_empty(),
                index == other,
                "{before} -> {now}: {found:?}"
            );
        }
    }
}

#[test]
fn what_changes_inside_of_a_kind_is_named_with_its_place() {
    let text = json!({ "type": "string" });
    let number = json!({ "type": "integer", "format": "int64" });
    let object = |inner: &Value| json!({ "type": "object", "properties": { "a": inner } });
    let was_is = "was string, is integer (int64)";
    type Wrap = fn(Value) -> Value;
    let wraps: [(Wrap, &str); 5] = [
        (|inner| json!({ "type": "array", "items": inner }), "f.[].a"),
        (
            |inner| json!({ "type": "object", "additionalProperties": inner }),
            "f.{}.a",
        ),
        (
            |inner| json!({ "type": "array", "prefixItems": [{ "type": "boolean" }, inner] }),
            "f.[1].a",
        ),
        (
            |inner| json!({ "type": "object", "properties": { "in": inner } }),
            "f.in.a",
        ),
        (
            |inner| json!({ "anyOf": [inner, { "type": "null" }] }),
            "f.a",
        ),
    ];
    for (wrap, place) in wraps {
        let found = of_field(&wrap(object(&text)), &wrap(object(&number)));
        assert_eq!(found, [format!("`tales`, `{place}`: {was_is}")]);
    }
}

#[test]
fn values_variants_and_null_are_told_apart() {
    let values = |values: &[&str]| json!({ "type": "string", "enum": values });
    assert_eq!(
        of_field(&values(&["a", "b"]), &values(&["b", "c"])),
        [
            "`tales`, `f`: may not be a any more",
            "`tales`, `f`: may also be c"
        ]
    );
    let (plain, null) = (
        json!({ "type": "string" }),
        json!({ "type": ["string", "null"] }),
    );
    assert_eq!(of_field(&plain, &null), ["`tales`, `f`: may be null now"]);
    assert_eq!(
        of_field(&null, &plain),
        ["`tales`, `f`: may not be null any more"]
    );
    let live = |field: &str| {
        json!({ "type": "object", "properties": {
            "state": { "const": "live", "type": "string" }, field: { "type": "string" } } })
    };
    let dead = json!({ "type": "object", "properties": { "state": { "const": "dead" } } });
    assert_eq!(
        of_field(
            &json!({ "oneOf": [live("a"), dead] }),
            &json!({ "oneOf": [live("b")] })
        ),
        [
            "`tales`, `f`: the variant `state=dead` is gone",
            "`tales`, `f.state=live.a`: gone (was string)",
            "`tales`, `f.state=live.b`: new, may be missing (string)",
        ]
    );
}

#[test]
fn a_word_that_nobody_thought_of_is_a_difference() {
    let (narrow, wide) = (
        json!({ "type": "integer", "minimum": 5 }),
        json!({ "type": "integer", "minimum": 1 }),
    );
    assert_eq!(
        of_field(&narrow, &wide),
        ["`tales`, `f`: `minimum` was 5, is 1"]
    );
}

#[test]
fn collections_that_come_go_and_are_listed_otherwise_are_seen() {
    let one = |name: &str, indexed: &[&str]| json!({ "collections": { name: { "indexed": indexed, "record": { "type": "object" } } } });
    assert_eq!(
        words(&one("a", &[]), &one("b", &[])),
        ["`a`: gone", "`b`: new"]
    );
    assert_eq!(
        words(&one("a", &["x", "y"]), &one("a", &["z"])),
        ["`a`: was listed by [x, y], now by [z]"]
    );
    assert!(words(&one("a", &["x", "y"]), &one("a", &["y", "x"])).is_empty());
}
