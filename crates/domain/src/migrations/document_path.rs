//! Edits of a part of a document.

use serde_json::Value;

use super::DocumentBody;

/// Changes every object at a path.
///
/// The parts of a path are the name of a field, `[]` for each element of a list, `[1]` for one of
/// a tuple, `{}` for each value of a map, and `state=live` for objects whose field has this value.
/// Where a part is missing or null, nothing happens.
///
/// # Errors
/// The error of the change.
pub fn edit_at_path(
    body: &mut DocumentBody,
    way: &[&str],
    mut change: impl FnMut(&mut DocumentBody) -> Result<(), String>,
) -> Result<(), String> {
    object(body, way, &mut change)
}

type ObjectEdit<'a> = &'a mut dyn FnMut(&mut DocumentBody) -> Result<(), String>;

fn object(body: &mut DocumentBody, way: &[&str], change: ObjectEdit<'_>) -> Result<(), String> {
    let Some((part, rest)) = way.split_first() else {
        return change(body);
    };
    if *part == "{}" {
        return body
            .values_mut()
            .try_for_each(|one| value(one, rest, change));
    }
    if let Some((field, expected)) = part.split_once('=') {
        let is_it = body.get(field).and_then(Value::as_str) == Some(expected);
        return if is_it {
            object(body, rest, change)
        } else {
            Ok(())
        };
    }
    match body.get_mut(*part) {
        Some(inner) => value(inner, rest, change),
        None => Ok(()),
    }
}

fn value(inner: &mut Value, way: &[&str], change: ObjectEdit<'_>) -> Result<(), String> {
    match inner {
        Value::Object(body) => object(body, way, change),
        Value::Array(members) => list(members, way, change),
        _ => Ok(()),
    }
}

fn list(members: &mut [Value], way: &[&str], change: ObjectEdit<'_>) -> Result<(), String> {
    let Some((part, rest)) = way.split_first() else {
        return Ok(());
    };
    if *part == "[]" {
        return members
            .iter_mut()
            .try_for_each(|one| value(one, rest, change));
    }
    let index = part.trim_matches(['[', ']']).parse::<usize>();
    match index.ok().and_then(|index| members.get_mut(index)) {
        Some(member) => value(member, rest, change),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn marked(document: Value, way: &[&str]) -> Value {
        let Value::Object(mut body) = document else {
            panic!("a body is an object");
        };
        let mark = |fields: &mut DocumentBody| {
            fields.insert("mark".to_owned(), json!(1));
            Ok(())
        };
        edit_at_path(&mut body, way, mark).unwrap();
        Value::Object(body)
    }

    #[test]
    fn every_kind_of_way_leads_there() {
        for (way, before, after) in [
            (&[][..], json!({}), json!({ "mark": 1 })),
            (&["a"], json!({ "a": {} }), json!({ "a": { "mark": 1 } })),
            (
                &["a", "[]"],
                json!({ "a": [{}, 1] }),
                json!({ "a": [{ "mark": 1 }, 1] }),
            ),
            (
                &["a", "[1]"],
                json!({ "a": [{}, {}] }),
                json!({ "a": [{}, { "mark": 1 }] }),
            ),
            (
                &["a", "{}"],
                json!({ "a": { "x": {} } }),
                json!({ "a": { "x": { "mark": 1 } } }),
            ),
            (
                &["s=a"],
                json!({ "s": "a" }),
                json!({ "s": "a", "mark": 1 }),
            ),
        ] {
            assert_eq!(marked(before, way), after, "{way:?}");
        }
    }

    #[test]
    fn where_a_way_does_not_lead_nothing_happens() {
        for document in [
            json!({}),
            json!({ "a": null }),
            json!({ "a": [] }),
            json!({ "a": 1 }),
        ] {
            for way in [
                &["a"][..],
                &["a", "b"],
                &["a", "[]"],
                &["a", "[7]"],
                &["a=b"],
            ] {
                assert_eq!(marked(document.clone(), way), document, "{way:?}");
            }
        }
    }
}
