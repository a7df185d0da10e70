//! Batches concurrent calls into one request.

use std::{future::Future, sync::Arc, time::Duration};

use tokio::{
    sync::{Semaphore, mpsc, oneshot},
    time::timeout,
};

use crate::elasticsearch::client::failure::RequestFailure;

/// Number of requests of one kind that are usually in flight; calls that arrive meanwhile share
/// the next one.
const USUAL: usize = 2;
/// Time after which waiting calls start a request beyond that number: one slow node must not delay
/// what other nodes could answer.
const PATIENCE: Duration = Duration::from_millis(10);
/// Maximum number of calls in a request.
const MOST: usize = 512;

/// A call that can share a request with others of its kind.
pub(crate) trait Batchable: Send + 'static {
    type Reply: Send + 'static;

    /// Maximum weight of the calls in a request, unless a single call has more. A proxy in front
    /// of the cluster may limit a request to a megabyte.
    const MOST_BYTES: usize = 900_000;

    /// Bytes that the call adds to the request or to the response, whichever is larger.
    fn weight(&self) -> usize;
}

/// The results of the calls of a request: one for each call, in their order, or one failure for
/// all.
pub(crate) type BatchReplies<C> =
    Result<Vec<Result<<C as Batchable>::Reply, RequestFailure>>, RequestFailure>;

/// A call and the channel of its caller.
struct WaitingCall<C: Batchable> {
    call: C,
    reply: Reply<C>,
}

type Reply<C> = oneshot::Sender<Result<<C as Batchable>::Reply, RequestFailure>>;

/// Batches calls of one kind. A call that arrives alone is sent at once.
#[derive(Debug)]
pub(crate) struct Batcher<C: Batchable> {
    line: mpsc::UnboundedSender<WaitingCall<C>>,
}

