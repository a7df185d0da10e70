//! Turns a panic of a handler into a failed response.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    pin::pin,
    task::Poll,
};

/// Runs a future; `None` if it panicked. The panic hook has logged the panic.
pub(super) async fn catch<F: Future>(future: F) -> Option<F::Output> {
    let mut future = pin!(future);
    std::future::poll_fn(|context| {
        // The future is not polled again after a panic, and the state that handlers share is behind locks
        // that tolerate poisoning.
        match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
            Ok(Poll::Ready(output)) => Poll::Ready(Some(output)),
            Ok(Poll::Pending) => Poll::Pending,
            Err(_) => Poll::Ready(None),
        }
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_becomes_nothing() {
        assert_eq!(catch(async { 7 }).await, Some(7));
        assert_eq!(catch(async { panic!("on purpose") }).await, None::<()>);
    }
}
