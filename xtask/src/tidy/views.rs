//! Rule: views do not depend on the domain.

use super::Finding;
use super::source::{Line, SourceFile};

/// Files of `app` that may use the domain: the request context and the bodies of server functions.
const REQUESTS: [&str; 4] = [
    "app/src/response.rs",
    "app/src/request_context.rs",
    "app/src/api.rs",
    "app/src/api/",
];

/// Code that names the crate.
const DOMAIN: [&str; 4] = ["domain::", "domain as", "use domain", "extern crate domain"];

/// Code that names the request context, through which the whole domain is reachable.
const CONTEXT: [&str; 2] = ["visit::", "use crate::visit"];

/// Forbids the domain and the request context in views: a view shows a model of `types`, and must
/// compile for the browser, where neither exists.
pub(super) fn without_domain(source: &SourceFile) -> Vec<Finding> {
    let is_view = source.path.starts_with("app/src/") && source.is("rs");
    if !is_view || REQUESTS.iter().any(|path| source.path.starts_with(path)) {
        return Vec::new();
    }
    let names = |line: &Line<'_>| {
        let mut names = DOMAIN.iter().chain(&CONTEXT);
        names.any(|name| line.mentions(name))
    };
    source
        .code()
        .filter(names)
        .map(|line| line.finding("a view shows a model of types::pages and knows no domain"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::source::source;
    use super::without_domain;

    fn findings(path: &str, text: &str) -> usize {
        without_domain(&source(path, text)).len()
    }

    #[test]
    fn a_view_that_knows_the_domain_is_found() {
        for code in [
            "use domain::catalogue::Catalogue;",
            "use {\n    domain::Caller,\n    leptos::prelude::*,\n};",
            "use domain;",
            "use domain as d;",
            "extern crate domain;",
            "fn show(caller: &domain::Caller) {}",
            "#[cfg(test)]\nmod tests {\n    use domain::Caller;\n}",
            "use crate::visit::Visit;",
            "let caller = visit::Visit::current()?.caller;",
        ] {
            assert_eq!(findings("app/src/pages/home.rs", code), 1, "{code}");
        }
    }

    #[test]
    fn the_bodies_of_server_functions_and_other_crates_know_it() {
        let code = "use domain::Caller;";
        for path in [
            "app/src/request_context.rs",
            "app/src/api/accounts.rs",
            "server/src/studio.rs",
        ] {
            assert_eq!(findings(path, code), 0, "{path}");
        }
        for code in [
            "// As domain::catalogue says.",
            "let domain = page.domain.clone();",
            "use types::pages::VideoPage;",
            "pub mod visit;",
        ] {
            assert_eq!(findings("app/src/pages/home.rs", code), 0, "{code}");
        }
    }
}
