//! The server that is measured.

use std::{
    fs::File,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context as _, Result, bail};
use rustix::process::{Pid, Signal, kill_process};

use crate::{affinity::Pinned, framing, stopwatch::Stopwatch, wait};

const PATIENCE: Duration = Duration::from_secs(20);

/// A running server; killed when it is dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// The address at which it listens.
    pub address: SocketAddr,
    /// When it was started.
    pub started: Stopwatch,
}

/// How the server is started.
#[derive(Clone, Debug)]
pub struct ServerLaunch {
    /// The program `inspired`.
    pub program: PathBuf,
    /// Its data folder.
    pub data: PathBuf,
    /// The file with its log.
    pub log: PathBuf,
    /// The core that it is pinned to.
    pub core: Option<usize>,
    /// Whether rate limits apply.
    pub limits: ServerLimits,
    /// Further flags.
    pub flags: Vec<String>,
}

/// Quotas that a load test would exceed.
const QUOTAS: [&str; 6] = [
    "--account-videos",
    "--account-products",
    "--account-mib",
    "--artist-videos",
    "--artist-products",
    "--artist-mib",
];

/// Whether rate limits apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServerLimits {
    /// The default limits apply.
    Standard,
    /// No limits apply.
    Off,
}

impl ServerLaunch {
    /// Without limits and with raised quotas, on all cores, with the log beside the data.
    pub fn new(program: &Path, data: &Path) -> Self {
        Self {
            program: program.to_owned(),
            data: data.to_owned(),
            log: data.with_extension("log"),
            core: None,
            limits: ServerLimits::Off,
            flags: Vec::new(),
        }
    }

    /// Pins it to one core.
    pub fn on(mut self, core: usize) -> Self {
        self.core = Some(core);
        self
    }

    /// Applies the default limits.
    pub fn limited(mut self) -> Self {
        self.limits = ServerLimits::Standard;
        self
    }

    /// Moves its log.
    pub fn with_log(mut self, log: &Path) -> Self {
        log.clone_into(&mut self.log);
        self
    }

    /// Uses Elasticsearch on the nodes with these URLs.
    pub fn on_elasticsearch(mut self, urls: &[String]) -> Self {
        self.flags.push("--elasticsearch".to_owned());
        self.flags.push(urls.join(","));
        self
    }

    /// Starts it, without waiting until it responds.
    ///
    /// # Errors
    /// If it cannot be started.
    pub fn spawn(&self) -> Result<Server> {
        let address = free_address()?;
        let mut command = Command::new(&self.program);
        command.arg("serve");
        if self.limits == ServerLimits::Off {
            command.args(["--limits", "off"]);
            // A measured account has more than a person's: one owns the whole sample of films.
            for quota in QUOTAS {
                command.args([quota, "1000000"]);
            }
        }
        command.arg("--port");
        command.arg(address.port().to_string());
        command.arg("--data").arg(&self.data).args(&self.flags);
        // A measured server is configured by its flags alone.
        command.env_clear().env("RUST_BACKTRACE", "1");
        Server::spawn(command, address, self.core, &self.log)
    }

    /// Starts it, and waits until it responds.
    ///
    /// # Errors
    /// If it does not.
    pub fn start(&self) -> Result<Server> {
        let mut server = self.spawn()?;
        let started = server.wait_for("/healthz");
        started.with_context(|| format!("its log is {}", self.log.display()))?;
        Ok(server)
    }
}

impl Server {
    /// Starts any server: the command must make it listen at this address.
    ///
    /// # Errors
    /// If it cannot be started.
    pub fn spawn(
        mut command: Command,
        address: SocketAddr,
        core: Option<usize>,
        log: &Path,
    ) -> Result<Self> {
        let log = File::options().create(true).append(true).open(log)?;
        command.stdin(Stdio::null());
        command.stdout(log.try_clone()?).stderr(log);
        let _pinned = core.map(Pinned::to).transpose()?;
        let started = Stopwatch::start();
        let child = command.spawn().context("the server cannot be started")?;
        Ok(Self {
            child,
            address,
            started,
        })
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Waits for the first success at this path.
    ///
    /// # Errors
    /// If it ends, or takes too long.
    pub fn wait_for(&mut self, path: &str) -> Result<()> {
        let request = framing::get(self.address, path, None);
        let address = self.address;
        let child = &mut self.child;
        wait::until("the server's first answer", PATIENCE, || {
            if let Some(status) = child.try_wait()? {
                bail!("the server ended ({status})");
            }
            let Ok(mut stream) = framing::connect(address) else {
                return Ok(None);
            };
            let (frame, _) = framing::exchange(&mut stream, &request)?;
            Ok(frame.is_success().then_some(()))
        })
    }

    /// Waits until it accepts connections, for a server without a page for anonymous clients.
    ///
    /// # Errors
    /// If it ends, or takes longer than `patience`.
    pub fn wait_until_listening(&mut self, patience: Duration) -> Result<()> {
        wait::until("the server's listening", patience, || {
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended ({status})");
            }
            Ok(framing::connect(self.address).ok().map(drop))
        })
    }

    /// True while the process runs.
    ///
    /// # Errors
    /// If the system call fails.
    pub fn is_running(&mut self) -> Result<bool> {
        Ok(self.child.try_wait()?.is_none())
    }

    /// Kills it, as a loss of power would.
    ///
    /// # Errors
    /// If it cannot be signalled.
    pub fn kill(mut self) -> Result<()> {
        self.child.kill().context("the server cannot be killed")?;
        self.child.wait()?;
        Ok(())
    }

    /// Terminates it, and waits until it has ended.
    ///
    /// # Errors
    /// If it does not end, or exits with an error.
    pub fn stop(mut self) -> Result<()> {
        let pid = i32::try_from(self.pid()).ok().and_then(Pid::from_raw);
        kill_process(pid.context("the server has no process")?, Signal::TERM)?;
        let child = &mut self.child;
        let status = wait::until("the end of the server", PATIENCE, || Ok(child.try_wait()?))?;
        if !status.success() {
            bail!("the server ended with {status}");
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An address with a free port.
///
/// # Errors
/// If there is none.
pub fn free_address() -> Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port")?;
    Ok(listener.local_addr()?)
}
