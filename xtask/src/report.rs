//! The output of the commands: steps, durations and sizes.

use std::time::{Duration, Instant};

/// Runs a step, and prints its name and duration.
pub(crate) fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    println!("{:>7}  {what}", seconds(start.elapsed()));
    result
}

/// A duration for people.
pub(crate) fn seconds(duration: Duration) -> String {
    let total = duration.as_secs_f64();
    if total < 100.0 {
        return format!("{total:.1} s");
    }
    let whole = duration.as_secs();
    format!("{}:{:02} min", whole / 60, whole % 60)
}

/// A size in kilobytes of 1,000 bytes, the unit of the aims.
pub(crate) fn size(bytes: usize) -> String {
    let tenths = bytes.div_ceil(100);
    format!("{}.{} kB", tenths / 10, tenths % 10)
}

/// A table with a header row; every column but the first is right-aligned.
pub(crate) fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let width = widths.get(column).copied().unwrap_or(0);
            if column == 0 {
                line.push_str(&format!("  {cell:<width$}"));
            } else {
                line.push_str(&format!("  {cell:>width$}"));
            }
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{seconds, size, table};

    #[test]
    fn long_times_are_given_in_minutes() {
        assert_eq!(seconds(Duration::from_millis(1_250)), "1.2 s");
        assert_eq!(seconds(Duration::from_secs(125)), "2:05 min");
    }

    #[test]
    fn a_size_is_never_rounded_down() {
        assert_eq!(size(14_001), "14.1 kB");
        assert_eq!(size(14_000), "14.0 kB");
    }

    #[test]
    fn columns_are_aligned() {
        let rows = [
            vec!["a".to_owned(), "10".to_owned()],
            vec!["abc".to_owned(), "1".to_owned()],
        ];
        assert_eq!(table(&rows), "  a    10\n  abc   1\n");
    }
}
