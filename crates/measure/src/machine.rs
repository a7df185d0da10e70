//! The machine, and whether somebody else is using it.

use std::{fs, time::Duration};

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::{process, stopwatch::Stopwatch};

/// A run that starts at a higher load is invalid.
pub const MOST_LOAD: f64 = 1.5;

/// A measurement during which others used more than this share of the machine is invalid.
pub const MOST_FOREIGN: f64 = 0.06;

/// The load average of the last minute.
///
/// # Errors
/// When the kernel does not tell.
pub fn load() -> Result<f64> {
    let text = fs::read_to_string("/proc/loadavg").context("there is no /proc/loadavg")?;
    let first = text.split_whitespace().next().unwrap_or_default();
    first.parse().context("/proc/loadavg is not as expected")
}

/// How many cores there are.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// What a report says about the machine.
pub fn describe() -> Value {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .map(|rest| rest.trim_start_matches([' ', '\t', ':']));
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    json!({ "cores": cores(), "cpu": model, "kernel": kernel.trim() })
}

/// Sees how much of the machine others use while something is measured.
#[derive(Debug)]
pub struct Witness {
    pids: Vec<u32>,
    ours: Duration,
    busy: Duration,
    watch: Stopwatch,
}

impl Witness {
    /// Begins; this process, these, and those that it starts and ends meanwhile are not others.
    ///
    /// # Errors
    /// When one of them is gone.
    pub fn begin(pids: &[u32]) -> Result<Self> {
        Ok(Self {
            pids: pids.to_vec(),
            ours: ours(pids)?,
            busy: busy()?,
            watch: Stopwatch::start(),
        })
    }

    /// The share of all cores that others, the hypervisor included, have used since.
    ///
    /// # Errors
    /// When one of our processes is gone.
    pub fn foreign(&self) -> Result<f64> {
        let busy = busy()?.saturating_sub(self.busy).as_secs_f64();
        let ours = ours(&self.pids)?.saturating_sub(self.ours).as_secs_f64();
        let all = self.watch.elapsed().as_secs_f64() * cores_online()?;
        Ok(((busy - ours) / all).max(0.0))
    }
}

fn ours(pids: &[u32]) -> Result<Duration> {
    let mut sum = process::own_cpu_time()?;
    for pid in pids {
        sum += process::cpu_time(*pid)?;
    }
    Ok(sum)
}

/// The time that all cores together have spent on processes, or that was stolen from them.
/// Interrupts are left out: most are those of our own packets.
fn busy() -> Result<Duration> {
    let stat = stat()?;
    let first = stat.lines().next().unwrap_or_default();
    let ticks: Vec<u64> = first
        .split_whitespace()
        .skip(1)
        .filter_map(|field| field.parse().ok())
        .collect();
    // user, nice, system, idle, iowait, irq, softirq, steal
    let sum = [0, 1, 2, 7].iter().filter_map(|at| ticks.get(*at)).sum();
    Ok(process::from_ticks(sum))
}

/// This thread may be pinned, so the number of cores is asked of the kernel.
fn cores_online() -> Result<f64> {
    let stat = stat()?;
    let cores = stat.lines().filter(|line| {
        let rest = line.strip_prefix("cpu");
        rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    });
    Ok(cores.count().max(1) as f64)
}

fn stat() -> Result<String> {
    fs::read_to_string("/proc/stat").context("there is no /proc/stat")
}
