//! The files of the pages, compiled into the program.

use std::fmt;

/// The site of this build; empty if the program was built without pages.
pub static SITE: Site = include!(concat!(env!("OUT_DIR"), "/site.rs"));

/// All files, and the URLs that a page refers to.
#[derive(Debug)]
pub struct Site {
    /// The id of the build, which identifies exactly this set of files.
    pub build: &'static str,
    /// The URL of the style sheet.
    pub style: &'static str,
    /// The URL of the icon; empty if there is none.
    pub icon: &'static str,
    /// The WebAssembly program that hydrates pages.
    pub frontend: Program,
    /// The files, sorted by path.
    pub files: &'static [SiteFile],
}

/// The URLs of the WebAssembly program's files; empty if the server was built without pages.
#[derive(Debug)]
pub struct Program {
    /// The script that starts the program.
    pub start: &'static str,
    /// The script of wasm-bindgen, which the first one imports.
    pub bindings: &'static str,
    /// The WebAssembly module.
    pub module: &'static str,
    /// The script that loads chunks; empty if there are none.
    pub loader: &'static str,
    /// The chunks, which are loaded on demand.
    pub parts: &'static [Chunk],
}

/// A chunk, which is loaded on demand.
#[derive(Debug)]
pub struct Chunk {
    /// The name in `#[wasm_split(NAME, …)]`.
    pub name: &'static str,
    /// The URLs of its files besides those of the program, in any order; chunks can share files.
    pub files: &'static [&'static str],
}

/// A file in every encoding.
pub struct SiteFile {
    /// The path of its URL.
    pub path: &'static str,
    /// The value of `Content-Type`.
    pub content_type: &'static str,
    /// Whether the path contains a hash of the content, so that it never changes.
    pub immutable: bool,
    /// The value of `ETag`; weak, because all encodings share it.
    pub etag: &'static str,
    /// The plain content.
    pub identity: &'static [u8],
    /// Compressed with brotli, if that is smaller.
    pub brotli: Option<&'static [u8]>,
    /// Compressed with gzip, if that is smaller.
    pub gzip: Option<&'static [u8]>,
}

impl Site {
    /// Whether the program was built without pages.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The file at this path.
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
    use std::collections::BTreeSet;

    use super::{Program, SITE};

    #[test]
    fn every_file_is_found_by_its_address_and_no_other() {
        for file in SITE.files {
            assert!(std::ptr::eq(SITE.file(file.path).unwrap(), file));
        }
        assert!(SITE.file("/assets/").is_none());
    }

    /// The URLs that a page refers to and that its scripts request, except empty ones.
    fn addresses(program: &Program) -> impl Iterator<Item = &'static str> {
        let whole = [
            program.start,
            program.bindings,
            program.module,
            program.loader,
        ];
        let parts = program.parts.iter().flat_map(|part| part.files).copied();
        let all = whole.into_iter().chain(parts);
        all.filter(|address| !address.is_empty())
    }

    #[test]
    fn what_a_page_refers_to_is_there_for_good() {
        let own = [SITE.style, SITE.icon].into_iter();
        let own = own.filter(|address| !address.is_empty());
        for address in addresses(&SITE.frontend).chain(own) {
            assert!(SITE.file(address).unwrap().immutable, "{address}");
        }
    }

    /// Browsers compile WebAssembly while it arrives only with this type.
    #[test]
    fn the_files_of_the_parts_are_webassembly() {
        for part in SITE.frontend.parts {
            assert!(!part.files.is_empty(), "{part:?}");
            for address in part.files {
                let file = SITE.file(address).unwrap();
                assert_eq!(file.content_type, "application/wasm", "{address}");
            }
        }
    }

    /// No tool has written a URL into a file, so the folder can be named after its content.
    #[test]
    fn the_loader_names_bindings_and_parts_by_their_names_alone() {
        let program = &SITE.frontend;
        let Some(loader) = SITE.file(program.loader) else {
            return;
        };
        let loader = String::from_utf8_lossy(loader.identity);
        assert!(loader.contains("from \"./program.js\""), "{loader}");
        for address in program.parts.iter().flat_map(|part| part.files) {
            let name = address.rsplit('/').next().unwrap();
            assert!(loader.contains(&format!("\"./{name}\"")), "{address}");
        }
    }

    /// Without its chunk a page is never hydrated; a chunk without pages is never preloaded.
    #[test]
    fn the_parts_are_those_that_pages_are_in() {
        let named: BTreeSet<&str> = app::chunks::PARTS.iter().map(|(_, name)| *name).collect();
        let built: BTreeSet<&str> = SITE.frontend.parts.iter().map(|part| part.name).collect();
        assert!(SITE.is_empty() || named == built, "{named:?} {built:?}");
    }

    #[test]
    fn there_is_a_loader_where_there_are_parts() {
        let program = &SITE.frontend;
        assert_eq!(program.loader.is_empty(), program.parts.is_empty());
    }

    /// A folder that another version of xtask has written counts as none.
    #[test]
    fn a_site_with_files_has_its_program() {
        let program = &SITE.frontend;
        for address in [program.start, program.bindings, program.module] {
            assert_eq!(address.is_empty(), SITE.is_empty(), "{program:?}");
        }
    }

    /// So that files of two builds are never loaded together.
    #[test]
    fn the_files_of_a_program_lie_in_one_folder() {
        let folder = |address: &'static str| Some(address.rsplit_once('/')?.0);
        let program = &SITE.frontend;
        for address in addresses(program) {
            assert_eq!(folder(address), folder(program.start), "{address}");
        }
    }
}
