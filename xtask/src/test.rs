//! `cargo xtask test`: runs the steps in order, stops at the first that fails, and says where the
//! time went.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::report::{seconds, table};
use crate::stage::Stage;
use crate::steps::{STEPS, Step};

/// Says which steps there are.
pub(crate) fn list() -> Result<()> {
    let width = STEPS.iter().map(|step| step.name.len()).max().unwrap_or(0);
    let rows = STEPS
        .iter()
        .map(|step| format!("  {:<width$} {}", step.name, step.what));
    println!("{}", rows.collect::<Vec<_>>().join("\n"));
    Ok(())
}

/// Runs all steps, or those of these names, in the order of the list.
///
/// Elasticsearch starts while the first steps run, and ends with this function, however it ends.
pub(crate) fn run(only: &[String]) -> Result<()> {
    let steps = choose(only)?;
    let start = Instant::now();
    let mut stage = Stage::begin(&steps);
    let mut done = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        println!(
            "\n[{}/{}] {}: {}",
            index + 1,
            steps.len(),
            step.name,
            step.what
        );
        let step_start = Instant::now();
        let result = stage.run(step);
        let took = step_start.elapsed();
        let outcome = if result.is_ok() { "passed" } else { "FAILED" };
        done.push(row(step.name, outcome, took));
        if let Err(error) = result {
            println!("\n{error:#}");
            finish(done, start);
            bail!(
                "the step `{0}` failed; `cargo xtask test --only {0}` runs it alone",
                step.name
            );
        }
    }
    finish(done, start);
    Ok(())
}

fn choose(only: &[String]) -> Result<Vec<&'static Step>> {
    for name in only {
        if !STEPS.iter().any(|step| step.name == name) {
            let names: Vec<_> = STEPS.iter().map(|step| step.name).collect();
            bail!("there is no step `{name}`; there are {}", names.join(", "));
        }
    }
    let wanted = |step: &&Step| only.is_empty() || only.iter().any(|name| name == step.name);
    Ok(STEPS.iter().filter(wanted).collect())
}

fn finish(mut rows: Vec<Vec<String>>, start: Instant) {
    rows.push(row("all", "", start.elapsed()));
    print!("\n{}", table(&rows));
}

fn row(name: &str, outcome: &str, took: Duration) -> Vec<String> {
    vec![name.to_owned(), outcome.to_owned(), seconds(took)]
}

#[cfg(test)]
mod tests {
    use super::choose;

    #[test]
    fn an_unknown_step_is_refused_rather_than_skipped() {
        assert!(choose(&["brwoser".to_owned()]).is_err());
    }

    #[test]
    fn chosen_steps_run_in_the_order_of_the_list() {
        let chosen = choose(&["unit".to_owned(), "fmt".to_owned()]).unwrap();
        let names: Vec<_> = chosen.iter().map(|step| step.name).collect();
        assert_eq!(names, ["fmt", "unit"]);
    }
}
