//! Packages of Debian, for a run that may install them.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::{environment, shell};

/// Whether packages can be installed without asking anybody: containers and machines of a service.
pub(crate) fn can_install() -> bool {
    let root = shell::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    root && Path::new("/etc/debian_version").exists() && environment::program("apt-get").is_some()
}

/// Installs this package; asks for the newest lists only when those that are there do not do.
pub(crate) fn install(package: &str) -> Result<()> {
    let apt = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        command
            .env("DEBIAN_FRONTEND", "noninteractive")
            // Somebody else may be installing: it is waited for, not failed for.
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
