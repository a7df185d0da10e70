//! Installs packages of Debian where that is allowed.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::{environment, shell};

/// True if packages can be installed without asking a person: in containers and CI machines.
pub(crate) fn can_install() -> bool {
    let root = shell::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    root && Path::new("/etc/debian_version").exists() && environment::program("apt-get").is_some()
}

/// Installs this package; updates the package lists only if the current ones do not suffice.
pub(crate) fn install(package: &str) -> Result<()> {
    let apt = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        command
            .env("DEBIAN_FRONTEND", "noninteractive")
            // Waits for a concurrent installation instead of failing.
            .args(["-o", "DPkg::Lock::Timeout=120"])
            .args(arguments);
        shell::run(&mut command)
    };
    let install = [
        "install",
        "--yes",
        "--quiet",
        "--no-install-recommends",
        package,
    ];
    apt(&install).or_else(|_| apt(&["update", "--quiet"]).and_then(|()| apt(&install)))
}
