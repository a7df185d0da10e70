//! Rules for words: the names and phrases that `docs/GLOSSARY.md` has replaced do not come back.

use super::Finding;
use super::source::{SourceFile, mentions};

/// Names of types that were retired, and the terms that replace them.
const RETIRED_NAMES: &[(&str, &str)] = &[
    ("Arrival", "`RequestMeta`"),
    ("Asked", "`EntityListParams` or `ListParams`"),
    ("Bed", "`TestStore` or `TestApp`"),
    ("Beginning", "`InitialState`"),
    ("Bin", "trash"),
    ("Carried", "`RequestSession`"),
    ("Clash", "`Conflict`"),
    ("Desk", "`EditPage` or `EditForm`"),
    ("Due", "`OutboxEntry` or `DueRefresh`"),
    ("Edge", "`HttpService`"),
    ("Failure", "`Problem`"),
    ("Fate", "an outcome of its own name"),
    ("Finder", "`ElasticsearchSearch`"),
    ("Found", "a result of its own name"),
    ("Guess", "`LoginAttempt`"),
    ("Guest", "a connection"),
    ("Held", "a guard of its own name"),
    ("Holdings", "`OwnedArtists`"),
    ("Judgement", "`ReviewStatus` or a decision"),
    ("Keeper", "`IndexMaintainer`"),
    ("Maker", "`Creator` or a source"),
    ("Opened", "`OpenedStore`"),
    ("Ownership", "`CacheValidity`"),
    ("Patient", "`WriteTimeoutStream`"),
    ("Place", "a permit or a position"),
    ("Remembered", "`CachedCollection`"),
    ("Resumed", "`ResumedSession`"),
    ("Rival", "`LockWatcher`"),
    ("Roster", "`AccountSessions`"),
    ("Seen", "what was observed"),
    ("SessionWire", "`SessionHandle`"),
    ("Sheet", "`EditPage` or `EditForm`"),
    ("Shelf", "`CollectionIndex`"),
    ("Shown", "the data of a view"),
    ("Somebody", "`LoadClient`"),
    ("Stamp", "`KeyReservation`"),
    ("Stamped", "`ReserveOutcome`"),
    ("Standing", "`ReviewStatus` or `StoreState`"),
    ("Tally", "counts"),
    ("Teller", "`StepReporter`"),
    ("Thing", "entity"),
    ("Things", "`CatalogueContext`"),
    ("Told", "`ReportedStep`"),
    ("Trouble", "`Problem`"),
    ("Visit", "`RequestContext`"),
    ("Way", "`Fault`"),
    ("Witness", "`ForeignLoad`"),
];

/// Beginnings of sentences that hide their subject.
const RETIRED_BEGINNINGS: &[(&str, &str)] = &[
    ("So many ", "Maximum number of …"),
    ("So much ", "Maximum size of …"),
    ("So long ", "Time after which …"),
    ("So often ", "Interval between …"),
];

/// Phrases that hide who acts.
const RETIRED_PHRASES: &[(&str, &str)] = &[
    ("whoever", "the account, the client or the process"),
    ("whose they are", "the owner"),
    ("of theirs", "the owner's"),
    ("is told", "the client receives"),
    ("are told", "the clients receive"),
];

/// Files that must contain the retired words.
const EXCEPTIONS: &[&str] = &["docs/GLOSSARY.md", "xtask/src/tidy/language.rs"];

/// A retired name in Rust code.
pub(super) fn names(source: &SourceFile) -> Vec<Finding> {
    if !source.is("rs") || EXCEPTIONS.contains(&source.path.as_str()) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for line in source.code() {
        for (name, term) in RETIRED_NAMES {
            if line.mentions(name) {
                findings.push(line.finding(format!("`{name}` is retired: say {term}")));
            }
        }
    }
    findings
}

/// A retired phrase in a comment or a document.
pub(super) fn phrases(source: &SourceFile) -> Vec<Finding> {
    if EXCEPTIONS.contains(&source.path.as_str()) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (index, line) in source.text.lines().enumerate() {
        let Some(prose) = prose_of(source, line) else {
            continue;
        };
        for (phrase, instead) in retired_in(prose) {
            let message = format!("\"{}\" is retired: say \"{instead}\"", phrase.trim());
            findings.push(source.finding_at(index + 1, message));
        }
    }
    findings
}

/// The part of a line that is written for readers: a whole line of Markdown, the comment of code.
fn prose_of<'a>(source: &SourceFile, line: &'a str) -> Option<&'a str> {
    let line = line.trim_start();
    if source.is("md") {
        return Some(line);
    }
    let is_code = ["rs", "ts", "css"].iter().any(|end| source.is(end));
    let is_comment = ["//", "/*", "* "].iter().any(|mark| line.starts_with(mark));
    (is_code && is_comment).then(|| line.trim_start_matches(['/', '!', '*', ' ']))
}

/// The retired beginnings and phrases of a line, each with what to say in its place.
fn retired_in(prose: &str) -> Vec<(&'static str, &'static str)> {
    let begins = |words: &str| {
        prose.match_indices(words).any(|(at, _)| {
            let before = prose[..at].trim_end();
            before.is_empty() || before.ends_with(['.', '?', '!', ':', '|', '-'])
        })
    };
    let lower = prose.to_lowercase();
    let beginnings = RETIRED_BEGINNINGS.iter().filter(|(words, _)| begins(words));
    let phrases = RETIRED_PHRASES
        .iter()
        .filter(|(words, _)| mentions(&lower, words));
    beginnings.chain(phrases).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::super::source::source;
    use super::{names, phrases};

    #[test]
    fn a_retired_name_in_code_is_found() {
        let found = |text: &str| names(&source("app/src/a.rs", text)).len();
        assert_eq!(found("struct Sheet;\nfn a(_: &Sheet) {}\n"), 2);
        assert_eq!(
            found("struct Sheets;\n// a Sheet\nconst A: &str = \"Sheet\";\n"),
            0
        );
    }

    #[test]
    fn a_retired_beginning_is_found_in_comments_and_documents() {
        let found = |path: &str, text: &str| phrases(&source(path, text)).len();
        assert_eq!(
            found("a.rs", "    /// So many are kept.\nconst A: u8 = 1;\n"),
            1
        );
        assert_eq!(found("a.rs", "// It ends. So long it waits.\n"), 1);
        assert_eq!(found("a.css", "/* So often. */\n"), 0);
        assert_eq!(found("a.css", "/* So often as needed. */\n"), 1);
        assert_eq!(found("docs/A.md", "So many bytes.\n"), 1);
        assert_eq!(found("a.rs", "// Waits for so long, and not So long.\n"), 0);
        assert_eq!(found("a.rs", "let a = \"So many errors\";\n"), 0);
    }

    #[test]
    fn a_phrase_that_hides_who_acts_is_found() {
        let found = |path: &str, text: &str| phrases(&source(path, text)).len();
        assert_eq!(found("a.rs", "/// Whoever asks is told.\n"), 2);
        assert_eq!(found("README.md", "a video of theirs\n"), 1);
        assert_eq!(found("a.rs", "let a = is_told();\n"), 0);
        assert_eq!(found("docs/GLOSSARY.md", "not whoever\n"), 0);
    }
}
