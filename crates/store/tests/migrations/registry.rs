//! Three data versions, and the migrations between them.

use domain::{
    documents::Collection,
    migrations::{ChangeKind, CollectionChange, DocumentBody, Migration, Registry},
};
use serde_json::{Value, json};

/// Tales at the first data version.
static TALES_AT_FIRST: Collection = Collection {
    name: "tales",
    indexed: &["author"],
    max_body_bytes: 4 * 1024,
};
pub(crate) static TALES: Collection = Collection {
    name: "tales",
    indexed: &["author", "shelf"],
    max_body_bytes: 4 * 1024,
};
/// A collection that is not changed.
pub(crate) static NOTES: Collection = Collection {
    name: "notes",
    indexed: &["author"],
    max_body_bytes: 4 * 1024,
};
/// A collection whose documents stay, and are listed by another field.
static CARDS_AT_FIRST: Collection = Collection {
    name: "cards",
    indexed: &[],
    max_body_bytes: 4 * 1024,
};
pub(crate) static CARDS: Collection = Collection {
    name: "cards",
    indexed: &["author"],
    max_body_bytes: 4 * 1024,
};
/// A collection that is removed.
pub(crate) static DRAFTS: Collection = Collection {
    name: "drafts",
    indexed: &[],
    max_body_bytes: 4 * 1024,
};
/// A collection that is added.
pub(crate) static LETTERS: Collection = Collection {
    name: "letters",
    indexed: &["to"],
    max_body_bytes: 4 * 1024,
};

/// The collections at the first data version.
pub(crate) static OLD: [&Collection; 4] = [&TALES_AT_FIRST, &NOTES, &CARDS_AT_FIRST, &DRAFTS];
/// The collections at the last data version.
pub(crate) static NEW: [&Collection; 4] = [&TALES, &NOTES, &CARDS, &LETTERS];

static FIRST: Migration = Migration {
    number: 1,
    name: "at first",
    changes: &[],
};
static SECOND: Migration = Migration {
    number: 2,
    name: "several authors, and letters",
    changes: &[
        CollectionChange {
            collection: "tales",
            kind: ChangeKind::Rewritten(several_titles),
        },
        CollectionChange {
            collection: "letters",
            kind: ChangeKind::Added,
        },
    ],
};
static THIRD: Migration = Migration {
    number: 3,
    name: "shelves, cards by author and no drafts",
    changes: &[
        CollectionChange {
            collection: "tales",
            kind: ChangeKind::Rewritten(shelves),
        },
        CollectionChange {
            collection: "cards",
            kind: ChangeKind::Relisted,
        },
        CollectionChange {
            collection: "drafts",
            kind: ChangeKind::Removed,
        },
    ],
};
static BROKEN: Migration = Migration {
    number: 2,
    name: "one that cannot deal with what is there",
    changes: &[CollectionChange {
        collection: "tales",
        kind: ChangeKind::Rewritten(refuse_one),
    }],
};

/// The migrations to the last data version.
pub(crate) fn to_last() -> Registry {
    static ALL: &[&Migration] = &[&FIRST, &SECOND, &THIRD];
    Registry::new(&NEW, ALL)
}

/// The registry of a program that knows the first data version only.
pub(crate) fn at_first() -> Registry {
    static ALL: &[&Migration] = &[&FIRST];
    Registry::new(&OLD, ALL)
}

/// A migration that fails at one document of many.
pub(crate) fn broken() -> Registry {
    static ALL: &[&Migration] = &[&FIRST, &BROKEN];
    Registry::new(&OLD, ALL)
}

fn several_titles(body: &mut DocumentBody) -> Result<(), String> {
    let title = body.remove("title").unwrap_or(Value::Null);
    body.insert("titles".to_owned(), json!([title]));
    Ok(())
}

/// This change relies on that of the second migration.
fn shelves(body: &mut DocumentBody) -> Result<(), String> {
    let Some(Value::Array(titles)) = body.get("titles") else {
        return Err("titles are missing".to_owned());
    };
    let shelf = format!("shelf {}", titles.len());
    body.insert("shelf".to_owned(), Value::String(shelf));
    Ok(())
}

fn refuse_one(body: &mut DocumentBody) -> Result<(), String> {
    if body.get("title") == Some(&json!("tale 5")) {
        return Err("its title is 5".to_owned());
    }
    body.insert("seen".to_owned(), json!(true));
    Ok(())
}
