//! Writes the site folder: the files of the site, their compressed forms and their manifest, as
//! `server/build.rs` reads them.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::assets::{File, Files, ProgramFiles};
use crate::build::Profile;
use crate::compression::{Compressed, compress};
use crate::report;

/// The result of writing the folder.
#[derive(Debug)]
pub(crate) struct WrittenSite {
    /// A table of sizes.
    pub(crate) sizes: Vec<Vec<String>>,
}

/// Writes the site folder unless its content is unchanged: otherwise Cargo would build the server
/// again.
///
/// The folder is written beside its place and moved there, so that no build sees an incomplete
/// one.
pub(crate) fn write(folder: &Path, profile: Profile, site: &Files) -> Result<WrittenSite> {
    let before = PreviousSite::read(folder);
    let mut entries = Vec::new();
    let mut contents = Vec::new();
    let mut sizes = vec![heading(profile)];
    for file in site.all() {
        let compressed = match profile {
            Profile::Debug => Compressed::default(),
            Profile::Release => before
                .compressed(file)
                .map_or_else(|| compress(&file.content), Ok)?,
        };
        sizes.push(row(profile, file, &compressed));
        entries.push(entry(file, &compressed));
        contents.push((file, compressed));
    }
    let manifest = json!({
        "build": site.build,
        "style": site.style,
        "frontend": addresses(&site.frontend),
        "icon": site.icon,
        "files": entries,
    });
    let manifest = format!("{manifest:#}\n");
    if before.manifest != manifest || !before.is_whole {
        replace(folder, &manifest, &contents)?;
    }
    Ok(WrittenSite { sizes })
}

fn addresses(program: &ProgramFiles) -> Value {
    json!({
        "start": program.start,
        "bindings": program.bindings,
        "module": program.module,
        "loader": program.loader,
        "parts": program.parts,
    })
}

fn heading(profile: Profile) -> Vec<String> {
    let columns: &[&str] = match profile {
        Profile::Debug => &["", "bytes"],
        Profile::Release => &["", "bytes", "gzip", "brotli"],
    };
    columns.iter().map(|&column| column.to_owned()).collect()
}

fn row(profile: Profile, file: &File, compressed: &Compressed) -> Vec<String> {
    let size = |form: &Option<Vec<u8>>| {
        form.as_ref()
            .map_or_else(|| "-".to_owned(), |form| report::size(form.len()))
    };
    let mut row = vec![file.path.clone(), report::size(file.content.len())];
    if profile == Profile::Release {
        row.extend([size(&compressed.gzip), size(&compressed.brotli)]);
    }
    row
}

/// The name of a file in the folder: its address without the prefix of hashed files.
fn stored_name(file: &File) -> String {
    let name = file.path.trim_start_matches('/');
    format!("files/{}", name.strip_prefix("assets/").unwrap_or(name))
}

fn entry(file: &File, compressed: &Compressed) -> Value {
    let name = stored_name(file);
    let mut entry = json!({
        "path": file.path,
        "type": file.content_type,
        "immutable": file.immutable,
        "hash": file.hash,
        "identity": name,
    });
    if compressed.brotli.is_some() {
        entry["br"] = json!(format!("{name}.br"));
    }
    if compressed.gzip.is_some() {
        entry["gzip"] = json!(format!("{name}.gz"));
    }
    entry
}

fn replace(folder: &Path, manifest: &str, contents: &[(&File, Compressed)]) -> Result<()> {
    let beside = |suffix: &str| folder.with_extension(format!("{suffix}-{}", std::process::id()));
    let (fresh, stale) = (beside("new"), beside("old"));
    remove(&fresh)?;
    for (file, compressed) in contents {
        let name = stored_name(file);
        store(&fresh.join(&name), &file.content)?;
        if let Some(form) = &compressed.brotli {
            store(&fresh.join(format!("{name}.br")), form)?;
        }
        if let Some(form) = &compressed.gzip {
            store(&fresh.join(format!("{name}.gz")), form)?;
        }
    }
    store(&fresh.join("manifest.json"), manifest.as_bytes())?;
    if folder.exists() {
        fs::rename(folder, &stale).with_context(|| format!("cannot move {}", folder.display()))?;
    }
    fs::rename(&fresh, folder).with_context(|| format!("cannot make {}", folder.display()))?;
    remove(&stale)
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}

