//! Rules for Rust files.

use super::Finding;
use super::source::{Line, SourceFile};

const LINES: usize = 500;
const LINES_OF_TESTS: usize = 800;

/// Names of failures in `StatusCode`.
const FAILURES: [&str; 14] = [
    "BAD_REQUEST",
    "UNAUTHORIZED",
    "FORBIDDEN",
    "NOT_FOUND",
    "METHOD_NOT_ALLOWED",
    "CONFLICT",
    "PAYLOAD_TOO_LARGE",
    "UNSUPPORTED_MEDIA_TYPE",
    "UNPROCESSABLE_ENTITY",
    "MISDIRECTED_REQUEST",
    "TOO_MANY_REQUESTS",
    "REQUEST_TIMEOUT",
    "INTERNAL_SERVER_ERROR",
    "SERVICE_UNAVAILABLE",
];

/// Files that may name the status of a failure, and why.
const STATUSES: [(&str, &str); 4] = [
    ("server/src/problem.rs", "it is the mapping"),
    ("server/src/problem/", "its parts"),
    (
        "server/src/health.rs",
        "readiness is a status and nothing else",
    ),
    (
        "server/src/middleware/trace.rs",
        "chooses the level of a log line by the status, and answers with none",
    ),
];

/// Files that may read the time, and why.
const CLOCKS: [(&str, &str); 15] = [
    ("crates/cluster/", "waits for processes, in real time"),
    (
        "crates/testbed/src/prepared.rs",
        "lets a real server finish what it was asked for",
    ),
    ("crates/domain/src/clock.rs", "it is the clock"),
    (
        "crates/domain/src/hashing/workers.rs",
        "measures what a hash costs, in real time",
    ),
    ("crates/measure/", "measures, in real time"),
    (
        "server/src/sitemap/cache.rs",
        "looks at the search index again after a second, in real time",
    ),
    (
        "server/src/middleware/reads.rs",
        "counts reads of sources in real time",
    ),
    (
        "server/src/not_found_delay.rs",
        "says nothing sooner than something",
    ),
    ("server/src/command/reindex.rs", "says how long it took"),
    ("server/src/command/seed.rs", "says how long it took"),
    (
        "crates/store/src/elasticsearch/",
        "measures how long nodes are silent, in real time",
    ),
    (
        "server/src/command/doctor.rs",
        "measures what a hash costs, in real time",
    ),
    (
        "server/src/middleware.rs",
        "measures how long an answer took, in real time",
    ),
    (
        "server/src/listener",
        "finds the connection that has been idle for longest, in real time",
    ),
    ("xtask/", "says how long things took"),
];

/// Limits the size of a file: a larger one contains more than one noun.
pub(super) fn size(source: &SourceFile) -> Vec<Finding> {
    let most = if source.is_test() {
        LINES_OF_TESTS
    } else {
        LINES
    };
    let lines = source.text.lines().count();
    if !source.is("rs") || lines <= most {
        return Vec::new();
    }
    vec![source.finding(format!(
        "{lines} lines; at most {most}: find the second noun in it"
    ))]
}

/// Requires module documentation.
pub(super) fn module_documentation(source: &SourceFile) -> Vec<Finding> {
    let says_it_by_name = source.path.ends_with("/tests.rs");
    if !source.is("rs") || says_it_by_name || source.text.starts_with("//! ") {
        return Vec::new();
    }
    vec![source.finding_at(
        1,
        "the first line is not a `//!` sentence that says what this is for",
    )]
}

/// Forbids unfinished code and disabled checks.
pub(super) fn forbidden_words(source: &SourceFile) -> Vec<Finding> {
    const WORDS: [(&str, &str); 5] = [
        ("#[ignore", "a test that does not run proves nothing"),
        ("#[allow(", "say `#[expect(…, reason = …)]`"),
        ("#![allow(", "say `#![expect(…, reason = …)]`"),
        ("todo!", "unfinished"),
        ("unimplemented!", "unfinished"),
    ];
    let finding = |line: Line<'_>| {
        let (word, why) = WORDS.iter().find(|(word, _)| line.mentions(word))?;
        Some(line.finding(format!("`{word}`: {why}")))
    };
    lines(source).filter_map(finding).collect()
}

