//! The benchmarks on Elasticsearch.

pub(crate) mod logins;
pub(crate) mod peer;
pub(crate) mod reads;
