use futures::FutureExt as _;
use tokio::task::{JoinSet, yield_now};

use super::*;

fn source(number: u8) -> ClientNetwork {
    ClientNetwork::new([192, 0, 2, number].into())
}

/// The maximum number of slots of one source.
async fn take_share(queue: &ReadQueue, number: u8) -> Vec<ReadSlot> {
    let mut places = Vec::new();
    for _ in 0..queue.0.share {
        places.push(queue.enter(source(number)).await.unwrap());
    }
    places
}

fn is_empty(queue: &ReadQueue, places: usize) -> bool {
    let state = queue.lock();
    let is_idle = state.sources.is_empty() && state.turns.is_empty();
    is_idle && state.free == places && state.waiting == 0
}

#[tokio::test(start_paused = true)]
async fn one_source_has_a_quarter_of_the_places_however_much_it_sends() {
    let queue = ReadQueue::new(16);
    let mut held = take_share(&queue, 1).await;
    assert_eq!(held.len(), 4);
    let mut waiting = Box::pin(queue.enter(source(1)));
    assert!((&mut waiting).now_or_never().is_none());
    for other in 2..=4 {
        held.extend(take_share(&queue, other).await);
    }
    let mut last = Box::pin(queue.enter(source(5)));
    assert!((&mut last).now_or_never().is_none(), "all are taken");
    held.remove(0);
    assert!(waiting.await.is_ok(), "it was first");
    assert!(last.await.is_ok());
    drop(held);
    assert!(is_empty(&queue, 16));
}

#[tokio::test(start_paused = true)]
async fn sources_take_turns() {
    let queue = ReadQueue::new(1);
    let held = queue.enter(source(9)).await.unwrap();
    let served = Arc::new(Mutex::new(Vec::new()));
    let mut reads = JoinSet::new();
    for number in [1, 1, 1, 1, 2, 2, 3] {
        let (queue, served) = (queue.clone(), served.clone());
        reads.spawn(async move {
            let place = queue.enter(source(number)).await.unwrap();
            served.lock().unwrap().push(number);
            yield_now().await;
            drop(place);
        });
        yield_now().await;
    }
    drop(held);
    reads.join_all().await;
    assert_eq!(*served.lock().unwrap(), [1, 2, 3, 1, 2, 1, 1]);
    assert!(is_empty(&queue, 1));
}

#[tokio::test(start_paused = true)]
async fn a_flood_is_refused_and_leaves_room_in_the_queue_for_others() {
    let queue = ReadQueue::new(4);
    let held = take_share(&queue, 1).await;
    let mut flood: Vec<_> = (0..2 * MAX_WAITING_PER_SOURCE)
        .map(|_| Box::pin(queue.enter(source(1))))
        .collect();
    let refused = flood.iter_mut().filter_map(|read| read.now_or_never());
    let refused: Vec<_> = refused.collect();
    assert_eq!(refused.len(), MAX_WAITING_PER_SOURCE);
    assert!(refused.iter().all(Result::is_err));
    assert!(queue.enter(source(2)).await.is_ok());
    drop((held, flood));
    assert!(queue.enter(source(1)).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn the_queue_has_an_end_for_all_sources_together() {
    let queue = ReadQueue::new(1);
    let held = queue.enter(source(0)).await.unwrap();
    let mut waiting: Vec<_> = (0..MAX_WAITING)
        .map(|number| Box::pin(queue.enter(source((number / MAX_WAITING_PER_SOURCE) as u8))))
        .collect();
    assert!(waiting.iter_mut().all(|read| read.now_or_never().is_none()));
    assert_eq!(queue.enter(source(200)).await.err(), Some(QueueFull));
    drop(waiting);
    drop(held);
    assert!(queue.enter(source(200)).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_read_that_waits_too_long_is_refused() {
    let queue = ReadQueue::new(1);
    let held = queue.enter(source(1)).await.unwrap();
    assert_eq!(queue.enter(source(2)).await.err(), Some(QueueFull));
    drop(held);
    assert!(queue.enter(source(2)).await.is_ok());
    assert!(is_empty(&queue, 1));
}

#[tokio::test(start_paused = true)]
async fn one_that_gives_up_costs_no_place_and_no_turn() {
    let queue = ReadQueue::new(1);
    let held = queue.enter(source(1)).await.unwrap();
    let mut given_up = Box::pin(queue.enter(source(2)));
    let mut other = Box::pin(queue.enter(source(3)));
    assert!((&mut given_up).now_or_never().is_none());
    assert!((&mut other).now_or_never().is_none());
    drop(given_up);
    drop(held);
    let place = other.await.unwrap();
    // A slot that is granted after the receiver was dropped becomes free again.
    let mut late = Box::pin(queue.enter(source(2)));
    assert!((&mut late).now_or_never().is_none());
    drop(place);
    drop(late);
    assert!(is_empty(&queue, 1));
}
