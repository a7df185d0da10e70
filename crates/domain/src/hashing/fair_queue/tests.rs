use proptest::prelude::*;

use super::*;
use crate::caller::ClientNetwork;

fn flow(number: u8) -> Flow {
    Flow::Source(ClientNetwork::new([192, 0, 2, number].into()))
}

fn account(number: u8) -> AccountKey {
    [number; 32]
}

/// A queue with these jobs, each with a flow and an account.
fn queue_of(jobs: &[(u8, u8, &'static str)]) -> FairQueue<&'static str> {
    let mut queue = FairQueue::new();
    for (source, owner, job) in jobs {
        queue.push(flow(*source), account(*owner), *job);
    }
    queue
}

fn drain<J>(queue: &mut FairQueue<J>) -> Vec<J> {
    std::iter::from_fn(|| queue.pop()).collect()
}

#[test]
fn sources_take_turns_and_within_a_source_accounts() {
    let mut queue = queue_of(&[
        (1, 1, "a1"),
        (1, 1, "a2"),
        (1, 2, "b1"),
        (1, 1, "a3"),
        (2, 1, "c1"),
        (2, 1, "c2"),
    ]);
    assert_eq!(drain(&mut queue), ["a1", "c1", "b1", "c2", "a2", "a3"]);
}

#[test]
fn a_person_goes_before_the_backlog_of_another_source() {
    let mut queue = FairQueue::new();
    for number in 0..200 {
        queue.push(flow(1), account(number % 10), "backlog");
    }
    assert_eq!(queue.pop(), Some("backlog"));
    queue.push(flow(2), account(20), "person");
    assert_eq!(queue.pop(), Some("person"));
}

#[test]
fn a_source_that_was_just_served_is_not_new_again() {
    let mut queue = queue_of(&[(1, 1, "a1"), (2, 2, "b1"), (2, 2, "b2")]);
    assert_eq!((queue.pop(), queue.pop()), (Some("a1"), Some("b1")));
    queue.push(flow(3), account(3), "c1");
    assert_eq!(queue.pop(), Some("c1"));
    // Source 1 has its turn first, although it came back last.
    queue.push(flow(3), account(3), "c2");
    queue.push(flow(1), account(1), "a2");
    assert_eq!(drain(&mut queue), ["a2", "b2", "c2"]);
}

#[test]
fn a_stream_of_new_sources_does_not_starve_the_others() {
    let mut queue = queue_of(&[(1, 1, "waiting"), (1, 1, "waiting"), (1, 1, "waiting")]);
    let mut turns = Vec::new();
    for number in 10..30 {
        queue.push(flow(number), account(1), "new");
        queue.push(flow(number + 100), account(1), "new");
        turns.extend(queue.pop());
    }
    let waiting = turns.iter().filter(|job| **job == "waiting").count();
    assert_eq!(waiting, 3, "{turns:?}");
}

#[test]
fn what_no_longer_fits_is_the_newest_of_the_source_with_most() {
    let mut queue = queue_of(&[
        (1, 1, "a1"),
        (1, 2, "b1"),
        (1, 2, "b2"),
        (2, 3, "c1"),
        (2, 3, "c2"),
    ]);
    assert_eq!(queue.evict_for(flow(3)), Some("b2"));
    assert_eq!(queue.evict_for(flow(2)), None, "it has as many itself");
    assert_eq!(queue.len(), 4);
    assert_eq!(drain(&mut queue), ["a1", "c1", "b1", "c2"]);
}

#[test]
fn nobody_makes_room_for_a_source_that_has_as_many() {
    let mut queue = queue_of(&[(1, 1, "a1"), (2, 2, "b1")]);
    for source in [1, 2, 3] {
        assert_eq!(queue.evict_for(flow(source)), None, "{source}");
    }
    assert_eq!(queue.len(), 2);
}

proptest! {
    #[test]
    fn every_job_comes_out_once_and_no_source_is_more_than_two_turns_ahead(
        jobs in proptest::collection::vec((0_u8..6, 0_u8..4), 1..120),
    ) {
        let mut queue = FairQueue::new();
        let mut left = [0_usize; 6];
        for (number, (source, owner)) in jobs.iter().enumerate() {
            queue.push(flow(*source), account(*owner), (*source, number));
            left[usize::from(*source)] += 1;
        }
        prop_assert_eq!(queue.len(), jobs.len());
        let mut served = [0_usize; 6];
        let mut seen = vec![false; jobs.len()];
        while let Some((source, number)) = queue.pop() {
            prop_assert!(!std::mem::replace(&mut seen[number], true));
            served[usize::from(source)] += 1;
            left[usize::from(source)] -= 1;
            for other in 0..6 {
                let waits = left[other] > 0;
                prop_assert!(!waits || served[usize::from(source)] <= served[other] + 2);
            }
        }
        prop_assert!(seen.iter().all(|seen| *seen) && queue.is_empty());
    }
}
