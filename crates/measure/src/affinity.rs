//! The cores that a thread and its child processes may use.

use anyhow::{Context as _, Result};
use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

/// The core of the server while its processor time is measured.
pub const SERVER_CORE: usize = 0;
/// The core of the clients then.
pub const CLIENT_CORE: usize = 1;

/// Pins this thread to one core until it is dropped. Threads and processes that it starts
/// meanwhile stay there.
#[derive(Debug)]
pub struct Pinned {
    before: CpuSet,
}

impl Pinned {
    /// Pins this thread.
    ///
    /// # Errors
    /// If there is no such core.
    pub fn to(core: usize) -> Result<Self> {
        let before = sched_getaffinity(None).context("the cores of this thread are unknown")?;
        let mut one = CpuSet::new();
        one.set(core);
        sched_setaffinity(None, &one).with_context(|| format!("core {core} cannot be used"))?;
        Ok(Self { before })
    }
}

impl Drop for Pinned {
    fn drop(&mut self) {
        // The kernel returned this set, so it accepts it.
        let _ = sched_setaffinity(None, &self.before);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_is_moved_and_set_free_again() {
        let before = sched_getaffinity(None).unwrap().count();
        let pinned = Pinned::to(0).unwrap();
        assert_eq!(sched_getaffinity(None).unwrap().count(), 1);
        drop(pinned);
        assert_eq!(sched_getaffinity(None).unwrap().count(), before);
    }
}
