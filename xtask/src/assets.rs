//! The files of the site, by their address.

mod file;
mod program;

use std::path::Path;

use anyhow::Result;

pub(crate) use self::file::File;
pub(crate) use self::program::ProgramFiles;
use crate::digest::Digest;
use crate::folder;
use crate::wasm::Output;

/// The inputs of the site.
#[derive(Debug)]
pub(crate) struct AssetSources<'a> {
    /// The program that browsers run.
    pub(crate) program: Output,
    /// The script that starts the program.
    pub(crate) start: &'a [u8],
    /// The style sheet.
    pub(crate) style: Vec<u8>,
    /// The folder of files that are served as they are.
    pub(crate) public: &'a Path,
}

/// The files of the site, and which of them a page refers to.
#[derive(Debug)]
pub(crate) struct Files {
    /// The build id, which identifies exactly this set of files.
    pub(crate) build: String,
    /// The address of the style sheet.
    pub(crate) style: String,
    /// The package `frontend`.
    pub(crate) frontend: ProgramFiles,
    /// The address of the icon; empty when there is none.
    pub(crate) icon: String,
    /// The files that belong to no program.
    rest: Vec<File>,
}

/// Collects the build output and the folder `public`.
///
/// The icon gets a hash in its name; every other file in `public` keeps its name, because robots
/// and browsers request `/robots.txt` and `/favicon.ico` by these names.
pub(crate) fn collect(sources: AssetSources<'_>) -> Result<Files> {
    let style = File::hashed("main.css", sources.style)?;
    let mut site = Files {
        build: String::new(),
        style: style.path.clone(),
        frontend: ProgramFiles::new(sources.program, sources.start)?,
        icon: String::new(),
        rest: vec![style],
    };
    for (name, content) in folder::read(sources.public)? {
        let file = if name == "icon.svg" {
            File::hashed(&name, content)?
        } else {
            File::named(format!("/{name}"), content)?
        };
        if name == "icon.svg" {
            site.icon.clone_from(&file.path);
        }
        site.rest.push(file);
    }
    site.build = build_name(&site.all());
    Ok(site)
}

impl Files {
    /// The files, by address.
    pub(crate) fn all(&self) -> Vec<&File> {
        let mut all: Vec<&File> = self.frontend.files.iter().chain(&self.rest).collect();
        all.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        all
    }
}

fn build_name(files: &[&File]) -> String {
    let mut digest = Digest::default();
    for file in files {
        digest.add(&file.path);
        digest.add(&file.hash);
    }
    digest.short()
}

#[cfg(test)]
pub(crate) mod tests {
    use std::fs;

    use super::{AssetSources, Files, collect};
    use crate::wasm::Output;

    pub(crate) fn site(frontend: &[u8]) -> Files {
        let public = tempfile::tempdir().unwrap();
        fs::write(public.path().join("icon.svg"), "<svg/>").unwrap();
        fs::write(public.path().join("robots.txt"), "User-agent: *").unwrap();
        let sources = AssetSources {
            program: Output::with_part(frontend),
            start: b"// starts",
            style: b"a{}".to_vec(),
            public: public.path(),
        };
        collect(sources).unwrap()
    }

    #[test]
    fn another_module_changes_every_address_of_its_program_and_no_other() {
        let (one, other) = (site(b"one"), site(b"other"));
        assert_ne!(one.frontend.start, other.frontend.start);
        assert_ne!(one.frontend.module, other.frontend.module);
        assert_ne!(one.build, other.build);
        assert_eq!(one.style, other.style);
    }

    #[test]
    fn the_icon_is_hashed_and_the_rest_of_the_folder_keeps_its_names() {
        let site = site(b"frontend");
        assert!(site.icon.starts_with("/assets/icon.") && site.icon.ends_with(".svg"));
        let files = site.all();
        let robots = files.iter().find(|file| file.path == "/robots.txt");
        assert!(!robots.unwrap().immutable);
    }
}
