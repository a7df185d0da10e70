//! The messages of a watch, in order.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use rustix::process::Signal;

/// A message of the watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Message {
    /// A source has changed.
    Changed,
    /// A signal asks this process to end.
    Signal(Signal),
}

/// The messages, with each burst of changes merged into one.
#[derive(Debug)]
pub(super) struct Messages {
    receiver: Receiver<Message>,
    quiet: Duration,
    has_changed: bool,
}

impl Messages {
    /// A burst ends when there was no change for `quiet`.
    pub(super) fn new(receiver: Receiver<Message>, quiet: Duration) -> Self {
        Self {
            receiver,
            quiet,
            has_changed: false,
        }
    }

    /// Waits for the next message; a signal does not wait for the end of a burst. `None` if all
    /// senders are gone.
    pub(super) fn next(&mut self) -> Option<Message> {
        loop {
            let received = if self.has_changed {
                self.receiver.recv_timeout(self.quiet)
            } else {
                self.receiver.recv().map_err(RecvTimeoutError::from)
            };
            match received {
                Ok(Message::Changed) => self.has_changed = true,
                Ok(signal) => return Some(signal),
                Err(_) if self.has_changed => {
                    self.has_changed = false;
                    return Some(Message::Changed);
                }
                Err(_) => return None,
            }
        }
    }

    /// The first signal among the messages that have arrived. Changes among them remain for
    /// `next`.
    pub(super) fn signal(&mut self) -> Option<Signal> {
        while let Ok(message) = self.receiver.try_recv() {
            match message {
                Message::Changed => self.has_changed = true,
                Message::Signal(signal) => return Some(signal),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Sender, channel};

    use super::*;

    fn messages() -> (Sender<Message>, Messages) {
        let (sender, receiver) = channel();
        (sender, Messages::new(receiver, Duration::ZERO))
    }

    #[test]
    fn a_burst_of_changes_is_one_message() {
        let (sender, mut messages) = messages();
        for _ in 0..100 {
            sender.send(Message::Changed).unwrap();
        }
        assert_eq!(messages.next(), Some(Message::Changed));
        sender.send(Message::Changed).unwrap();
        drop(sender);
        assert_eq!(messages.next(), Some(Message::Changed));
        assert_eq!(messages.next(), None);
    }

    /// The sender is still alive, so only the time can have ended the burst.
    #[test]
    fn a_burst_is_over_when_nothing_changes_for_a_while() {
        let (sender, mut messages) = messages();
        sender.send(Message::Changed).unwrap();
        assert_eq!(messages.next(), Some(Message::Changed));
        drop(sender);
    }

    #[test]
    fn a_signal_comes_before_the_end_of_a_burst() {
        let (sender, mut messages) = messages();
        messages.quiet = Duration::MAX;
        for message in [
            Message::Changed,
            Message::Signal(Signal::INT),
            Message::Changed,
        ] {
            sender.send(message).unwrap();
        }
        drop(sender);
        assert_eq!(messages.next(), Some(Message::Signal(Signal::INT)));
        assert_eq!(messages.next(), Some(Message::Changed));
        assert_eq!(messages.next(), None);
    }

    #[test]
    fn a_signal_during_a_build_is_found_after_it_and_no_change_is_lost() {
        let (sender, mut messages) = messages();
        assert_eq!(messages.signal(), None);
        for message in [Message::Changed, Message::Signal(Signal::TERM)] {
            sender.send(message).unwrap();
        }
        assert_eq!(messages.signal(), Some(Signal::TERM));
        assert_eq!(messages.signal(), None);
        assert_eq!(messages.next(), Some(Message::Changed));
    }
}
