//! Two processes that use one store.

use anyhow::Result;
use cluster::Compiler;
use measure::{elasticsearch, row::Row, server::Launch};

use super::refusals::{self, Place};
use crate::{Soak, one_address};

const SIGN_UPS: &str = "two processes: 1,000 sign-ups of one address";

pub(crate) fn check(soak: &Soak) -> Result<Vec<Row>> {
    let node = elasticsearch::start(soak.home()?, Compiler::Quick)?;
    let launch = Launch::new(&soak.program, &soak.data("two-processes"));
    let launch = launch.on_elasticsearch(&[node.url()]);
    let (one, other) = (launch.start()?, launch.start()?);
    let place = Place {
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
