//! The claim that a store is equivalent to a map: every sequence of calls has the same results.

use std::collections::BTreeMap;

use domain::documents::{Document, FieldQuery, Revision, StoreError};
use proptest::{
    prelude::*,
    test_runner::{Config, TestCaseError, TestRunner},
};
use serde_json::{Value, json};
use tokio::{runtime::Handle, task::block_in_place};

use crate::fixture::{Store, TALES, document, list, listing};

#[derive(Clone, Debug)]
enum Step {
    Create(String, Value),
    Replace(String, u64, Value),
    Remove(String, u64),
    GetMany(Vec<String>),
    List(String, Option<String>, usize),
}

/// The comparable part of a result.
#[derive(Debug, PartialEq)]
enum ModelResult {
    At(Revision),
    Removed,
    Exists,
    Conflict,
    Many(Vec<Option<Document>>),
    Listed(Vec<Document>),
}

#[derive(Default)]
struct Model(BTreeMap<String, (u64, Value)>);

pub(crate) async fn any_sequence_of_operations_is_answered_as_by_a_map(store: Store) {
    let config = Config {
        cases: 48,
        failure_persistence: None,
        ..Config::default()
    };
    let steps = prop::collection::vec(step(), 1..40);
    let here = Handle::current();
    let outcome = block_in_place(|| {
        TestRunner::new(config).run(&steps, |steps| here.block_on(compare(&store, steps)))
    });
    outcome.unwrap();
}

async fn compare(store: &Store, steps: Vec<Step>) -> Result<(), TestCaseError> {
    let mut model = Model::default();
    let mut difference = None;
    for step in steps {
        let (real, expected) = (carry_out(store, &step).await, model.carry_out(&step));
        if real != expected {
            difference = Some(format!("{step:?}: {real:?} instead of {expected:?}"));
            break;
        }
    }
    clear(store).await;
    difference.map_or(Ok(()), |difference| Err(TestCaseError::fail(difference)))
}

/// Every case begins with an empty store.
async fn clear(store: &Store) {
    for id in IDS {
        if let Some(left) = store.get(&TALES, id).await.unwrap() {
            store.remove(&TALES, id, left.revision).await.unwrap();
        }
    }
}

async fn carry_out(store: &Store, step: &Step) -> ModelResult {
    let written = match step {
        Step::Create(id, body) => store
            .create(&TALES, id, body.clone())
            .await
            .map(ModelResult::At),
        Step::Replace(id, from, body) => store
            .replace(&TALES, id, Revision(*from), body.clone())
            .await
            .map(ModelResult::At),
        Step::Remove(id, from) => store
            .remove(&TALES, id, Revision(*from))
            .await
            .map(|()| ModelResult::Removed),
        Step::GetMany(ids) => {
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            store.get_many(&TALES, &ids).await.map(ModelResult::Many)
        }
        Step::List(author, after, limit) => {
            let page = FieldQuery {
                after: after.as_deref(),
                limit: *limit,
                ..listing("author", author)
            };
            Ok(ModelResult::Listed(list(store, page).await))
        }
    };
    match written {
        Ok(answer) => answer,
        Err(StoreError::Exists) => ModelResult::Exists,
        Err(StoreError::Conflict) => ModelResult::Conflict,
        Err(failure) => panic!("{failure}"),
    }
}

impl Model {
    fn carry_out(&mut self, step: &Step) -> ModelResult {
        match step {
            Step::Create(id, _) if self.0.contains_key(id) => ModelResult::Exists,
            Step::Create(id, body) => self.write(id, 1, body),
            Step::Replace(id, from, _) | Step::Remove(id, from) if !self.is_at(id, *from) => {
                ModelResult::Conflict
            }
            Step::Replace(id, from, body) => self.write(id, from + 1, body),
            Step::Remove(id, _) => {
                self.0.remove(id);
                ModelResult::Removed
            }
            Step::GetMany(ids) => ModelResult::Many(ids.iter().map(|id| self.get(id)).collect()),
            Step::List(author, after, limit) => ModelResult::Listed(
                self.0
                    .keys()
                    .filter(|&id| after.as_ref().is_none_or(|after| id > after))
                    .filter_map(|id| self.get(id))
                    .filter(|found| found.body["author"] == json!(author))
                    .take(*limit)
                    .collect(),
            ),
        }
    }

    fn is_at(&self, id: &str, revision: u64) -> bool {
        self.0.get(id).is_some_and(|(at, _)| *at == revision)
    }

    fn write(&mut self, id: &str, revision: u64, body: &Value) -> ModelResult {
        self.0.insert(id.to_owned(), (revision, body.clone()));
        ModelResult::At(Revision(revision))
    }

    fn get(&self, id: &str) -> Option<Document> {
        let (revision, body) = self.0.get(id)?;
        Some(document(id, *revision, body.clone()))
    }
}

/// Few ids, revisions and authors, so that steps collide.
const IDS: [&str; 4] = ["a", "a/b", "B", "c"];

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (id(), body()).prop_map(|(id, body)| Step::Create(id, body)),
        4 => (id(), 0..4_u64, body()).prop_map(|(id, from, body)| Step::Replace(id, from, body)),
        2 => (id(), 0..4_u64).prop_map(|(id, from)| Step::Remove(id, from)),
        2 => prop::collection::vec(id(), 0..5).prop_map(Step::GetMany),
        3 => (author(), prop::option::of(id()), 0..5_usize)
            .prop_map(|(author, after, limit)| Step::List(author, after, limit)),
    ]
}

fn id() -> impl Strategy<Value = String> {
    prop::sample::select(IDS.to_vec()).prop_map(str::to_owned)
}

fn author() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["", "Grimm", "Ünï🦀"]).prop_map(str::to_owned)
}

fn body() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => (author(), any::<i64>(), any::<String>())
            .prop_map(|(author, n, text)| json!({ "author": author, "n": n, "text": text })),
        1 => Just(json!({ "author": null })),
        1 => Just(json!({})),
    ]
}
