//! The text of a drafted migration.

use std::fmt::Write as _;

use super::difference::{DifferenceKind, DocumentImpact, SchemaDifference};

#[cfg(test)]
mod tests;

/// Maximum length of the name in the name of the file; the number makes it unique, and the file
/// contains the whole name.
const LETTERS: usize = 40;

/// The known parts of a migration.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) number: u32,
    pub(super) name: &'a str,
    pub(super) differences: &'a [SchemaDifference],
}

/// The text of the list of all migrations.
pub(super) fn list(modules: &[String]) -> String {
    let mods: String = modules.iter().map(|one| format!("mod {one};\n")).collect();
    let all: Vec<_> = modules
        .iter()
        .map(|one| format!("&{one}::MIGRATION"))
        .collect();
    format!(
        "//! The list of all migrations, which `cargo xtask migration` keeps.\n\n{mods}\n\
         use super::Migration;\n\n/// All of them, by number.\n\
         pub(super) static ALL: &[&Migration] = &[{}];\n",
        all.join(", ")
    )
}

impl Draft<'_> {
    /// The name of the module and of its file.
    pub(super) fn module(&self) -> String {
        let mut slug = String::new();
        for letter in self.name.chars().map(|letter| letter.to_ascii_lowercase()) {
            if slug.len() == LETTERS {
                break;
            }
            match letter {
                'a'..='z' | '0'..='9' => slug.push(letter),
                _ if slug.is_empty() || slug.ends_with('_') => {}
                _ => slug.push('_'),
            }
        }
        let slug = slug.trim_matches('_');
        let number = format!("m{:04}", self.number);
        match slug {
            "" => number,
            _ => format!("{number}_{slug}"),
        }
    }

    /// The text of the file.
    pub(super) fn text(&self) -> String {
        let changes: String = self.changes().iter().map(change).collect();
        let functions: String = self
            .rewritten()
            .iter()
            .map(|one| self.function(one))
            .collect();
        let (body, within) = match functions.as_str() {
            "" => ("", ""),
            text if text.contains("within(") => ("Body, ", ", within"),
            _ => ("Body, ", ""),
        };
        let kinds = if changes.is_empty() {
            ""
        } else {
            "Change, Kind, "
        };
        format!(
            "//! Migration {number}. What was different in the code, when it was drafted:\n//!\n{list}\n\
             use super::super::{{{body}{kinds}Migration{within}}};\n\n\
             pub(super) static MIGRATION: Migration = Migration {{\n\
             number: {number}, name: {name:?}, changes: &[{changes}],\n}};\n{functions}",
            number = self.number,
            name = self.name,
            list = self.list(),
        )
    }

    fn list(&self) -> String {
        let lines = self.differences.iter();
        let mut list = String::new();
        for line in lines {
            let _ = writeln!(list, "//! - {line}");
        }
        list
    }

    fn changes(&self) -> Vec<(String, Option<&'static str>)> {
        let mut changes: Vec<_> = self
            .rewritten()
            .into_iter()
            .map(|name| (name, None))
            .collect();
        for difference in self.differences {
            let name = difference.collection.clone();
            match difference.what {
                DifferenceKind::CollectionAdded => changes.push((name, Some("Added"))),
                DifferenceKind::CollectionRemoved => changes.push((name, Some("Removed"))),
                // A rewritten collection is listed again anyway.
                DifferenceKind::Relisted(..)
                    if !changes.iter().any(|(other, _)| *other == name) =>
                {
                    changes.push((name, Some("Relisted")));
                }
                _ => {}
            }
        }
        changes.sort();
        changes
    }

    /// The collections whose documents change.
    fn rewritten(&self) -> Vec<String> {
        let changed = self.differences.iter().filter(|one| touches(&one.what));
        let mut names: Vec<_> = changed.map(|one| one.collection.clone()).collect();
        names.dedup();
        names
    }

    fn function(&self, collection: &str) -> String {
        let of_it = self.differences.iter();
        let of_it = of_it.filter(|one| one.collection == collection && !is_whole(&one.what));
        let steps: String = of_it.map(step).collect();
        format!("\nfn {collection}(body: &mut Body) -> Result<(), String> {{\n{steps}Ok(())\n}}\n")
    }
}

/// True if documents change because of it.
fn touches(what: &DifferenceKind) -> bool {
    !is_whole(what) && what.need() != DocumentImpact::Nothing
}

/// True for a difference of a whole collection.
fn is_whole(what: &DifferenceKind) -> bool {
    matches!(
        what,
        DifferenceKind::CollectionAdded
            | DifferenceKind::CollectionRemoved
            | DifferenceKind::Relisted(..)
    )
}

fn change((collection, kind): &(String, Option<&'static str>)) -> String {
    let kind = match kind {
        Some(kind) => format!("Kind::{kind}"),
        None => format!("Kind::Rewritten({collection})"),
    };
    format!("Change {{ collection: {collection:?}, kind: {kind} }},\n")
}

/// The code for one difference.
fn step(difference: &SchemaDifference) -> String {
    let comment = format!("// {difference}.\n");
    let (way, field) = split(&difference.path);
    let deed = match (difference.what.need(), field) {
        (DocumentImpact::Nothing, _) => return format!("{comment}// Documents of before fit.\n"),
        (DocumentImpact::Known, Some(field)) => format!("fields.remove({field:?});"),
        (_, Some(field)) => format!(
            "fields.insert({field:?}.to_owned(), {});",
            undecided(difference)
        ),
        (_, None) => format!("*fields = {};", undecided(difference)),
    };
    format!("{comment}within(body, &{way:?}, |fields| {{\n{deed}\nOk(())\n}})?;\n")
}

/// Splits a path into the one to the object that changes, and its field.
fn split(path: &[String]) -> (&[String], Option<&str>) {
    let is_field = |part: &String| !part.contains('=') && !part.starts_with(['[', '{']);
    match path.iter().rposition(is_field) {
        Some(at) => (&path[..at], Some(&path[at])),
        None => (path, None),
    }
}

/// An undefined name for what only a person can decide.
fn undecided(difference: &SchemaDifference) -> String {
    let parts = [
        std::slice::from_ref(&difference.collection),
        &difference.path,
    ]
    .concat();
    let all: String = parts.join("_").to_ascii_uppercase();
    let letters = all.chars().map(|one| match one {
        'A'..='Z' | '0'..='9' => one,
        _ => '_',
    });
    let name: String = letters.collect();
    format!("WHAT_BECOMES_OF_{}", name.trim_end_matches('_'))
}
