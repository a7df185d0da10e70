use std::io::Write as _;
use std::process::{Command, Stdio};

use super::super::difference::DifferenceKind;
use super::{Draft, SchemaDifference, list};

fn difference(path: &[&str], what: DifferenceKind) -> SchemaDifference {
    SchemaDifference {
        collection: "tales".to_owned(),
        path: path.iter().map(|&part| part.to_owned()).collect(),
        what,
    }
}

fn draft<'a>(name: &'a str, differences: &'a [SchemaDifference]) -> Draft<'a> {
    Draft {
        number: 2,
        name,
        differences,
    }
}

/// Formats the text with rustfmt, which rejects invalid Rust.
fn formatted(text: &str) -> String {
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = rustfmt.stdin.take().unwrap();
    input.write_all(text.as_bytes()).unwrap();
    drop(input);
    let output = rustfmt.wait_with_output().unwrap();
    assert!(output.status.success(), "{text}");
    String::from_utf8(output.stdout).unwrap()
}

/// One of each kind of difference, at each kind of path.
fn all() -> Vec<SchemaDifference> {
    let text = || "string".to_owned();
    let values = || vec!["a \"b\"".to_owned()];
    let places: [&[&str]; 6] = [
        &["f"],
        &["names", "first"],
        &["list", "[]", "key"],
        &["pair", "[1]"],
        &["map", "{}"],
        &["state=live", "at"],
    ];
    let mut all = vec![
        difference(&[], DifferenceKind::CollectionAdded),
        difference(&[], DifferenceKind::CollectionRemoved),
        difference(&[], DifferenceKind::Relisted(vec![text()], Vec::new())),
        difference(&[], DifferenceKind::Type(text(), text())),
        difference(&["state=dead"], DifferenceKind::VariantRemoved(text())),
    ];
    for place in places {
        for what in [
            DifferenceKind::OptionalAdded(text()),
            DifferenceKind::RequiredAdded(text()),
            DifferenceKind::Removed(text()),
            DifferenceKind::NowRequired,
            DifferenceKind::NowOptional,
            DifferenceKind::NullAllowed,
            DifferenceKind::NullForbidden,
            DifferenceKind::ValuesAdded(values()),
            DifferenceKind::ValuesRemoved(values()),
            DifferenceKind::VariantAdded(text()),
            DifferenceKind::VariantRemoved(text()),
            DifferenceKind::Type(text(), text()),
            DifferenceKind::Detail(text(), text(), text()),
        ] {
            all.push(difference(place, what));
        }
    }
    all
}

#[test]
fn a_draft_of_every_difference_is_rust_and_names_them_all() {
    let all = all();
    let text = formatted(&draft("everything", &all).text());
    for difference in &all {
        assert!(
            text.contains(&difference.to_string()),
            "{difference}\n{text}"
        );
    }
}

#[test]
fn what_can_be_known_is_written_and_what_cannot_does_not_compile() {
    let known = [difference(
        &["names", "first"],
        DifferenceKind::Removed("string".to_owned()),
    )];
    let text = formatted(&draft("less", &known).text());
    assert!(
        text.contains("within(body, &[\"names\"], |fields| {"),
        "{text}"
    );
    assert!(text.contains("fields.remove(\"first\");"), "{text}");
    assert!(text.contains("Kind::Rewritten(tales)"), "{text}");
    assert!(!text.contains("WHAT_BECOMES_OF"), "{text}");
    let open = [difference(
        &["rank"],
        DifferenceKind::RequiredAdded("integer".to_owned()),
    )];
    let text = formatted(&draft("more", &open).text());
    assert!(
        text.contains("fields.insert(\"rank\".to_owned(), WHAT_BECOMES_OF_TALES_RANK);"),
        "{text}"
    );
}

#[test]
fn documents_that_fit_are_not_touched() {
    let fits = [difference(
        &["nickname"],
        DifferenceKind::OptionalAdded("string".to_owned()),
    )];
    let text = formatted(&draft("a nickname", &fits).text());
    assert!(text.contains("changes: &[],"), "{text}");
    assert!(text.contains("use super::super::Migration;"), "{text}");
    assert!(text.contains("may be missing (string)"), "{text}");
}

#[test]
fn a_collection_that_is_listed_otherwise_is_not_rewritten_for_that() {
    let listed = [difference(
        &[],
        DifferenceKind::Relisted(Vec::new(), vec!["by".to_owned()]),
    )];
    let text = formatted(&draft("by", &listed).text());
    assert!(text.contains("Kind::Relisted"), "{text}");
    assert!(!text.contains("fn tales"), "{text}");
}

#[test]
fn a_name_of_two_hundred_letters_is_cut_in_the_file_name_and_kept_in_the_text() {
    let name = "Ärger & \"naïve\" names, of 200 letters. ".repeat(6);
    let name: String = name.chars().take(200).collect();
    assert_eq!(name.chars().count(), 200);
    let fits = [difference(&["f"], DifferenceKind::NowOptional)];
    let draft = draft(&name, &fits);
    assert_eq!(
        draft.module(),
        "m0002_rger_na_ve_names_of_200_letters_rger_na"
    );
    assert!(draft.module().len() < 60);
    let text = formatted(&draft.text());
    assert!(text.contains(&format!("{name:?}")), "{text}");
}

#[test]
fn any_name_makes_a_module() {
    let fits = [difference(&["f"], DifferenceKind::NowOptional)];
    for (name, module) in [
        ("Add a rank", "m0002_add_a_rank"),
        ("名前", "m0002"),
        ("../../etc/passwd", "m0002_etc_passwd"),
        ("--", "m0002"),
        ("2", "m0002_2"),
    ] {
        assert_eq!(draft(name, &fits).module(), module);
    }
}

#[test]
fn the_list_names_every_migration() {
    let modules = ["m0001_baseline", "m0002_more"].map(str::to_owned);
    let text = formatted(&list(&modules));
    assert!(
        text.contains("mod m0001_baseline;\nmod m0002_more;"),
        "{text}"
    );
    assert!(
        text.contains("&[&m0001_baseline::MIGRATION, &m0002_more::MIGRATION]"),
        "{text}"
    );
}
