//! What was measured, what was aimed at, and whether it may be believed.

use std::{
    fmt::{self, Write as _},
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use crate::{machine, samples, stopwatch::timestamp};

/// What is aimed at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// More is better.
    AtLeast(f64),
    /// Less is better.
    AtMost(f64),
    /// A figure without an aim.
    None,
}

/// What the figures say about the aim.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// It is reached.
    Met,
    /// It is not.
    Missed,
    /// Nothing is said, for this reason.
    Invalid(String),
    /// There was no aim.
    Figure,
    /// It was not looked at, for this reason.
    NotRun(String),
}

/// One claim.
#[derive(Clone, Debug)]
pub struct Row {
    claim: String,
    target: Target,
    unit: &'static str,
    samples: Vec<f64>,
    fewest: usize,
    widest: f64,
    notes: Vec<String>,
    invalid: Option<String>,
    not_run: Option<String>,
    load: f64,
}

impl Row {
    /// A claim about the median of samples; at least five, that are not wide apart.
    pub fn new(claim: &str, target: Target, unit: &'static str, samples: Vec<f64>) -> Self {
        Self {
            claim: claim.to_owned(),
            target,
            unit,
            samples,
            fewest: 5,
            widest: 0.5,
            notes: Vec::new(),
            invalid: None,
            not_run: None,
            load: machine::load().unwrap_or(f64::NAN),
        }
    }

    /// Something that does not vary, so that one look is enough.
    pub fn exact(claim: &str, target: Target, unit: &'static str, value: f64) -> Self {
        Self::new(claim, target, unit, vec![value]).needing(1, f64::INFINITY)
    }

    /// A figure about which nothing is claimed.
    pub fn figure(claim: &str, unit: &'static str, value: f64) -> Self {
        Self::exact(claim, Target::None, unit, value)
    }

    /// A claim that could not be measured.
    pub fn failed(claim: &str, error: &anyhow::Error) -> Self {
        Self::new(claim, Target::None, "", Vec::new()).invalid(format!("{error:#}"))
    }

    /// A claim that cannot be measured here, which is said and is no failure.
    pub fn not_run(claim: &str, reason: &str) -> Self {
        let mut row = Self::new(claim, Target::None, "", Vec::new());
        row.not_run = Some(reason.to_owned());
        row
    }

    /// How often something happened that must never happen.
    pub fn never(claim: &str, count: usize) -> Self {
        Self::exact(claim, Target::AtMost(0.0), "", count as f64)
    }

    /// Other rules for when it may be believed.
    pub fn needing(mut self, fewest: usize, widest: f64) -> Self {
        self.fewest = fewest;
        self.widest = widest;
        self
    }

    /// Adds a sentence below the table.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Says that it may not be believed; the first reason stays.
    pub fn invalid(mut self, reason: impl Into<String>) -> Self {
        self.invalid.get_or_insert(reason.into());
        self
    }

    /// Says so when others have used the machine meanwhile.
    pub fn with_foreign(self, share: f64) -> Self {
        let row = self.note(format!("others used {:.1} % of the machine", share * 100.0));
        if share <= machine::MOST_FOREIGN {
            return row;
        }
        row.invalid(format!("others used {:.0} % of the machine", share * 100.0))
    }

    /// What the figures say.
    pub fn verdict(&self) -> Verdict {
        if let Some(reason) = &self.not_run {
            return Verdict::NotRun(reason.clone());
        }
        if let Some(reason) = &self.invalid {
            return Verdict::Invalid(reason.clone());
        }
        if self.samples.len() < self.fewest {
            let (are, fewest) = (self.samples.len(), self.fewest);
            return Verdict::Invalid(format!("{are} samples, {fewest} are needed"));
        }
        let spread = samples::spread(&self.samples);
        if spread > self.widest {
            return Verdict::Invalid(format!("the samples are {:.0} % apart", spread * 100.0));
        }
        let median = samples::median(&self.samples);
        let is_met = match self.target {
            Target::AtLeast(least) => median >= least,
            Target::AtMost(most) => median <= most,
            Target::None => return Verdict::Figure,
        };
        if is_met { Verdict::Met } else { Verdict::Missed }
    }

    fn cells(&self) -> [String; 6] {
        let number = |value| format!("{}{}", rounded(value), self.unit);
        let range = if self.samples.len() > 1 {
            let (min, max) = (samples::min(&self.samples), samples::max(&self.samples));
            format!("{}–{}", rounded(min), rounded(max))
        } else {
            String::new()
        };
        let median = match self.samples.is_empty() {
            true => String::new(),
            false => number(samples::median(&self.samples)),
        };
        [
            self.claim.clone(),
            match self.target {
                Target::AtLeast(least) => format!("≥ {}", number(least)),
                Target::AtMost(most) => format!("≤ {}", number(most)),
                Target::None => String::new(),
            },
            median,
            range,
            format!("{:.2}", self.load),
            self.verdict().to_string(),
        ]
    }