/// Forbids examples in documentation, because no crate runs them (`doctest = false`).
pub(super) fn doc_examples(source: &SourceFile) -> Vec<Finding> {
    if !source.is("rs") {
        return Vec::new();
    }
    let is_fence = |line: &str| {
        let comment = line.trim_start();
        let text = comment
            .strip_prefix("///")
            .or_else(|| comment.strip_prefix("//!"));
        text.is_some_and(|text| text.trim_start().starts_with("```"))
    };
    let lines = source.text.lines().enumerate();
    lines
        .filter(|(_, line)| is_fence(line))
        .map(|(index, _)| {
            let message = "an example in a comment is not run: make it a test";
            source.finding_at(index + 1, message.to_owned())
        })
        .collect()
}

/// Forbids tests that wait for a time instead of a condition.
pub(super) fn sleeping_tests(source: &SourceFile) -> Vec<Finding> {
    let sleeps = |line: &Line<'_>| line.mentions("thread::sleep(") || line.mentions("time::sleep(");
    lines(source)
        .filter(|line| line.in_test && sleeps(line))
        .map(|line| line.finding("a test waits for a condition, never for a time"))
        .collect()
}

/// Forbids reading the environment outside the configuration.
pub(super) fn environment(source: &SourceFile) -> Vec<Finding> {
    const READERS: [&str; 5] = [
        "crates/testbed/",
        "server/src/config.rs",
        "server/src/config/",
        "server/build.rs",
        "xtask/",
    ];
    if is_in(source, &READERS) {
        return Vec::new();
    }
    const READS: [&str; 4] = ["env::var", "env::var_os", "env::vars", "env::vars_os"];
    lines(source)
        .filter(|line| READS.iter().any(|read| line.mentions(read)))
        .map(|line| line.finding("only server/src/config reads the environment"))
        .collect()
}

/// Forbids views outside `app`, except in tests.
pub(super) fn views(source: &SourceFile) -> Vec<Finding> {
    if is_in(source, &["app/", "frontend/"]) {
        return Vec::new();
    }
    lines(source)
        .filter(|line| !line.in_test && line.mentions("view!"))
        .map(|line| line.finding("`view!` belongs into app"))
        .collect()
}

/// Forbids routes outside `server/src/router.rs`. `self.route(` is not axum's method.
pub(super) fn routes(source: &SourceFile) -> Vec<Finding> {
    if is_in(source, &["server/src/router.rs"]) {
        return Vec::new();
    }
    lines(source)
        .filter(|line| !line.in_test)
        .filter(|line| adds_route(&line.code) || line.mentions("Router::new"))
        .map(|line| line.finding("routes are added in server/src/router.rs only"))
        .collect()
}

fn adds_route(code: &str) -> bool {
    code.match_indices(".route(")
        .any(|(at, _)| !code[..at].ends_with("self"))
}

/// Forbids failure statuses outside their mapping.
pub(super) fn statuses(source: &SourceFile) -> Vec<Finding> {
    if STATUSES
        .iter()
        .any(|(path, _)| source.path.starts_with(path))
    {
        return Vec::new();
    }
    let is_failure = |line: &Line<'_>| {
        FAILURES
            .iter()
            .any(|name| line.mentions(&format!("StatusCode::{name}")))
    };
    lines(source)
        .filter(|line| !line.in_test && is_failure(line))
        .map(|line| line.finding("only server/src/problem.rs knows the status of a failure"))
        .collect()
}

/// Forbids reading the time outside the clock, so that tests can replace it.
pub(super) fn time(source: &SourceFile) -> Vec<Finding> {
    if CLOCKS.iter().any(|(path, _)| source.path.starts_with(path)) {
        return Vec::new();
    }
    const READS: [&str; 3] = ["now_utc", "SystemTime::now", "Instant::now"];
    lines(source)
        .filter(|line| !line.in_test && READS.iter().any(|read| line.mentions(read)))
        .map(|line| line.finding("only domain::clock reads the time"))
        .collect()
}

fn lines(source: &SourceFile) -> impl Iterator<Item = Line<'_>> {
    source.code().filter(|_| source.is("rs"))
}

fn is_in(source: &SourceFile, places: &[&str]) -> bool {
    places.iter().any(|place| source.path.starts_with(place))
}

#[cfg(test)]
mod tests {
    use super::super::Rule;
    use super::super::source::source;
    use super::{
        doc_examples, environment, forbidden_words, module_documentation, routes, size,
        sleeping_tests, statuses, time, views,
    };

    /// True if the rule finds a violation in this text at this path.
    fn fires(rule: Rule, path: &str, text: &str) -> bool {
        !rule(&source(path, text)).is_empty()
    }

