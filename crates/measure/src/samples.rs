//! Statistics of many measurements.
//!
//! A quantile is a measured value (nearest rank), so that it stands among the samples that a report
//! prints; `statrs` interpolates. The samples are kept, because they are compared by their ranks and
//! in their order: a `hdrhistogram` would keep rounded whole numbers without an order.

/// The value below which a share `q` of the samples lies (nearest rank); NaN without samples.
pub fn quantile(samples: &[f64], q: f64) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (q * sorted.len() as f64).ceil() as usize;
    let at = rank.saturating_sub(1).min(sorted.len().saturating_sub(1));
    sorted.get(at).copied().unwrap_or(f64::NAN)
}

/// The median; of an even number of samples, the mean of the two middle ones.
pub fn median(samples: &[f64]) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    let upper = sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN);
    if sorted.len() % 2 == 1 {
        return upper;
    }
    let lower = sorted.get((sorted.len() / 2).wrapping_sub(1)).copied();
    lower.map_or(f64::NAN, |lower| (lower + upper) / 2.0)
}

/// The minimum; NaN without samples.
pub fn min(samples: &[f64]) -> f64 {
    samples.iter().copied().reduce(f64::min).unwrap_or(f64::NAN)
}

/// The maximum; NaN without samples.
pub fn max(samples: &[f64]) -> f64 {
    samples.iter().copied().reduce(f64::max).unwrap_or(f64::NAN)
}

/// The range of the samples relative to their median.
pub fn spread(samples: &[f64]) -> f64 {
    (max(samples) - min(samples)) / median(samples)
}

/// The longest time without an event, from the first one to `end`; all of it without events.
pub fn longest_pause(events: &[f64], end: f64) -> f64 {
    let mut sorted = events.to_vec();
    sorted.push(end);
    sorted.sort_by(f64::total_cmp);
    let pauses = sorted.windows(2).map(|pair| pair[1] - pair[0]);
    if events.is_empty() {
        return end;
    }
    pauses.fold(0.0, f64::max)
}

/// The rise from the first sample to the last along the line of best fit.
pub fn rise(samples: &[f64]) -> f64 {
    let count = samples.len() as f64;
    let mean_at = (count - 1.0) / 2.0;
    let mean = samples.iter().sum::<f64>() / count;
    let (mut product, mut square) = (0.0, 0.0);
    for (at, sample) in samples.iter().enumerate() {
        let away = at as f64 - mean_at;
        product += away * (sample - mean);
        square += away * away;
    }
    if square == 0.0 {
        return 0.0;
    }
    product / square * (count - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_is_one_of_the_samples() {
        let samples: Vec<f64> = (1..=200).map(f64::from).collect();
        assert_eq!(quantile(&samples, 0.99), 198.0);
        assert_eq!(quantile(&samples, 0.5), 100.0);
        assert_eq!(quantile(&samples, 1.0), 200.0);
        assert_eq!(quantile(&samples, 0.0), 1.0);
        assert!(quantile(&[], 0.5).is_nan());
    }

    #[test]
    fn the_median_does_not_depend_on_the_order() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), 2.5);
        assert!(median(&[]).is_nan());
    }

    #[test]
    fn the_spread_is_relative() {
        assert_eq!(spread(&[9.0, 10.0, 12.0]), 0.3);
    }

    #[test]
    fn a_pause_may_last_to_the_end() {
        assert_eq!(longest_pause(&[4.0, 1.0, 2.0], 5.0), 2.0);
        assert_eq!(longest_pause(&[1.0, 2.0], 9.0), 7.0);
        assert_eq!(longest_pause(&[], 9.0), 9.0);
    }

    #[test]
    fn a_rise_is_seen_through_noise() {
        assert_eq!(rise(&[5.0, 5.0, 5.0]), 0.0);
        assert!((rise(&[0.0, 1.0, 2.0, 3.0]) - 3.0).abs() < 1e-9);
        assert!(rise(&[0.0, 9.0, 1.0, 8.0, 0.0]).abs() < 2.0);
    }
}
