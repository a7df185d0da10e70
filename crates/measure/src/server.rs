//! A server that is measured.

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
    /// Where it listens.
    pub address: SocketAddr,
    /// When it was started.
    pub started: Stopwatch,
}

/// How it is started.
#[derive(Clone, Debug)]
pub struct Launch {
    /// The program `inspired`.
    pub program: PathBuf,
    /// Its data folder.
    pub data: PathBuf,
    /// The file that gets what it logs.
    pub log: PathBuf,
    /// The core that it is kept on.
    pub core: Option<usize>,
    /// Whether it limits what one source may do.
    pub limits: Limits,
    /// More flags.
    pub flags: Vec<String>,
}

/// Quotas that would bound a load test.
const QUOTAS: [&str; 6] = [
    "--account-videos",
    "--account-products",
    "--account-mib",
    "--artist-videos",
    "--artist-products",
    "--artist-mib",
];

/// Whether a server limits what one source may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limits {
    /// As it does by itself.
    Standard,
    /// Not at all.
    Off,
}

impl Launch {
    /// Without limits and with raised quotas, on all cores, with the log beside the data.
    pub fn new(program: &Path, data: &Path) -> Self {
        Self {
            program: program.to_owned(),
            data: data.to_owned(),
            log: data.with_extension("log"),
            core: None,
            limits: Limits::Off,
            flags: Vec::new(),
        }
    }

    /// The same on one core.
    pub fn on(mut self, core: usize) -> Self {
        self.core = Some(core);
        self
    }

    /// The same with the limits of every server.
    pub fn limited(mut self) -> Self {
        self.limits = Limits::Standard;
        self
    }

    /// The same with its log elsewhere.
    pub fn with_log(mut self, log: &Path) -> Self {
        log.clone_into(&mut self.log);
        self
    }

    /// The same with its documents in Elasticsearch, on the nodes with these URLs.
    pub fn on_elasticsearch(mut self, urls: &[String]) -> Self {
        self.flags.push("--elasticsearch".to_owned());
        self.flags.push(urls.join(","));
        self
    }

    /// Starts it, without waiting until it answers.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn spawn(&self) -> Result<Server> {
        let address = free_address()?;
        let mut command = Command::new(&self.program);
        command.arg("serve");
        if self.limits == Limits::Off {
            command.args(["--limits", "off"]);
            // A measured account has more than a person's: the whole sample of films is one's.
            for quota in QUOTAS {
                command.args([quota, "1000000"]);
            }
        }
        command.arg("--port");
        command.arg(address.port().to_string());
        command.arg("--data").arg(&self.data).args(&self.flags);
        // A server measured here is configured by its flags alone.
        command.env_clear().env("RUST_BACKTRACE", "1");
        Server::spawn(command, address, self.core, &self.log)
    }

    /// Starts it, and waits until it answers.
    ///
    /// # Errors
    /// When it does not.
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
    /// When it cannot be started.
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

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Waits for the first success at this path.
    ///
    /// # Errors
    /// When it ends, or takes too long.
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

    /// Waits until it can be connected to, for a server that has nothing to say to a stranger.
    ///
    /// # Errors
    /// When it ends, or takes longer than this.
    pub fn wait_until_listening(&mut self, patience: Duration) -> Result<()> {
        wait::until("the server's listening", patience, || {
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended ({status})");
            }
            Ok(framing::connect(self.address).ok().map(drop))
        })
    }

    /// Whether it still runs.
    ///
    /// # Errors
    /// When the system does not tell.
    pub fn is_running(&mut self) -> Result<bool> {
        Ok(self.child.try_wait()?.is_none())
    }

    /// Ends it without a warning, as a loss of power would.
    ///
    /// # Errors
    /// When it cannot be signalled.
    pub fn kill(mut self) -> Result<()> {
        self.child.kill().context("the server cannot be killed")?;
        self.child.wait()?;
        Ok(())
    }

    /// Asks it to end, and waits until it has.
    ///
    /// # Errors
    /// When it does not, or says that it failed.
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
        // It may have ended already, which is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An address that nobody uses just now.
///
/// # Errors
/// When there is none.
pub fn free_address() -> Result<SocketAddr> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port")?;
    Ok(listener.local_addr()?)
}
