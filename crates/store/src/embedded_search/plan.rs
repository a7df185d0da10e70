//! Translates queries of the port into queries of tantivy.

use std::ops::Bound;

use domain::search::{
    self, EntityKind, Filter, QueryWord, QueryWords, Scope, SearchQuery, WordEnding, weights,
};
use tantivy::{
    Term,
    query::{
        AllQuery, BooleanQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, FuzzyTermQuery,
        Occur, Query as TantivyQuery, RangeQuery, TermQuery, TermSetQuery,
    },
    schema::{Field, IndexRecordOption},
};

use super::schema::{GONE, PUBLIC, SchemaFields};

type TantivyPlan = Box<dyn TantivyQuery>;

/// The query for matches and their scores.
pub(super) fn plan(query: &SearchQuery, fields: &SchemaFields) -> TantivyPlan {
    let mut clauses: Vec<(Occur, TantivyPlan)> = filters(query, fields)
        .into_iter()
        .map(|filter| (Occur::Must, weighing(0, filter)))
        .collect();
    if !query.scope.is_of_deleted() {
        clauses.push((Occur::MustNot, term(fields.visibility, GONE)));
    }
    if query.words.is_empty() {
        clauses.push((Occur::Must, weighing(0, Box::new(AllQuery))));
        return Box::new(BooleanQuery::new(clauses));
    }
    let words = query.words.iter();
    clauses.extend(words.map(|one| (Occur::Must, word(one, fields))));
    clauses.extend(name(&query.words, fields).map(|bonus| (Occur::Should, bonus)));
    Box::new(BooleanQuery::new(clauses))
}

fn filters(query: &SearchQuery, fields: &SchemaFields) -> Vec<TantivyPlan> {
    let mut filters = Vec::new();
    match &query.scope {
        Scope::Public => filters.push(term(fields.visibility, PUBLIC)),
        Scope::Artists(artists) => filters.push(any(fields.artist, artists)),
        Scope::Deleted { of, since } => {
            filters.push(term(fields.visibility, GONE));
            filters.extend(of.as_ref().map(|artists| any(fields.artist, artists)));
            filters.push(at_least(fields.updated_at, *since));
        }
        Scope::Everything => {}
    }
    if !query.kinds.is_empty() {
        let kinds: Vec<&str> = query.kinds.iter().copied().map(EntityKind::name).collect();
        filters.push(any(fields.kind, &kinds));
    }
    match &query.filter {
        Filter::None => {}
        Filter::RetailerKeys(known_by) => filters.push(any(fields.shops, known_by)),
        Filter::Product(id) => filters.push(term(fields.products, id)),
        Filter::Artist(id) => filters.push(term(fields.artist, id)),
        Filter::Ids(ids) => filters.push(any(fields.id, ids)),
    }
    filters
}

/// The query for a word: its weight is that of the heaviest matching clause.
fn word(word: &QueryWord, fields: &SchemaFields) -> TantivyPlan {
    let clauses = word.clauses().into_iter();
    let clauses =
        clauses.map(|clause| weighing(clause.weight, all(&clause.terms, fields.of(clause.field))));
    Box::new(DisjunctionMaxQuery::new(clauses.collect()))
}

fn all(terms: &[search::QueryTerm], field: Field) -> TantivyPlan {
    let plan = |one: &search::QueryTerm| match one.ending {
        WordEnding::Closed => term(field, &one.text),
        WordEnding::Open => prefix(field, &one.text),
    };
    match terms {
        [one] => plan(one),
        all => {
            let all = all.iter().map(|one| (Occur::Must, plan(one)));
            Box::new(BooleanQuery::new(all.collect()))
        }
    }
}

fn name(words: &QueryWords, fields: &SchemaFields) -> impl Iterator<Item = TantivyPlan> {
    let whole = term(fields.name_key, &words.name_key());
    let start = prefix(fields.name_key, &words.name_start());
    [
        weighing(weights::WHOLE_NAME, whole),
        weighing(weights::NAME_START, start),
    ]
    .into_iter()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "weights and their sums are far below what is exact"
)]
fn weighing(weight: u32, plan: TantivyPlan) -> TantivyPlan {
    Box::new(ConstScoreQuery::new(plan, weight as f32))
}

fn term(field: Field, text: &str) -> TantivyPlan {
    let term = Term::from_field_text(field, text);
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

/// A prefix query, as a fuzzy prefix query with distance 0.
fn prefix(field: Field, text: &str) -> TantivyPlan {
    let term = Term::from_field_text(field, text);
    Box::new(FuzzyTermQuery::new_prefix(term, 0, false))
}

fn at_least(field: Field, value: i64) -> TantivyPlan {
    let lowest = Bound::Included(Term::from_field_i64(field, value));
    Box::new(RangeQuery::new(lowest, Bound::Unbounded))
}

fn any<T: AsRef<str>>(field: Field, texts: &[T]) -> TantivyPlan {
    if texts.is_empty() {
        return Box::new(EmptyQuery);
    }
    let terms = texts
        .iter()
        .map(|text| Term::from_field_text(field, text.as_ref()));
    Box::new(TermSetQuery::new(terms))
}
