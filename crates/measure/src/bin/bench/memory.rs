//! Resident memory.

use std::{thread, time::Duration};

use anyhow::Result;
use measure::{
    claim_result::{Aim, ClaimResult},
    people, process,
    server::{Server, ServerLaunch},
};

use crate::{Bench, runtime};

/// Number of servers that are measured at the same time.
const SERVERS: usize = 3;
const LOGINS: usize = 100;
const PAUSE: Duration = Duration::from_secs(60);

pub(crate) fn measure(bench: &Bench) -> Result<Vec<ClaimResult>> {
    let mut servers = Vec::new();
    for number in 0..SERVERS {
        let data = bench.data(&format!("memory-{number}"));
        let mut server = ServerLaunch::new(&bench.program, &data).start()?;
        server.wait_for("/login")?;
        servers.push(server);
    }
    let at_start = megabytes(&servers)?;
    runtime()?.block_on(async {
        for server in &servers {
            let people = people::sign_up(server.address, "memory", LOGINS).await?;
            people::log_in(server.address, &people, LOGINS).await?;
        }
        anyhow::Ok(())
    })?;
    let at_work = megabytes(&servers)?;
    thread::sleep(PAUSE);
    let after = megabytes(&servers)?;
    let row = |claim, most, samples| {
        ClaimResult::new(claim, Aim::AtMost(most), " MiB", samples).needing(SERVERS, 0.5)
    };
    Ok(vec![
        row("resident memory after start", 60.0, at_start),
        row(
            "resident memory after 100 logins and a minute",
            100.0,
            after,
        )
        .note(format!(
            "{LOGINS} sign-ups before; right after the last login {:.1} MiB",
            measure::samples::median(&at_work)
        )),
    ])
}

fn megabytes(servers: &[Server]) -> Result<Vec<f64>> {
    let of = |server: &Server| Ok(process::resident(server.pid())? as f64 / 1_048_576.0);
    servers.iter().map(of).collect()
}
