//! The soak tests on Elasticsearch.

pub(crate) mod killed_process;
pub(crate) mod node_killed;
mod refusals;
pub(crate) mod three_nodes;
pub(crate) mod two_processes;
