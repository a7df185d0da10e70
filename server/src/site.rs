//! The files that the pages consist of, compiled into the program.

use std::fmt;

/// The site of this build; empty when the program was built without it.
pub static SITE: Site = include!(concat!(env!("OUT_DIR"), "/site.rs"));

/// All files, and the addresses that a page refers to.
#[derive(Debug)]
pub struct Site {
    /// A name for exactly this set of files.
    pub build: &'static str,
    /// The address of the style sheet.
    pub style: &'static str,
    /// The address of the icon; empty when there is none.
    pub icon: &'static str,
    /// The program that makes every page alive.
    pub frontend: Program,
    /// The program that makes forms and videos alive.
    pub behaviour: Program,
    /// The files, sorted by address.
    pub files: &'static [SiteFile],
}

/// The addresses of the files of a program that browsers run; empty when the server was built without
/// its pages.
#[derive(Debug)]
pub struct Program {
    /// The script that starts the program.
    pub start: &'static str,
    /// The script that it imports.
    pub bindings: &'static str,
    /// The WebAssembly.
    pub module: &'static str,
}

/// One file, in every form that it is sent in.
pub struct SiteFile {
    /// The address, from the first slash on.
    pub path: &'static str,
    /// The value of `Content-Type`.
    pub content_type: &'static str,
    /// The address holds a hash of the content, so that it never means anything else.
    pub immutable: bool,
    /// The value of `ETag`; weak, because it is the same for all forms.
    pub etag: &'static str,
    /// As it is.
    pub identity: &'static [u8],
    /// Compressed by brotli, where that is smaller.
    pub brotli: Option<&'static [u8]>,
    /// Compressed by gzip, where that is smaller.
    pub gzip: Option<&'static [u8]>,
}

impl Site {
    /// Whether the program was built without its pages.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The file at this address.
    pub fn file(&self, path: &str) -> Option<&'static SiteFile> {
        let found = self
            .files
            .binary_search_by(|file| file.path.cmp(path))
            .ok()?;
        self.files.get(found)
    }
}

impl fmt::Debug for SiteFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("SiteFile")
            .field("path", &self.path)
            .field("bytes", &self.identity.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::SITE;

    #[test]
    fn every_file_is_found_by_its_address_and_no_other() {
        for file in SITE.files {
            assert!(std::ptr::eq(SITE.file(file.path).unwrap(), file));
        }
        assert!(SITE.file("/assets/").is_none());
    }

    #[test]
    fn what_a_page_refers_to_is_there_for_good() {
        let programs = [&SITE.frontend, &SITE.behaviour];
        let programs = programs.map(|program| [program.start, program.bindings, program.module]);
        let addresses = programs.concat().into_iter().chain([SITE.style, SITE.icon]);
        for address in addresses.filter(|address| !address.is_empty()) {
            assert!(SITE.file(address).unwrap().immutable, "{address}");
        }
    }

    /// A folder that another version of xtask has written is none.
    #[test]
    fn a_site_with_files_has_both_programs() {
        for program in [&SITE.frontend, &SITE.behaviour] {
            for address in [program.start, program.bindings, program.module] {
                assert_eq!(address.is_empty(), SITE.is_empty(), "{program:?}");
            }
        }
    }

    /// So that none of them is ever loaded beside one of another build.
    #[test]
    fn the_files_of_a_program_lie_in_one_folder() {
        let folder = |address: &'static str| Some(address.rsplit_once('/')?.0);
        for program in [&SITE.frontend, &SITE.behaviour] {
            let here = folder(program.start);
            assert_eq!(folder(program.bindings), here);
            assert_eq!(folder(program.module), here);
        }
    }
}
