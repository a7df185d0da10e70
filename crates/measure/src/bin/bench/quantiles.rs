//! Quantiles of latencies, as rows without an aim.

use measure::{claim_result::ClaimResult, samples::quantile};

/// Minimum number of samples of a p99.
const FEWEST: usize = 100;

/// A row for each of these quantiles of latencies in milliseconds, with `note` if the row is
/// valid.
pub(crate) fn rows(
    name: &str,
    store: &str,
    latencies: &[f64],
    quantiles: &[(&str, f64)],
    foreign: f64,
    note: &str,
) -> Vec<ClaimResult> {
    let count = latencies.len();
    let row = |(quantile_name, q): &(&str, f64)| {
        let claim = format!("{name}, {quantile_name}, {store}");
        let row = ClaimResult::figure(&claim, " ms", quantile(latencies, *q));
        let row = row.with_foreign(foreign).note(format!("{count} requests"));
        match count < FEWEST {
            true => row.invalid(format!("{count} requests, {FEWEST} are needed")),
            false => row.note(note),
        }
    };
    quantiles.iter().map(row).collect()
}
