//! A program and all its child processes, as one.

use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, ExitStatus};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use rustix::io::Errno;
use rustix::process::{
    Pid, Signal, getpgid, kill_process, kill_process_group, test_kill_process_group,
};

use crate::watchdog::Watchdog;

const PAUSE: Duration = Duration::from_millis(20);

/// Time that a launcher may take to end after the program that it has launched.
const NOTICING: Duration = Duration::from_secs(2);

/// Time that a killed process may take to free its memory and end.
const DYING: Duration = Duration::from_secs(10);

/// A process group that this process has started; killed when it is dropped.
#[derive(Debug)]
pub(crate) struct ProcessGroup {
    id: Pid,
    leader: Child,
    /// Dropped with the leader, because its process id may be reused later.
    watchdog: Option<Watchdog>,
}

impl ProcessGroup {
    /// Runs the command as the leader of a new group, which is killed if this process dies.
    pub(crate) fn spawn(command: &mut Command) -> Result<Self> {
        let program = command.get_program().to_owned();
        let leader = command
            .process_group(0)
            .spawn()
            .with_context(|| format!("cannot run {}", program.display()))?;
        let mut group = Self {
            id: Pid::from_child(&leader),
            leader,
            watchdog: None,
        };
        group.watchdog = Some(Watchdog::over_group(group.leader.id())?);
        Ok(group)
    }

    /// Sends the signal to every process of the group.
    pub(crate) fn signal(&self, signal: Signal) -> Result<()> {
        Ok(kill_process_group(self.id, signal)?)
    }

    /// The exit status of the leader, if it has ended. The others are killed then.
    pub(crate) fn ended(&mut self) -> Result<Option<ExitStatus>> {
        let status = self.leader.try_wait()?;
        if status.is_some() && self.watchdog.is_some() {
            self.kill()?;
        }
        Ok(status)
    }

    /// Sends SIGTERM to the group, and kills it if the leader has not ended in this time.
    pub(crate) fn terminate(&mut self, patience: Duration) -> Result<()> {
        if self.ended()?.is_some() {
            return Ok(());
        }
        // A frozen process would not receive the signal.
        self.signal(Signal::CONT)?;
        self.signal(Signal::TERM)?;
        self.wait_for_leader(patience)?;
        self.kill()
    }

    fn wait_for_leader(&mut self, patience: Duration) -> Result<()> {
        let start = Instant::now();
        while self.leader.try_wait()?.is_none() && start.elapsed() < patience {
            sleep(PAUSE);
        }
        Ok(())
    }

    /// Kills this process of the group, then the rest of the group.
    ///
    /// The leader, which waits for it, ends by itself then. If both were killed at once, the init
    /// process of the system would have to reap the other one, which takes some systems seconds.
    pub(crate) fn kill_through(&mut self, member: u32) -> Result<()> {
        let member = i32::try_from(member).ok().and_then(Pid::from_raw);
        let is_member = |pid: &Pid| getpgid(Some(*pid)) == Ok(self.id);
        if let Some(member) = member.filter(is_member)
            && self.watchdog.is_some()
        {
            kill_process(member, Signal::KILL)?;
            self.signal(Signal::CONT)?;
            self.wait_for_leader(NOTICING)?;
        }
        self.kill()
    }

    /// Kills every process of the group, and waits until none is left.
    pub(crate) fn kill(&mut self) -> Result<()> {
        if self.watchdog.take().is_none() {
            return Ok(());
        }
        let killed = kill_process_group(self.id, Signal::KILL);
        self.leader.wait()?;
        if killed == Err(Errno::SRCH) {
            return Ok(());
        }
        killed.context("cannot kill what this process has started")?;
        let start = Instant::now();
        while test_kill_process_group(self.id).is_ok() && start.elapsed() < DYING {
            sleep(PAUSE);
        }
        Ok(())
    }
}

impl Drop for ProcessGroup {
    fn drop(&mut self) {
        let _ = self.kill();
    }
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead as _, BufReader};

    use super::*;

    /// A shell that starts another program and waits for it, as the launcher of the server does.
    fn pair() -> ProcessGroup {
        let mut shell = Command::new("sh");
        ProcessGroup::spawn(shell.args(["-c", "sleep 600 & wait"])).unwrap()
    }

    #[test]
    fn killing_the_group_leaves_none_of_it() {
        let mut group = pair();
        group.kill().unwrap();
        assert_eq!(test_kill_process_group(group.id), Err(Errno::SRCH));
        assert!(group.ended().unwrap().is_some());
    }

    #[test]
    fn killing_one_ends_the_leader_who_waits_for_it() {
        let mut shell = Command::new("sh");
        shell.args(["-c", "sleep 600 & echo $!; wait"]);
        let (reader, writer) = std::io::pipe().unwrap();
        shell.stdout(writer);
        let mut group = ProcessGroup::spawn(&mut shell).unwrap();
        let mut line = String::new();
        BufReader::new(reader).read_line(&mut line).unwrap();
        group.signal(Signal::STOP).unwrap();
        group.kill_through(line.trim().parse().unwrap()).unwrap();
        let status = group.ended().unwrap().unwrap();
        assert_eq!(status.code(), Some(0), "the shell itself was killed");
    }

    #[test]
    fn one_that_is_of_another_group_is_left_alone() {
        let (mut group, mut other) = (pair(), pair());
        group.kill_through(other.leader.id()).unwrap();
        assert!(other.ended().unwrap().is_none());
    }

    #[test]
    fn a_frozen_group_can_be_asked_to_end() {
        let mut group = pair();
        group.signal(Signal::STOP).unwrap();
        assert!(group.ended().unwrap().is_none());
        group.terminate(Duration::from_secs(60)).unwrap();
        assert_eq!(test_kill_process_group(group.id), Err(Errno::SRCH));
    }

    #[test]
    fn dropping_the_group_kills_it() {
        let group = pair();
        let id = group.id;
        drop(group);
        assert_eq!(test_kill_process_group(id), Err(Errno::SRCH));
    }
}
