//! The mappings of the document indices.

use domain::documents::Collection;
use serde_json::{Map, Value, json};

/// The version of the mappings below, which each of them contains. It covers the envelope around a
/// body; the shape of the bodies has the data version, which is part of the alias. To raise it,
/// add a migration that relists every collection, so that each gets a new index.
pub(crate) const SCHEMA: u64 = 1;

/// The mapping of a collection. Only the fields of lists are indexed, and an unknown field is
/// rejected, so that a document of another program cannot be taken for one of ours.
pub(crate) fn of(collection: &Collection) -> Value {
    let listed: Map<String, Value> = collection
        .indexed
        .iter()
        .map(|&field| (field.to_owned(), json!({ "type": "keyword" })))
        .collect();
    let mut listed_object = json!({ "type": "object", "dynamic": "strict" });
    if !listed.is_empty() {
        listed_object["properties"] = Value::Object(listed);
    }
    json!({
        "dynamic": "strict",
        "_meta": { "inspired": { "schema": SCHEMA } },
        "properties": {
            "id": { "type": "keyword" },
            "revision": { "type": "long", "index": false, "doc_values": false },
            "write": { "type": "keyword", "index": false, "doc_values": false },
            "listed": listed_object,
            "body": { "type": "object", "enabled": false },
        },
    })
}

/// The mapping of an index that is copied from another one, with the origin in its metadata.
pub(crate) fn from(collection: &Collection, index: &str, uuid: &str) -> Value {
    let mut mapping = of(collection);
    mapping["_meta"]["inspired"]["from"] = json!({ "index": index, "uuid": uuid });
    mapping
}

/// The name and UUID of the index that this one was copied from.
pub(crate) fn origin(mapping: &Value) -> Option<(&str, &str)> {
    let from = &mapping["_meta"]["inspired"]["from"];
    Some((from["index"].as_str()?, from["uuid"].as_str()?))
}

/// The version in a mapping; `None` if the mapping is not ours.
pub(crate) fn version(mapping: &Value) -> Option<u64> {
    mapping["_meta"]["inspired"]["schema"].as_u64()
}

/// The first field at which a mapping differs from the expected one.
pub(crate) fn difference(found: &Value, expected: &Value) -> Option<String> {
    let (found, expected) = (normal(found), normal(expected));
    differs_at(&found, &expected, "mapping")
}

/// Like [`difference`], but ignores the indexed fields, which may differ at another data version.
pub(crate) fn difference_but_lists(found: &Value, expected: &Value) -> Option<String> {
    let blank = |mapping: &Value| {
        let mut mapping = mapping.clone();
        if let Some(listed) = mapping.pointer_mut("/properties/listed") {
            *listed = Value::Null;
        }
        mapping
    };
    difference(&blank(found), &blank(expected))
}

fn differs_at(found: &Value, expected: &Value, path: &str) -> Option<String> {
    if found == expected {
        return None;
    }
    let (Value::Object(found), Value::Object(expected)) = (found, expected) else {
        return Some(path.to_owned());
    };
    let all = found.keys().chain(expected.keys());
    all.filter(|key| key.as_str() != "_meta").find_map(|key| {
        let at = |object: &Map<String, Value>| object.get(key).cloned().unwrap_or_default();
        differs_at(&at(found), &at(expected), &format!("{path}.{key}"))
    })
}

/// Normalises a mapping: Elasticsearch omits `"type": "object"` from a field with properties.
fn normal(mapping: &Value) -> Value {
    let Value::Object(object) = mapping else {
        return mapping.clone();
    };
    let is_said = |(key, value): &(&String, &Value)| *key != "type" || *value != "object";
    let said = object.iter().filter(is_said);
    Value::Object(
        said.map(|(key, value)| (key.clone(), normal(value)))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    static TALES: Collection = Collection {
        name: "tales",
        indexed: &["author"],
        max_body_bytes: 4 * 1024,
    };

    #[test]
    fn what_elasticsearch_leaves_out_is_no_difference() {
        let mut found = of(&TALES);
        found["properties"]["listed"]["type"] = json!("object");
        found["properties"]["body"] = json!({ "enabled": false });
        assert_eq!(difference(&found, &of(&TALES)), None);
    }

    #[test]
    fn any_other_change_is_found_and_named() {
        type Change = fn(&mut Value);
        let changed = |change: Change| {
            let mut found = of(&TALES);
            change(&mut found);
            difference(&found, &of(&TALES))
        };
        let changes: [(Change, &str); 4] = [
            (|m| m["dynamic"] = json!("true"), "mapping.dynamic"),
            (
                |m| m["properties"]["id"]["type"] = json!("text"),
                "mapping.properties.id.type",
            ),
            (
                |m| m["properties"]["more"] = json!({ "type": "long" }),
                "mapping.properties.more",
            ),
            (
                |m| m["properties"]["listed"]["properties"] = json!({}),
                "mapping.properties.listed.properties.author",
            ),
        ];
        for (change, field) in changes {
            assert_eq!(changed(change).as_deref(), Some(field));
        }
    }

    #[test]
    fn a_mapping_without_our_mark_is_foreign() {
        assert_eq!(version(&json!({ "properties": {} })), None);
        assert_eq!(version(&of(&TALES)), Some(SCHEMA));
    }
}
