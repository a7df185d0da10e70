//! Rule: `docs/LOGGING.md` lists every log event with its level and its fields.

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use super::source::SourceFile;

/// The document.
const LIST: &str = "docs/LOGGING.md";
/// The folders of code that logs.
const LOGGING: [&str; 4] = [
    "app/src/",
    "crates/domain/src/",
    "crates/store/src/",
    "server/src/",
];
const LEVELS: [&str; 5] = ["error", "warn", "info", "debug", "trace"];

/// A log event.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Event {
    message: String,
    level: String,
    fields: BTreeSet<String>,
}

/// Requires that the code and the document have the same events.
pub(super) fn log_events(sources: &[SourceFile]) -> Vec<Finding> {
    let Some(list) = sources.iter().find(|source| source.path == LIST) else {
        return Vec::new();
    };
    let listed: BTreeMap<Event, usize> = list
        .text
        .lines()
        .enumerate()
        .filter_map(|(index, line)| Some((listed_event(line)?, index + 1)))
        .collect();
    let mut logged = BTreeSet::new();
    let mut findings = Vec::new();
    for source in sources.iter().filter(|source| logs(source)) {
        for (line, event) in events(source) {
            let finding = match event {
                Ok(event) if listed.contains_key(&event) => {
                    logged.insert(event);
                    continue;
                }
                Ok(event) => format!("{LIST} lacks the row {}", row(&event)),
                Err(why) => why.to_owned(),
            };
            findings.push(source.finding_at(line, finding));
        }
    }
    let unused = listed.iter().filter(|(event, _)| !logged.contains(event));
    findings.extend(unused.map(|(event, line)| {
        let message = format!(
            "no code logs “{}” with this level and these fields",
            event.message
        );
        list.finding_at(*line, message)
    }));
    findings
}

fn logs(source: &SourceFile) -> bool {
    let is_part = LOGGING.iter().any(|folder| source.path.starts_with(folder));
    is_part && source.is("rs") && !source.is_test()
}

fn row(event: &Event) -> String {
    let fields: Vec<_> = event
        .fields
        .iter()
        .map(|field| format!("`{field}`"))
        .collect();
    format!(
        "| {} | {} | {} |",
        event.message,
        event.level,
        fields.join(", ")
    )
}

/// Parses the event of a row `| message | level | fields | … |`.
fn listed_event(line: &str) -> Option<Event> {
    let mut cells = line.strip_prefix("| ")?.split(" |").map(str::trim);
    let (message, level, fields) = (cells.next()?, cells.next()?, cells.next()?);
    if !LEVELS.contains(&level) {
        return None;
    }
    let fields = fields.split('`').skip(1).step_by(2);
    Some(Event {
        message: message.to_owned(),
        level: level.to_owned(),
        fields: fields.map(str::to_owned).collect(),
    })
}

/// The events of a file with their lines, up to its inline tests; `mod tests;` is not an inline
/// test module.
fn events(source: &SourceFile) -> Vec<(usize, Result<Event, &'static str>)> {
    let text = source.text.split("#[cfg(test)]\nmod tests {").next();
    let text = text.unwrap_or_default();
    let mut found = Vec::new();
    for (at, _) in text.match_indices("tracing::") {
        let line = text[..at].matches('\n').count() + 1;
        let before = text[..at].rsplit('\n').next().unwrap_or_default();
        let rest = &text[at + "tracing::".len()..];
        if before.contains("//") {
            continue;
        }
        if before.trim_start().starts_with("use ") && imports_macro(rest) {
            found.push((
                line,
                Err("name the macro by its path, as in `tracing::info!`"),
            ));
        }
        let Some((name, arguments)) = rest.split_once("!(") else {
            continue;
        };
        match name {
            "event" => found.push((line, Err("choose a level, as in `tracing::info!`"))),
            level if LEVELS.contains(&level) => found.push((line, event(level, arguments))),
            _ => {}
        }
    }
    found
}

fn imports_macro(import: &str) -> bool {
    let import = import.split(';').next().unwrap_or_default();
    let mut names = import.split(|c: char| !c.is_alphanumeric() && c != '_');
    names.any(|name| name == "event" || LEVELS.contains(&name))
}

/// The event of a macro with these arguments.
fn event(level: &str, arguments: &str) -> Result<Event, &'static str> {
    const SHAPE: &str = "an event is `name = value` fields, and one text without values at the end";
    let arguments = arguments_of(arguments);
    let (message, fields) = arguments.split_last().ok_or(SHAPE)?;
    let message = text_of(message).ok_or(SHAPE)?;
    let fields = fields.iter().map(|field| field_name(field).ok_or(SHAPE));
    Ok(Event {
        message,
        level: level.to_owned(),
        fields: fields.collect::<Result<_, _>>()?,
    })
}