    #[test]
    fn an_example_that_no_test_runs_is_found() {
        assert!(fires(doc_examples, "app/src/a.rs", "    /// ```\n"));
        assert!(!fires(doc_examples, "app/src/a.rs", "/// A sentence.\n"));
        assert!(!fires(doc_examples, "docs/a.md", "```\n"));
    }

    #[test]
    fn a_file_of_501_lines_is_too_long_unless_it_is_a_test() {
        let lines = "\n".repeat(501);
        assert!(fires(size, "app/src/a.rs", &lines));
        assert!(!fires(size, "app/src/a.rs", &lines[1..]));
        assert!(!fires(size, "server/tests/http/a.rs", &lines));
        assert!(fires(size, "server/tests/http/a.rs", &"\n".repeat(801)));
    }

    #[test]
    fn a_module_without_a_sentence_about_it_is_found() {
        assert!(fires(module_documentation, "app/src/a.rs", "use b;\n"));
        assert!(!fires(
            module_documentation,
            "app/src/a.rs",
            "//! What it is.\n"
        ));
        assert!(!fires(
            module_documentation,
            "app/src/a/tests.rs",
            "use b;\n"
        ));
    }

    #[test]
    fn what_is_unfinished_or_switched_off_is_found() {
        for word in [
            "#[ignore]",
            "#[ignore = 1]",
            "#[allow(dead_code)]",
            "#![allow(x)]",
        ] {
            assert!(fires(forbidden_words, "app/src/a.rs", word), "{word}");
        }
        assert!(fires(forbidden_words, "app/src/a.rs", "fn a() { todo!() }"));
        assert!(fires(
            forbidden_words,
            "app/src/a.rs",
            "fn a() { unimplemented!() }"
        ));
        assert!(!fires(forbidden_words, "app/src/a.rs", "// todo!"));
    }

    #[test]
    fn a_test_that_waits_for_a_time_is_found() {
        let sleep = "std::thread::sleep(second);";
        assert!(fires(sleeping_tests, "server/tests/a.rs", sleep));
        assert!(fires(
            sleeping_tests,
            "app/src/a.rs",
            &format!("#[cfg(test)]\n{sleep}")
        ));
        assert!(!fires(sleeping_tests, "app/src/a.rs", sleep));
    }

    #[test]
    fn reading_the_environment_outside_the_configuration_is_found() {
        assert!(fires(
            environment,
            "crates/store/src/a.rs",
            "std::env::var(name)"
        ));
        assert!(fires(
            environment,
            "server/src/configuration.rs",
            "env::var_os(name)"
        ));
        assert!(!fires(
            environment,
            "server/src/config/http.rs",
            "std::env::var(name)"
        ));
        assert!(!fires(environment, "server/src/a.rs", "env!(name)"));
    }

    #[test]
    fn a_view_outside_app_is_found() {
        assert!(fires(views, "server/src/a.rs", "view! { <p/> }"));
        assert!(!fires(views, "app/src/a.rs", "view! { <p/> }"));
    }

    #[test]
    fn a_route_outside_the_router_is_found() {
        assert!(fires(routes, "server/src/v1.rs", "a.route(path, get(b))"));
        assert!(fires(routes, "server/src/v1.rs", "Router::new()"));
        assert!(!fires(
            routes,
            "server/src/router.rs",
            "Router::new().route(path, get(b))"
        ));
        assert!(!fires(routes, "server/tests/a.rs", "Router::new()"));
        assert!(!fires(routes, "server/src/a.rs", "self.route(request)"));
    }

    #[test]
    fn a_failure_status_outside_the_mapping_is_found() {
        assert!(fires(
            statuses,
            "server/src/v1.rs",
            "StatusCode::BAD_REQUEST"
        ));
        assert!(!fires(statuses, "server/src/v1.rs", "StatusCode::CREATED"));
        assert!(!fires(
            statuses,
            "server/src/problem.rs",
            "StatusCode::BAD_REQUEST"
        ));
    }

    #[test]
    fn reading_the_time_outside_the_clock_is_found() {
        for read in [
            "OffsetDateTime::now_utc()",
            "SystemTime::now()",
            "Instant::now()",
        ] {
            assert!(fires(time, "server/src/a.rs", read), "{read}");
            assert!(!fires(time, "crates/domain/src/clock.rs", read), "{read}");
        }
    }
}
