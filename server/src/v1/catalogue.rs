//! `/v1/artists`, `/v1/videos`, `/v1/products` and `/v1/retailers`
//!
//! The four are served by the same handlers; [`Resource`](resource::Resource) is what tells them apart. What a read
//! shows can be changed and sent back as it is: fields have the same shape on both ways.

mod answer;
mod artists;
mod asked;
mod change;
mod changes;
mod collection;
mod conditions;
mod judgement;
mod members;
mod patch;
mod products;
mod query;
mod resource;
mod retailers;
mod thing;
mod videos;

pub(crate) use self::{
    changes::{delete, update},
    collection::{create, list},
    judgement::{approve, block, reopen},
    thing::{restore, show},
};
