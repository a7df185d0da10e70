//! Rule: what the domain does for somebody is told who asks.

use super::Finding;
use super::source::Source;

/// Functions that are told otherwise, and why.
const WITHOUT: [(&str, &str); 2] = [
    ("resume", "it finds out who asks"),
    (
        "sweep",
        "it is a job of the program and does nothing for anybody",
    ),
];

/// The first argument of every public function of the domain that reads or changes something for
/// somebody is the caller.
pub(super) fn callers(source: &Source) -> Vec<Finding> {
    let is_domain = ["accounts", "sessions"].iter().any(|room| {
        source
            .path
            .starts_with(&format!("crates/domain/src/{room}"))
    });
    if !is_domain {
        return Vec::new();
    }
    let functions = source.text.match_indices("    pub async fn ");
    functions
        .filter_map(|(start, prefix)| {
            let signature = &source.text[start + prefix.len()..];
            let signature = &signature[..signature.find('{').unwrap_or(signature.len())];
            let name = &signature[..signature.find(['(', '<']).unwrap_or(signature.len())];
            let is_told = signature.contains("caller: &Caller");
            let is_exempt = WITHOUT.iter().any(|(exempt, _)| *exempt == name);
            (!is_told && !is_exempt).then(|| {
                let line = source.text[..start].matches('\n').count() + 1;
                source.finding_at(
                    line,
                    format!("`{name}` is not told who asks: add a `Caller`"),
                )
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(path: &str, text: &str) -> usize {
        let source = Source {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        callers(&source).len()
    }

    #[test]
    fn a_function_that_is_not_told_who_asks_is_found() {
        let bad = "impl A {\n    pub async fn rename(&self, to: &str) -> Result<(), E> {\n";
        assert_eq!(findings("crates/domain/src/accounts.rs", bad), 1);
        assert_eq!(findings("crates/domain/src/sessions/sweep.rs", bad), 1);
    }

    #[test]
    fn told_exempt_and_foreign_functions_pass() {
        let told = "    pub async fn rename(\n        &self,\n        caller: &Caller,\n    ) {";
        let exempt = "    pub async fn resume(&self, key: SessionKey) -> R {";
        let foreign = "    pub async fn rename(&self) {";
        assert_eq!(findings("crates/domain/src/accounts.rs", told), 0);
        assert_eq!(findings("crates/domain/src/sessions.rs", exempt), 0);
        assert_eq!(findings("crates/store/src/embedded.rs", foreign), 0);
    }
}
