//! Migration 3: the key of a GTIN becomes its form of 14 digits, so that a UPC-A and the same
//! number with a leading zero are one key, and a number of zeros is none.
//!
//! Two products of an artist may already have the same number in two lengths. The first of their
//! keys, by id, becomes the one key of the number. The other key keeps its id and its product;
//! that product keeps the number and can be updated, and nothing is lost. Only a third product
//! cannot get the number while the first has it.
//!
//! The first key may belong to a product that no longer has the number because its save failed; a
//! key alone does not show that. So a product with a number reserves its key at its next update if
//! the product that the key names does not have it (`UniqueIndex::reserve_unused`). Until then, a
//! third product may get the number.

use serde_json::Value;

use super::super::{ChangeKind, CollectionChange, DocumentBody, Migration, edit_at_path};

pub(super) static MIGRATION: Migration = Migration {
    number: 3,
    name: "Numbers of articles in one form",
    changes: &[
        CollectionChange {
            collection: "keys",
            kind: ChangeKind::Renamed(canonical_key),
        },
        CollectionChange {
            collection: "products",
            kind: ChangeKind::Rewritten(without_zeros),
        },
    ],
};

/// The id of a key with its number in 14 digits. It never sorts after the old id, because zeros
/// are prepended.
fn canonical_key(id: &str, reservation: &DocumentBody) -> Option<String> {
    let (place, digits) = id.strip_prefix("gtin/")?.rsplit_once('/')?;
    if is_nothing(digits) {
        return None;
    }
    // A free key must not take the id that a key in use needs.
    if reservation.get("owner").and_then(Value::as_str) == Some("") {
        return Some(format!("free/{id}"));
    }
    Some(format!("gtin/{place}/{digits:0>14}"))
}

fn without_zeros(product: &mut DocumentBody) -> Result<(), String> {
    edit_at_path(product, &["state=live", "content"], |content| {
        let gtin = content.get("gtin").and_then(Value::as_str);
        if gtin.is_some_and(is_nothing) {
            content.insert("gtin".to_owned(), Value::Null);
        }
        Ok(())
    })
}

fn is_nothing(digits: &str) -> bool {
    digits.bytes().all(|digit| digit == b'0')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn body(json: Value) -> DocumentBody {
        match json {
            Value::Object(body) => body,
            _ => DocumentBody::new(),
        }
    }

    #[test]
    fn a_key_gets_fourteen_digits_and_never_sorts_behind_the_old_one() {
        let reservation = body(json!({ "owner": "prd_1", "stamped_at": 1 }));
        for (id, expected) in [
            ("gtin/art_1/036000291452", Some("gtin/art_1/00036000291452")),
            (
                "gtin/art_1/0036000291452",
                Some("gtin/art_1/00036000291452"),
            ),
            (
                "gtin/art_1/00036000291452",
                Some("gtin/art_1/00036000291452"),
            ),
            ("gtin/art_1/96385074", Some("gtin/art_1/00000096385074")),
            (
                "gtin/art_1/14006381333938",
                Some("gtin/art_1/14006381333938"),
            ),
            ("gtin/art_1/00000000", None),
            ("slug/product/art_1/036000291452", None),
        ] {
            let renamed = canonical_key(id, &reservation);
            assert_eq!(renamed.as_deref(), expected);
            assert!(renamed.is_none_or(|renamed| renamed.as_str() <= id), "{id}");
        }
        let free = body(json!({ "owner": "", "stamped_at": 0 }));
        let renamed = canonical_key("gtin/art_1/036000291452", &free);
        assert_eq!(renamed.as_deref(), Some("free/gtin/art_1/036000291452"));
    }

    #[test]
    fn zeros_are_no_number() {
        for (before, after) in [
            (json!("00000000"), Value::Null),
            (json!("96385074"), json!("96385074")),
            (Value::Null, Value::Null),
        ] {
            let mut product = body(json!({ "state": "live", "content": { "gtin": before } }));
            without_zeros(&mut product).unwrap();
            assert_eq!(product["content"]["gtin"], after);
        }
        let mut gone = body(json!({ "state": "gone", "gone_at": 1 }));
        without_zeros(&mut gone).unwrap();
        assert_eq!(gone, body(json!({ "state": "gone", "gone_at": 1 })));
    }
}
