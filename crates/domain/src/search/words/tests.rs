use super::{Ending, Words, score};
use crate::search::{Entry, Kind};

fn texts(words: &Words) -> Vec<&str> {
    words.iter().map(|word| word.text.as_str()).collect()
}

fn last(typed: &str) -> Option<Ending> {
    Words::parse(typed).iter().last().map(|word| word.ending)
}

fn entry(name: &str, brand: &str, text: &str) -> Entry {
    Entry {
        id: "prd_1".to_owned(),
        kind: Kind::Product,
        artist: String::new(),
        is_public: true,
        version: 1,
        is_gone: false,
        name: name.to_owned(),
        brand: brand.to_owned(),
        text: text.to_owned(),
        created_at: 0,
        updated_at: 0,
        shops: Vec::new(),
        products: Vec::new(),
    }
}

#[test]
fn the_last_word_is_open_unless_white_space_follows_it() {
    assert_eq!(last("star wa"), Some(Ending::Open));
    assert_eq!(last("star wa "), Some(Ending::Closed));
    assert_eq!(last("star wa\u{3000}"), Some(Ending::Closed));
    assert_eq!(last("star wa!"), Some(Ending::Open));
    assert_eq!(last(" "), None);
    let words = Words::parse("star wa");
    assert_eq!(
        words.iter().next().map(|word| word.ending),
        Some(Ending::Closed)
    );
}

#[test]
fn no_more_than_16_words_of_300_characters_are_searched_for() {
    let words = Words::parse(&"ab ".repeat(17));
    assert_eq!(texts(&words), ["ab"; 16]);
    assert!(words.iter().all(|word| word.ending == Ending::Closed));
    let blanks = " ".repeat(298);
    assert_eq!(texts(&Words::parse(&format!("{blanks}stardust"))), ["st"]);
    assert!(Words::parse(&format!("  {blanks}star")).is_empty());
    let umlauts = "ä".repeat(301);
    assert_eq!(texts(&Words::parse(&umlauts)), ["a".repeat(40)]);
}

#[test]
fn every_word_weighs_what_it_does_in_its_best_field() {
    for (typed, name, brand, text, expected) in [
        ("zoom ", "a zoom", "zoom", "zoom", Some(12)),
        ("zoom", "a zoomlens", "", "", Some(8)),
        ("zoom ", "", "zoom", "zoom", Some(6)),
        ("zoom", "", "zoomlens", "zoom", Some(4)),
        ("zoom ", "", "", "zoom", Some(2)),
        ("zoom", "", "", "zoomlens", Some(1)),
        ("zoom ", "a zoomlens", "", "", None),
        ("zoom lens", "a zoom", "", "lens", Some(14)),
        ("zoom lens", "a zoom", "", "", None),
        ("zoom zoom", "a zoom", "", "", Some(24)),
        ("", "a zoom", "", "", Some(0)),
    ] {
        let tokens = entry(name, brand, text).tokens();
        assert_eq!(score(&tokens, &Words::parse(typed)), expected, "{typed}");
    }
}

#[test]
fn names_that_are_what_was_typed_come_before_those_that_begin_so() {
    let of = |typed: &str, name: &str| {
        let tokens = entry(name, "", "").tokens();
        score(&tokens, &Words::parse(typed)).unwrap()
    };
    assert_eq!(of("star wars", "Star Wars!"), 24 + 150);
    assert_eq!(of("star wars ", "Star Wars"), 24 + 150);
    assert_eq!(of("star", "Star Wars"), 12 + 50);
    assert_eq!(of("star ", "Star Wars"), 12 + 50);
    assert_eq!(of("st", "Star Wars"), 8 + 50);
    assert_eq!(of("wars", "Star Wars"), 12);
    assert_eq!(of("star w", "Star Wars"), 20 + 50);
    // It begins with the letters, but not with the word.
    assert_eq!(of("star ", "Stardust star"), 12);
}
