//! `inspired doctor`

use std::{
    io::{self, Write},
    net::TcpListener,
    path::Path,
    time::Instant,
};

use anyhow::bail;
use domain::{
    clock::{Clock, SystemClock, rfc3339},
    hashing::{Flow, HashingPool, HashingSettings},
    migrations,
};
use store::{
    elasticsearch::{ClusterSettings, Elasticsearch},
    embedded::{Embedded, OpenError},
};
use tokio::runtime;
use types::Password;

use crate::{
    capacity::Capacity,
    config::{Config, public_url::PublicUrl},
    file_descriptors::{self, Descriptors},
    site::SITE,
};

/// Maximum time of one hash in milliseconds; a slower login is noticeable.
const SLOW_HASH: u128 = 500;
/// A clock before the first release is wrong.
const FIRST_YEAR: i32 = 2026;

/// The state of one item, or what is wrong with it.
type CheckResult = Result<String, String>;

/// Checks everything that a server needs and prints a list.
pub(super) fn doctor(config: &Config) -> anyhow::Result<()> {
    let (name, store, is_in_use) = check_store(config);
    let findings = [
        ("configuration", Ok(describe(config))),
        (name, store),
        ("port", check_port(config, is_in_use)),
        ("connections", check_connections()),
        ("pages", check_pages()),
        ("clock", check_clock()),
        ("hashing", check_hashing()),
    ];
    let mut out = io::stdout().lock();
    for (name, finding) in &findings {
        let (mark, text) = match finding {
            Ok(text) => ("ok  ", text),
            Err(text) => ("FAIL", text),
        };
        writeln!(out, "{mark}  {name:<14} {text}")?;
    }
    if findings.iter().any(|(_, finding)| finding.is_err()) {
        bail!("something is wrong, see above");
    }
    Ok(())
}

fn describe(config: &Config) -> String {
    let http = &config.http;
    let url = http.public_url.clone();
    let url = url.unwrap_or_else(|| PublicUrl::loopback(http.port));
    format!("{url}, listening on {}", http.host)
}

/// The name and the finding of the store, and whether a server uses it.
fn check_store(config: &Config) -> (&'static str, CheckResult, bool) {
    match &config.store.elasticsearch {
        Some(settings) => ("elasticsearch", check_elasticsearch(settings), false),
        None => {
            let (data, is_in_use) = check_data(&config.store.data);
            ("data folder", data, is_in_use)
        }
    }
}

fn check_elasticsearch(settings: &ClusterSettings) -> CheckResult {
    let runtime = runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let collections = domain::collections();
    let inspected = Elasticsearch::inspect(settings.clone(), &collections);
    let (version, missing) = runtime
        .block_on(inspected)
        .map_err(|error| error.to_string())?;
    let indices = match missing.as_slice() {
        [] => "its indices are whole".to_owned(),
        missing => format!("serve makes the indices for {}", missing.join(", ")),
    };
    let data = migrations::latest();
    Ok(format!("version {version}; {indices}; data version {data}"))
}

/// Opens the store as the server does. A store in use is not opened; then the second value is true.
fn check_data(folder: &Path) -> (CheckResult, bool) {
    let name = folder.display();
    if !folder.exists() {
        return (
            Ok(format!("`{name}` is not there yet; serve makes it")),
            false,
        );
    }
    match Embedded::open(folder) {
        Ok(_) => {
            let data = migrations::latest();
            (Ok(format!("`{name}` is whole; data version {data}")), false)
        }
        Err(OpenError::Older { found, known, .. }) => {
            let text = format!("`{name}` is at data version {found}; serve migrates it to {known}");
            (Ok(text), false)
        }
        Err(OpenError::InUse { holder, .. }) => {
            let text = format!("`{name}` is in use by {holder}, so it was not looked into");
            (Ok(text), true)
        }
        Err(error) => (Err(error.to_string()), false),
    }
}

fn check_port(config: &Config, is_server_running: bool) -> CheckResult {
    let (host, port) = (config.http.host, config.http.port);
    match TcpListener::bind((host, port)) {
        Ok(_) => Ok(format!("{port} is free")),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse && is_server_running => Ok(format!(
            "{port} is taken, by the server that uses the data folder, it seems"
        )),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => Err(format!(
            "{port} is taken by another program, or by a server that runs; choose one with --port"
        )),
        Err(error) => Err(format!("{host}, port {port}: {error}")),
    }
}

/// The limits that `serve` would derive on this machine.
fn check_connections() -> CheckResult {
    let Descriptors { soft, hard } = file_descriptors::read();
    let capacity = Capacity::of_descriptors(hard);
    let text = format!(
        "{} at once, {} of one source, of {hard} file descriptors (soft limit {soft}, which serve \
         raises)",
        capacity.connections, capacity.connections_per_source
    );
    if capacity.is_low() {
        return Err(format!(
            "{text}: raise the hard limit (LimitNOFILE=, ulimit -Hn)"
        ));
    }
    Ok(text)
}

fn check_pages() -> CheckResult {
    if SITE.is_empty() {
        return Err("not in this program: build it with cargo xtask build".to_owned());
    }
    Ok(format!("build {}, {} files", SITE.build, SITE.files.len()))
}

fn check_clock() -> CheckResult {
    let now = SystemClock.now();
    if now.year() < FIRST_YEAR {
        return Err(format!(
            "{} is in the past: sessions would end at once",
            rfc3339(now)
        ));
    }
    Ok(rfc3339(now))
}

fn check_hashing() -> CheckResult {
    let milliseconds = time_one_hash().map_err(|error| format!("{error:#}"))?;
    let text = format!("a password takes {milliseconds} ms");
    if milliseconds > SLOW_HASH {
        return Err(format!("{text}: this machine is slow, or busy"));
    }
    Ok(text)
}

fn time_one_hash() -> anyhow::Result<u128> {
    let pool = HashingPool::start(HashingSettings::default())?;
    let runtime = runtime::Builder::new_current_thread().build()?;
    let began = Instant::now();
    let permit = pool.acquire(Flow::Operator, [0; 32])?;
    runtime.block_on(pool.hash(&permit, Password::new("not a password".to_owned())))?;
    Ok(began.elapsed().as_millis())
}
