//! One node.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use rustix::process::Signal;

use crate::certificates::Certificates;
use crate::endpoint::Endpoint;
use crate::folder::NodeFolder;
use crate::installation::Installation;
use crate::log_tail;
use crate::options::NodeOptions;
use crate::ports::Ports;
use crate::process_group::ProcessGroup;
use crate::settings::{self, Discovery};

/// Maximum time of a start: ten seconds become a minute on a machine that compiles at the same
/// time.
const STARTING: Duration = Duration::from_secs(180);
const STOPPING: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(200);

/// A single Elasticsearch node; killed when it is dropped.
#[derive(Debug)]
pub struct NodeProcess {
    /// Dropped before the folder is removed.
    group: Option<ProcessGroup>,
    folder: NodeFolder,
    home: Installation,
    endpoint: Endpoint,
    password: Option<String>,
}

impl NodeProcess {
    /// Starts a single node on free ports, without waiting until it responds.
    ///
    /// # Errors
    /// If it cannot be started.
    pub fn start(home: &Installation, options: &NodeOptions) -> Result<Self> {
        Self::start_on(Ports::find()?, home, options, &Discovery::Alone)
    }

    pub(crate) fn start_on(
        ports: Ports,
        home: &Installation,
        options: &NodeOptions,
        discovery: &Discovery,
    ) -> Result<Self> {
        let folder = match &options.folder {
            Some(path) => NodeFolder::kept(path)?,
            None => NodeFolder::fresh()?,
        };
        let settings = settings::elasticsearch(folder.path(), ports, options, discovery);
        let java = settings::java(options);
        let endpoint = match &options.password {
            None => {
                folder.prepare(home, &settings, &java, None)?;
                Endpoint::plain(ports.http)
            }
            Some(password) => {
                let certificates = Certificates::generate()?;
                folder.prepare(home, &settings, &java, Some(&certificates))?;
                set_password(home, &folder, password)?;
                Endpoint::secured(ports.http, password, &certificates.ca)?
            }
        };
        let mut node = Self {
            group: None,
            folder,
            home: home.clone(),
            endpoint,
            password: options.password.clone(),
        };
        node.start_again()?;
        Ok(node)
    }

    /// Starts it again on the same data and ports, after it has ended; does not wait either.
    ///
    /// # Errors
    /// If it is running, or cannot be started.
    pub fn start_again(&mut self) -> Result<()> {
        if self.is_running()? {
            bail!("it is running");
        }
        let pid_file = self.folder.pid_file();
        if pid_file.exists() {
            fs::remove_file(&pid_file)?;
        }
        let console = self.folder.open_console()?;
        let mut command = self.home.node(&self.folder);
        command.stdin(Stdio::null());
        command.stdout(console.try_clone()?).stderr(console);
        self.group = Some(ProcessGroup::spawn(&mut command)?);
        Ok(())
    }

    /// Waits until all its data can be read and written.
    ///
    /// # Errors
    /// If it ends, or takes three minutes; with the end of its log.
    pub fn wait_until_ready(&mut self) -> Result<()> {
        let start = Instant::now();
        while !self.endpoint.is_ready() {
            if !self.is_running()? {
                bail!("Elasticsearch ended while it started:\n{}", self.log());
            }
            if start.elapsed() > STARTING {
                let seconds = STARTING.as_secs();
                bail!(
                    "Elasticsearch is not ready after {seconds} s:\n{}",
                    self.log()
                );
            }
            sleep(PAUSE);
        }
        Ok(())
    }

    /// True if the process exists; a frozen one does.
    ///
    /// # Errors
    /// If the system call fails.
    pub fn is_running(&mut self) -> Result<bool> {
        let Some(group) = &mut self.group else {
            return Ok(false);
        };
        Ok(group.ended()?.is_none())
    }

    /// Terminates it and waits until it has ended; after half a minute it is killed.
    ///
    /// # Errors
    /// If it cannot be signalled.
    pub fn terminate(&mut self) -> Result<()> {
        self.group
            .take()
            .map_or(Ok(()), |mut group| group.terminate(STOPPING))
    }

    /// Kills it with SIGKILL, as a crash does.
    ///
    /// # Errors
    /// If it cannot be signalled.
    pub fn kill(&mut self) -> Result<()> {
        let server = self.pid();
        let Some(mut group) = self.group.take() else {
            return Ok(());
        };
        match server {
            Ok(server) => group.kill_through(server),
            Err(_) => group.kill(),
        }
    }

    /// Freezes all its threads: its connections stay open, and it does not respond.
    ///
    /// # Errors
    /// If it is not running.
    pub fn freeze(&self) -> Result<()> {
        self.running()?.signal(Signal::STOP)
    }

    /// Lets a frozen node continue.
    ///
    /// # Errors
    /// If it is not running.
    pub fn thaw(&self) -> Result<()> {
        self.running()?.signal(Signal::CONT)
    }

    /// The URL for clients.
    pub fn url(&self) -> String {
        self.endpoint.url()
    }

    /// Its HTTP endpoint.
    pub(crate) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// The authority that signed its certificate, if it uses TLS.
    pub fn ca(&self) -> Option<PathBuf> {
        let path = self.folder.certificates().join("ca.crt");
        self.password.as_ref().map(|_| path)
    }

    /// The process id of the server itself, which its launcher has started; known once it is
    /// ready.
    ///
    /// # Errors
    /// If it is not known yet.
    pub fn pid(&self) -> Result<u32> {
        let path = self.folder.pid_file();
        let text = fs::read_to_string(&path).context("the server has not written its pid yet")?;
        let pid = text.trim().parse();
        pid.with_context(|| format!("{} holds no pid", path.display()))
    }

    /// The end of its output.
    fn log(&self) -> String {
        log_tail::of(&self.folder.console())
    }

    fn running(&self) -> Result<&ProcessGroup> {
        self.group.as_ref().context("Elasticsearch is not running")
    }
}

impl Drop for NodeProcess {
    fn drop(&mut self) {
        let _ = self.kill();
    }
}

/// Sets the password of the user `elastic`, until another one is set through the API.
fn set_password(home: &Installation, folder: &NodeFolder, password: &str) -> Result<()> {
    let mut command = home.secret("bootstrap.password", folder);
    command.stdin(Stdio::piped());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut keystore = command.spawn().context("cannot run the keystore's tool")?;
    if let Some(mut input) = keystore.stdin.take() {
        input.write_all(password.as_bytes())?;
    }
    let output = keystore.wait_with_output()?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr);
        bail!("the password could not be set: {}", message.trim());
    }
    Ok(())
}
