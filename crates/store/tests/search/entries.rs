//! The entries of the suite.

use domain::search::{EntityKind, IndexEntry};

/// About three hundred real names; see NOTICE.md.
pub(crate) fn all() -> Vec<IndexEntry> {
    include_str!("entries.tsv").lines().map(entry).collect()
}

fn entry(line: &str) -> IndexEntry {
    let columns: Vec<&str> = line.split('\t').collect();
    let list = |column: usize| {
        let ids = columns[column].split(' ').filter(|id| *id != "-");
        ids.map(str::to_owned).collect()
    };
    IndexEntry {
        id: columns[0].to_owned(),
        kind: EntityKind::from_name(columns[1]).unwrap(),
        artist: columns[2].to_owned(),
        is_public: columns[3] == "yes",
        version: columns[4].parse().unwrap(),
        is_tombstone: false,
        created_at: columns[5].parse().unwrap(),
        updated_at: columns[6].parse().unwrap(),
        slug: columns[0].replace('_', "-"),
        name: columns[7].to_owned(),
        brand: columns[8].to_owned(),
        text: columns[9].to_owned(),
        retailer_keys: list(10),
        products: list(11),
    }
}
