//! `cargo xtask tidy`: the rules of the workspace that no compiler knows.
//!
//! A rule is a function from one file, or from all files, to findings. Each has a test that proves
//! that it fires.

mod browser_tests;
mod callers;
mod compiled_packages;
mod dependencies;
mod documents;
mod language;
mod log_events;
mod packages;
mod rust;
mod selection;
mod source;
mod style;
mod text;
mod views;

use anyhow::{Result, bail};

pub(crate) use self::dependencies::check as dependencies;
use self::source::SourceFile;
use crate::paths;

/// A violation of a rule.
#[derive(Debug)]
struct Finding {
    path: String,
    /// Counted from 1; 0 stands for the whole file.
    line: usize,
    message: String,
}

type Rule = fn(&SourceFile) -> Vec<Finding>;
type WorkspaceRule = fn(&[SourceFile]) -> Vec<Finding>;

/// Rules for single files.
const RULES: &[Rule] = &[
    rust::size,
    rust::module_documentation,
    rust::forbidden_words,
    rust::doc_examples,
    rust::sleeping_tests,
    rust::environment,
    rust::views,
    rust::routes,
    rust::statuses,
    rust::time,
    browser_tests::forbidden_words,
    callers::callers,
    language::names,
    language::phrases,
    style::forced_declarations,
    style::id_selectors,
    style::raw_colours,
    text::line_ends,
    text::private_paths,
    text::lock_files,
    views::without_domain,
    packages::shape,
    packages::allowed_dependencies,
];

/// Rules for all files together.
const WORKSPACE_RULES: &[WorkspaceRule] = &[
    documents::glossary,
    documents::paths,
    log_events::log_events,
    style::components,
];

/// Checks all files of the repository.
pub(crate) fn run() -> Result<()> {
    let sources = source::read_all(paths::top())?;
    let of_files = sources
        .iter()
        .flat_map(|source| RULES.iter().flat_map(|rule| rule(source)));
    let of_house = WORKSPACE_RULES.iter().flat_map(|rule| rule(&sources));
    conclude(
        of_files.chain(of_house).collect(),
        &format!("{} files", sources.len()),
    )
}

fn conclude(mut findings: Vec<Finding>, checked: &str) -> Result<()> {
    findings.sort_by(|a, b| (&a.path, a.line).cmp(&(&b.path, b.line)));
    for finding in &findings {
        match finding.line {
            0 => println!("{}: {}", finding.path, finding.message),
            line => println!("{}:{line}: {}", finding.path, finding.message),
        }
    }
    match findings.len() {
        0 => println!("{checked} are tidy"),
        1 => bail!("one rule is broken"),
        count => bail!("rules are broken in {count} places"),
    }
    Ok(())
}
