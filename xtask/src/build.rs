//! `cargo xtask build`: the pages first, then the program that embeds them.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use crate::assets::{self, AssetSources};
use crate::compile::{self, Compiled};
use crate::report::timed;
use crate::{paths, report, site, style, wasm};

/// A build profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Quick to build, with symbols for stack traces.
    Debug,
    /// Small and fast, as it is shipped.
    Release,
}

impl Profile {
    /// The profile for the flag `--release`.
    pub(crate) fn of(release: bool) -> Self {
        if release { Self::Release } else { Self::Debug }
    }

    /// The folder of the profile in the target folder.
    pub(crate) fn folder(self) -> Result<PathBuf> {
        let name = match self {
            Self::Debug => "debug",
            Self::Release => "release",
        };
        Ok(paths::target()?.join(name))
    }

    /// The path of the program.
    pub(crate) fn program(self) -> Result<PathBuf> {
        let name = format!("inspired{}", std::env::consts::EXE_SUFFIX);
        Ok(self.folder()?.join(name))
    }
}

/// Builds the pages and the program, and prints its path.
pub(crate) fn run(profile: Profile) -> Result<Compiled> {
    let mut compiled = pages(profile)?;
    compiled += program(profile)?;
    println!("built {}", profile.program()?.display());
    Ok(compiled)
}

/// Builds the site folder, which `server/build.rs` embeds into the program.
pub(crate) fn pages(profile: Profile) -> Result<Compiled> {
    wasm::ensure_target()?;
    let compiled = timed("program compiled to WebAssembly", || wasm::compile(profile))?;
    let program = timed(
        "parts, and bindings between JavaScript and WebAssembly",
        || wasm::bind(profile),
    )?;
    let style = timed("style sheets bundled", || {
        style::bundle(&paths::top().join("style/main.css"))
    })?;
    let start = paths::top().join("frontend/start.js");
    let start = fs::read(&start).with_context(|| format!("cannot read {}", start.display()))?;
    let files = assets::collect(AssetSources {
        program,
        start: &start,
        style,
        public: &paths::top().join("public"),
    })?;
    let written = timed("site folder", || {
        site::write(&profile.folder()?.join("site"), profile, &files)
    })?;
    print!("{}", report::table(&written.sizes));
    Ok(compiled)
}

/// Builds the program `inspired` with the current site folder.
///
/// A debug build selects all default members, like `cargo test`, so that both share what they
/// compile. A release build has exactly the features that the server itself enables.
fn program(profile: Profile) -> Result<Compiled> {
    let mut command = compile::cargo("build");
    command.args(["--bin", "inspired"]);
    if profile == Profile::Release {
        command.args(["--package", "server", "--release"]);
    }
    timed("program compiled", || compile::run(&mut command)).context("the server does not build")
}
