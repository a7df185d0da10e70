//! One claim: the measurement, the aim, and whether it is valid.

use std::fmt;

use serde_json::{Value, json};

use crate::{machine, samples};

/// The aim of a claim.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Aim {
    /// More is better.
    AtLeast(f64),
    /// Less is better.
    AtMost(f64),
    /// A figure without an aim.
    None,
}

/// The result of a claim.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// The aim is reached.
    Met,
    /// The aim is missed.
    Missed,
    /// The measurement is invalid, for this reason.
    Invalid(String),
    /// There was no aim.
    Figure,
    /// It was not measured, for this reason.
    NotRun(String),
}

/// One claim.
#[derive(Clone, Debug)]
pub struct ClaimResult {
    claim: String,
    target: Aim,
    unit: &'static str,
    samples: Vec<f64>,
    fewest: usize,
    widest: f64,
    notes: Vec<String>,
    invalid: Option<String>,
    not_run: Option<String>,
    load: f64,
}

impl ClaimResult {
    /// A claim about the median of samples. It is valid with at least five samples of limited
    /// spread.
    pub fn new(claim: &str, target: Aim, unit: &'static str, samples: Vec<f64>) -> Self {
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

    /// A claim about a value without variance, of which one sample is enough.
    pub fn exact(claim: &str, target: Aim, unit: &'static str, value: f64) -> Self {
        Self::new(claim, target, unit, vec![value]).needing(1, f64::INFINITY)
    }

    /// A figure without an aim.
    pub fn figure(claim: &str, unit: &'static str, value: f64) -> Self {
        Self::exact(claim, Aim::None, unit, value)
    }

    /// A claim that could not be measured.
    pub fn failed(claim: &str, error: &anyhow::Error) -> Self {
        Self::new(claim, Aim::None, "", Vec::new()).invalid(format!("{error:#}"))
    }

    /// A claim that cannot be measured on this machine, which is reported and no failure.
    pub fn not_run(claim: &str, reason: &str) -> Self {
        let mut row = Self::new(claim, Aim::None, "", Vec::new());
        row.not_run = Some(reason.to_owned());
        row
    }

    /// A claim that something never happened, with the number of times that it did.
    pub fn never(claim: &str, count: usize) -> Self {
        Self::exact(claim, Aim::AtMost(0.0), "", count as f64)
    }

    /// Sets other conditions of validity: the minimum number of samples and the maximum spread.
    pub fn needing(mut self, fewest: usize, widest: f64) -> Self {
        self.fewest = fewest;
        self.widest = widest;
        self
    }

    /// Adds a note below the table.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Marks the claim as invalid; the first reason stays.
    pub fn invalid(mut self, reason: impl Into<String>) -> Self {
        self.invalid.get_or_insert(reason.into());
        self
    }

    /// Notes the share of the machine that others have used; too much makes the claim invalid.
    pub fn with_foreign(self, share: f64) -> Self {
        let row = self.note(format!("others used {:.1} % of the machine", share * 100.0));
        if share <= machine::MOST_FOREIGN {
            return row;
        }
        row.invalid(format!("others used {:.0} % of the machine", share * 100.0))
    }

    /// The result.
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
            Aim::AtLeast(least) => median >= least,
            Aim::AtMost(most) => median <= most,
            Aim::None => return Verdict::Figure,
        };
        if is_met {
            Verdict::Met
        } else {
            Verdict::Missed
        }
    }

    /// The text of the claim.
    pub(crate) fn claim(&self) -> &str {
        &self.claim
    }

    /// The notes.
    pub(crate) fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The claim in one line, for the terminal.
    pub fn line(&self) -> String {
        let [claim, target, median, _, _, verdict] = self.cells();
        format!("  {claim}: {median} {target} {verdict}")
            .trim_end()
            .to_owned()
    }

    /// The cells of its row in a table.
    pub(crate) fn cells(&self) -> [String; 6] {
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
                Aim::AtLeast(least) => format!("≥ {}", number(least)),
                Aim::AtMost(most) => format!("≤ {}", number(most)),
                Aim::None => String::new(),
            },
            median,
            range,
            format!("{:.2}", self.load),
            self.verdict().to_string(),
        ]
    }

    /// The claim as JSON.
    pub(crate) fn json(&self) -> Value {
        let (verdict, reason) = match self.verdict() {
            Verdict::Invalid(reason) => ("invalid", Some(reason)),
            Verdict::Met => ("met", None),
            Verdict::Missed => ("missed", None),
            Verdict::Figure => ("figure", None),
            Verdict::NotRun(reason) => ("not run", Some(reason)),
        };
        let (sense, target) = match self.target {
            Aim::AtLeast(least) => (Some("at least"), Some(least)),
            Aim::AtMost(most) => (Some("at most"), Some(most)),
            Aim::None => (None, None),
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

/// A number with its significant digits.
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

    fn row(target: Aim, samples: &[f64]) -> ClaimResult {
        ClaimResult::new("a", target, "", samples.to_vec())
    }

    #[test]
    fn the_median_decides() {
        let samples = [0.80, 0.91, 0.92, 0.93, 0.94];
        assert_eq!(row(Aim::AtLeast(0.9), &samples).verdict(), Verdict::Met);
        assert_eq!(row(Aim::AtLeast(0.93), &samples).verdict(), Verdict::Missed);
        assert_eq!(row(Aim::AtMost(0.9), &samples).verdict(), Verdict::Missed);
    }

    #[test]
    fn few_or_scattered_samples_say_nothing() {
        let is_invalid = |row: ClaimResult| matches!(row.verdict(), Verdict::Invalid(_));
        assert!(is_invalid(row(Aim::AtLeast(0.0), &[1.0; 4])));
        assert!(is_invalid(row(
            Aim::AtLeast(0.0),
            &[1.0, 1.0, 1.0, 1.0, 1.6]
        )));
        assert!(!is_invalid(row(
            Aim::AtLeast(0.0),
            &[1.0, 1.0, 1.0, 1.0, 1.4]
        )));
        assert!(is_invalid(
            row(Aim::AtLeast(0.0), &[1.0; 5]).with_foreign(0.5)
        ));
        assert!(is_invalid(
            row(Aim::AtLeast(0.0), &[f64::NAN; 5]).needing(6, 1.0)
        ));
    }
}
