//! Describes a JSON Schema in words.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// Removes `null` from the allowed types; returns whether it was allowed.
pub(super) fn without_null(schema: &Value) -> (Value, Null) {
    let null = json!("null");
    if let Some(Value::Array(types)) = schema.get("type")
        && types.contains(&null)
    {
        let rest: Vec<_> = types.iter().filter(|one| **one != null).cloned().collect();
        let mut plain = schema.clone();
        plain["type"] = match rest.as_slice() {
            [one] => one.clone(),
            _ => Value::Array(rest),
        };
        if let Some(Value::Array(values)) = plain.get_mut("enum") {
            values.retain(|value| !value.is_null());
        }
        return (plain, Null::Allowed);
    }
    if let Some(Value::Array(members)) = schema.get("anyOf") {
        let is_null = |member: &Value| member.get("type") == Some(&null);
        let rest: Vec<_> = members
            .iter()
            .filter(|one| !is_null(one))
            .cloned()
            .collect();
        if rest.len() < members.len() {
            let plain = match rest.as_slice() {
                [one] => one.clone(),
                _ => json!({ "anyOf": rest }),
            };
            return (plain, Null::Allowed);
        }
    }
    (schema.clone(), Null::Forbidden)
}

/// Whether a value may be `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Null {
    Allowed,
    Forbidden,
}

/// The values of an enumeration.
pub(super) fn values(schema: &Value) -> Option<Vec<String>> {
    let values = match (schema.get("enum"), schema.get("const")) {
        (Some(Value::Array(values)), _) => values.clone(),
        (_, Some(value)) => vec![value.clone()],
        _ => return None,
    };
    Some(values.iter().map(text).collect())
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// The variants of an enumeration with data, by what distinguishes them: a field with a constant
/// value (`state=live`), the only field (`live`), or their description.
pub(super) fn variants(schema: &Value) -> Option<BTreeMap<String, Value>> {
    let members = ["oneOf", "anyOf"]
        .iter()
        .find_map(|word| schema.get(word)?.as_array())?;
    let named = members
        .iter()
        .map(|one| (name_of_variant(one), one.clone()));
    Some(named.collect())
}

fn name_of_variant(schema: &Value) -> String {
    let fields = fields(schema).unwrap_or_default();
    for (name, field) in &fields {
        if let Some(value) = field.get("const") {
            return format!("{name}={}", text(value));
        }
    }
    match fields.keys().next() {
        Some(only) if fields.len() == 1 => only.clone(),
        _ => describe(schema),
    }
}

/// The fields of an object.
pub(super) fn fields(schema: &Value) -> Option<Map<String, Value>> {
    schema.get("properties")?.as_object().cloned()
}

/// True if a field is required.
pub(super) fn requires(schema: &Value, field: &str) -> bool {
    let required = schema.get("required").and_then(Value::as_array);
    required.is_some_and(|required| required.iter().any(|one| one == field))
}

/// The type in a few words.
pub(super) fn describe(schema: &Value) -> String {
    let (plain, null) = without_null(schema);
    match null {
        Null::Allowed => format!("{} or null", described(&plain)),
        Null::Forbidden => described(&plain),
    }
}

fn described(schema: &Value) -> String {
    if let Some(values) = values(schema) {
        return format!("one of {}", values.join(", "));
    }
    if let Some(variants) = variants(schema) {
        let names: Vec<_> = variants.into_keys().collect();
        return format!("one of the variants {}", names.join(", "));
    }
    if let Some(Value::Array(parts)) = schema.get("prefixItems") {
        let parts: Vec<_> = parts.iter().map(describe).collect();
        return format!("tuple of {}", parts.join(", "));
    }
    if let Some(items) = schema.get("items") {
        return format!("list of {}", describe(items));
    }
    if fields(schema).is_none()
        && let Some(values) = schema.get("additionalProperties")
        && values.is_object()
    {
        return format!("map of {}", describe(values));
    }
    let kind = schema.get("type").map_or("anything".to_owned(), text);
    match schema.get("format").and_then(Value::as_str) {
        Some(format) => format!("{kind} ({format})"),
        None => kind,
    }
}
