//! Test fixtures: a running server, callers, and their responses.

pub(crate) mod answer;
pub(crate) mod app;
pub(crate) mod binary;
pub(crate) mod callers;
pub(crate) mod catalogue;
pub(crate) mod faulty;
pub(crate) mod raw;
pub(crate) mod wait;

pub(crate) use self::{
    answer::TestResponse,
    app::{Options, TestApp},
    callers::{Anonymous, Caller, PASSWORD, Program, SignedIn, credentials},
    wait::eventually,
};
