//! The machine, and its use by other processes.

use std::{fs, time::Duration};

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::{process, stopwatch::Stopwatch};

/// Maximum load average at the start of a valid run.
pub const MOST_LOAD: f64 = 1.5;

/// Maximum share of the machine that other processes may use during a valid measurement.
pub const MOST_FOREIGN: f64 = 0.06;

/// The load average of the last minute.
///
/// # Errors
/// If the kernel does not provide it.
pub fn load() -> Result<f64> {
    let text = fs::read_to_string("/proc/loadavg").context("there is no /proc/loadavg")?;
    let first = text.split_whitespace().next().unwrap_or_default();
    first.parse().context("/proc/loadavg is not as expected")
}

/// Number of cores.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The description of the machine in a report.
pub fn describe() -> Value {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu
        .lines()
        .find_map(|line| line.strip_prefix("model name"))
        .map(|rest| rest.trim_start_matches([' ', '\t', ':']));
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    json!({ "cores": cores(), "cpu": model, "kernel": kernel.trim() })
}

/// Measures how much of the machine other processes use.
#[derive(Debug)]
pub struct ForeignLoad {
    pids: Vec<u32>,
    ours: Duration,
    busy: Duration,
    watch: Stopwatch,
}

impl ForeignLoad {
    /// Begins. This process, those with these ids, and their children are not counted.
    ///
    /// # Errors
    /// If one of them has ended.
    pub fn begin(pids: &[u32]) -> Result<Self> {
        Ok(Self {
            pids: pids.to_vec(),
            ours: ours(pids)?,
            busy: busy()?,
            watch: Stopwatch::start(),
        })
    }

    /// The share of all cores that other processes, including the hypervisor, have used since.
    ///
    /// # Errors
    /// If one of our processes has ended.
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

/// Number of cores from the kernel, because this thread may be pinned.
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
