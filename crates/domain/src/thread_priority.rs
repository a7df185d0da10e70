//! The priority of threads with long computations.

use std::io;

/// Gives the other threads of this program precedence over the calling one.
///
/// Outside Linux a nice value belongs to the whole process, so nothing is changed there.
///
/// # Errors
/// If the operating system refuses.
#[cfg(target_os = "linux")]
pub(crate) fn lower() -> io::Result<()> {
    // On Linux a nice value belongs to a thread, and "no process" is the calling thread.
    let own = rustix::process::getpriority_process(None)?;
    rustix::process::setpriority_process(None, lowered(own))?;
    Ok(())
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn lower() -> io::Result<()> {
    Ok(())
}

/// The nice value of these threads in a program with the nice value `own`. A Tokio worker gets
/// three times the time of such a thread while both are busy. With the largest value, 19, it would
/// get 68 times as much, and no hash would progress while pages or another program keep the
/// processors busy (`sched(7)`).
#[cfg(target_os = "linux")]
pub(crate) fn lowered(own: i32) -> i32 {
    (own + 5).min(19)
}
