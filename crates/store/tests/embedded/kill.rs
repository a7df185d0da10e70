//! The claim that a kill at any moment loses no acknowledged write.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
};

use domain::documents::{Documents, Revision};
use serde_json::{Value, json};
use store::embedded::Embedded;

use crate::fixture::TALES;

/// Arguments of the child, which is this test program again: `folder=…`, `round=…`.
const FOLDER: &str = "folder=";
const ROUND: &str = "round=";
const NAME: &str = "kill::everything_acknowledged_survives_a_kill";

/// A document is created, replaced twice, and every fourth one removed.
const REMOVED: u64 = 4;

#[test]
fn everything_acknowledged_survives_a_kill() {
    if let Some((folder, round)) = told() {
        write_until_killed(&folder, &round);
    }
    let folder = tempfile::tempdir().unwrap();
    let mut acknowledged = BTreeMap::new();
    // With 0, the kill hits the start, and the first time the creation of the database.
    for lines in [0, 1, 2, 10, 33, 100, 333, 2000] {
        acknowledged.extend(kill_after(lines, folder.path()));
        assert_kept(folder.path(), &acknowledged);
    }
    assert!(acknowledged.len() > 500, "{}", acknowledged.len());
}

fn told() -> Option<(PathBuf, String)> {
    let value = |name: &str| std::env::args().find_map(|a| Some(a.strip_prefix(name)?.to_owned()));
    Some((value(FOLDER)?.into(), value(ROUND)?))
}

/// What the child had acknowledged when it was killed: the last step of each document.
fn kill_after(lines: usize, folder: &Path) -> BTreeMap<String, u64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", NAME, "--nocapture", "--test-threads=1"])
        .arg(format!("{FOLDER}{}", folder.display()))
        .arg(format!("{ROUND}{lines}"))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let (mut acknowledged, mut read, mut line) = (BTreeMap::new(), 0, String::new());
    while output.read_line(&mut line).unwrap() > 0 {
        // The kill may truncate the last line, which then acknowledges nothing.
        if let Some((id, step)) = line.strip_suffix('\n').and_then(acknowledgement) {
            acknowledged.insert(id, step);
            read += 1;
        }
        if read == lines {
            child.kill().unwrap();
        }
        line.clear();
    }
    assert!(!child.wait().unwrap().success());
    assert!(read >= lines, "the child ended by itself");
    acknowledged
}

fn acknowledgement(line: &str) -> Option<(String, u64)> {
    let (id, step) = line.strip_prefix("done ")?.split_once(' ')?;
    Some((id.to_owned(), step.parse().unwrap()))
}

#[tokio::main]
async fn assert_kept(folder: &Path, acknowledged: &BTreeMap<String, u64>) {
    let store = Embedded::open(folder).unwrap();
    for (id, &step) in acknowledged {
        let kept = store.get(&TALES, id).await.unwrap();
        let at = kept.as_ref().map_or(REMOVED, |kept| kept.revision.0);
        // The step after the last acknowledged one may be on the disk too.
        assert!(
            at == step || at == step + 1,
            "{id} was at {step} and is at {at}"
        );
        if let Some(kept) = kept {
            assert_eq!(kept.body, body(at));
        }
    }
}

fn body(step: u64) -> Value {
    json!({ "author": step.to_string(), "text": "x".repeat(1500) })
}

#[tokio::main]
async fn write_until_killed(folder: &Path, round: &str) -> ! {
    // A separate line: the harness has begun one with the name of the test.
    println!();
    let store = Arc::new(Embedded::open(folder).unwrap());
    let writers: Vec<_> = (0..8)
        .map(|writer| tokio::spawn(write(store.clone(), format!("{round}-{writer}"))))
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    unreachable!("writers write until they are killed")
}

async fn write(store: Arc<Embedded>, name: String) {
    for number in 0_u64.. {
        let id = format!("{name}/{number}");
        store.create(&TALES, &id, body(1)).await.unwrap();
        println!("done {id} 1");
        for step in [2, 3] {
            store
                .replace(&TALES, &id, Revision(step - 1), body(step))
                .await
                .unwrap();
            println!("done {id} {step}");
        }
        if number % 4 == 0 {
            store.remove(&TALES, &id, Revision(3)).await.unwrap();
            println!("done {id} {REMOVED}");
        }
    }
}
