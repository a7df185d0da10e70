//! The order of waiting jobs: flows take turns, and within a flow accounts take turns.

use std::collections::VecDeque;

use super::flow::{AccountKey, Flow};

/// Maximum number of consecutive turns for new flows while old flows wait.
///
/// A flow without a job in the queue goes first, so that a person does not wait behind the backlog
/// of another source (the new flows of RFC 8290, 4.2). Without a bound, a stream of new sources
/// would starve the others.
const NEW_IN_A_ROW: usize = 4;

/// Waiting jobs.
#[derive(Debug)]
pub(super) struct FairQueue<J> {
    /// Flows that had no job in the queue when theirs arrived.
    new: VecDeque<FlowQueue<J>>,
    /// All other flows, in the order of their next turn. A flow whose last job was taken stays
    /// until its turn comes, so that it does not count as new immediately.
    old: VecDeque<FlowQueue<J>>,
    new_in_a_row: usize,
    len: usize,
}

#[derive(Debug)]
struct FlowQueue<J> {
    flow: Flow,
    /// Accounts with their jobs, in the order of their next turn; none is empty.
    accounts: VecDeque<(AccountKey, VecDeque<J>)>,
    len: usize,
}

impl<J> FairQueue<J> {
    pub(super) fn new() -> Self {
        Self {
            new: VecDeque::new(),
            old: VecDeque::new(),
            new_in_a_row: 0,
            len: 0,
        }
    }

    /// Number of waiting jobs.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn is_empty(&self) -> bool {
        self.len == 0
    }

    pub(super) fn push(&mut self, flow: Flow, account: AccountKey, job: J) {
        self.len += 1;
        if let Some(known) = self.flows_mut().find(|known| known.flow == flow) {
            return known.push(account, job);
        }
        let mut queue = FlowQueue {
            flow,
            accounts: VecDeque::new(),
            len: 0,
        };
        queue.push(account, job);
        self.new.push_back(queue);
    }

    /// Removes the next job.
    pub(super) fn pop(&mut self) -> Option<J> {
        if self.is_empty() {
            self.old.clear();
            return None;
        }
        let mut queue = self.next_flow()?;
        let job = queue.pop();
        self.old.push_back(queue);
        self.len -= 1;
        job
    }

    /// Removes the flow whose turn it is; it has at least one job.
    fn next_flow(&mut self) -> Option<FlowQueue<J>> {
        let is_turn_of_old = self.new_in_a_row >= NEW_IN_A_ROW;
        if is_turn_of_old && let Some(old) = self.next_old() {
            self.new_in_a_row = 0;
            return Some(old);
        }
        if let Some(new) = self.new.pop_front() {
            self.new_in_a_row += 1;
            return Some(new);
        }
        self.new_in_a_row = 0;
        self.next_old()
    }

    fn next_old(&mut self) -> Option<FlowQueue<J>> {
        while let Some(old) = self.old.pop_front() {
            if old.len > 0 {
                return Some(old);
            }
        }
        None
    }

    /// Makes room for a job of `flow`: removes the newest job of the longest account queue of the
    /// longest flow. `None` if no flow is longer than `flow` would be.
    pub(super) fn evict_for(&mut self, flow: Flow) -> Option<J> {
        let own = self.flows_mut().find(|known| known.flow == flow);
        let own = own.map_or(0, |queue| queue.len);
        let longest = self.flows_mut().max_by_key(|queue| queue.len)?;
        if longest.len <= own + 1 {
            return None;
        }
        let evicted = longest.pop_newest();
        self.len -= 1;
        self.new.retain(|queue| queue.len > 0);
        evicted
    }

    /// Keeps only the jobs for which `keep` is true.
    pub(super) fn retain(&mut self, keep: impl Fn(&J) -> bool) {
        for queue in self.flows_mut() {
            queue.retain(&keep);
        }
        self.new.retain(|queue| queue.len > 0);
        self.len = self.flows_mut().map(|queue| queue.len).sum();
    }

    fn flows_mut(&mut self) -> impl Iterator<Item = &mut FlowQueue<J>> {
        self.new.iter_mut().chain(&mut self.old)
    }
}

impl<J> FlowQueue<J> {
    fn push(&mut self, account: AccountKey, job: J) {
        self.len += 1;
        let known = self.accounts.iter_mut().find(|(key, _)| *key == account);
        match known {
            Some((_, jobs)) => jobs.push_back(job),
            None => self.accounts.push_back((account, VecDeque::from([job]))),
        }
    }

    fn pop(&mut self) -> Option<J> {
        let (account, mut jobs) = self.accounts.pop_front()?;
        let job = jobs.pop_front()?;
        self.len -= 1;
        if !jobs.is_empty() {
            self.accounts.push_back((account, jobs));
        }
        Some(job)
    }

    fn pop_newest(&mut self) -> Option<J> {
        let (_, jobs) = self
            .accounts
            .iter_mut()
            .max_by_key(|(_, jobs)| jobs.len())?;
        let job = jobs.pop_back()?;
        self.len -= 1;
        self.accounts.retain(|(_, jobs)| !jobs.is_empty());
        Some(job)
    }

    fn retain(&mut self, keep: impl Fn(&J) -> bool) {
        for (_, jobs) in &mut self.accounts {
            jobs.retain(&keep);
        }
        self.accounts.retain(|(_, jobs)| !jobs.is_empty());
        self.len = self.accounts.iter().map(|(_, jobs)| jobs.len()).sum();
    }
}

#[cfg(test)]
mod tests;
