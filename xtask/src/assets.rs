//! Every file that the site consists of, under the address that it is asked for by.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::digest::{Digest, of_file};
use crate::wasm::{Bindings, Programs};

/// All files of the site, and which of them a page refers to.
#[derive(Debug)]
pub(crate) struct Files {
    /// A name for exactly this set of files.
    pub(crate) build: String,
    /// The address of the style sheet.
    pub(crate) style: String,
    /// The address of the script.
    pub(crate) script: String,
    /// The address of the WebAssembly.
    pub(crate) wasm: String,
    /// The address of the script of forms and videos.
    pub(crate) behaviour: String,
    /// The address of the icon; empty when there is none.
    pub(crate) icon: String,
    /// The files, by address.
    pub(crate) files: Vec<File>,
}

/// One file of the site.
#[derive(Debug)]
pub(crate) struct File {
    /// The address, from the first slash on.
    pub(crate) path: String,
    /// The value of `Content-Type`.
    pub(crate) content_type: &'static str,
    /// The address holds the hash of the content, so that it never means anything else.
    pub(crate) immutable: bool,
    /// The hash of the content.
    pub(crate) hash: String,
    /// The content.
    pub(crate) content: Vec<u8>,
}

/// Puts the built parts and the folder `public` together.
///
/// The icon becomes one of the hashed files; all else in `public` keeps its name, because robots and
/// browsers ask for `/robots.txt` and `/favicon.ico` by these names.
pub(crate) fn collect(programs: Programs, sheet: Vec<u8>, public: &Path) -> Result<Files> {
    let [script, wasm] = program("inspired", programs.page)?;
    let [behaviour, behaviour_wasm] = program("behaviour", programs.behaviour)?;
    let style = File::hashed("main.css", sheet)?;
    let mut site = Files {
        build: String::new(),
        style: style.path.clone(),
        script: script.path.clone(),
        wasm: wasm.path.clone(),
        behaviour: behaviour.path.clone(),
        icon: String::new(),
        files: vec![wasm, script, behaviour_wasm, behaviour, style],
    };
    for (name, content) in read_folder(public)? {
        let file = if name == "icon.svg" {
            File::hashed(&name, content)?
        } else {
            File::named(format!("/{name}"), content)?
        };
        if name == "icon.svg" {
            site.icon.clone_from(&file.path);
        }
        site.files.push(file);
    }
    site.files.sort_by(|a, b| a.path.cmp(&b.path));
    site.build = build_name(&site.files);
    Ok(site)
}

/// The script of a program, which starts it, and its WebAssembly.
fn program(name: &str, bindings: Bindings) -> Result<[File; 2]> {
    let wasm = File::hashed(&format!("{name}.wasm"), bindings.module)?;
    let script = starting(bindings.script, &wasm.path);
    let script = File::hashed(&format!("{name}.js"), script)?;
    Ok([script, wasm])
}

impl File {
    /// A file under an address with its hash: `/assets/main.0123456789abcdef.css`.
    fn hashed(name: &str, content: Vec<u8>) -> Result<Self> {
        let hash = of_file(&content);
        let (stem, extension) = name
            .rsplit_once('.')
            .with_context(|| format!("{name} has no extension"))?;
        let path = format!("/assets/{stem}.{hash}.{extension}");
        let content_type = content_type(&path)?;
        Ok(Self {
            path,
            content_type,
            immutable: true,
            hash,
            content,
        })
    }

    fn named(path: String, content: Vec<u8>) -> Result<Self> {
        let hash = of_file(&content);
        let content_type = content_type(&path)?;
        Ok(Self {
            path,
            content_type,
            immutable: false,
            hash,
            content,
        })
    }
}

/// The script with the lines that start the program.
///
/// A module that cannot be had (the server is being upgraded, the connection is gone) leaves the page
/// as it is: every form on it works without. A trap in the module itself is not caught, because it is
/// a defect that must be seen.
fn starting(mut script: Vec<u8>, wasm: &str) -> Vec<u8> {
    let start = format!(
        "\nfetch(\"{wasm}\").then((answer) => answer.ok ? answer : null, () => null)\
         .then((answer) => answer && __wbg_init({{ module_or_path: answer }}));\n"
    );
    script.extend_from_slice(start.as_bytes());
    script
}

fn build_name(files: &[File]) -> String {
    let mut digest = Digest::default();
    for file in files {
        digest.add(&file.path);
        digest.add(&file.hash);
    }
    digest.short()
}

/// What is in the folder, by name relative to it; names with a leading dot are left out.
fn read_folder(folder: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let mut found = Vec::new();
    let mut waiting = vec![(String::new(), folder.to_owned())];
    while let Some((prefix, folder)) = waiting.pop() {
        let entries =
            fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else {
                bail!("the name of {} is not text", entry.path().display());
            };
            if name.starts_with('.') {
                continue;
            }
            let name = format!("{prefix}{name}");
            if entry.file_type()?.is_dir() {
                waiting.push((format!("{name}/"), entry.path()));
            } else {
                let content = fs::read(entry.path())
                    .with_context(|| format!("cannot read {}", entry.path().display()))?;
                found.push((name, content));
            }
        }
    }
    Ok(found)
}

fn content_type(path: &str) -> Result<&'static str> {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    Ok(match extension {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/x-icon",
        "jpg" => "image/jpeg",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "xml" => "application/xml; charset=utf-8",
        _ => bail!("{path}: add the content type of this kind of file to xtask/src/assets.rs"),
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Files, collect};
    use crate::wasm::{Bindings, Programs};

    fn site(page: &[u8], behaviour: &[u8]) -> Files {
        let program = |module: &[u8]| Bindings {
            script: b"// glue".to_vec(),
            module: module.to_vec(),
        };
        let programs = Programs {
            page: program(page),
            behaviour: program(behaviour),
        };
        let public = tempfile::tempdir().unwrap();
        fs::write(public.path().join("icon.svg"), "<svg/>").unwrap();
        fs::write(public.path().join("robots.txt"), "User-agent: *").unwrap();
        collect(programs, b"a{}".to_vec(), public.path()).unwrap()
    }

    fn text<'a>(site: &'a Files, path: &str) -> &'a str {
        let file = site.files.iter().find(|file| file.path == path).unwrap();
        std::str::from_utf8(&file.content).unwrap()
    }

    #[test]
    fn each_script_starts_its_module_by_its_own_address() {
        let site = site(b"page", b"behaviour");
        let start = format!("fetch(\"{}\")", site.wasm);
        assert!(text(&site, &site.script).contains(&start));
        let start = text(&site, &site.behaviour).contains("fetch(\"/assets/behaviour.");
        assert!(start && site.script != site.behaviour);
    }

    #[test]
    fn another_module_changes_every_address_that_leads_to_it() {
        let (one, other) = (site(b"one", b"same"), site(b"other", b"same"));
        assert_ne!(one.wasm, other.wasm);
        assert_ne!(one.script, other.script);
        assert_ne!(one.build, other.build);
        assert_eq!(one.style, other.style);
        assert_eq!(one.behaviour, other.behaviour);
        let other = site(b"one", b"changed");
        assert_ne!(one.behaviour, other.behaviour);
        assert_ne!(one.build, other.build);
    }

    #[test]
    fn the_icon_is_hashed_and_the_rest_of_the_folder_keeps_its_names() {
        let site = site(b"page", b"behaviour");
        assert!(site.icon.starts_with("/assets/icon.") && site.icon.ends_with(".svg"));
        let robots = site
            .files
            .iter()
            .find(|file| file.path == "/robots.txt")
            .unwrap();
        assert!(!robots.immutable);
    }
}
