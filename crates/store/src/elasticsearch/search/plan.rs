//! Translates queries of the port into the query language of Elasticsearch.

use domain::{
    documents::StoreError,
    search::{
        CursorPosition, EntityKind, Filter, IndexField, QueryTerm, QueryWord, Scope, SearchQuery,
        Sort, WordEnding, weights,
    },
};
use serde_json::{Value, json};

/// The body of a search.
pub(super) fn body(query: &SearchQuery) -> Result<Value, StoreError> {
    let (_, limit) = query.window();
    let mut body = page(query)?;
    // One more than a page shows, to know whether there is another page.
    body["size"] = if limit == 0 { 0 } else { limit + 1 }.into();
    body["track_total_hits"] = true.into();
    body["docvalue_fields"] = json!(["kind"]);
    Ok(body)
}

/// The body of a search for locations.
pub(super) fn body_for_locations(query: &SearchQuery) -> Result<Value, StoreError> {
    let (_, limit) = query.window();
    let mut body = page(query)?;
    body["size"] = limit.into();
    body["track_total_hits"] = false.into();
    body["docvalue_fields"] = json!(["id", "artist", "slug", "updated_at"]);
    Ok(body)
}

/// The body of the search for the last written entry. Every write gets a higher sequence number in
/// the only shard, and entries are never removed, so the highest number usually identifies the
/// state that a search sees. Writes become visible out of order, and at different times on each
/// copy of the shard, so two searches may see the same number and different entries.
pub(super) fn body_for_version() -> Value {
    json!({
        "size": 1,
        "sort": [{ "_seq_no": "desc" }],
        "track_total_hits": false,
        "seq_no_primary_term": true,
        "_source": false,
    })
}

fn page(query: &SearchQuery) -> Result<Value, StoreError> {
    let (offset, limit) = query.window();
    let mut body = json!({
        "query": matching(query),
        "sort": sort(query.sort),
        "_source": false,
    });
    match query.after()? {
        Some(position) if limit > 0 => body["search_after"] = after(position),
        _ => body["from"] = offset.into(),
    }
    Ok(body)
}

fn sort(sort: Sort) -> Value {
    match sort {
        Sort::Relevance => json!([{ "_score": "desc" }, { "name_key": "asc" }, { "id": "asc" }]),
        Sort::Name => json!([{ "name_key": "asc" }, { "id": "asc" }]),
        Sort::Newest => json!([{ "created_at": "desc" }, { "id": "asc" }]),
        Sort::Updated => json!([{ "updated_at": "desc" }, { "id": "asc" }]),
    }
}

fn after(position: &CursorPosition) -> Value {
    match position {
        CursorPosition::Score {
            score,
            name_key,
            id,
        } => json!([score, name_key, id]),
        CursorPosition::Name { name_key, id } => json!([name_key, id]),
        CursorPosition::Time { at, id } => json!([at, id]),
    }
}

fn matching(query: &SearchQuery) -> Value {
    let mut matching = json!({ "filter": filters(query) });
    if !query.words.is_empty() {
        let words = &query.words;
        matching["must"] = words.iter().map(word).collect();
        matching["should"] = json!([
            weighing(weights::WHOLE_NAME, &term("name_key", &words.name_key())),
            weighing(
                weights::NAME_START,
                &prefix("name_key", &words.name_start())
            ),
        ]);
    }
    json!({ "bool": matching })
}

fn filters(query: &SearchQuery) -> Vec<Value> {
    let is_gone = query.scope.is_of_deleted();
    let mut filters = vec![json!({ "term": { "is_gone": is_gone } })];
    match &query.scope {
        Scope::Public => filters.push(json!({ "term": { "is_public": true } })),
        Scope::Artists(artists) => filters.push(json!({ "terms": { "artist": artists } })),
        Scope::Everything => {}
        Scope::Deleted { of, since } => {
            let of = of.as_ref();
            filters.extend(of.map(|artists| json!({ "terms": { "artist": artists } })));
            filters.push(json!({ "range": { "updated_at": { "gte": since } } }));
        }
    }
    if !query.kinds.is_empty() {
        let kinds: Vec<&str> = query.kinds.iter().copied().map(EntityKind::name).collect();
        filters.push(json!({ "terms": { "kind": kinds } }));
    }
    match &query.filter {
        Filter::None => {}
        Filter::RetailerKeys(known_by) => filters.push(json!({ "terms": { "shops": known_by } })),
        Filter::Product(id) => filters.push(term("products", id)),
        Filter::Artist(id) => filters.push(term("artist", id)),
        Filter::Ids(ids) => filters.push(json!({ "terms": { "id": ids } })),
    }
    filters
}

/// The query for a word: its weight is that of the heaviest matching clause.
fn word(word: &QueryWord) -> Value {
    let clauses = word.clauses().into_iter();
    let clauses =
        clauses.map(|clause| weighing(clause.weight, &all(&clause.terms, name_of(clause.field))));
    json!({ "dis_max": { "queries": clauses.collect::<Vec<_>>() } })
}

fn all(terms: &[QueryTerm], field: &str) -> Value {
    let plan = |one: &QueryTerm| match one.ending {
        WordEnding::Closed => term(field, &one.text),
        WordEnding::Open => prefix(field, &one.text),
    };
    match terms {
        [one] => plan(one),
        all => json!({ "bool": { "filter": all.iter().map(plan).collect::<Vec<_>>() } }),
    }
}

/// The name of the index field with these terms.
fn name_of(field: IndexField) -> &'static str {
    match field {
        IndexField::Name => "name",
        IndexField::Brand => "brand",
        IndexField::Text => "text",
        IndexField::LooseName => "loose_name",
        IndexField::LooseBrand => "loose_brand",
        IndexField::LooseText => "loose_text",
    }
}

fn weighing(weight: u32, filter: &Value) -> Value {
    json!({ "constant_score": { "filter": filter, "boost": weight } })
}

fn term(field: &str, text: &str) -> Value {
    json!({ "term": { field: text } })
}

fn prefix(field: &str, text: &str) -> Value {
    json!({ "prefix": { field: { "value": text } } })
}
