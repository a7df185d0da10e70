//! The report of a run.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::{
    claim_result::{ClaimResult, Verdict},
    machine,
    stopwatch::timestamp,
};

/// All claims of a run.
#[derive(Debug)]
pub struct Report {
    name: &'static str,
    made_at: String,
    seed: u64,
    rows: Vec<ClaimResult>,
}

impl Report {
    /// A report without claims.
    pub fn new(name: &'static str, seed: u64) -> Self {
        Self {
            name,
            made_at: timestamp(),
            seed,
            rows: Vec::new(),
        }
    }

    /// Adds claims.
    pub fn extend(&mut self, rows: impl IntoIterator<Item = ClaimResult>) {
        self.rows.extend(rows);
    }

    /// True if every claim is valid.
    pub fn is_valid(&self) -> bool {
        let mut verdicts = self.rows.iter().map(ClaimResult::verdict);
        !verdicts.any(|verdict| matches!(verdict, Verdict::Invalid(_)))
    }

    /// True if every claim is valid and none is missed.
    pub fn is_met(&self) -> bool {
        self.is_valid() && !self.rows.iter().any(|row| row.verdict() == Verdict::Missed)
    }

    /// The report as text.
    pub fn text(&self) -> String {
        let mut text = format!(
            "{} of {}, seed {}, {}\n\n",
            self.name,
            self.made_at,
            self.seed,
            machine::describe()
        );
        text.push_str(&self.table());
        text.push('\n');
        for row in self.rows.iter().filter(|row| !row.notes().is_empty()) {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{}: {}", row.claim(), row.notes().join("; "));
        }
        text
    }

    /// Writes the report as text and as JSON, named by its date; returns the path of the text.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn write(&self, folder: &Path) -> Result<PathBuf> {
        fs::create_dir_all(folder).with_context(|| format!("{}", folder.display()))?;
        let stem = self.made_at.replace(':', "");
        let text = folder.join(format!("{stem}.txt"));
        fs::write(&text, self.text())?;
        let rows: Vec<Value> = self.rows.iter().map(ClaimResult::json).collect();
        let json = json!({
            "name": self.name, "made_at": self.made_at, "seed": self.seed,
            "machine": machine::describe(), "valid": self.is_valid(), "rows": rows,
        });
        fs::write(text.with_extension("json"), format!("{json:#}\n"))?;
        Ok(text)
    }

    fn table(&self) -> String {
        let head = ["claim", "target", "median", "min–max", "load", "verdict"].map(str::to_owned);
        let rows: Vec<_> = std::iter::once(head)
            .chain(self.rows.iter().map(ClaimResult::cells))
            .collect();
        let width = |column: usize| {
            let cells = rows.iter().map(|row| row[column].chars().count());
            cells.max().unwrap_or(0)
        };
        let widths: [usize; 6] = std::array::from_fn(width);
        let mut text = String::new();
        for row in &rows {
            let mut line = String::new();
            for (column, (cell, width)) in row.iter().zip(widths).enumerate() {
                match column {
                    0 | 5 => line.push_str(&format!("{cell:<width$}  ")),
                    _ => line.push_str(&format!("{cell:>width$}  ")),
                }
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim_result::Aim;

    fn row(target: Aim, samples: &[f64]) -> ClaimResult {
        ClaimResult::new("a", target, "", samples.to_vec())
    }

    #[test]
    fn one_invalid_claim_makes_a_run_invalid() {
        let mut report = Report::new("bench", 1);
        report.extend([row(Aim::AtMost(0.5), &[1.0; 5])]);
        assert!(report.is_valid() && !report.is_met());
        report.extend([row(Aim::None, &[1.0; 5]).invalid("a 503")]);
        assert!(!report.is_valid());
        assert!(report.text().contains("INVALID: a 503"));
    }

    #[test]
    fn a_report_is_written_twice() {
        let folder = tempfile::tempdir().unwrap();
        let text = Report::new("bench", 1).write(folder.path()).unwrap();
        assert!(text.is_file() && text.with_extension("json").is_file());
    }
}
