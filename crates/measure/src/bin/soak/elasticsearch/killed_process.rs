//! A process that is killed while another one uses the same store.

use anyhow::Result;
use cluster::Compiler;
use measure::{elasticsearch, row::Row, server::Launch};

use crate::{
    Soak,
    kill::{self, Succession},
};

pub(crate) fn check(soak: &Soak) -> Result<Vec<Row>> {
    let node = elasticsearch::start(soak.home()?, Compiler::Quick)?;
    let launch = Launch::new(&soak.program, &soak.data("killed-process"));
    let launch = launch.on_elasticsearch(&[node.url()]);
    kill::rounds(soak, "process killed", &launch, Succession::BeforeIt)
}
