//! A program that browsers run, as a folder of files.
//!
//! The files name each other as wasm-bindgen wrote it, relative and without a hash. What is in the
//! address is a hash of all of them, so a file is never loaded beside one of another build.

use anyhow::{Context as _, Result};

use super::file::File;
use crate::digest::{Digest, of_file};
use crate::wasm::{BINDINGS, MODULE, Output};

/// The name of the script that starts a program.
const START: &str = "start.js";

/// The files of a program, and which of them a page refers to.
#[derive(Debug)]
pub(crate) struct Program {
    /// The address of the script that starts the program.
    pub(crate) start: String,
    /// The address of the script that it imports.
    pub(crate) bindings: String,
    /// The address of the WebAssembly.
    pub(crate) module: String,
    /// The files, by name.
    pub(super) files: Vec<File>,
}

impl Program {
    /// The output of wasm-bindgen, with the script that starts it.
    pub(super) fn new(output: Output, start: &[u8]) -> Result<Self> {
        let mut files = output.0;
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
                .with_context(|| format!("wasm-bindgen has not written {name}"))
        };
        Ok(Self {
            start: address(START)?,
            bindings: address(BINDINGS)?,
            module: address(MODULE)?,
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
    use super::{BINDINGS, MODULE, Output, Program};

    fn program(module: &[u8], start: &str) -> Program {
        let snippet = ("snippets/a/inline0.js".to_owned(), b"//".to_vec());
        let output = Output(vec![
            (BINDINGS.to_owned(), b"// generated".to_vec()),
            (MODULE.to_owned(), module.to_vec()),
            snippet,
        ]);
        Program::new(output, start.as_bytes()).unwrap()
    }

    fn folder(address: &str) -> &str {
        let rest = address.strip_prefix("/assets/").unwrap();
        rest.split_once('/').unwrap().0
    }

    #[test]
    fn all_files_lie_in_one_folder_as_they_were_written() {
        let program = program(b"module", "start");
        assert_eq!(program.files.len(), 4);
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
        for other in [program(b"other", "start"), program(b"module", "other")] {
            assert_ne!(folder(&one.module), folder(&other.module));
            assert_ne!(folder(&one.bindings), folder(&other.bindings));
        }
    }

    #[test]
    fn a_program_without_its_module_is_an_error() {
        let output = Output(vec![(BINDINGS.to_owned(), Vec::new())]);
        let error = Program::new(output, b"").unwrap_err();
        assert!(error.to_string().contains(MODULE));
    }
}
