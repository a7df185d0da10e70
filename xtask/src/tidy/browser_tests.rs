//! Rules for the tests in a browser.

use super::Finding;
use super::source::{SourceFile, mentions};

/// Forbids waiting for a time, and skipping or focusing tests.
pub(super) fn forbidden_words(source: &SourceFile) -> Vec<Finding> {
    const WORDS: [&str; 8] = [
        "waitForTimeout",
        "setTimeout",
        "test.only",
        "test.skip",
        "test.fixme",
        "test.describe.only",
        "test.describe.skip",
        "test.describe.fixme",
    ];
    if !source.path.starts_with("end2end/") || !(source.is("ts") || source.is("js")) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (index, line) in source.text.lines().enumerate() {
        for word in WORDS.iter().filter(|word| mentions(line, word)) {
            let message = format!("`{word}`: a test waits for a condition, and every test runs");
            findings.push(source.finding_at(index + 1, message));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::source::source;
    use super::forbidden_words;

    #[test]
    fn a_test_that_waits_for_a_time_or_does_not_run_is_found() {
        for line in [
            "await page.waitForTimeout(10);",
            "test.only('a', b);",
            "test.skip();",
        ] {
            assert_eq!(
                forbidden_words(&source("end2end/tests/a.spec.ts", line)).len(),
                1,
                "{line}"
            );
        }
        assert!(forbidden_words(&source("end2end/tests/a.spec.ts", "test('a', b);")).is_empty());
    }
}
