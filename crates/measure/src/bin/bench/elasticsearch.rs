//! The benchmarks on Elasticsearch.

pub(crate) mod flask_peer;
pub(crate) mod logins;
pub(crate) mod reads;
