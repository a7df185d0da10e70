//! `cargo xtask test` and `cargo xtask check`: runs steps in order, stops at the first failure,
//! and prints the time of each.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::report::{seconds, table};
use crate::shared_servers::SharedServers;
use crate::steps::{Step, StepResult, TEST};

/// Prints the steps of `cargo xtask test`.
pub(crate) fn list() -> Result<()> {
    let width = TEST.iter().map(|step| step.name.len()).max().unwrap_or(0);
    let rows = TEST
        .iter()
        .map(|step| format!("  {:<width$} {}", step.name, step.description));
    println!("{}", rows.collect::<Vec<_>>().join("\n"));
    Ok(())
}

/// Runs all steps, or those with these names, in the order of the list.
///
/// Elasticsearch starts in the background, and is stopped when this function returns, even with an
/// error.
pub(crate) fn run(steps: &'static [Step], only: &[String]) -> Result<()> {
    let steps = choose(steps, only)?;
    let start = Instant::now();
    let mut stage = SharedServers::begin(&steps);
    let mut rows = vec![heading()];
    let mut sum = StepResult::default();
    for (index, step) in steps.iter().enumerate() {
        println!(
            "\n[{}/{}] {}: {}",
            index + 1,
            steps.len(),
            step.name,
            step.description
        );
        let step_start = Instant::now();
        let result = stage.run(step);
        let took = step_start.elapsed();
        match result {
            Ok(done) => {
                sum.compiled += done.compiled;
                sum.tests += done.tests;
                rows.push(row(step.name, "passed", took, &done));
            }
            Err(error) => {
                println!("\n{error:#}");
                rows.push(row(step.name, "FAILED", took, &StepResult::default()));
                rows.push(row("all", "", start.elapsed(), &sum));
                print!("\n{}", table(&rows));
                bail!("the step `{}` failed{}", step.name, alone(step));
            }
        }
    }
    rows.push(row("all", "", start.elapsed(), &sum));
    print!("\n{}", table(&rows));
    Ok(())
}

/// The command that runs a step alone, if there is one.
fn alone(step: &Step) -> String {
    if TEST.iter().any(|one| one.description == step.description) {
        format!("; `cargo xtask test --only {}` runs it alone", step.name)
    } else {
        String::new()
    }
}

fn choose(steps: &'static [Step], only: &[String]) -> Result<Vec<&'static Step>> {
    for name in only {
        if !steps.iter().any(|step| step.name == name) {
            let names: Vec<_> = steps.iter().map(|step| step.name).collect();
            bail!("there is no step `{name}`; there are {}", names.join(", "));
        }
    }
    let wanted = |step: &&Step| only.is_empty() || only.iter().any(|name| name == step.name);
    Ok(steps.iter().filter(wanted).collect())
}

fn heading() -> Vec<String> {
    let columns = ["step", "", "time", "compiling", "targets", "tests"];
    columns.iter().map(|&column| column.to_owned()).collect()
}

fn row(name: &str, outcome: &str, took: Duration, done: &StepResult) -> Vec<String> {
    let count = |number: usize| match number {
        0 => "-".to_owned(),
        number => number.to_string(),
    };
    let compiling = match done.compiled.targets {
        0 => "-".to_owned(),
        _ => seconds(done.compiled.took),
    };
    vec![
        name.to_owned(),
        outcome.to_owned(),
        seconds(took),
        compiling,
        count(done.compiled.targets),
        count(done.tests),
    ]
}

#[cfg(test)]
mod tests {
    use super::choose;
    use crate::steps::TEST;

    #[test]
    fn an_unknown_step_is_refused_rather_than_skipped() {
        assert!(choose(TEST, &["brwoser".to_owned()]).is_err());
    }

    #[test]
    fn chosen_steps_run_in_the_order_of_the_list() {
        let chosen = choose(TEST, &["unit".to_owned(), "fmt".to_owned()]).unwrap();
        let names: Vec<_> = chosen.iter().map(|step| step.name).collect();
        assert_eq!(names, ["fmt", "unit"]);
    }
}
