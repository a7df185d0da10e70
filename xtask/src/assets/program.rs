//! A program for browsers, as a folder of files.
//!
//! The files refer to each other as the tools wrote it, by relative paths without a hash. The
//! address of the folder contains a hash of all files, so no file is loaded with those of another
//! build.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};

use super::file::File;
use crate::digest::{Digest, of_file};
use crate::wasm::{BINDINGS, LOADER, MODULE, Output};

/// The name of the script that starts a program.
const START: &str = "start.js";

/// The files of a program, and which of them a page refers to.
#[derive(Debug)]
pub(crate) struct ProgramFiles {
    /// The address of the script that starts the program.
    pub(crate) start: String,
    /// The address of the bindings, which that script imports.
    pub(crate) bindings: String,
    /// The address of the WebAssembly.
    pub(crate) module: String,
    /// The address of the script that loads parts; empty without parts.
    pub(crate) loader: String,
    /// The addresses of the files of each part, by the name of the part.
    pub(crate) parts: BTreeMap<String, Vec<String>>,
    /// The files, by name.
    pub(super) files: Vec<File>,
}

impl ProgramFiles {
    /// The output of the tools, with the script that starts the program.
    pub(super) fn new(output: Output, start: &[u8]) -> Result<Self> {
        let mut files = output.files;
        files.push((START.to_owned(), start.to_owned()));
        files.sort_unstable();
        let folder = folder_name(&files);
        let files = files
            .into_iter()
            .map(|(name, content)| File::in_hashed_folder(&folder, &name, content))
            .collect::<Result<Vec<File>>>()?;
        let address = |name: &str| {
            let path = format!("/assets/{folder}/{name}");
            let is_there = files.iter().any(|file| file.path == path);
            is_there
                .then_some(path)
                .with_context(|| format!("the tools have not written {name}"))
        };
        let loader = match output.parts.is_empty() {
            true => String::new(),
            false => address(LOADER)?,
        };
        let mut parts = BTreeMap::new();
        for (part, names) in output.parts {
            let addresses: Result<Vec<String>> = names.iter().map(|name| address(name)).collect();
            parts.insert(part, addresses?);
        }
        Ok(Self {
            start: address(START)?,
            bindings: address(BINDINGS)?,
            module: address(MODULE)?,
            loader,
            parts,
            files,
        })
    }
}

/// A hash of the names and contents of the files.
fn folder_name(files: &[(String, Vec<u8>)]) -> String {
    let mut digest = Digest::default();
    for (name, content) in files {
        digest.add(name);
        digest.add(of_file(content));
    }
    digest.short()
}

#[cfg(test)]
mod tests {
    use super::{LOADER, MODULE, Output, ProgramFiles};

    fn program(module: &[u8], start: &str) -> ProgramFiles {
        let mut output = Output::with_part(module);
        let snippet = ("snippets/a/inline0.js".to_owned(), b"//".to_vec());
        output.files.push(snippet);
        ProgramFiles::new(output, start.as_bytes()).unwrap()
    }

    fn folder(address: &str) -> &str {
        let rest = address.strip_prefix("/assets/").unwrap();
        rest.split_once('/').unwrap().0
    }

    #[test]
    fn all_files_lie_in_one_folder_as_they_were_written() {
        let program = program(b"module", "start");
        assert_eq!(program.files.len(), 7);
        let here = folder(&program.start);
        for file in &program.files {
            assert!(folder(&file.path) == here && file.immutable, "{file:?}");
        }
        let content = |path: &str| {
            let file = program.files.iter().find(|file| file.path == path);
            file.unwrap().content.as_slice()
        };
        assert_eq!(content(&program.start), b"start");
        assert_eq!(content(&program.bindings), b"// generated");
        assert_eq!(content(&program.module), b"module");
    }

    #[test]
    fn another_file_of_any_kind_is_another_folder() {
        let one = program(b"module", "start");
        assert_eq!(one.start, program(b"module", "start").start);
        let mut part = Output::with_part(b"module");
        part.files.last_mut().unwrap().1.push(0);
        let part = ProgramFiles::new(part, b"start").unwrap();
        for other in [
            program(b"other", "start"),
            program(b"module", "other"),
            part,
        ] {
            assert_ne!(folder(&one.module), folder(&other.module));
            assert_ne!(folder(&one.bindings), folder(&other.bindings));
        }
    }

    #[test]
    fn a_program_names_the_loader_and_the_files_of_each_part() {
        let program = program(b"module", "start");
        let here = folder(&program.start);
        let files = ["chunk_1.wasm", "split_a.wasm"].map(|name| format!("/assets/{here}/{name}"));
        assert_eq!(program.parts["a"], files);
        assert_eq!(program.loader, format!("/assets/{here}/{LOADER}"));
        let whole = ProgramFiles::new(Output::whole(b"module"), b"start").unwrap();
        assert!(whole.parts.is_empty() && whole.loader.is_empty());
    }

    #[test]
    fn a_program_without_one_of_its_files_is_an_error() {
        for lost in [MODULE, LOADER, "split_a.wasm"] {
            let mut output = Output::with_part(b"module");
            output.files.retain(|(name, _)| name != lost);
            let error = ProgramFiles::new(output, b"").unwrap_err();
            assert!(error.to_string().contains(lost));
        }
    }
}