/// The arguments up to the closing parenthesis.
fn arguments_of(text: &str) -> Vec<String> {
    let mut arguments = vec![String::new()];
    let (mut depth, mut in_string) = (0_usize, false);
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' if in_string => {
                push(&mut arguments, character);
                characters
                    .next()
                    .into_iter()
                    .for_each(|c| push(&mut arguments, c));
                continue;
            }
            '"' => in_string = !in_string,
            _ if in_string => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => break,
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => {
                arguments.push(String::new());
                continue;
            }
            _ => {}
        }
        push(&mut arguments, character);
    }
    let trimmed = arguments.iter().map(|argument| argument.trim().to_owned());
    trimmed.filter(|argument| !argument.is_empty()).collect()
}

fn push(arguments: &mut [String], character: char) {
    if let Some(last) = arguments.last_mut() {
        last.push(character);
    }
}

/// The value of a string literal without placeholders; lines that are continued with a backslash
/// are joined.
fn text_of(literal: &str) -> Option<String> {
    let text = literal.strip_prefix('"')?.strip_suffix('"')?;
    let mut lines = text.split("\\\n");
    let first = lines.next()?.to_owned();
    let text = lines.fold(first, |text, line| text + line.trim_start());
    (!text.contains(['{', '"', '\\'])).then_some(text)
}

/// The name of a field in `name = value`, `%name`, `?name` or `name`.
fn field_name(field: &str) -> Option<String> {
    let name = match field.split_once('=') {
        Some((name, _)) => name.trim(),
        None => field.trim_start_matches(['%', '?']),
    };
    let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    (!name.is_empty() && name.chars().all(is_name)).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::source::source;
    use super::*;

    const ROW: &str = "| logged in | info | `account`, `source` | a session begins |";

    const LOGGED_IN: &str = "tracing::info!(account, source, \"logged in\");";

    fn findings(list: &str, code: &str) -> Vec<String> {
        let sources = [source(LIST, list), source("server/src/a.rs", code)];
        let found = log_events(&sources).into_iter();
        found.map(|finding| finding.message).collect()
    }

    #[test]
    fn the_list_and_the_code_agree() {
        for code in [
            "tracing::info!(account = %id, source, \"logged in\");",
            "tracing::info!(\n    ?source,\n    account = f(a, \"b, c\"),\n    \"logged \\\n     in\",\n);",
        ] {
            assert_eq!(findings(ROW, code), [""; 0], "{code}");
        }
        let test = "#[cfg(test)]\nmod tests { tracing::info!(\"x\") }";
        assert_eq!(findings("", test), [""; 0]);
        let declared = format!("#[cfg(test)]\nmod tests;\n\n{LOGGED_IN}");
        assert_eq!(findings(ROW, &declared), [""; 0]);
        assert_eq!(findings("", &declared).len(), 1);
        assert_eq!(findings("", "// tracing::info!(\"x\")"), [""; 0]);
        assert_eq!(findings("", "tracing::info_span!(\"x\")"), [""; 0]);
    }

    #[test]
    fn an_event_that_is_not_listed_as_it_is_logged_is_found() {
        for code in [
            "tracing::info!(account, \"logged in\");",
            "tracing::warn!(account, source, \"logged in\");",
            "tracing::info!(account, source, \"logged out\");",
        ] {
            assert_eq!(findings(ROW, code).len(), 2, "{code}");
        }
        assert_eq!(
            findings("", "tracing::info!(\"x\")"),
            [format!("{LIST} lacks the row | x | info |  |")]
        );
    }

    #[test]
    fn a_row_that_nothing_logs_is_found() {
        assert_eq!(findings(ROW, "").len(), 1);
        assert_eq!(
            findings("| Event | Level | Fields |\n|---|---|---|", ""),
            [""; 0]
        );
    }

    #[test]
    fn an_event_that_cannot_be_listed_is_found() {
        for code in [
            "tracing::info!(\"hello {name}\");",
            "tracing::info!(\"hello {}\", name);",
            "tracing::info!(account);",
            "tracing::event!(Level::INFO, \"x\");",
            "use tracing::{Level, info};",
            "use tracing::warn;",
        ] {
            assert_eq!(findings("", code).len(), 1, "{code}");
        }
    }
}
