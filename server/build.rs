//! Compiles the site folder, which `cargo xtask build` writes, into the program.
//!
//! If the folder is missing (`cargo check` on a fresh clone) or was written by another version of
//! xtask, the program is built without pages, and refuses to start with a message that says so.

use std::env;
use std::error::Error;
use std::fmt::{self, Write as _};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(variable("OUT_DIR")?);
    let site = folder_of_profile(&out)?.join("site");
    // Cargo reruns a build script whenever a watched folder does not exist.
    fs::create_dir_all(&site)?;
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", site.display());
    let manifest = match fs::read_to_string(site.join("manifest.json")) {
        Ok(manifest) => serde_json::from_str(&manifest)?,
        Err(_) => Value::Null,
    };
    let source = match is_complete(&manifest) {
        true => source_of(&site, &manifest)?,
        false => source_of(&site, &Value::Null)?,
    };
    fs::write(out.join("site.rs"), source)?;
    Ok(())
}

const TEXTS: [&str; 3] = ["build", "style", "icon"];
const PROGRAM: &str = "frontend";
const ADDRESSES: [&str; 4] = ["start", "bindings", "module", "loader"];

/// Whether a manifest has every member that is read from it. With the files of an incomplete one the
/// pages would be served, but without WebAssembly.
fn is_complete(manifest: &Value) -> bool {
    let program = &manifest[PROGRAM];
    TEXTS.iter().all(|key| manifest[key].is_string())
        && ADDRESSES.iter().all(|key| program[key].is_string())
        && program["parts"].is_object()
        && manifest["files"].is_array()
}

#[expect(
    clippy::disallowed_methods,
    reason = "cargo speaks to build scripts by variables"
)]
fn variable(name: &str) -> Result<String, env::VarError> {
    env::var(name)
}

/// `target/debug` of `target/debug/build/server-0123/out`.
fn folder_of_profile(out: &Path) -> Result<&Path, String> {
    let folder = out.ancestors().nth(3);
    folder.ok_or_else(|| format!("{} is not where cargo puts build output", out.display()))
}

/// A Rust expression of type `Site`, which `src/site.rs` includes.
fn source_of(site: &Path, manifest: &Value) -> Result<String, Box<dyn Error>> {
    let mut source = String::from("Site {\n");
    for key in TEXTS {
        let text = manifest[key].as_str().unwrap_or_default();
        writeln!(source, "    {key}: {text:?},")?;
    }
    write_program(&mut source, &manifest[PROGRAM])?;
    let mut files: Vec<&Value> = manifest["files"].as_array().into_iter().flatten().collect();
    files.sort_by_key(|file| file["path"].as_str());
    source.push_str("    files: &[\n");
    for file in files {
        write_file(&mut source, site, file)?;
    }
    source.push_str("    ],\n}\n");
    Ok(source)
}

fn write_program(source: &mut String, program: &Value) -> fmt::Result {
    writeln!(source, "    {PROGRAM}: Program {{")?;
    for key in ADDRESSES {
        let text = program[key].as_str().unwrap_or_default();
        writeln!(source, "        {key}: {text:?},")?;
    }
    writeln!(source, "        parts: &[")?;
    for (name, files) in program["parts"].as_object().into_iter().flatten() {
        write_part(source, name, files)?;
    }
    writeln!(source, "        ],\n    }},")
}

fn write_part(source: &mut String, name: &str, files: &Value) -> fmt::Result {
    let files = files.as_array().into_iter().flatten();
    let files: Vec<&str> = files.filter_map(Value::as_str).collect();
    writeln!(
        source,
        "            Chunk {{ name: {name:?}, files: &{files:?} }},"
    )
}

fn write_file(source: &mut String, site: &Path, file: &Value) -> Result<(), Box<dyn Error>> {
    let text = |key: &str| {
        file[key]
            .as_str()
            .ok_or_else(|| format!("{key} is missing: {file}"))
    };
    let include = |name: &str| format!("include_bytes!({:?})", site.join(name));
    let form = |key: &str| match file[key].as_str() {
        Some(name) => format!("Some({})", include(name)),
        None => "None".to_owned(),
    };
    writeln!(source, "        SiteFile {{")?;
    writeln!(source, "            path: {:?},", text("path")?)?;
    writeln!(source, "            content_type: {:?},", text("type")?)?;
    writeln!(
        source,
        "            immutable: {},",
        file["immutable"] == true
    )?;
    writeln!(
        source,
        "            etag: {:?},",
        format!("W/\"{}\"", text("hash")?)
    )?;
    writeln!(
        source,
        "            identity: {},",
        include(text("identity")?)
    )?;
    writeln!(source, "            brotli: {},", form("br"))?;
    writeln!(source, "            gzip: {},", form("gzip"))?;
    writeln!(source, "        }},")?;
    Ok(())
}
