//! `cargo xtask migration NAME`: drafts a migration.
//!
//! It compares the schema of the stored documents in the code with the snapshot after the last
//! migration, and writes the changes that follow from the difference. A decision that only a
//! person can make is left as an undefined name, so that the draft does not compile until it is
//! made.

mod compare;
mod difference;
mod draft;
mod shape;

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value;

use self::draft::Draft;
use crate::{paths, shell};

/// Drafts the next migration with this name.
pub(crate) fn run(name: &str) -> Result<()> {
    ensure!(!name.trim().is_empty(), "a migration needs a name");
    let domain = paths::top().join("crates/domain");
    let modules = modules(&domain)?;
    let last = u32::try_from(modules.len())?;
    let before: Value = serde_json::from_str(&read(&snapshot(&domain, last))?)?;
    let now: Value = serde_json::from_str(&shell::output(&mut shell::cargo([
        "run",
        "--locked",
        "--quiet",
        "--package",
        "domain",
        "--example",
        "schema",
    ]))?)?;
    if before == now {
        bail!("what is kept has the shape after migration {last}: there is nothing to draft");
    }
    let draft = Draft {
        number: last + 1,
        name: name.trim(),
        differences: &compare::compare(&before, &now),
    };
    let module = draft.module();
    let file = domain.join(format!("src/migrations/all/{module}.rs"));
    write(&file, &draft.text())?;
    write(&snapshot(&domain, draft.number), &format!("{now:#}\n"))?;
    let modules = [modules, vec![module]].concat();
    write(
        &domain.join("src/migrations/all.rs"),
        &draft::list(&modules),
    )?;
    shell::run(&mut shell::cargo(["fmt", "--package", "domain"]))?;
    for difference in draft.differences {
        println!("{difference}");
    }
    println!("drafted {}: see what is left to decide", file.display());
    Ok(())
}

/// The modules of the existing migrations, in order.
fn modules(domain: &Path) -> Result<Vec<String>> {
    let folder = domain.join("src/migrations/all");
    let mut modules = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        modules.extend(name.strip_suffix(".rs").map(str::to_owned));
    }
    modules.sort_unstable();
    for (index, module) in modules.iter().enumerate() {
        let number = format!("m{:04}", index + 1);
        ensure!(
            module.starts_with(&number),
            "`{module}` is there and `{number}` is not"
        );
    }
    Ok(modules)
}

fn snapshot(domain: &Path, number: u32) -> std::path::PathBuf {
    domain.join(format!("schema/{number:04}.json"))
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| path.display().to_string())
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| path.display().to_string())
}
