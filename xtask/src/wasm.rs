//! The programs that browsers run, compiled to WebAssembly and bound to JavaScript.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::build::Profile;
use crate::compile::{self, Compiled};
use crate::digest::Digest;
use crate::{paths, shell};

pub(crate) mod machine_paths;

/// The target that browsers run.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// The packages of these programs.
pub(crate) const PACKAGES: [&str; 2] = ["frontend", "behaviour"];

/// The programs that browsers run.
#[derive(Debug)]
pub(crate) struct Programs {
    /// What makes every page alive.
    pub(crate) page: Bindings,
    /// What makes forms and videos alive.
    pub(crate) behaviour: Bindings,
}

/// What wasm-bindgen makes of a compiled module.
#[derive(Debug)]
pub(crate) struct Bindings {
    /// The JavaScript half.
    pub(crate) script: Vec<u8>,
    /// The WebAssembly half.
    pub(crate) module: Vec<u8>,
}

/// Makes sure that the standard library for the target is there.
///
/// Whether it is there is asked of the compiler: it may have come without rustup.
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

/// Compiles the programs.
pub(crate) fn compile(profile: Profile) -> Result<Compiled> {
    let mut command = compile::cargo("build");
    command.arg("--lib");
    for package in PACKAGES {
        command.args(["--package", package]);
    }
    command.args(["--target", TARGET, "--profile", cargo_profile(profile)]);
    if profile == Profile::Release {
        command.args(["--config", &machine_paths::forgetting(TARGET)?]);
    }
    compile::run(&mut command).context("the browser's programs do not build")
}

fn cargo_profile(profile: Profile) -> &'static str {
    match profile {
        Profile::Debug => "dev",
        Profile::Release => "wasm-release",
    }
}

/// Runs wasm-bindgen over the modules, or takes what it made of the same modules before.
pub(crate) fn bind(profile: Profile) -> Result<Programs> {
    let [page, behaviour] = PACKAGES.map(|package| bind_package(profile, package));
    Ok(Programs {
        page: page?,
        behaviour: behaviour?,
    })
}

fn bind_package(profile: Profile, package: &str) -> Result<Bindings> {
    let folder = match profile {
        Profile::Debug => "debug",
        Profile::Release => "wasm-release",
    };
    let folder = paths::target()?.join(TARGET).join(folder);
    let module = folder.join(package).with_extension("wasm");
    let input = fs::read(&module).with_context(|| format!("cannot read {}", module.display()))?;
    let kept = Kept::of(profile, package, &input)?;
    let bindings = match kept.read() {
        Some(bindings) => bindings,
        None => {
            let bindings = generate(profile, input)?;
            kept.write(&bindings)?;
            bindings
        }
    };
    if profile == Profile::Release {
        machine_paths::refuse(&bindings.module)?;
    }
    Ok(bindings)
}

fn generate(profile: Profile, input: Vec<u8>) -> Result<Bindings> {
    let release = profile == Profile::Release;
    let mut bindgen = Bindgen::new();
    bindgen
        .input_bytes("program", input)
        .web(true)?
        .typescript(false)
        .omit_default_module_path(true)
        .demangle(!release)
        .remove_name_section(release)
        .remove_producers_section(release);
    let mut output = bindgen.generate_output()?;
    let inline = output
        .snippets()
        .iter()
        .filter(|(_, snippets)| !snippets.is_empty());
    let inline = inline.map(|(origin, _)| origin);
    refuse_snippets(inline.chain(output.local_modules().keys()))?;
    Ok(Bindings {
        script: output.js().as_bytes().to_vec(),
        module: output.wasm_mut().emit_wasm(),
    })
}

/// Snippets would be further files that the script imports by names without a hash.
fn refuse_snippets<'a>(mut snippets: impl Iterator<Item = &'a String>) -> Result<()> {
    match snippets.next() {
        None => Ok(()),
        Some(snippet) => bail!(
            "the crate behind {snippet} brings JavaScript of its own, which the site has no place for yet"
        ),
    }
}

/// What wasm-bindgen made the last time, and of what.
struct Kept {
    folder: PathBuf,
    key: String,
}

impl Kept {
    /// The key holds this program too, for it holds wasm-bindgen and its settings.
    fn of(profile: Profile, package: &str, input: &[u8]) -> Result<Self> {
        let program = std::env::current_exe().context("cannot tell where this program is")?;
        let mut digest = Digest::default();
        digest.add(input);
        digest.add(fs::read(&program).context("cannot read this program")?);
        Ok(Self {
            folder: profile.folder()?.join("bindings").join(package),
            key: digest.full(),
        })
    }

    fn read(&self) -> Option<Bindings> {
        let key = fs::read_to_string(self.folder.join("key")).ok()?;
        if key != self.key {
            return None;
        }
        let script = fs::read(self.folder.join("program.js")).ok()?;
        let module = fs::read(self.folder.join("program.wasm")).ok()?;
        Some(Bindings { script, module })
    }

    /// The key comes last: a run that was cut off leaves none, and so nothing that is believed.
    fn write(&self, bindings: &Bindings) -> Result<()> {
        let write = |name: &str, content: &[u8]| fs::write(self.folder.join(name), content);
        fs::create_dir_all(&self.folder)
            .and_then(|()| write("key", b""))
            .and_then(|()| write("program.js", &bindings.script))
            .and_then(|()| write("program.wasm", &bindings.module))
            .and_then(|()| write("key", self.key.as_bytes()))
            .with_context(|| format!("cannot write to {}", self.folder.display()))
    }
}

/// Fails when a crate of the server's side has found its way into what browsers download.
pub(crate) fn check_graph() -> Result<()> {
    const SERVER_ONLY: [&str; 6] = ["domain", "store", "tokio", "axum", "hyper", "leptos_axum"];
    let mut tree = shell::cargo(["tree", "--locked", "--edges", "normal"]);
    for package in PACKAGES {
        tree.args(["--package", package]);
    }
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
         `cargo tree -p frontend -p behaviour --target {TARGET} -i {}` shows who brings it",
        leaks.join(", "),
        leaks[0]
    );
}
