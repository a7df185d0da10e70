//! JSON bodies of `/v1`, parsed strictly.

mod strict;

use std::{collections::HashSet, fmt, time::Duration};

use axum::{body::Body, http::request::Parts};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Error, Map, Value, error::Category};

use self::strict::UniqueKeys;
use crate::{
    media_type::BodyType,
    middleware::limits::{MAX_BODY, read_body},
    problem::{INVALID, ProblemResponse, shorten},
};

/// The members of an object, in the order in which they were sent.
#[derive(Debug)]
pub(super) struct BodyFields(Vec<(String, Value)>);

/// Reads a body that is an object with the `known` members and no others.
pub(super) async fn read(
    parts: &Parts,
    body: Body,
    time: Duration,
    known: &[&str],
) -> Result<BodyFields, ProblemResponse> {
    BodyType::Json.check(&parts.headers)?;
    let body = read_body(parts, body, MAX_BODY, time).await?;
    let fields = parse(&body)?;
    let unknown: Vec<_> = fields
        .0
        .iter()
        .filter(|(name, _)| !known.contains(&name.as_str()))
        .map(|(name, _)| {
            (
                name.as_str(),
                format!("'{}' is not a known field.", shorten(name)),
            )
        })
        .collect();
    if !unknown.is_empty() {
        return Err(ProblemResponse::of_fields(INVALID, unknown));
    }
    Ok(fields)
}

/// Reads a body that is an object. The caller checks its members and the media type.
pub(super) async fn read_object(
    parts: &Parts,
    body: Body,
    time: Duration,
) -> Result<Map<String, Value>, ProblemResponse> {
    let body = read_body(parts, body, MAX_BODY, time).await?;
    match serde_json::from_slice(&body).map_err(|error| unreadable(&error))? {
        UniqueKeys(Value::Object(object)) => Ok(object),
        UniqueKeys(_) => Err(not_an_object()),
    }
}

impl BodyFields {
    /// The strings of the named members, empty for a missing one.
    pub(super) fn strings<const N: usize>(
        &mut self,
        names: [&str; N],
    ) -> Result<[String; N], ProblemResponse> {
        let mut wrong = Vec::new();
        let strings = names.map(|name| match self.take(name) {
            Value::String(text) => text,
            Value::Null => String::new(),
            Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                wrong.push((name, format!("'{name}' must be a string.")));
                String::new()
            }
        });
        if wrong.is_empty() {
            return Ok(strings);
        }
        Err(ProblemResponse::of_fields(INVALID, wrong))
    }

    /// The value of a boolean member; false if it is missing.
    pub(super) fn flag(&mut self, name: &str) -> Result<bool, ProblemResponse> {
        match self.take(name) {
            Value::Bool(flag) => Ok(flag),
            Value::Null => Ok(false),
            Value::String(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                let sentence = format!("'{name}' must be true or false.");
                Err(ProblemResponse::of_fields(INVALID, vec![(name, sentence)]))
            }
        }
    }

    /// Refuses repeated names: parsers differ in which of the values they take (RFC 8259, 4).
    fn check_names(&self) -> Result<(), ProblemResponse> {
        let mut names = HashSet::new();
        match self.0.iter().find(|(name, _)| !names.insert(name)) {
            Some((name, _)) => {
                let sentence = format!("'{}' occurs twice.", shorten(name));
                Err(ProblemResponse::of_fields(INVALID, vec![(name, sentence)]))
            }
            None => Ok(()),
        }
    }

    fn take(&mut self, name: &str) -> Value {
        let field = self.0.iter_mut().find(|(known, _)| known == name);
        field.map(|(_, value)| value.take()).unwrap_or_default()
    }
}

fn parse(body: &[u8]) -> Result<BodyFields, ProblemResponse> {
    let fields: BodyFields =
        serde_json::from_slice(body).map_err(|error| match error.classify() {
            Category::Data => not_an_object(),
            Category::Syntax | Category::Eof | Category::Io => unreadable(&error),
        })?;
    fields.check_names()?;
    Ok(fields)
}

fn not_an_object() -> ProblemResponse {
    ProblemResponse::bad_request("The body must be a JSON object.")
}

fn unreadable(error: &Error) -> ProblemResponse {
    ProblemResponse::bad_request(format!("The body is not valid JSON: {error}."))
}

impl<'de> Deserialize<'de> for BodyFields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Object)
    }
}

struct Object;

impl<'de> Visitor<'de> for Object {
    type Value = BodyFields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<BodyFields, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(BodyFields(fields))
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, StatusCode, header};

    use super::*;
    use crate::middleware::limits::parts;

    fn headers(content_type: &'static str) -> HeaderMap {
        let value = HeaderValue::from_static(content_type);
        HeaderMap::from_iter([(header::CONTENT_TYPE, value)])
    }

    async fn message(body: &str) -> String {
        let refused = async {
            let parts = parts(headers("application/json"));
            let body = Body::from(body.to_owned());
            let mut fields = read(&parts, body, Duration::from_secs(15), &["name", "flag"]).await?;
            fields.strings(["name"])?;
            fields.flag("flag")
        };
        let refusal = refused.await.unwrap_err();
        assert_eq!(refusal.status, StatusCode::BAD_REQUEST);
        refusal.message.into_owned()
    }

    #[tokio::test]
    async fn what_is_not_an_object_is_refused_with_the_reason() {
        for body in ["[]", "7", "\"a\"", "null", "true"] {
            let message = message(body).await;
            assert!(message.contains("a JSON object"), "{message}");
        }
        for body in [
            "",
            "{",
            "{\"name\":}",
            "\u{feff}{}",
            "{} {}",
            "{\"name\":\"\\ud800\"}",
        ] {
            let message = message(body).await;
            assert!(
                message.starts_with("The body is not valid JSON"),
                "{message}"
            );
        }
    }

    #[tokio::test]
    async fn fields_are_refused_by_name() {
        assert_eq!(
            message("{\"nmae\":\"a\"}").await,
            "'nmae' is not a known field."
        );
        assert_eq!(
            message("{\"name\":\"a\",\"name\":\"b\"}").await,
            "'name' occurs twice."
        );
        assert_eq!(message("{\"name\":7}").await, "'name' must be a string.");
        assert_eq!(
            message("{\"name\":[\"a\"]}").await,
            "'name' must be a string."
        );
        assert_eq!(
            message("{\"flag\":\"on\"}").await,
            "'flag' must be true or false."
        );
    }

    #[test]
    fn null_is_the_same_as_nothing() {
        let mut fields = parse(b"{\"name\":null}").unwrap();
        assert_eq!(fields.strings(["name", "other"]).unwrap(), ["", ""]);
        assert!(!fields.flag("flag").unwrap());
    }
}