fn store(path: &Path, content: &[u8]) -> Result<()> {
    path.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(path, content))
        .with_context(|| format!("cannot write {}", path.display()))
}

/// The site folder of the previous build.
#[derive(Default)]
struct PreviousSite {
    manifest: String,
    is_whole: bool,
    /// The paths of the compressed forms, by the hash of the content.
    compressed: HashMap<String, (Option<PathBuf>, Option<PathBuf>)>,
}

impl PreviousSite {
    fn read(folder: &Path) -> Self {
        let Ok(manifest) = fs::read_to_string(folder.join("manifest.json")) else {
            return Self::default();
        };
        let Ok(parsed) = serde_json::from_str::<Value>(&manifest) else {
            return Self::default();
        };
        let mut before = Self {
            manifest,
            is_whole: true,
            compressed: HashMap::new(),
        };
        for entry in parsed["files"].as_array().into_iter().flatten() {
            let path = |form: &str| entry[form].as_str().map(|name| folder.join(name));
            let forms = [path("identity"), path("br"), path("gzip")];
            before.is_whole &= forms.iter().flatten().all(|path| path.is_file());
            let [_, brotli, gzip] = forms;
            if let Some(hash) = entry["hash"].as_str() {
                before.compressed.insert(hash.to_owned(), (brotli, gzip));
            }
        }
        before
    }

    /// The compressed forms of this content from the previous build, because compressing takes
    /// seconds.
    fn compressed(&self, file: &File) -> Option<Compressed> {
        let (brotli, gzip) = self.compressed.get(&file.hash)?;
        let read = |path: &Option<PathBuf>| match path {
            None => Some(None),
            Some(path) => fs::read(path).ok().map(Some),
        };
        Some(Compressed {
            brotli: read(brotli)?,
            gzip: read(gzip)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use serde_json::Value;

    use super::write;
    use crate::assets::tests::site;
    use crate::build::Profile;

    fn build(folder: &Path, profile: Profile) -> Value {
        let files = site(&[0; 10_000]);
        write(folder, profile, &files).unwrap();
        let manifest = fs::read_to_string(folder.join("manifest.json")).unwrap();
        serde_json::from_str(&manifest).unwrap()
    }

    #[test]
    fn every_file_of_the_list_is_in_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");
        let manifest = build(&site, Profile::Release);
        let files = manifest["files"].as_array().unwrap();
        assert_eq!(files.len(), 9);
        for form in ["identity", "br", "gzip"] {
            for name in files.iter().filter_map(|file| file[form].as_str()) {
                assert!(site.join(name).is_file(), "{name}");
            }
        }
    }

    #[test]
    fn a_release_is_compressed_and_a_debug_build_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let has_brotli = |manifest: &Value| {
            let mut files = manifest["files"].as_array().unwrap().iter();
            files.any(|file| file["br"].is_string())
        };
        assert!(has_brotli(&build(
            &folder.path().join("release"),
            Profile::Release
        )));
        assert!(!has_brotli(&build(
            &folder.path().join("debug"),
            Profile::Debug
        )));
    }

    #[test]
    fn the_same_site_again_touches_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");
        build(&site, Profile::Release);
        fs::write(site.join("witness"), "").unwrap();
        build(&site, Profile::Release);
        assert!(site.join("witness").exists());
    }

    #[test]
    fn a_folder_that_lost_a_file_is_written_again() {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");
        build(&site, Profile::Release);
        fs::remove_file(site.join("files/robots.txt")).unwrap();
        build(&site, Profile::Release);
        assert!(site.join("files/robots.txt").exists());
    }
}
