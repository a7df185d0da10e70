//! Compares two schemas of the stored documents.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::difference::{DifferenceKind, SchemaDifference};
use super::shape::{Null, describe, fields, requires, values, variants, without_null};

#[cfg(test)]
mod tests;

/// All differences, by collection.
pub(super) fn compare(before: &Value, now: &Value) -> Vec<SchemaDifference> {
    let collections = |all: &Value| all["collections"].as_object().cloned().unwrap_or_default();
    let (before, now) = (collections(before), collections(now));
    let mut found = Vec::new();
    for name in names(&before, &now) {
        let mut comparison = Comparison {
            collection: name,
            path: Vec::new(),
            found: &mut found,
        };
        match (before.get(name), now.get(name)) {
            (None, _) => comparison.note(DifferenceKind::CollectionAdded),
            (_, None) => comparison.note(DifferenceKind::CollectionRemoved),
            (Some(before), Some(now)) => {
                comparison.lists(&before["indexed"], &now["indexed"]);
                comparison.walk(&before["record"], &now["record"]);
            }
        }
    }
    found
}

fn names<'a>(before: &'a Map<String, Value>, now: &'a Map<String, Value>) -> Vec<&'a str> {
    let all = before.keys().chain(now.keys());
    let mut names: Vec<_> = all.map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    names
}

struct Comparison<'a> {
    collection: &'a str,
    path: Vec<String>,
    found: &'a mut Vec<SchemaDifference>,
}

impl Comparison<'_> {
    fn note(&mut self, what: DifferenceKind) {
        self.found.push(SchemaDifference {
            collection: self.collection.to_owned(),
            path: self.path.clone(),
            what,
        });
    }

    fn lists(&mut self, before: &Value, now: &Value) {
        let names = |all: &Value| -> Vec<String> {
            let all = all.as_array().into_iter().flatten();
            let mut names: Vec<_> = all.filter_map(Value::as_str).map(str::to_owned).collect();
            names.sort_unstable();
            names
        };
        let (before, now) = (names(before), names(now));
        if before != now {
            self.note(DifferenceKind::Relisted(before, now));
        }
    }

    fn at(&mut self, part: &str, go: impl FnOnce(&mut Self)) {
        self.path.push(part.to_owned());
        go(self);
        self.path.pop();
    }

    fn walk(&mut self, before: &Value, now: &Value) {
        if before == now {
            return;
        }
        let ((before, was), (now, is)) = (without_null(before), without_null(now));
        match (was, is) {
            (Null::Forbidden, Null::Allowed) => self.note(DifferenceKind::NullAllowed),
            (Null::Allowed, Null::Forbidden) => self.note(DifferenceKind::NullForbidden),
            _ => {}
        }
        if before != now {
            self.walk_plain(&before, &now);
        }
    }

    fn walk_plain(&mut self, before: &Value, now: &Value) {
        if let (Some(before), Some(now)) = (values(before), values(now)) {
            return self.walk_values(&before, &now);
        }
        if let (Some(before), Some(now)) = (variants(before), variants(now)) {
            return self.walk_variants(&before, &now);
        }
        if fields(before).is_some() && fields(now).is_some() {
            return self.walk_fields(before, now);
        }
        for (word, part) in [("items", "[]"), ("additionalProperties", "{}")] {
            if let (Some(before), Some(now)) = (before.get(word), now.get(word))
                && before.is_object()
                && now.is_object()
            {
                return self.at(part, |inner| inner.walk(before, now));
            }
        }
        let parts = |schema: &Value| schema.get("prefixItems")?.as_array().cloned();
        if let (Some(before), Some(now)) = (parts(before), parts(now))
            && before.len() == now.len()
        {
            for (index, (before, now)) in before.iter().zip(&now).enumerate() {
                self.at(&format!("[{index}]"), |inner| inner.walk(before, now));
            }
            return;
        }
        let (was, is) = (describe(before), describe(now));
        if was != is {
            return self.note(DifferenceKind::Type(was, is));
        }
        self.walk_details(before, now);
    }

    fn walk_values(&mut self, before: &[String], now: &[String]) {
        let gone = without(before, now);
        let new = without(now, before);
        if !gone.is_empty() {
            self.note(DifferenceKind::ValuesRemoved(gone));
        }
        if !new.is_empty() {
            self.note(DifferenceKind::ValuesAdded(new));
        }
    }

    fn walk_variants(&mut self, before: &BTreeMap<String, Value>, now: &BTreeMap<String, Value>) {
        for (name, was) in before {
            match now.get(name) {
                None => self.note(DifferenceKind::VariantRemoved(name.clone())),
                // The only field of a variant is its name, and already part of the path.
                Some(is) if !name.contains('=') => self.walk(was, is),
                Some(is) => self.at(name, |inner| inner.walk(was, is)),
            }
        }
        for name in now.keys().filter(|name| !before.contains_key(*name)) {
            self.note(DifferenceKind::VariantAdded(name.clone()));
        }
    }

    fn walk_fields(&mut self, before: &Value, now: &Value) {
        let (old, new) = (
            fields(before).unwrap_or_default(),
            fields(now).unwrap_or_default(),
        );
        for name in names(&old, &new) {
            let (was_required, is_required) = (requires(before, name), requires(now, name));
            self.at(name, |field| match (old.get(name), new.get(name)) {
                (None, Some(is)) if is_required => {
                    field.note(DifferenceKind::RequiredAdded(describe(is)))
                }
                (None, Some(is)) => field.note(DifferenceKind::OptionalAdded(describe(is))),
                (Some(was), None) => field.note(DifferenceKind::Removed(describe(was))),
                (Some(was), Some(is)) => {
                    match (was_required, is_required) {
                        (false, true) => field.note(DifferenceKind::NowRequired),
                        (true, false) => field.note(DifferenceKind::NowOptional),
                        _ => {}
                    }
                    field.walk(was, is);
                }
                (None, None) => {}
            });
        }
    }

    fn walk_details(&mut self, before: &Value, now: &Value) {
        let object = |schema: &Value| schema.as_object().cloned().unwrap_or_default();
        let (before, now) = (object(before), object(now));
        for word in names(&before, &now) {
            let text = |all: &Map<String, Value>| {
                all.get(word)
                    .map_or("not there".to_owned(), Value::to_string)
            };
            if before.get(word) != now.get(word) {
                self.note(DifferenceKind::Detail(
                    word.to_owned(),
                    text(&before),
                    text(&now),
                ));
            }
        }
    }
}

fn without(these: &[String], those: &[String]) -> Vec<String> {
    let rest = these.iter().filter(|one| !those.contains(one));
    rest.cloned().collect()
}
