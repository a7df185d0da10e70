//! Compiles the program that browsers run to WebAssembly and generates its JavaScript bindings.

use std::fs;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use serde_json::json;

pub(crate) use self::output::{BINDINGS, LOADER, MODULE, Output};
use crate::build::Profile;
use crate::compile::{self, Compiled};
use crate::{paths, shell};

pub(crate) mod machine_paths;
mod output;
mod parts;

/// The target triple of browsers.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// The package of this program.
pub(crate) const PACKAGE: &str = "frontend";

/// Installs the standard library for the target if it is missing.
///
/// The compiler is asked whether it is there, because it may have been installed without rustup.
pub(crate) fn ensure_target() -> Result<()> {
    if target_is_installed()? {
        return Ok(());
    }
    println!(
        "the standard library for {TARGET} is missing: running `rustup target add {TARGET}` (about 25 MB)"
    );
    let mut rustup = Command::new("rustup");
    rustup
        .current_dir(paths::top())
        .args(["target", "add", TARGET]);
    let added = shell::run(&mut rustup).and_then(|()| target_is_installed());
    if matches!(added, Ok(true)) {
        return Ok(());
    }
    bail!(
        "the standard library for {TARGET} is missing and rustup could not add it. Run `rustup target \
         add {TARGET}` where there is a network, or install your distribution's package of it (Debian: \
         libstd-rust-dev-wasm32, of the same version as rustc), then try again"
    );
}

fn target_is_installed() -> Result<bool> {
    let mut rustc = Command::new("rustc");
    rustc.current_dir(paths::top());
    rustc.args(["--print", "target-libdir", "--target", TARGET]);
    let folder = shell::output(&mut rustc)?;
    let Ok(entries) = fs::read_dir(folder.trim()) else {
        return Ok(false);
    };
    Ok(entries.flatten().any(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.starts_with("libcore-") && name.ends_with(".rlib")
    }))
}

/// Compiles the program.
pub(crate) fn compile(profile: Profile) -> Result<Compiled> {
    let mut command = compile::cargo("build");
    command.args(["--lib", "--package", PACKAGE]);
    command.args(["--target", TARGET, "--profile", cargo_profile(profile)]);
    command.args(["--config", &flags(profile)?]);
    compile::run(&mut command).context("the browser's program does not build")
}

/// The compiler flags for `--config` of Cargo, which adds them to those in `.cargo/config.toml`.
fn flags(profile: Profile) -> Result<String> {
    let mut flags = parts::LINKER_FLAGS.map(str::to_owned).to_vec();
    if profile == Profile::Release {
        flags.extend(machine_paths::flags()?);
    }
    Ok(format!("target.{TARGET}.rustflags={}", json!(flags)))
}

fn cargo_profile(profile: Profile) -> &'static str {
    match profile {
        Profile::Debug => "dev",
        Profile::Release => "wasm-release",
    }
}

/// Splits the module into its parts and runs wasm-bindgen on it.
pub(crate) fn bind(profile: Profile) -> Result<Output> {
    let folder = match profile {
        Profile::Debug => "debug",
        Profile::Release => "wasm-release",
    };
    let folder = paths::target()?.join(TARGET).join(folder);
    let module = folder.join(PACKAGE).with_extension("wasm");
    let module = fs::read(&module).with_context(|| format!("cannot read {}", module.display()))?;
    let output = Output::of(profile, PACKAGE, &module)?;
    if profile == Profile::Release {
        for (_, content) in &output.files {
            machine_paths::refuse(content)?;
        }
    }
    Ok(output)
}

/// Fails if a server-side crate is part of the program for browsers.
pub(crate) fn check_graph() -> Result<()> {
    const SERVER_ONLY: [&str; 6] = ["domain", "store", "tokio", "axum", "hyper", "leptos_axum"];
    let mut tree = shell::cargo(["tree", "--locked", "--edges", "normal"]);
    tree.args(["--package", PACKAGE]);
    tree.args(["--target", TARGET, "--prefix", "none", "--format", "{p}"]);
    let crates = shell::output(&mut tree)?;
    let names = crates.lines().filter_map(|line| line.split(' ').next());
    let mut leaks: Vec<&str> = names.filter(|name| SERVER_ONLY.contains(name)).collect();
    leaks.sort_unstable();
    leaks.dedup();
    if leaks.is_empty() {
        return Ok(());
    }
    bail!(
        "the browser's build contains {}. Make it a dependency under the feature `ssr` only; \
         `cargo tree -p frontend --target {TARGET} -i {}` shows who brings it",
        leaks.join(", "),
        leaks[0]
    );
}
