//! The golden file: results of many searches with their order, totals and highlights.

use std::{fmt::Write as _, fs, path::Path};

use domain::search::{IndexEntry, QueryWords, SearchResults, TextSegment, highlight, snippet};

use crate::{
    entries,
    fixture::{Index, put},
    model::Model,
    queries,
};

/// Read at run time, so that a new file needs no build.
fn golden() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search/golden.txt");
    fs::read_to_string(file).unwrap()
}

pub(crate) async fn what_is_found_is_what_the_file_says(index: Index) {
    put(&index, &entries::all()).await;
    let model = model();
    let golden = golden();
    let mut blocks = golden.split_terminator("\n\n");
    for case in queries::all() {
        let found = index.search(&case.query).await.unwrap();
        let shown = show(&case, &found, &model);
        assert_eq!(shown, blocks.next().unwrap_or_default());
    }
    assert_eq!(blocks.next(), None);
}

#[test]
fn the_file_is_what_the_model_says() {
    let model = model();
    let cases = queries::all();
    assert!(cases.len() > 100);
    let blocks = cases
        .iter()
        .map(|case| show(case, &model.search(&case.query), &model));
    let shown: String = blocks.map(|block| block + "\n\n").collect();
    let new = Path::new(env!("CARGO_TARGET_TMPDIR")).join("golden.txt");
    if shown != golden() {
        fs::write(&new, shown).unwrap();
        panic!("if it is right, take the new one: {}", new.display());
    }
}

fn model() -> Model {
    let mut model = Model::default();
    model.put(&entries::all());
    model
}

/// A search and its results, in the format of the file.
fn show(case: &queries::Case, found: &SearchResults, model: &Model) -> String {
    let more = if found.next.is_some() {
        ", and more"
    } else {
        ""
    };
    let mut shown = format!("{} finds {}{more}", case.name, found.total);
    for (kind, id) in &found.ids {
        let entry = model.get(id);
        assert_eq!(entry.kind, *kind);
        let line = line(entry, &case.query.words);
        write!(shown, "\n  {id} {line}").unwrap();
    }
    shown
}

fn line(entry: &IndexEntry, words: &QueryWords) -> String {
    let mut line = marked(&highlight(&entry.name, words));
    let text = snippet(&entry.text, words, 40);
    for segments in [highlight(&entry.brand, words), text] {
        if segments.iter().any(|segment| segment.is_match) {
            line.push_str(" | ");
            line.push_str(&marked(&segments));
        }
    }
    line
}

fn marked(segments: &[TextSegment]) -> String {
    let mark = |segment: &TextSegment| match segment.is_match {
        true => format!("[{}]", segment.text),
        false => segment.text.clone(),
    };
    segments.iter().map(mark).collect()
}
