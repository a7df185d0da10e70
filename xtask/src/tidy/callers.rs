//! Rule: every public function of the domain that uses the store takes the caller.

use super::Finding;
use super::source::SourceFile;

/// Functions without a caller: their file, their name, and the reason.
const WITHOUT: [(&str, &str, &str); 5] = [
    (
        "hashing.rs",
        "hash",
        "the pool of hashing threads knows no accounts",
    ),
    (
        "hashing.rs",
        "verify",
        "the pool of hashing threads knows no accounts",
    ),
    ("sessions.rs", "resume", "it finds out who the caller is"),
    (
        "sessions/sweep.rs",
        "sweep",
        "a job of the program, for no account",
    ),
    ("lib.rs", "ping", "it asks whether the store can be reached"),
];

/// Requires that the first argument of every public function of the domain that reads or changes
/// stored data is the caller. Those functions are the asynchronous ones, because the store is
/// asynchronous.
pub(super) fn callers(source: &SourceFile) -> Vec<Finding> {
    let Some(file) = source.path.strip_prefix("crates/domain/src/") else {
        return Vec::new();
    };
    let functions = source.text.match_indices("    pub async fn ");
    functions
        .filter_map(|(start, prefix)| {
            let signature = &source.text[start + prefix.len()..];
            let (name, arguments) = signature.split_once('(')?;
            let name = name.split('<').next().unwrap_or(name);
            let is_exempt = WITHOUT
                .iter()
                .any(|(place, exempt, _)| (*place, *exempt) == (file, name));
            (!is_exempt && !first_is_caller(arguments)).then(|| {
                let line = source.text[..start].matches('\n').count() + 1;
                let message = format!("the first argument of `{name}` is not `&Caller`");
                source.finding_at(line, message)
            })
        })
        .collect()
}

/// True if the first argument after `self` is a caller.
fn first_is_caller(arguments: &str) -> bool {
    let arguments = arguments.trim_start();
    let arguments = arguments.strip_prefix("&self,").unwrap_or(arguments);
    let first = arguments.split([',', ')']).next().unwrap_or_default();
    first.trim().ends_with(": &Caller")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn findings(path: &str, text: &str) -> usize {
        let source = SourceFile {
            path: path.to_owned(),
            text: text.to_owned(),
        };
        callers(&source).len()
    }

    #[test]
    fn a_function_whose_first_argument_is_no_caller_is_found() {
        let bad = "impl A {\n    pub async fn rename(&self, to: &str) -> Result<(), E> {\n";
        assert_eq!(findings("crates/domain/src/accounts.rs", bad), 1);
        assert_eq!(
            findings("crates/domain/src/catalogue/service/videos.rs", bad),
            1
        );
        let second = "    pub async fn rename(&self, to: &str, caller: &Caller) {\n";
        assert_eq!(findings("crates/domain/src/accounts.rs", second), 1);
    }

    #[test]
    fn functions_with_a_caller_exempt_ones_and_those_of_other_crates_pass() {
        let told = "    pub async fn rename(\n        &self,\n        caller: &Caller,\n    ) {";
        let exempt = "    pub async fn resume(&self, key: SessionKey) -> R {";
        let unused = "    pub async fn list(&self, _: &Caller, limit: usize) {";
        let foreign = "    pub async fn rename(&self) {";
        assert_eq!(findings("crates/domain/src/accounts.rs", told), 0);
        assert_eq!(findings("crates/domain/src/sessions.rs", exempt), 0);
        assert_eq!(findings("crates/domain/src/catalogue/public.rs", unused), 0);
        assert_eq!(findings("crates/store/src/embedded.rs", foreign), 0);
    }
}
