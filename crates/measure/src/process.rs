//! The resources that a process has used, as the kernel counts them.

use std::{fs, time::Duration};

use anyhow::{Context as _, Result};

/// Processor time of a process and all its threads, in user and kernel mode.
///
/// # Errors
/// If it has ended.
pub fn cpu_time(pid: u32) -> Result<Duration> {
    Ok(times(pid)?.0)
}

/// Processor time of this process and of its children that have ended.
///
/// # Errors
/// If the kernel does not provide it.
pub fn own_cpu_time() -> Result<Duration> {
    let (own, ended) = times(std::process::id())?;
    Ok(own + ended)
}

fn times(pid: u32) -> Result<(Duration, Duration)> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))
        .with_context(|| format!("process {pid} is gone"))?;
    let (own, ended) = ticks_of(&stat).context("/proc/PID/stat is not as expected")?;
    Ok((from_ticks(own), from_ticks(ended)))
}

/// The ids of a process and its children.
///
/// # Errors
/// If the kernel does not provide them.
pub fn family(pid: u32) -> Result<Vec<u32>> {
    let path = format!("/proc/{pid}/task/{pid}/children");
    let children = fs::read_to_string(path).with_context(|| format!("process {pid} is gone"))?;
    let children = children.split_whitespace().map(str::parse);
    let mut family = vec![pid];
    for child in children {
        family.push(child.context("/proc/PID/task/PID/children is not as expected")?);
    }
    Ok(family)
}

/// Resident memory of a process in bytes.
///
/// # Errors
/// If it has ended.
pub fn resident(pid: u32) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))
        .with_context(|| format!("process {pid} is gone"))?;
    let kib = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .and_then(|rest| rest.trim().strip_suffix(" kB"))
        .and_then(|kib| kib.trim().parse::<u64>().ok())
        .context("/proc/PID/status has no VmRSS")?;
    Ok(kib * 1024)
}

/// The duration of a number of clock ticks.
pub fn from_ticks(ticks: u64) -> Duration {
    let per_second = rustix::param::clock_ticks_per_second().max(1);
    Duration::from_nanos(ticks.saturating_mul(1_000_000_000 / per_second))
}

/// The ticks of a process itself, and of its children that have ended. The name of a process may
/// contain spaces and parentheses, so fields are counted from the last parenthesis.
fn ticks_of(stat: &str) -> Option<(u64, u64)> {
    let (_, fields) = stat.rsplit_once(')')?;
    let fields = fields.split_whitespace().skip(11).take(4);
    let ticks: Vec<u64> = fields.map(str::parse).collect::<Result<_, _>>().ok()?;
    let [user, kernel, ended_user, ended_kernel] = ticks[..] else {
        return None;
    };
    Some((user + kernel, ended_user + ended_kernel))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_parentheses_does_not_shift_the_fields() {
        let stat = "42 (a ) b) S 1 2 3 4 5 6 7 8 9 10 70 8 20 1 20";
        assert_eq!(ticks_of(stat), Some((78, 21)));
        assert_eq!(ticks_of("42 (a)"), None);
    }

    #[test]
    fn this_process_uses_memory() {
        assert!(resident(std::process::id()).unwrap() > 100_000);
    }
}