impl<C: Batchable> Batcher<C> {
    /// Starts the task; `send` carries out several calls in one request.
    pub(crate) fn start<F>(send: impl Fn(Vec<C>) -> F + Send + 'static) -> Self
    where
        F: Future<Output = BatchReplies<C>> + Send + 'static,
    {
        let (line, waiting) = mpsc::unbounded_channel();
        tokio::spawn(gather(waiting, send));
        Self { line }
    }

    /// Carries out a call together with others.
    pub(crate) async fn submit(&self, call: C) -> Result<C::Reply, RequestFailure> {
        let (reply, answer) = oneshot::channel();
        let gone = || RequestFailure::NotSent("the store has stopped".to_owned());
        self.line
            .send(WaitingCall { call, reply })
            .map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }
}

async fn gather<C: Batchable, F>(
    mut line: mpsc::UnboundedReceiver<WaitingCall<C>>,
    send: impl Fn(Vec<C>) -> F,
) where
    F: Future<Output = BatchReplies<C>> + Send + 'static,
{
    let usual = Arc::new(Semaphore::new(USUAL));
    let mut waiting = Vec::new();
    loop {
        if waiting.is_empty() && line.recv_many(&mut waiting, MOST).await == 0 {
            return;
        }
        // The total number of requests in flight is limited by the cluster.
        let place = timeout(PATIENCE, usual.clone().acquire_owned()).await;
        while waiting.len() < MOST
            && let Ok(next) = line.try_recv()
        {
            waiting.push(next);
        }
        // Callers may have given up before the request was sent.
        waiting.retain(|waiting| !waiting.reply.is_closed());
        let rest = waiting.split_off(batch_len(&waiting));
        let request = std::mem::replace(&mut waiting, rest);
        if !request.is_empty() {
            let pairs = request.into_iter().map(|one| (one.call, one.reply));
            let (calls, waiters): (Vec<_>, Vec<_>) = pairs.unzip();
            let sent = send(calls);
            tokio::spawn(async move {
                let _place = place;
                answer::<C>(waiters, sent.await);
            });
        }
    }
}

/// Sends each caller its result; callers that have given up are skipped.
fn answer<C: Batchable>(waiters: Vec<Reply<C>>, replies: BatchReplies<C>) {
    match replies {
        Ok(replies) => {
            for (waiter, reply) in waiters.into_iter().zip(replies) {
                let _ = waiter.send(reply);
            }
        }
        Err(failure) => {
            for waiter in waiters {
                let _ = waiter.send(Err(failure.clone()));
            }
        }
    }
}

/// Number of the first calls that fit into one request.
fn batch_len<C: Batchable>(waiting: &[WaitingCall<C>]) -> usize {
    let mut bytes = 0;
    let fits = |one: &&WaitingCall<C>| {
        bytes += one.call.weight();
        bytes <= C::MOST_BYTES
    };
    let count = waiting.iter().take_while(fits).count();
    count.max(1).min(waiting.len())
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[derive(Debug)]
    struct Bytes(usize);

    impl Batchable for Bytes {
        type Reply = usize;

        fn weight(&self) -> usize {
            self.0
        }
    }

    type Sizes = Arc<Mutex<Vec<usize>>>;

    /// A gatherer whose requests wait for permits, and the sizes of its requests.
    fn gatherer() -> (Arc<Batcher<Bytes>>, Arc<Semaphore>, Sizes) {
        let gate = Arc::new(Semaphore::new(0));
        let sizes = Arc::new(Mutex::new(Vec::new()));
        let gatherer = Batcher::start({
            let (gate, sizes) = (gate.clone(), sizes.clone());
            move |calls: Vec<Bytes>| {
                sizes.lock().unwrap().push(calls.len());
                let gate = gate.clone();
                async move {
                    gate.acquire().await.unwrap().forget();
                    Ok(calls.into_iter().map(|call| Ok(call.0)).collect())
                }
            }
        });
        (Arc::new(gatherer), gate, sizes)
    }

    fn submit(
        gatherer: &Arc<Batcher<Bytes>>,
        bytes: usize,
    ) -> tokio::task::JoinHandle<Result<usize, RequestFailure>> {
        let gatherer = gatherer.clone();
        tokio::spawn(async move { gatherer.submit(Bytes(bytes)).await })
    }

    async fn until(condition: impl Fn() -> bool) {
        while !condition() {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test(start_paused = true)]
    async fn calls_that_come_while_others_are_under_way_share_a_request() {
        let (gatherer, gate, sizes) = gatherer();
        let mut calls = Vec::new();
        for alone in 0..USUAL {
            calls.push(submit(&gatherer, alone));
            until(|| sizes.lock().unwrap().len() == alone + 1).await;
        }
        calls.extend((USUAL..10).map(|number| submit(&gatherer, number)));
        tokio::task::yield_now().await;
        gate.add_permits(10);
        for (number, call) in calls.into_iter().enumerate() {
            assert_eq!(call.await.unwrap().unwrap(), number);
        }
        assert_eq!(*sizes.lock().unwrap(), [1, 1, 8]);
    }

    #[tokio::test(start_paused = true)]
    async fn calls_do_not_wait_long_for_others_that_hang() {
        let (gatherer, gate, sizes) = gatherer();
        let mut calls = Vec::new();
        for number in 0..USUAL {
            calls.push(submit(&gatherer, number));
            until(|| sizes.lock().unwrap().len() == number + 1).await;
        }
        calls.push(submit(&gatherer, USUAL));
        while sizes.lock().unwrap().len() <= USUAL {
            tokio::time::advance(PATIENCE).await;
        }
        gate.add_permits(10);
        for call in calls {
            call.await.unwrap().unwrap();
        }
    }

    #[tokio::test(start_paused = true)]
    async fn large_calls_are_spread_over_requests() {
        let (gatherer, gate, sizes) = gatherer();
        gate.add_permits(100);
        let most = Bytes::MOST_BYTES;
        let sizes_of = [most / 2, most / 2, 1, 3 * most, 1];
        let calls: Vec<_> = sizes_of
            .iter()
            .map(|&bytes| submit(&gatherer, bytes))
            .collect();
        for call in calls {
            call.await.unwrap().unwrap();
        }
        assert_eq!(*sizes.lock().unwrap(), [2, 1, 1, 1]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_that_was_given_up_is_not_sent() {
        let (gatherer, gate, sizes) = gatherer();
        for number in 0..USUAL {
            submit(&gatherer, number);
            until(|| sizes.lock().unwrap().len() == number + 1).await;
        }
        let given_up = submit(&gatherer, 7);
        tokio::task::yield_now().await;
        given_up.abort();
        let _ = given_up.await;
        let kept = submit(&gatherer, 8);
        gate.add_permits(10);
        kept.await.unwrap().unwrap();
        assert_eq!(*sizes.lock().unwrap(), [1, 1, 1]);
    }
}
