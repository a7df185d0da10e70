//! A log whose reader has closed the pipe.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Stdio},
};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::support::binary::{address_in, command};

#[tokio::test]
async fn a_log_that_nobody_reads_any_more_stops_nothing() {
    let folder = TempDir::new().unwrap();
    let mut program = command()
        .args(["serve", "--port", "0", "--data"])
        .arg(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let address = address_of(&mut program);
    for _ in 0..3 {
        // A refusal writes a log line.
        let url = format!("http://{address}/v1/test");
        assert_eq!(reqwest::get(url).await.unwrap().status(), 401);
    }
    kill_process(Pid::from_child(&program), Signal::TERM).unwrap();
    assert!(program.wait().unwrap().success());
}

/// Reads the log until it names the address, then closes it.
fn address_of(program: &mut Child) -> std::net::SocketAddr {
    let log = BufReader::new(program.stderr.take().unwrap());
    log.lines()
        .map_while(Result::ok)
        .find_map(|line| address_in(&line))
        .unwrap()
}
