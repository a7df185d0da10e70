//! The throughput of the `argon2` crate alone.

use std::{thread, time::Duration};

use anyhow::{Context as _, Result};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use measure::stopwatch::Stopwatch;

/// Verifies a password repeatedly on `threads` threads, each of which reuses its own memory;
/// returns verifications per second.
pub(crate) fn rate(threads: usize, duration: Duration) -> Result<f64> {
    let threads: Vec<_> = (0..threads)
        .map(|_| thread::spawn(move || one(duration)))
        .collect();
    let mut sum = 0.0;
    for thread in threads {
        let rate = thread.join().ok().context("a thread that hashes gave up")?;
        sum += rate?;
    }
    Ok(sum)
}

fn one(duration: Duration) -> Result<f64> {
    let params = Params::new(19_456, 2, 1, Some(32))
        .ok()
        .context("wrong parameters")?;
    let mut blocks = vec![Block::new(); params.block_count()];
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut verify = |expected: &[u8; 32]| {
        let mut key = [0; 32];
        let (password, salt) = (b"correct horse battery staple", b"sixteen bytes...");
        let done = argon2.hash_password_into_with_memory(password, salt, &mut key, &mut blocks);
        done.ok().context("hashing failed")?;
        anyhow::Ok((key == *expected, key))
    };
    let (_, expected) = verify(&[0; 32])?;
    let watch = Stopwatch::start();
    let mut count = 0.0;
    while watch.elapsed() < duration {
        let (is_match, _) = verify(&expected)?;
        anyhow::ensure!(is_match, "the same password has another hash");
        count += 1.0;
    }
    Ok(count / watch.elapsed().as_secs_f64())
}
