use serde_json::{Value, json};

use super::*;
use crate::{documents::Revision, migrations::DocumentBody};

static TALES: Collection = Collection {
    name: "tales",
    indexed: &[],
    max_body_bytes: 4 * 1024,
};

fn append(body: &mut DocumentBody, letter: &str) -> Result<(), String> {
    let Some(Value::String(text)) = body.get_mut("text") else {
        return Err("there is no text".to_owned());
    };
    text.push_str(letter);
    Ok(())
}

const fn change(collection: &'static str, kind: ChangeKind) -> CollectionChange {
    CollectionChange { collection, kind }
}

macro_rules! migrations {
    ($($number:literal: [$($change:expr),*]),*) => {
        &[$(&Migration { number: $number, name: "", changes: &[$($change),*] }),*]
    };
}

fn tasks(all: &'static [&'static Migration], from: u32) -> Result<Plan, MigrateError> {
    Registry::new(&[&TALES], all).plan(from)
}

fn tale(text: &str) -> Document {
    Document {
        id: "a".to_owned(),
        revision: Revision(7),
        body: json!({ "text": text }),
    }
}

#[test]
fn changes_of_several_migrations_are_done_in_order_and_in_one_go() {
    static ALL: &[&Migration] = migrations!(
        1: [],
        2: [change("tales", ChangeKind::Rewritten(|body| append(body, "b")))],
        3: [
            change("tales", ChangeKind::Relisted),
            change("tales", ChangeKind::Rewritten(|body| append(body, "c")))
        ]
    );
    for (from, expected) in [(1, "abc"), (2, "ac")] {
        let plan = tasks(ALL, from).unwrap();
        assert_eq!((plan.tasks.len(), plan.to), (1, 3));
        let rewritten = plan.tasks[0]
            .rewrite(tale("a"), &mut AssignedIds::default())
            .unwrap();
        assert_eq!(rewritten, tale(expected));
    }
    assert!(tasks(ALL, 3).unwrap().is_empty());
}

#[test]
fn a_failure_names_the_collection_and_not_the_document() {
    static ALL: &[&Migration] =
        migrations!(1: [change("tales", ChangeKind::Rewritten(|body| append(body, "b")))]);
    let plan = tasks(ALL, 0).unwrap();
    let secret = Document {
        body: json!({ "secret": "s3cret" }),
        ..tale("")
    };
    let error = plan.tasks[0]
        .rewrite(secret, &mut AssignedIds::default())
        .unwrap_err()
        .to_string();
    assert!(error.contains("`tales`") && error.contains("there is no text"));
    assert!(!error.contains("s3cret"), "{error}");
}

#[test]
fn a_collection_that_is_new_has_nothing_to_rewrite() {
    static ALL: &[&Migration] = migrations!(
        1: [],
        2: [change("tales", ChangeKind::Added)],
        3: [change("tales", ChangeKind::Rewritten(|body| append(body, "c")))]
    );
    let plan = tasks(ALL, 1).unwrap();
    assert!(matches!(plan.tasks[0].work, TaskKind::Make(_)));
    let plan = tasks(ALL, 2).unwrap();
    assert!(matches!(plan.tasks[0].work, TaskKind::Rewrite(..)));
}

#[test]
fn a_collection_that_is_gone_is_removed_whatever_was_done_to_it_before() {
    static ALL: &[&Migration] = migrations!(
        1: [change("notes", ChangeKind::Added)],
        2: [change("notes", ChangeKind::Rewritten(|body| append(body, "c")))],
        3: [change("notes", ChangeKind::Removed)]
    );
    let plan = tasks(ALL, 0).unwrap();
    assert_eq!(plan.tasks.len(), 1);
    assert!(matches!(plan.tasks[0].work, TaskKind::Remove));
    let registry = Registry::new(&[&TALES], ALL);
    assert_eq!(registry.names(), ["notes", "tales"]);
    assert_eq!(registry.removed(3), ["notes"]);
    assert!(registry.removed(2).is_empty());
}

#[test]
fn migrations_that_contradict_the_code_are_refused() {
    static UNKNOWN: &[&Migration] = migrations!(1: [change("notes", ChangeKind::Relisted)]);
    static STILL_THERE: &[&Migration] = migrations!(1: [change("tales", ChangeKind::Removed)]);
    for all in [UNKNOWN, STILL_THERE] {
        let plan = tasks(all, 0);
        assert!(matches!(plan, Err(MigrateError::Registry(_))), "{plan:?}");
    }
}

#[test]
fn of_documents_that_are_to_have_one_id_the_first_gets_it() {
    static ALL: &[&Migration] = migrations!(1: [
        change("tales", ChangeKind::Renamed(|id, _| Some(id.split('/').next()?.to_owned()).filter(|id| id != "x"))),
        change("tales", ChangeKind::Rewritten(|body| append(body, "b")))
    ]);
    let plan = tasks(ALL, 0).unwrap();
    let mut given = AssignedIds::default();
    let mut renamed = |id: &str| {
        let document = Document {
            id: id.to_owned(),
            ..tale("a")
        };
        let renamed = plan.tasks[0].rewrite(document, &mut given).unwrap();
        assert_eq!(
            (renamed.revision, &renamed.body["text"]),
            (Revision(7), &json!("ab"))
        );
        renamed.id
    };
    let ids = ["a", "a/1", "b/1", "b/2", "x/1"].map(&mut renamed);
    assert_eq!(ids, ["a", "a/1", "b", "b/2", "x/1"]);
}
