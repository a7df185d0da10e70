//! The Mann–Whitney U test: whether two samples could come from the same distribution, of any
//! shape.

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

/// The complementary error function, to seven digits (Abramowitz and Stegun, 7.1.26, refined by
/// the rational fit of Numerical Recipes).
fn erfc(x: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.5 * x);
    const FIT: [f64; 10] = [
        -1.265_512_23,
        1.000_023_68,
        0.374_091_96,
        0.096_784_18,
        -0.186_288_06,
        0.278_868_07,
        -1.135_203_98,
        1.488_515_87,
        -0.822_152_23,
        0.170_872_77,
    ];
    let fit = FIT.iter().rev().fold(0.0, |sum, factor| sum * t + factor);
    t * (fit - x * x).exp()
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
    fn the_error_function_is_right_where_it_is_known() {
        for (x, value) in [(0.0, 1.0), (1.0, 0.157_299_2), (2.0, 0.004_677_73)] {
            assert!((erfc(x) - value).abs() < 1e-6, "{x}");
        }
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
