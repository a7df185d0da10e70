//! The members that an object in a request may have, and the errors of one that has others.

use serde_json::{Map, Value};

use crate::problem::{INVALID, ProblemResponse, shorten};

/// Maximum number of refused members in a response: an object can have thousands.
const MAX_NAMED: usize = 100;

/// The members of an object, by name.
pub(crate) type Members = &'static [(&'static str, Shape)];

/// The shape of a member's value. Each may also be null, which is the same as a missing member.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    /// A string.
    Text,
    /// One of these strings.
    Word(&'static [&'static str]),
    /// A time: a number of milliseconds, or a string like `1:23`.
    Time,
    /// A price in minor units: `{"minor": 1999, "currency": "EUR"}`.
    Price,
    /// A list of strings.
    Texts,
    /// A list of objects.
    Rows(Members),
}

/// The publication status of an entity.
pub(super) const STATUS: Shape = Shape::Word(&["draft", "published"]);

/// Refused members: the path of each, such as `offers[0].url`, and a message.
#[derive(Debug, Default)]
pub(super) struct MemberErrors(Vec<(String, String)>);

impl MemberErrors {
    /// Refuses a member.
    pub(super) fn note(&mut self, path: &str, complaint: &str) {
        if self.0.len() < MAX_NAMED {
            let path = shorten(path);
            let sentence = format!("'{path}' {complaint}");
            self.0.push((path, sentence));
        }
    }

    /// # Errors
    /// The problem with all refused members, if there is one.
    pub(super) fn into_result(self) -> Result<(), ProblemResponse> {
        if self.0.is_empty() {
            return Ok(());
        }
        Err(ProblemResponse::of_fields(INVALID, self.0))
    }
}

/// Checks the members of an object. `path` is where it stands in the body; empty for the body itself.
pub(super) fn check(
    object: &Map<String, Value>,
    members: Members,
    path: &str,
    refused: &mut MemberErrors,
) {
    for (name, value) in object {
        let path = match path {
            "" => name.clone(),
            path => format!("{path}.{name}"),
        };
        match members.iter().find(|(known, _)| known == name) {
            Some((_, shape)) => shape.check(value, &path, refused),
            None => refused.note(&path, "is not a known field."),
        }
    }
}

impl Shape {
    fn check(self, value: &Value, path: &str, refused: &mut MemberErrors) {
        match (self, value) {
            (_, Value::Null) | (Self::Text | Self::Time, Value::String(_)) => {}
            (Self::Text, _) => refused.note(path, "must be a string."),
            (Self::Word(words), value) => {
                if !value.as_str().is_some_and(|word| words.contains(&word)) {
                    refused.note(path, &format!("must be one of '{}'.", words.join("', '")));
                }
            }
            (Self::Time, value) => {
                let millis = value.as_u64();
                if millis
                    .and_then(|millis| u32::try_from(millis).ok())
                    .is_none()
                {
                    refused.note(
                        path,
                        "must be a number of milliseconds, or a text like '1:23'.",
                    );
                }
            }
            (Self::Price, Value::Object(price)) => check_price(price, path, refused),
            (Self::Price, _) => refused.note(path, "must be an object."),
            (Self::Texts, Value::Array(texts)) => {
                for (row, text) in texts.iter().enumerate() {
                    if !text.is_string() {
                        refused.note(&format!("{path}[{row}]"), "must be a string.");
                    }
                }
            }
            (Self::Rows(members), Value::Array(rows)) => {
                for (row, value) in rows.iter().enumerate() {
                    let path = format!("{path}[{row}]");
                    match value {
                        Value::Object(object) => check(object, members, &path, refused),
                        _ => refused.note(&path, "must be an object."),
                    }
                }
            }
            (Self::Texts | Self::Rows(_), _) => refused.note(path, "must be a list."),
        }
    }
}

fn check_price(price: &Map<String, Value>, path: &str, refused: &mut MemberErrors) {
    for name in price.keys() {
        if !["minor", "currency"].contains(&name.as_str()) {
            refused.note(&format!("{path}.{name}"), "is not a known field.");
        }
    }
    if !price.get("minor").is_some_and(Value::is_i64) {
        refused.note(
            &format!("{path}.minor"),
            "must be a whole number of minor units.",
        );
    }
    if !price.get("currency").is_some_and(Value::is_string) {
        refused.note(&format!("{path}.currency"), "must be a string.");
    }
}

/// A value without members that are null, at any depth.
pub(super) fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let said = members.into_iter().filter(|(_, value)| !value.is_null());
            said.map(|(name, value)| (name, without_nulls(value)))
                .collect::<Map<_, _>>()
                .into()
        }
        Value::Array(values) => values
            .into_iter()
            .map(without_nulls)
            .collect::<Vec<_>>()
            .into(),
        value => value,
    }
}

#[cfg(test)]
mod tests;
