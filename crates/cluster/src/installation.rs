//! An unpacked Elasticsearch, and the commands that run it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::folder::NodeFolder;
use crate::java::Java;
use crate::user;

/// The launcher of the server in 9.x; in 8.x it is one of the tools.
const LAUNCHER: &str = "lib/tools/server-launcher";

/// An unpacked Elasticsearch and the Java that runs it.
#[derive(Clone, Debug)]
pub struct Installation {
    server: PathBuf,
    java: Java,
}

impl Installation {
    /// The server in this folder (the one with `lib` and `modules` in it), with this `JAVA_HOME`.
    ///
    /// # Errors
    /// If either does not exist, does not fit the other, or is inaccessible to the user of the
    /// server.
    pub fn new(server: &Path, java: &Path) -> Result<Self> {
        let Some(java) = Java::at(java) else {
            bail!("there is no Java in {}", java.display());
        };
        if !server.join("lib/cli-launcher").is_dir() {
            bail!("there is no Elasticsearch in {}", server.display());
        }
        let server = server.canonicalize()?;
        let home = Self { server, java };
        let (least, release) = (home.least_java(), home.java.release);
        if release < least {
            bail!("this Elasticsearch needs Java {least}; this is Java {release}");
        }
        user::check_reach(&home.server.join("lib"))?;
        user::check_reach(&home.program())?;
        Ok(home)
    }

    /// The folder of the server.
    pub fn server(&self) -> &Path {
        &self.server
    }

    /// The value of `JAVA_HOME`.
    pub fn java(&self) -> &Path {
        &self.java.home
    }

    fn has_launcher(&self) -> bool {
        self.server.join(LAUNCHER).is_dir()
    }

    fn least_java(&self) -> u32 {
        if self.has_launcher() { 21 } else { 17 }
    }

    fn program(&self) -> PathBuf {
        self.java.home.join("bin/java")
    }

    /// Runs the node of this folder in the foreground, until it is terminated.
    pub(crate) fn node(&self, folder: &NodeFolder) -> Command {
        let mut command = if self.has_launcher() {
            self.launcher(folder)
        } else {
            self.tool("server", folder)
        };
        command.arg("-p").arg(folder.pid_file());
        command
    }

    /// Sets a secret setting of the node of this folder; its value is read from standard input.
    pub(crate) fn secret(&self, name: &str, folder: &NodeFolder) -> Command {
        let mut command = self.tool("keystore", folder);
        command.args(["add", "--force", "--stdin", name]);
        command
    }

    fn launcher(&self, folder: &NodeFolder) -> Command {
        let mut command = self.command(folder);
        command.arg("-cp").arg(self.server.join(LAUNCHER).join("*"));
        command.arg("org.elasticsearch.server.launcher.ServerLauncher");
        command
    }

    fn tool(&self, name: &str, folder: &NodeFolder) -> Command {
        let path = |name: &str| self.server.join(name).to_string_lossy().into_owned();
        let mut command = self.command(folder);
        command.arg(format!("-Dcli.name={name}"));
        command.arg("-Dcli.script=elasticsearch");
        command.arg(format!("-Dcli.libs=lib/tools/{name}-cli"));
        command.arg(format!("-Des.path.home={}", self.server.display()));
        command.arg(format!("-Des.path.conf={}", folder.config().display()));
        command.arg("-Des.distribution.type=zip");
        command.arg("-Des.java.type=ES_JAVA_HOME");
        command.arg("-cp");
        command.arg(format!("{}:{}", path("lib/*"), path("lib/cli-launcher/*")));
        command.arg("org.elasticsearch.launcher.CliToolLauncher");
        command
    }

    /// A small Java with a clean environment: `JAVA_TOOL_OPTIONS`, for one, would change what is
    /// tested.
    fn command(&self, folder: &NodeFolder) -> Command {
        let mut command = Command::new(self.program());
        command.args(["-Xms4m", "-Xmx64m", "-XX:+UseSerialGC"]);
        command.arg("-XX:TieredStopAtLevel=1");
        command.current_dir(&self.server).env_clear();
        command.env("PATH", "/usr/bin:/bin");
        command.env("HOME", folder.path());
        command.env("JAVA", self.program());
        command.env("JAVA_TYPE", "ES_JAVA_HOME");
        command.env("ES_JAVA_HOME", &self.java.home);
        command.env("ES_HOME", &self.server);
        command.env("ES_PATH_CONF", folder.config());
        command.env("ES_TMPDIR", folder.temporary());
        command.env("ES_DISTRIBUTION_TYPE", "zip");
        user::switch(&mut command);
        command
    }
}