    fn json(&self) -> Value {
        let (verdict, reason) = match self.verdict() {
            Verdict::Invalid(reason) => ("invalid", Some(reason)),
            Verdict::Met => ("met", None),
            Verdict::Missed => ("missed", None),
            Verdict::Figure => ("figure", None),
            Verdict::NotRun(reason) => ("not run", Some(reason)),
        };
        let (sense, target) = match self.target {
            Target::AtLeast(least) => (Some("at least"), Some(least)),
            Target::AtMost(most) => (Some("at most"), Some(most)),
            Target::None => (None, None),
        };
        json!({
            "claim": self.claim, "sense": sense, "target": target, "unit": self.unit.trim(),
            "median": samples::median(&self.samples), "samples": self.samples,
            "load": self.load, "verdict": verdict, "reason": reason, "notes": self.notes,
        })
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Met => f.write_str("met"),
            Self::Missed => f.write_str("MISSED"),
            Self::Invalid(reason) => write!(f, "INVALID: {reason}"),
            Self::Figure => Ok(()),
            Self::NotRun(reason) => write!(f, "not run: {reason}"),
        }
    }
}

/// All claims of a run.
#[derive(Debug)]
pub struct Report {
    name: &'static str,
    made_at: String,
    seed: u64,
    rows: Vec<Row>,
}

impl Report {
    /// An empty one.
    pub fn new(name: &'static str, seed: u64) -> Self {
        Self {
            name,
            made_at: timestamp(),
            seed,
            rows: Vec::new(),
        }
    }

    /// Adds claims.
    pub fn extend(&mut self, rows: impl IntoIterator<Item = Row>) {
        self.rows.extend(rows);
    }

    /// Whether every claim may be believed.
    pub fn is_valid(&self) -> bool {
        let mut verdicts = self.rows.iter().map(Row::verdict);
        !verdicts.any(|verdict| matches!(verdict, Verdict::Invalid(_)))
    }

    /// Whether every claim may be believed and none is missed.
    pub fn is_met(&self) -> bool {
        self.is_valid() && !self.rows.iter().any(|row| row.verdict() == Verdict::Missed)
    }

    /// The whole report for people.
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
        for row in self.rows.iter().filter(|row| !row.notes.is_empty()) {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{}: {}", row.claim, row.notes.join("; "));
        }
        text
    }

    /// Writes the report as text and as JSON, named by its date; gives the place of the text.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn write(&self, folder: &Path) -> Result<PathBuf> {
        fs::create_dir_all(folder).with_context(|| format!("{}", folder.display()))?;
        let stem = self.made_at.replace(':', "");
        let text = folder.join(format!("{stem}.txt"));
        fs::write(&text, self.text())?;
        let rows: Vec<Value> = self.rows.iter().map(Row::json).collect();
        let json = json!({
            "name": self.name, "made_at": self.made_at, "seed": self.seed,
            "machine": machine::describe(), "valid": self.is_valid(), "rows": rows,
        });
        fs::write(text.with_extension("json"), format!("{json:#}\n"))?;
        Ok(text)
    }

    fn table(&self) -> String {
        let head = ["claim", "target", "median", "min–max", "load", "verdict"].map(str::to_owned);
        let rows: Vec<_> = std::iter::once(head).chain(self.rows.iter().map(Row::cells)).collect();
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

/// A number with as many digits as mean something.
fn rounded(value: f64) -> String {
    match value.abs() {
        size if size >= 1_000.0 => format!("{value:.0}"),
        size if size >= 100.0 => format!("{value:.1}"),
        size if size >= 10.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(target: Target, samples: &[f64]) -> Row {
        Row::new("a", target, "", samples.to_vec())
    }

    #[test]
    fn the_median_decides() {
        let samples = [0.80, 0.91, 0.92, 0.93, 0.94];
        assert_eq!(row(Target::AtLeast(0.9), &samples).verdict(), Verdict::Met);
        assert_eq!(row(Target::AtLeast(0.93), &samples).verdict(), Verdict::Missed);
        assert_eq!(row(Target::AtMost(0.9), &samples).verdict(), Verdict::Missed);
    }

    #[test]
    fn few_or_scattered_samples_say_nothing() {
        let is_invalid = |row: Row| matches!(row.verdict(), Verdict::Invalid(_));
        assert!(is_invalid(row(Target::AtLeast(0.0), &[1.0; 4])));
        assert!(is_invalid(row(Target::AtLeast(0.0), &[1.0, 1.0, 1.0, 1.0, 1.6])));
        assert!(!is_invalid(row(Target::AtLeast(0.0), &[1.0, 1.0, 1.0, 1.0, 1.4])));
        assert!(is_invalid(row(Target::AtLeast(0.0), &[1.0; 5]).with_foreign(0.5)));
        assert!(is_invalid(row(Target::AtLeast(0.0), &[f64::NAN; 5]).needing(6, 1.0)));
    }

    #[test]
    fn one_invalid_claim_makes_a_run_invalid() {
        let mut report = Report::new("bench", 1);
        report.extend([row(Target::AtMost(0.5), &[1.0; 5])]);
        assert!(report.is_valid() && !report.is_met());
        report.extend([row(Target::None, &[1.0; 5]).invalid("a 503")]);
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
