//! Which cores a thread, and what it starts, may run on.

use anyhow::{Context as _, Result};
use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

/// Where the server runs when its processor time is measured.
pub const SERVER_CORE: usize = 0;
/// Where the clients run then.
pub const CLIENT_CORE: usize = 1;

/// Keeps this thread on one core until it is dropped. Threads and processes that it starts
/// meanwhile stay there.
#[derive(Debug)]
pub struct Pinned {
    before: CpuSet,
}

impl Pinned {
    /// Moves this thread.
    ///
    /// # Errors
    /// When there is no such core.
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
        // The set came from the kernel, so it takes it back.
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
