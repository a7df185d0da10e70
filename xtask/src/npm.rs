//! Installs npm packages once for all clones with the same lock file.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::cache;
use crate::digest::Digest;
use crate::environment;
use crate::shell;

/// Links `node_modules` in this folder to the packages of its lock file.
pub(crate) fn install(folder: &Path) -> Result<()> {
    let read = |name: &str| {
        let path = folder.join(name);
        fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let (package, lock) = (read("package.json")?, read("package-lock.json")?);
    let mut digest = Digest::default();
    digest.add(&package);
    digest.add(&lock);
    digest.add(std::env::consts::OS);
    digest.add(std::env::consts::ARCH);
    let name = format!("npm-{}", digest.short());
    let packages = cache::obtain(&cache::folder()?, &name, |fresh| {
        println!(
            "installing the npm packages of {} (about 25 MB)",
            folder.display()
        );
        fs::write(fresh.join("package.json"), &package)?;
        fs::write(fresh.join("package-lock.json"), &lock)?;
        download(fresh)
    })?;
    link(&packages.join("node_modules"), &folder.join("node_modules"))
}

/// Downloads the packages. Their scripts are not run: none is needed, and they could do anything.
fn download(folder: &Path) -> Result<()> {
    let Some(npm) = environment::program("npm") else {
        bail!("npm is missing: install Node.js 20 or newer with npm (https://nodejs.org)");
    };
    let mut npm = Command::new(npm);
    npm.current_dir(folder);
    npm.args([
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel",
        "error",
    ]);
    npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    shell::run(&mut npm).context("the npm packages could not be installed")
}

fn link(packages: &Path, place: &Path) -> Result<()> {
    if fs::read_link(place).is_ok_and(|target| target == packages) {
        return Ok(());
    }
    match fs::symlink_metadata(place) {
        Ok(there) if there.is_dir() => fs::remove_dir_all(place)?,
        Ok(_) => fs::remove_file(place)?,
        Err(_) => {}
    }
    symlink(packages, place).with_context(|| format!("cannot make the link {}", place.display()))
}

#[cfg(unix)]
fn symlink(target: &Path, place: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(target, place)
}

#[cfg(windows)]
fn symlink(target: &Path, place: &Path) -> std::io::Result<()> {
    std::os::windows::fs::symlink_dir(target, place)
}
