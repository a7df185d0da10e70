//! Two processes that use one store.

use anyhow::Result;
use cluster::JitCompiler;
use measure::{claim_result::ClaimResult, elasticsearch, server::ServerLaunch};

use super::refusals::{self, ProcessPair};
use crate::{Soak, one_address};

const SIGN_UPS: &str = "two processes: 1,000 sign-ups of one address";

pub(crate) fn check(soak: &Soak) -> Result<Vec<ClaimResult>> {
    let node = elasticsearch::start(soak.home()?, JitCompiler::Quick)?;
    let launch = ServerLaunch::new(&soak.program, &soak.data("two-processes"));
    let launch = launch.on_elasticsearch(&[node.url()]);
    let (one, other) = (launch.start()?, launch.start()?);
    let place = ProcessPair {
        one: one.address,
        other: other.address,
        node: node.url(),
    };
    let mut rows = refusals::check(&place, soak.seed)?;
    rows.extend(one_address::rounds(
        SIGN_UPS,
        &[one.address, other.address],
    )?);
    one.stop()?;
    other.stop()?;
    Ok(rows)
}
