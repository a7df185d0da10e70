//! The index settings that the guarantees of the store depend on.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// Required values; an index without the setting has the same default.
const REQUIRED: [(&str, &str); 3] = [
    // An acknowledged write is on the disk.
    ("index.translog.durability", "request"),
    // No pipeline changes documents before they are indexed.
    ("index.default_pipeline", "_none"),
    ("index.final_pipeline", "_none"),
];

/// The settings of a new index, which override any template; with a replica as soon as there is a
/// second node.
pub(crate) fn ours() -> Value {
    json!({
        "index.number_of_shards": 1,
        "index.auto_expand_replicas": "0-1",
        "index.translog.durability": "request",
        "index.default_pipeline": "_none",
        "index.final_pipeline": "_none",
    })
}

/// A setting that only a closed index has.
const CLOSED: &str = "index.verified_before_close";

/// True if the index is closed.
pub(crate) fn is_closed(settings: &BTreeMap<String, Value>) -> bool {
    settings.contains_key(CLOSED)
}

/// The UUID of the index, which is never reused.
pub(crate) fn uuid(settings: &BTreeMap<String, Value>) -> &str {
    let uuid = settings.get("index.uuid").and_then(Value::as_str);
    uuid.unwrap_or_default()
}

/// The first setting with a value other than required.
pub(crate) fn unfit(settings: &BTreeMap<String, Value>) -> Option<String> {
    REQUIRED.iter().find_map(|(name, value)| {
        let found = settings.get(*name)?.as_str().unwrap_or_default();
        let is_fit = found.eq_ignore_ascii_case(value);
        (!is_fit).then(|| format!("{name}: {found}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unfit_with(name: &str, value: &str) -> Option<String> {
        unfit(&BTreeMap::from([(name.to_owned(), json!(value))]))
    }

    #[test]
    fn an_index_that_forgets_is_unfit() {
        let found = unfit_with("index.translog.durability", "async");
        assert_eq!(found.as_deref(), Some("index.translog.durability: async"));
        assert!(is_closed(&BTreeMap::from([(
            CLOSED.to_owned(),
            json!("true")
        )])));
        assert!(unfit_with("index.final_pipeline", "anonymise").is_some());
    }

    #[test]
    fn everything_else_is_the_operators_affair() {
        assert_eq!(unfit(&BTreeMap::new()), None);
        assert_eq!(unfit_with("index.translog.durability", "REQUEST"), None);
        assert_eq!(unfit_with("index.refresh_interval", "30s"), None);
    }
}
