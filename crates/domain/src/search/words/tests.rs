use super::{QueryWords, WordEnding, score};
use crate::search::{EntityKind, IndexEntry};

fn texts(words: &QueryWords) -> Vec<&str> {
    words.iter().map(|word| word.text.as_str()).collect()
}

fn last(typed: &str) -> Option<WordEnding> {
    QueryWords::parse(typed)
        .iter()
        .last()
        .map(|word| word.ending)
}

fn entry(name: &str, brand: &str, text: &str) -> IndexEntry {
    IndexEntry {
        id: "prd_1".to_owned(),
        kind: EntityKind::Product,
        artist: String::new(),
        is_public: true,
        version: 1,
        is_tombstone: false,
        slug: String::new(),
        name: name.to_owned(),
        brand: brand.to_owned(),
        text: text.to_owned(),
        created_at: 0,
        updated_at: 0,
        retailer_keys: Vec::new(),
        products: Vec::new(),
    }
}

#[test]
fn the_last_word_is_open_unless_white_space_follows_it() {
    assert_eq!(last("star wa"), Some(WordEnding::Open));
    assert_eq!(last("star wa "), Some(WordEnding::Closed));
    assert_eq!(last("star wa\u{3000}"), Some(WordEnding::Closed));
    assert_eq!(last("star wa!"), Some(WordEnding::Open));
    assert_eq!(last(" "), None);
    let words = QueryWords::parse("star wa");
    assert_eq!(
        words.iter().next().map(|word| word.ending),
        Some(WordEnding::Closed)
    );
}

#[test]
fn no_more_than_16_words_of_300_characters_are_searched_for() {
    let words = QueryWords::parse(&"ab ".repeat(17));
    assert_eq!(texts(&words), ["ab"; 16]);
    assert!(words.iter().all(|word| word.ending == WordEnding::Closed));
    let blanks = " ".repeat(298);
    assert_eq!(
        texts(&QueryWords::parse(&format!("{blanks}stardust"))),
        ["st"]
    );
    assert!(QueryWords::parse(&format!("  {blanks}star")).is_empty());
    let umlauts = "ä".repeat(301);
    assert_eq!(texts(&QueryWords::parse(&umlauts)), ["a".repeat(40)]);
}

#[test]
fn every_word_weighs_what_it_does_in_its_best_field() {
    for (typed, name, brand, text, expected) in [
        ("zoom ", "a zoom", "zoom", "zoom", Some(212)),
        ("zoom", "a zoomlens", "", "", Some(208)),
        ("zoom ", "", "zoom", "zoom", Some(206)),
        ("zoom", "", "zoomlens", "zoom", Some(204)),
        ("zoom ", "", "", "zoom", Some(202)),
        ("zoom", "", "", "zoomlens", Some(201)),
        ("zoom ", "a zoomlens", "", "", None),
        ("zoom lens", "a zoom", "", "lens", Some(414)),
        ("zoom lens", "a zoom", "", "", None),
        ("zoom zoom", "a zoom", "", "", Some(424)),
        ("", "a zoom", "", "", Some(0)),
    ] {
        let tokens = entry(name, brand, text).tokens();
        assert_eq!(
            score(&tokens, &QueryWords::parse(typed)),
            expected,
            "{typed}"
        );
    }
}

#[test]
fn names_that_are_what_was_typed_come_before_those_that_begin_so() {
    let of = |typed: &str, name: &str| {
        let tokens = entry(name, "", "").tokens();
        score(&tokens, &QueryWords::parse(typed)).unwrap()
    };
    assert_eq!(of("star wars", "Star Wars!"), 424 + 150);
    assert_eq!(of("star wars ", "Star Wars"), 424 + 150);
    assert_eq!(of("star", "Star Wars"), 212 + 50);
    assert_eq!(of("star ", "Star Wars"), 212 + 50);
    assert_eq!(of("st", "Star Wars"), 208 + 50);
    assert_eq!(of("wars", "Star Wars"), 212);
    assert_eq!(of("star w", "Star Wars"), 420 + 50);
    // It begins with the letters, but not with the word.
    assert_eq!(of("star ", "Stardust star"), 212);
}

#[test]
fn a_word_that_is_there_loosely_weighs_less_than_any_that_is_there() {
    for (typed, name, brand, text, expected) in [
        ("mueller", "Müller", "", "", Some(8)),
        ("mueller", "", "Müller", "", Some(4)),
        ("mueller", "", "", "Müller", Some(1)),
        ("müller", "Mueller", "", "", Some(8)),
        ("mueller", "Muller", "", "", None),
        ("blue ", "Blu", "", "", None),
        ("lenses", "lens", "", "", Some(8)),
        ("lens ", "lenses", "", "", Some(8)),
        ("lens ", "Len", "", "", None),
        ("ps5 ", "PS 5", "", "", Some(8)),
        ("ps5 ", "PS 50", "", "", None),
        ("ps5 ", "PS", "", "5", None),
        ("ps 5 ", "PS5", "", "", Some(424)),
        ("iphone15pro ", "iPhone 15 Pro", "", "", Some(8)),
        ("wi-fi ", "wifi", "", "", Some(424)),
        ("wifi ", "Wi-Fi", "", "", Some(212)),
        ("wi fi ", "wifi", "", "", Some(16)),
        ("wifi ", "Wi Fi", "", "", Some(8)),
        ("wifi ", "", "", "Wi Fi", None),
        ("l'avventura ", "Avventura", "", "", Some(8)),
    ] {
        let tokens = entry(name, brand, text).tokens();
        assert_eq!(
            score(&tokens, &QueryWords::parse(typed)),
            expected,
            "{typed}"
        );
    }
}

/// A single loose match costs more than all other words and fields can add.
#[test]
fn an_entry_that_has_every_word_comes_first() {
    let typed = "lenses ".to_owned() + &"ax ".repeat(15);
    let exact = entry("", "", "ax lenses").tokens();
    let loose = entry("ax lens", "", "").tokens();
    let of = |tokens| score(tokens, &QueryWords::parse(&typed)).unwrap();
    assert!(of(&exact) > of(&loose));
}

#[test]
fn a_query_is_looked_up_under_a_bounded_number_of_terms() {
    let count = |typed: &str| -> usize {
        let words = QueryWords::parse(typed);
        let clauses = words.iter().flat_map(super::QueryWord::clauses);
        clauses.map(|clause| clause.terms.len()).sum()
    };
    for typed in [
        "ab-cd ".repeat(50),
        "potatoes-knives ".repeat(20),
        "ü1y x-1-y ".repeat(30),
        "o'xyzf l'heroes ".repeat(20),
    ] {
        // Elasticsearch allows at least 1024 clauses.
        assert!(count(&typed) < 600, "{typed}");
    }
}
