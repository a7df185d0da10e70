//! The memory that Argon2 fills.

use argon2::Block;
use thiserror::Error;
use zeroize::Zeroize as _;

use super::stored_hash::MEMORY_KIB;

/// Minimum number of blocks in one allocation: 33 MiB.
///
/// glibc returns an allocation to the operating system with certainty only if it is larger than 32
/// MiB; it may keep a smaller one for ever. Memory that is never touched costs nothing.
const BLOCKS_ASKED_FOR: usize = 33 * 1024;

/// Maximum number of blocks that a thread keeps for its next hash; a block has 1 KiB.
const BLOCKS_KEPT: usize = MEMORY_KIB as usize;

/// The memory of one thread: allocated for the first hash, reused by the next, freed when idle.
#[derive(Debug, Default)]
pub(super) struct HashMemory(Vec<Block>);

impl HashMemory {
    /// Exactly `count` blocks. Their content does not matter: a hash overwrites each block before
    /// it reads it.
    pub(super) fn blocks(&mut self, count: usize) -> Result<&mut [Block], OutOfMemory> {
        if self.0.len() < count {
            let missing = count.max(BLOCKS_ASKED_FOR) - self.0.len();
            self.0.try_reserve_exact(missing).map_err(|_| OutOfMemory)?;
            self.0.resize(count, Block::new());
        }
        Ok(&mut self.0[..count])
    }

    /// Clears and frees the memory: guessing a password from its last blocks is cheaper than from
    /// its hash.
    pub(super) fn release(&mut self) {
        for block in &mut self.0 {
            block.zeroize();
        }
        self.0 = Vec::new();
    }

    /// Frees the memory if a hash with unusual parameters took more than today's do.
    pub(super) fn release_excess(&mut self) {
        if self.0.len() > BLOCKS_KEPT {
            self.release();
        }
    }

    /// Number of allocated blocks.
    pub(super) fn held(&self) -> usize {
        self.0.len()
    }
}

/// The allocation failed.
#[derive(Debug, Error)]
#[error("there is not enough memory")]
pub(super) struct OutOfMemory;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_taken_once_and_given_back_whole() {
        let mut memory = HashMemory::default();
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
