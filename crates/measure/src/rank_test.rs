//! Whether two sets of measurements could come from the same source: the test of Mann and Whitney,
//! which asks nothing of their shape.
//!
//! `statrs` has the test as `mannwhitneyu`, but only with its feature `std`, which brings nalgebra and
//! four versions of glam into `Cargo.lock`, and it compares every value with every other one.

use libm::erfc;

/// The result of the test.
#[derive(Clone, Copy, Debug)]
pub struct RankTest {
    /// The two-sided probability of such a difference by chance.
    pub p: f64,
    /// The effect from -1 (every first value is smaller) over 0 (no difference) to 1.
    pub effect: f64,
}

impl RankTest {
    /// Compares two samples of at least some dozens each, with the normal approximation and its
    /// correction for ties.
    pub fn of(first: &[f64], second: &[f64]) -> Self {
        let (n, m) = (first.len() as f64, second.len() as f64);
        let (rank_sum, tie_term) = ranks(first, second);
        let u = rank_sum - n * (n + 1.0) / 2.0;
        let all = n + m;
        let variance = n * m / 12.0 * ((all + 1.0) - tie_term / (all * (all - 1.0)));
        let distance = ((u - n * m / 2.0).abs() - 0.5).max(0.0);
        let p = if variance > 0.0 {
            erfc(distance / (2.0 * variance).sqrt())
        } else {
            1.0
        };
        Self {
            p,
            effect: 2.0 * u / (n * m) - 1.0,
        }
    }
}

/// The sum of the ranks of the first sample, and the sum of t³ − t over all groups of t equal
/// values.
fn ranks(first: &[f64], second: &[f64]) -> (f64, f64) {
    let mut all: Vec<(f64, bool)> = first.iter().map(|value| (*value, true)).collect();
    all.extend(second.iter().map(|value| (*value, false)));
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut rank_sum, mut tie_term, mut before) = (0.0, 0.0, 0.0);
    for group in all.chunk_by(|a, b| a.0 == b.0) {
        let size = group.len() as f64;
        let rank = before + (size + 1.0) / 2.0;
        rank_sum += rank * group.iter().filter(|(_, is_first)| *is_first).count() as f64;
        tie_term += size.powi(3) - size;
        before += size;
    }
    (rank_sum, tie_term)
}

#[cfg(test)]
mod tests {
    use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

    use super::*;

    fn noise(seed: u64, shift: f64) -> Vec<f64> {
        let mut rng = StdRng::seed_from_u64(seed);
        (0..800).map(|_| rng.random::<f64>() + shift).collect()
    }

    #[test]
    fn the_test_is_right_where_it_is_known() {
        // The example of scipy.stats.mannwhitneyu, with method="asymptotic".
        let test = RankTest::of(&[19.0, 22.0, 16.0, 29.0, 24.0], &[20.0, 11.0, 17.0, 12.0]);
        assert!((test.p - 0.111_346_886_533).abs() < 1e-12, "{test:?}");
        assert!((test.effect - 0.7).abs() < 1e-12, "{test:?}");
    }

    #[test]
    fn a_shift_is_found_and_its_direction_told() {
        let test = RankTest::of(&noise(1, 0.2), &noise(2, 0.0));
        assert!(test.p < 1e-6, "{test:?}");
        assert!(test.effect > 0.2, "{test:?}");
        assert!(RankTest::of(&noise(1, 0.0), &noise(2, 0.2)).effect < -0.2);
    }

    #[test]
    fn the_same_source_is_not_told_apart() {
        let alarms = (0..200)
            .filter(|seed| RankTest::of(&noise(*seed, 0.0), &noise(seed + 1_000, 0.0)).p < 0.01)
            .count();
        assert!(alarms <= 8, "{alarms}");
    }

    #[test]
    fn equal_values_say_nothing() {
        let test = RankTest::of(&[1.0; 50], &[1.0; 50]);
        assert_eq!((test.p, test.effect), (1.0, 0.0));
    }
}
