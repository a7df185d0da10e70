//! The HTTP tests that run on the embedded store only.
//!
//! They test what happens before the store is called or after it has responded, so the store
//! cannot change the result. Every other module of `server/tests/http`, and so every new one, runs
//! on each store.

/// A module of `server/tests/http` that runs on the embedded store only.
#[derive(Debug)]
pub(super) struct Module {
    /// The path of the module in the test program, as in the names of its tests.
    pub(super) path: &'static str,
    /// Why the store cannot change the result of its tests.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "it is there to be read, and a test requires it")
    )]
    why: &'static str,
}

const fn once(path: &'static str, why: &'static str) -> Module {
    Module { path, why }
}

/// All such modules.
pub(super) const MODULES: &[Module] = &[
    once("assets", "the files are in the program"),
    once(
        "bad_input::bodies",
        "bodies are refused while they are read",
    ),
    once("bad_input::heads", "heads are refused while they are read"),
    once("body_memory", "bodies are refused while they are read"),
    once(
        "connections",
        "connections are closed before anything is asked",
    ),
    once("server_functions", "how server functions are called"),
    once("guard", "it is refused by its headers"),
    once("headers", "middleware writes them on every answer"),
    once("limits", "attempts are counted in memory"),
    once("pages::home", "it shows who is signed in, as every page"),
    once("pages::not_found", "there is no such route"),
    once("pages::policy", "the policy is made at the start"),
    once("pages::public::headers", "heads of documents are rendered"),
    once("pages::trouble", "the page that says that something failed"),
    once("program::cargo_leptos", "the files are in a folder"),
    once("program::log_pipe", "the log is written to a pipe"),
    once(
        "program::refusals",
        "options are refused before a store opens",
    ),
    once("reads", "reads are counted in memory"),
    once("slow_client", "connections are cut off by a clock"),
    once("sources", "whom the limits count is decided in memory"),
    once("textarea", "escaping is a matter of rendering"),
    once("v1::envelope", "how a problem is said"),
    once("v1::methods", "what the router refuses"),
];

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::MODULES;
    use crate::paths;

    #[test]
    fn each_is_there_and_has_a_reason() {
        let tests = paths::top().join("server/tests/http");
        for module in MODULES {
            let file = tests.join(module.path.replace("::", "/"));
            assert!(file.with_extension("rs").is_file(), "{}", module.path);
            assert!(!module.why.is_empty(), "{}", module.path);
        }
    }

    /// The test program skips every test whose name contains `headers::`, at any position.
    #[test]
    fn none_leaves_out_a_module_that_is_not_named() {
        let tests = paths::top().join("server/tests/http");
        for path in modules_in(&tests, "") {
            let is_named = MODULES
                .iter()
                .any(|module| format!("{path}::").starts_with(&format!("{}::", module.path)));
            let is_left_out = MODULES
                .iter()
                .any(|module| format!("{path}::").contains(&format!("{}::", module.path)));
            assert_eq!(is_left_out, is_named, "{path}");
        }
    }

    fn modules_in(folder: &Path, prefix: &str) -> Vec<String> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap();
            if path.is_dir() {
                found.extend(modules_in(&path, &format!("{prefix}{name}::")));
            } else {
                found.push(format!("{prefix}{name}"));
            }
        }
        found
    }
}
