//! JSON values without repeated names.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::problem::shorten;

/// A JSON value in which no object, at any depth, repeats a name. Parsers differ in which of the values
/// they take (RFC 8259, 4), so such an object is refused.
#[derive(Debug, PartialEq)]
pub(super) struct UniqueKeys(pub(super) Value);

impl<'de> Deserialize<'de> for UniqueKeys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any).map(Self)
    }
}

struct Any;

impl<'de> Visitor<'de> for Any {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(UniqueKeys(value)) = elements.next_element()? {
            values.push(value);
        }
        Ok(values.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some((name, UniqueKeys(value))) = members.next_entry::<String, UniqueKeys>()? {
            if object.contains_key(&name) {
                let sentence = format!("'{}' occurs twice", shorten(&name));
                return Err(A::Error::custom(sentence));
            }
            object.insert(name, value);
        }
        Ok(object.into())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn everything_else_is_read_as_it_is() {
        let text = r#"{"a": [1, -2, 1.5, "x", null, true, {"a": {}}], "b": "\u00e9"}"#;
        let UniqueKeys(value) = serde_json::from_str(text).unwrap();
        assert_eq!(
            value,
            json!({"a": [1, -2, 1.5, "x", null, true, {"a": {}}], "b": "é"})
        );
    }

    #[test]
    fn what_is_named_twice_is_refused_however_deep_it_is() {
        for text in [
            r#"{"a": 1, "a": 1}"#,
            r#"{"b": [{"a": 1, "\u0061": 2}]}"#,
            r#"[[{"c": {"a": null, "b": 1, "a": null}}]]"#,
        ] {
            let error = serde_json::from_str::<UniqueKeys>(text).unwrap_err();
            assert!(error.to_string().contains("'a' occurs twice"), "{error}");
        }
    }
}
