//! The limits on file descriptors of this process.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// The soft and the hard limit; `u64::MAX` if there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Descriptors {
    pub(crate) soft: u64,
    pub(crate) hard: u64,
}

/// Reads the limits.
pub(crate) fn read() -> Descriptors {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    Descriptors {
        soft: current.unwrap_or(u64::MAX),
        hard: maximum.unwrap_or(u64::MAX),
    }
}

/// Raises the soft limit to the hard one, which needs no privilege, and returns the resulting limits.
/// The usual soft limit of 1,024 exists for programs that call `select`; this one does not.
pub(crate) fn raise() -> Descriptors {
    let limits = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: limits.maximum,
        maximum: limits.maximum,
    };
    if let Err(error) = setrlimit(Resource::Nofile, raised) {
        tracing::warn!(%error, "the limit on file descriptors was not raised");
    }
    read()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_soft_limit_becomes_the_hard_one() {
        let before = read();
        let after = raise();
        assert_eq!(
            after,
            Descriptors {
                soft: before.hard,
                hard: before.hard
            }
        );
        assert_eq!(read(), after);
    }
}
