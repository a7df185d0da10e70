//! Serves the site from the folder that `cargo leptos` writes during development, so that a change
//! needs no build of the program.
//!
//! File names have no hash, so browsers revalidate them for each page.

use std::{
    fs,
    path::{Path, PathBuf},
};

use app::page::{PageAssets, ProgramAssets};
use axum::{http::header, response::IntoResponse};
use leptos::config::LeptosOptions;
use tower_http::services::{ServeDir, ServeFile};

/// The script that starts the WebAssembly; `cargo leptos` does not know of it.
const START: &str = include_str!("../../frontend/start.js");
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

/// The URLs of a page's files. There are no preload hints for chunks, which are loaded on demand.
pub(crate) fn page_assets(options: &LeptosOptions) -> PageAssets {
    let package = package(options);
    let file = |name: &str| format!("{package}/{name}");
    PageAssets {
        style: file(&format!("{}.css", options.output_name)),
        frontend: ProgramAssets {
            start: file("start.js"),
            bindings: file("program.js"),
            module: file("program_bg.wasm"),
            ..ProgramAssets::default()
        },
        icon: "/icon.svg".to_owned(),
        build: "cargo-leptos".to_owned(),
    }
}

/// Serves the start script.
pub(crate) async fn show_start() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, JAVASCRIPT)], START)
}

/// Serves the package folder.
pub(crate) fn folder(options: &LeptosOptions) -> ServeDir {
    ServeDir::new(package_folder(options))
}

/// Files with a route of their own: the module, which `cargo leptos` names otherwise than
/// wasm-bindgen, and the files beside the package folder at the start, which come from `public`.
pub(crate) fn files(options: &LeptosOptions) -> Vec<(String, ServeFile)> {
    let module = package_folder(options).join("program.wasm");
    let module = (
        format!("{}/program_bg.wasm", package(options)),
        ServeFile::new(module),
    );
    let beside = fs::read_dir(options.site_root.as_ref());
    let beside = beside.into_iter().flatten().flatten();
    let beside = beside.filter(|file| file.path().is_file());
    let beside = beside.filter_map(|file| {
        let path = format!("/{}", file.file_name().to_str()?);
        Some((path, ServeFile::new(file.path())))
    });
    beside.chain([module]).collect()
}

/// The sources of the WebSocket that makes a page reload itself, to be appended to a source list of a
/// content security policy.
pub(crate) fn reload_sources(options: &LeptosOptions) -> String {
    let hosts = ["127.0.0.1", "localhost"];
    let sources = hosts.map(|host| format!(" ws://{host}:{}", options.reload_port));
    sources.concat()
}

/// The path of the package.
pub(crate) fn package(options: &LeptosOptions) -> String {
    format!("/{}", options.site_pkg_dir)
}

fn package_folder(options: &LeptosOptions) -> PathBuf {
    Path::new(options.site_root.as_ref()).join(options.site_pkg_dir.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options() -> LeptosOptions {
        let options = LeptosOptions::builder().output_name("program");
        options.site_pkg_dir("pkg").build()
    }

    #[test]
    fn a_page_finds_its_files_in_the_package() {
        let assets = page_assets(&options());
        assert_eq!(assets.style, "/pkg/program.css");
        assert_eq!(assets.frontend.start, "/pkg/start.js");
        assert!(assets.frontend.loader.is_empty() && assets.frontend.parts.is_empty());
    }

    #[test]
    fn a_page_may_hear_of_changes_on_this_machine_only() {
        let sources = " ws://127.0.0.1:3001 ws://localhost:3001";
        assert_eq!(reload_sources(&options()), sources);
    }
}
