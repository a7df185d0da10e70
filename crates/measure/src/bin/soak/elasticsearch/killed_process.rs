//! A process that is killed while another one uses the same store.

use anyhow::Result;
use cluster::JitCompiler;
use measure::{claim_result::ClaimResult, elasticsearch, server::ServerLaunch};

use crate::{
    Soak,
    kill::{self, Succession},
};

pub(crate) fn check(soak: &Soak) -> Result<Vec<ClaimResult>> {
    let node = elasticsearch::start(soak.home()?, JitCompiler::Quick)?;
    let launch = ServerLaunch::new(&soak.program, &soak.data("killed-process"));
    let launch = launch.on_elasticsearch(&[node.url()]);
    kill::rounds(soak, "process killed", &launch, Succession::BeforeIt)
}
