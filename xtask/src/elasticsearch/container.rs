//! A server in a container.
//!
//! Only commands that Docker and Podman share are used. Tests check the command lines only,
//! because they must not need an engine.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use cluster::{Certificates, Endpoint, Watchdog};

use super::archive;
use crate::{environment, shell};

/// The folder of Elasticsearch in the image.
const INSIDE: &str = "/usr/share/elasticsearch";

const STARTING: Duration = Duration::from_secs(180);
const PAUSE: Duration = Duration::from_millis(200);

/// A running container engine.
#[derive(Clone, Debug)]
pub(crate) struct Engine {
    program: PathBuf,
}

/// The options of a container.
#[derive(Debug)]
pub(crate) struct ContainerLaunch<'a> {
    /// The name of the data volume; `None` for data that is removed with the container.
    pub(crate) volume: Option<&'a str>,
    /// The password of the user `elastic` and the folder of the certificates, which enable TLS.
    pub(crate) security: Option<(&'a str, &'a Path)>,
}

/// A running container; removed when it is dropped.
#[derive(Debug)]
pub(crate) struct Container {
    engine: Engine,
    id: String,
    pub(crate) endpoint: Endpoint,
    _watchdog: Watchdog,
}

impl Engine {
    /// Finds the first engine that responds; many machines have the command without an engine.
    pub(crate) fn find() -> Option<Self> {
        let programs = ["docker", "podman"]
            .iter()
            .filter_map(|name| environment::program(name));
        let mut engines = programs.map(|program| Self { program });
        engines.find(Self::answers)
    }

    fn answers(&self) -> bool {
        self.succeeds(["info"])
    }

    /// Starts a server, without waiting until it responds.
    pub(crate) fn start(&self, launch: &ContainerLaunch<'_>) -> Result<Container> {
        let image = image();
        if !self.succeeds(["image", "inspect", &image]) {
            println!("getting the image {image}: about 700 MB, a minute or two");
        }
        let id = self.output(&launch.arguments())?.trim().to_owned();
        let engine = self.program.as_os_str();
        let watchdog = Watchdog::new("\"$1\" rm --force \"$2\"", &[engine, OsStr::new(&id)])?;
        let port = port_of(&self.output(&["port", &id, "9200/tcp"])?)?;
        let endpoint = match launch.security {
            None => Endpoint::plain(port),
            Some((password, certificates)) => {
                let ca = std::fs::read_to_string(certificates.join("ca.crt"))?;
                Endpoint::secured(port, password, &ca)?
            }
        };
        Ok(Container {
            engine: self.clone(),
            id,
            endpoint,
            _watchdog: watchdog,
        })
    }

    fn succeeds<const N: usize>(&self, arguments: [&str; N]) -> bool {
        let mut command = Command::new(&self.program);
        command.args(arguments).stdin(Stdio::null());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    }

    fn output<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Result<String> {
        let mut command = Command::new(&self.program);
        shell::output(command.args(arguments).stdin(Stdio::null()))
    }
}

impl ContainerLaunch<'_> {
    /// The arguments of `run`. The port is published on loopback only, with a number that the
    /// engine chooses.
    fn arguments(&self) -> Vec<String> {
        let mut arguments: Vec<String> = ["run", "--rm", "--detach", "--quiet"]
            .map(str::to_owned)
            .to_vec();
        let mut option = |name: &str, value: String| arguments.extend([name.to_owned(), value]);
        option("--publish", "127.0.0.1::9200".to_owned());
        let java = "ES_JAVA_OPTS=-Xms512m -Xmx1g -XX:TieredStopAtLevel=1";
        option("--env", java.to_owned());
        for setting in self.settings() {
            option("--env", setting);
        }
        if let Some(volume) = self.volume {
            option("--volume", format!("{volume}:{INSIDE}/data"));
        }
        if let Some((password, certificates)) = self.security {
            option("--env", format!("ELASTIC_PASSWORD={password}"));
            let certificates = certificates.display();
            let inside = format!("{INSIDE}/config/certificates");
            // `z` lets the container read it under SELinux.
            option("--volume", format!("{certificates}:{inside}:ro,z"));
        }
        arguments.push(image());
        arguments
    }

    fn settings(&self) -> Vec<String> {
        let mut settings = vec![
            "discovery.type=single-node",
            "cluster.routing.allocation.disk.threshold_enabled=false",
            // By default a node starts four new indices at a time, and tests create hundreds.
            "cluster.routing.allocation.node_initial_primaries_recoveries=50",
            "cluster.max_shards_per_node=5000",
            "xpack.ml.enabled=false",
            "xpack.security.autoconfiguration.enabled=false",
        ];
        settings.extend_from_slice(match self.security {
            None => &["xpack.security.enabled=false"],
            Some(_) => &[
                "xpack.security.enabled=true",
                "xpack.security.http.ssl.enabled=true",
                "xpack.security.http.ssl.key=certificates/node.key",
                "xpack.security.http.ssl.certificate=certificates/node.crt",
                "xpack.security.http.ssl.certificate_authorities=certificates/ca.crt",
            ],
        });
        settings.into_iter().map(str::to_owned).collect()
    }
}

