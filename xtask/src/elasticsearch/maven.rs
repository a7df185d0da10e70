//! How tests get the archive of a real Elasticsearch where no container engine runs: from Maven
//! Central, with Maven, which respects the user's mirrors and proxies.

use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use cluster::Watchdog;

use crate::{debian, environment};

const PLUGIN: &str = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:get";

/// The coordinates of a zip file.
#[derive(Debug)]
pub(super) struct Coordinates {
    pub(super) group: &'static str,
    pub(super) artifact: &'static str,
    pub(super) version: &'static str,
}

impl Coordinates {
    /// Downloads the file into a repository in this folder; returns its path.
    pub(super) fn get(&self, folder: &Path) -> Result<PathBuf> {
        let repository = folder.join("maven");
        let mut maven = Command::new(ensure()?);
        maven.args(["--batch-mode", "--no-transfer-progress", "--quiet"]);
        maven.arg(format!("-Dmaven.repo.local={}", repository.display()));
        maven.args(["-Dstyle.color=never", PLUGIN, "-Dtransitive=false"]);
        maven.arg(format!("-Dartifact={self}"));
        maven
            .current_dir(folder)
            .stdin(Stdio::null())
            .process_group(0);
        let mut maven = maven.spawn().context("cannot run `mvn`")?;
        let _watchdog = Watchdog::over_group(maven.id())?;
        let status = maven.wait()?;
        if !status.success() {
            bail!("Maven could not get {self} ({status})");
        }
        Ok(repository.join(self.path()))
    }

    fn path(&self) -> String {
        let Self {
            group,
            artifact,
            version,
        } = self;
        let group = group.replace('.', "/");
        format!("{group}/{artifact}/{version}/{artifact}-{version}.zip")
    }
}

impl std::fmt::Display for Coordinates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}:zip", self.group, self.artifact, self.version)
    }
}

/// Installs Maven if that is allowed; fails if it is missing then.
pub(super) fn ensure() -> Result<PathBuf> {
    if environment::program("mvn").is_none() && debian::can_install() {
        println!("there is no Maven: running `apt-get install maven`, with a Java (about 100 MB)");
        debian::install("maven")?;
    }
    environment::program("mvn").context(
        "Maven is missing, which gets Elasticsearch: install it (`apt-get install maven`, \
         `brew install maven`), start Docker, or set ELASTICSEARCH_URL to a server",
    )
}

#[cfg(test)]
mod tests {
    use super::Coordinates;

    #[test]
    fn coordinates_are_a_name_and_a_path() {
        let coordinates = Coordinates {
            group: "org.example.search",
            artifact: "server",
            version: "1.2",
        };
        assert_eq!(coordinates.to_string(), "org.example.search:server:1.2:zip");
        assert_eq!(
            coordinates.path(),
            "org/example/search/server/1.2/server-1.2.zip"
        );
    }
}
