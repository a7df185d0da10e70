//! The memory that a hash fills.

use argon2::Block;
use thiserror::Error;
use zeroize::Zeroize as _;

use super::stored_hash::MEMORY_KIB;

/// How many blocks are asked for at least: 33 MiB.
///
/// The allocator of glibc returns a block to the operating system for sure only when it is larger
/// than 32 MiB; a smaller one it may keep for ever. Memory that is never touched costs nothing.
const BLOCKS_ASKED_FOR: usize = 33 * 1024;

/// The most blocks that a thread keeps for the next hash; a block has 1 KiB.
const BLOCKS_KEPT: usize = MEMORY_KIB as usize;

/// One thread's memory: taken at the first hash, used again by the next, given back when idle.
#[derive(Debug, Default)]
pub(super) struct Memory(Vec<Block>);

impl Memory {
    /// Exactly so many blocks. What is in them does not matter: a hash overwrites each before it
    /// reads it.
    pub(super) fn blocks(&mut self, count: usize) -> Result<&mut [Block], OutOfMemory> {
        if self.0.len() < count {
            let missing = count.max(BLOCKS_ASKED_FOR) - self.0.len();
            self.0.try_reserve_exact(missing).map_err(|_| OutOfMemory)?;
            self.0.resize(count, Block::new());
        }
        Ok(&mut self.0[..count])
    }

    /// Gives the memory back, cleared: from its last blocks a password could be guessed cheaper
    /// than from its hash.
    pub(super) fn release(&mut self) {
        for block in &mut self.0 {
            block.zeroize();
        }
        self.0 = Vec::new();
    }

    /// Gives the memory back when an unusual hash took more than today's do.
    pub(super) fn release_excess(&mut self) {
        if self.0.len() > BLOCKS_KEPT {
            self.release();
        }
    }

    /// How many blocks are held.
    pub(super) fn held(&self) -> usize {
        self.0.len()
    }
}

/// There is not enough memory.
#[derive(Debug, Error)]
#[error("there is not enough memory")]
pub(super) struct OutOfMemory;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_taken_once_and_given_back_whole() {
        let mut memory = Memory::default();
        assert_eq!(memory.held(), 0);
        let first = memory.blocks(100).unwrap().as_ptr();
        assert_eq!(memory.blocks(50).unwrap().len(), 50);
        assert_eq!(memory.blocks(100).unwrap().as_ptr(), first);
        assert_eq!(memory.blocks(20_000).unwrap().as_ptr(), first);
        assert_eq!(memory.held(), 20_000);
        memory.release_excess();
        assert_eq!((memory.held(), memory.0.capacity()), (0, 0));
    }
}