impl Container {
    /// Waits until all its data can be read and written.
    pub(crate) fn wait_until_ready(&self) -> Result<()> {
        let start = Instant::now();
        while !self.endpoint.is_ready() {
            if start.elapsed() > STARTING || !self.is_running() {
                let log = self.engine.output(&["logs", "--tail", "20", &self.id]);
                bail!(
                    "Elasticsearch in the container {} does not start:\n{}",
                    self.id,
                    log.unwrap_or_else(|error| error.to_string())
                );
            }
            sleep(PAUSE);
        }
        Ok(())
    }

    fn is_running(&self) -> bool {
        let state = ["inspect", "--format", "{{.State.Running}}", &self.id];
        let state = self.engine.output(&state);
        state.is_ok_and(|state| state.trim() == "true")
    }

    /// Stops it and waits until it has ended.
    pub(crate) fn stop(self) -> Result<()> {
        let stop = ["stop", "--time", "30", &self.id];
        self.engine.output(&stop).map(drop)
    }
}

impl Drop for Container {
    fn drop(&mut self) {
        let id = self.id.as_str();
        self.engine.succeeds(["rm", "--force", id]);
    }
}

/// The image of the same release as the archive.
fn image() -> String {
    format!("elasticsearch:{}", archive::newest())
}

/// Writes certificates that the user of the image, who does not exist here, can read.
pub(crate) fn write_certificates(folder: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    Certificates::generate()?.write(folder)?;
    let open = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
            .with_context(|| format!("cannot open {} to the container", path.display()))
    };
    open(&folder.join("node.key"), 0o644)?;
    open(folder, 0o755)
}

/// Parses the output of `port`: one line per address, `127.0.0.1:49153`.
fn port_of(answer: &str) -> Result<u16> {
    let port = answer.lines().find_map(|line| line.trim().rsplit_once(':'));
    let port = port.and_then(|(_, port)| port.parse().ok());
    port.with_context(|| format!("the container has no port: `{}`", answer.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(launch: &ContainerLaunch<'_>) -> String {
        launch.arguments().join(" ")
    }

    #[test]
    fn a_container_is_published_on_loopback_only() {
        let line = line(&ContainerLaunch {
            volume: None,
            security: None,
        });
        assert!(line.starts_with("run --rm --detach --quiet --publish 127.0.0.1::9200 "));
        assert!(line.contains("--env xpack.security.enabled=false"));
        assert!(line.ends_with(&image()) && !line.contains("--volume"));
    }

    #[test]
    fn a_secured_one_has_its_certificates_and_a_kept_one_its_volume() {
        let line = line(&ContainerLaunch {
            volume: Some("kept"),
            security: Some(("secret", Path::new("/certificates"))),
        });
        assert!(line.contains("--env xpack.security.http.ssl.enabled=true"));
        assert!(line.contains("--env ELASTIC_PASSWORD=secret"));
        assert!(
            line.contains(
                "--volume /certificates:/usr/share/elasticsearch/config/certificates:ro,z"
            )
        );
        assert!(line.contains("--volume kept:/usr/share/elasticsearch/data"));
    }

    #[test]
    fn the_port_is_what_follows_the_address() {
        assert_eq!(port_of("127.0.0.1:49153\n").unwrap(), 49_153);
        assert!(port_of("\n").is_err());
    }
}
